# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What bash can complete of ligdipay-simulator's command line.

_ligdipay_simulator ()
{
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words=''

  # bash takes "--scenario=paid" apart.
  [[ $previous != = ]] || previous=${COMP_WORDS[COMP_CWORD - 2]}
  [[ $current != = ]] || current=''
  COMPREPLY=()

  case $previous in
    --state)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return ;;
    --page-certificate)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -W self-signed -- "$current"; compgen -f -- "$current")
      return ;;
    --credentials)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      return ;;
    -s | --scenario)
      # The table ends with an empty line.
      words=$("${COMP_WORDS[0]}" --list-scenarios 2>/dev/null | awk 'NF == 0 { exit } NR > 1 { print $1 }') ;;
    --profile) words='current legacy-2024' ;;
    --redirect-by) words='302 script form meta' ;;
    --callback) words='none one both duplicate late before-redirect' ;;
    --callback-style) words='json keys entries empty' ;;
    -p | --port | --address | --page-port | --page-host | --*-seconds) return ;;
    *)
      words='--port= --address= --state= --credentials= --public-keys --page-certificate= --page-port=
        --page-host= --scenario= --list-scenarios --automatic --profile= --redirect-by= --no-token
        --strict-parameter --callback= --callback-style= --callback-token --pending-seconds=
        --cut-seconds= --slow-seconds= --late-seconds= --operator-seconds= --exit-with-parent
        --quiet --version --help -p -s -l -a -q -h' ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
}
complete -F _ligdipay_simulator ligdipay-simulator
