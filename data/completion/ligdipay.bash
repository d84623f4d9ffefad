# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What bash can complete of ligdipay's command line.

_ligdipay ()
{
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local command='' names='' options='' files=''

  # bash takes "--day=2026-11-25" apart.
  [[ $previous != = ]] || previous=${COMP_WORDS[COMP_CWORD - 2]}
  [[ $current != = ]] || current=''
  COMPREPLY=()

  # Only the first word is a command.
  ((COMP_CWORD == 1)) || command=${COMP_WORDS[1]}
  [[ $command != journal || $COMP_CWORD -eq 2 ]] || command="journal ${COMP_WORDS[2]}"
  case $command in
    charge) options='--reference= --item= --from= --timeout= --json --help -h' ;;
    link) options='--description= --json --help -h' ;;
    check) options='--all --json --help -h' ;;
    list) options='--day= --json --help -h' ;;
    export) options='--from= --until= --json --help -h' ;;
    journal) names='verify backup restore' ;;
    'journal verify') options='--json --help -h' files=yes ;;
    'journal backup' | 'journal restore') options='--help -h' files=yes ;;
    'journal '*) ;;
    *)
      [[ -n $command ]] || names='charge link check list export journal'
      options='--demo --kiosk --background --sale --history --version --display=
        --help --help-all --help-gapplication --help-gtk -h' ;;
  esac

  case $previous in
    # Only the one who types knows what comes here.
    --description | --day | --from | --until | --display | --reference | --item | --timeout) return ;;
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  elif [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -W "$names" -- "$current")
  fi
  [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
}
complete -F _ligdipay ligdipay
