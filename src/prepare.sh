# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# Prepares a machine and a build folder; sourced by src/run.sh and tests/run.sh, which
# set $root to the top of the project first.

: "${root:?}"

say () { printf '%s\n' "$*"; }

fail () { printf '%s\n' "$*" >&2; exit 1; }

# quietly COMMAND...: shows what a command printed only if it fails
quietly () {
  quiet_log=$(mktemp)
  "$@" >"$quiet_log" 2>&1 && quiet_status=0 || quiet_status=$?
  [ "$quiet_status" -eq 0 ] || cat "$quiet_log" >&2
  rm -f "$quiet_log"
  return "$quiet_status"
}

# as_seen COMMAND...: as it is to somebody who watches, quietly to a log
as_seen () {
  if [ -t 1 ]; then "$@"; else quietly "$@"; fi
}

apt () {
  "$as_root" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -o DPkg::Lock::Timeout=300 "$@"
}

# packages_of SECTION...: the packages of these sections of the list
packages_of () {
  awk -v wanted=" $* " '
    /^\[.*\]$/ { used = index (wanted, " " substr ($0, 2, length ($0) - 2) " "); next }
    /^#/ || /^$/ { next }
    used { print }
  ' "$root/data/packages-debian"
}

# refuse_unknown_system OS-RELEASE PACKAGE...: returns only on a system whose packages
# have the names in the list
refuse_unknown_system () {
  os_release=$1; shift
  name='This system'; id=''; version=''
  if [ -r "$os_release" ]; then
    # shellcheck disable=SC1090,SC2030
    name=$(. "$os_release" && printf '%s' "${PRETTY_NAME:-${NAME:-This system}}")
    # shellcheck disable=SC1090,SC2031
    id=$(. "$os_release" && printf '%s' " ${ID:-} ${ID_LIKE:-} ")
    # shellcheck disable=SC1090,SC2031
    version=$(. "$os_release" && printf '%s' "${VERSION_ID:-}")
  fi

  # Debian testing and unstable give no version.
  major=${version%%.*}
  case $id in
    ' debian '*) [ "${major:-99}" -ge 12 ] && return ;;
    ' ubuntu '*) [ "${major:-99}" -ge 24 ] && return ;;
    *' debian '*) return ;;
  esac

  fail "$name is not one this script can install packages on: it knows Debian 12 or" \
       "newer, Ubuntu 24.04 or newer, and systems made from Debian. On Debian the" \
       "packages needed are: $*"
}

# missing_packages PACKAGE...: those that are not installed
missing_packages () {
  # shellcheck disable=SC2016,SC2046
  installed=" $(dpkg-query --show --showformat='${Package}/${db:Status-Status} ' \
                  $(printf '%s\n' "$@" | tr '|' '\n') 2>/dev/null || :) "
  for wanted in "$@"; do
    for choice in $(printf '%s' "$wanted" | tr '|' ' '); do
      case $installed in *" $choice/installed "*) continue 2 ;; esac
    done
    printf '%s\n' "$wanted"
  done
}

# known_packages PACKAGE...: each "a|b" as the first that apt knows, else as its last
known_packages () {
  for wanted in "$@"; do
    while [ "${wanted#*|}" != "$wanted" ] && ! apt-cache show "${wanted%%|*}" >/dev/null 2>&1; do
      wanted=${wanted#*|}
    done
    printf '%s\n' "${wanted%%|*}"
  done
}

# install_packages SECTION...: installs what is missing of these sections, and nothing else
install_packages () {
  # The names hold no blanks, so that lists of them can be split.
  # shellcheck disable=SC2046
  refuse_unknown_system /etc/os-release $(packages_of "$@")
  # shellcheck disable=SC2046
  missing=$(missing_packages $(packages_of "$@"))
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086
  set -- $missing

  if [ "$(id -u)" -eq 0 ]; then
    as_root='env'
  elif command -v sudo >/dev/null; then
    as_root='sudo'
  else
    fail "$# packages are missing, and this user can install none: neither root nor sudo." \
         "Ask for: apt-get install --no-install-recommends $*"
  fi

  say "Reading the list of packages…"
  quietly apt update || say "Some lists could not be read; going on with those that could."
  # shellcheck disable=SC2046
  set -- $(known_packages "$@")
  bytes=$(apt-get install --print-uris -y --no-install-recommends "$@" 2>/dev/null |
          awk '/^'\''/ { sum += $3 } END { printf "%d", sum / 1000000 }')
  say "Installing $# packages and what they need ($bytes MB to download): $*"
  as_seen apt install -y --no-install-recommends "$@" ||
    fail "The packages could not be installed; what apt-get said is above."
  [ -z "$(missing_packages "$@")" ] ||
    fail "apt-get ended well, but these packages are still missing: $(missing_packages "$@")"
}

# list_sources: the project's own files, each with a NUL behind it
list_sources () {
  # An unpacked release knows nothing of the checkout that it may lie in.
  if [ -e "$root/.git" ] && command -v git >/dev/null; then
    # Root may look at another user's checkout here: nothing is run from it.
    git -c safe.directory='*' -C "$root" ls-files -z
  else
    (cd "$root" && find . \( -name .git -o -name __pycache__ -o -path './_build*' \) -prune -o -type f -print0)
  fi
}

# configure DIR OPTION...: meson setup, done again when the options, the compiler, the
# meson or the place of the tree are not those of the last time
configure () {
  build=$1; shift
  if [ -e "$build" ] && [ ! -w "$build" ]; then
    say "$build belongs to another user: remove it, or run this as that user." >&2
    return 1
  fi
  made_with="$root · meson $(meson --version) · CC=${CC:-} · $*"
  [ "$(cat "$build/made-with" 2>/dev/null)" = "$made_with" ] && return 0
  rm -rf "$build"
  quietly meson setup "$build" "$root" "$@" || return 1
  printf '%s\n' "$made_with" >"$build/made-with"
}
