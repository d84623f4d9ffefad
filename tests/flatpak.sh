#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/src/prepare.sh"

help () {
  cat <<'HELP'
Usage: sh tests/flatpak.sh [FOLDER]

Proves the flatpak: builds data/com.example.LigdiPay.json with the project's files as they are
now, the unit suite included; installs it, plays payments to their verdicts in a display of
its own, and tries what is different in a sandbox: permissions, keys through the desktop's
portal, the command line, the bus, the background and an update.

GNOME's runtime is a stand-in made of Debian packages (tests/flatpak/runtime.sh), and the
sources of the libraries are Debian's copies (tests/flatpak/build.sh): nothing but Debian's
packages is asked for. Those that this machine needs are installed first. Needs Debian 12 or
newer, and root.

What is made lies in FOLDER, or in _build-flatpak: 3 GB at most, 1.5 GB of which stay there
and make the next run quick; FOLDER/pictures has what was on screen, and FOLDER/log what the
programs said. Nothing of this machine's or user's flatpak is touched, and nothing goes on
running.

The last line says what passed; the exit status is 0 only if everything did, and 77 where
it cannot be tried.
HELP
}

case ${1:-} in
  -h | --help) help; exit 0 ;;
  -*) help >&2; exit 2 ;;
esac

application=com.example.LigdiPay

# tell WHAT: with the time that has passed
tell () { say "[$(($(date +%s) - started)) s] $*"; }

# Below here, and down to the line, everything runs in namespaces of its own.

install_runtime () {
  flatpak --user remote-add --no-gpg-verify --if-not-exists stand-in "file://$folder/repo"
  # It asks the system's bus who the user is.
  # shellcheck disable=SC2016
  quietly dbus-run-session -- sh -c \
    'DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS
     export DBUS_SYSTEM_BUS_ADDRESS
     exec flatpak --user install --noninteractive --or-update stand-in "$@"' \
    sh "org.gnome.Platform//$branch" "org.gnome.Sdk//$branch" || fail "The runtime could not be installed."
}

prove () {
  branch=$(sed -n 's/^ *"runtime-version": "\(.*\)",$/\1/p' "$root/data/$application.json")
  export FLATPAK_USER_DIR="$folder/user" FLATPAK_SYSTEM_DIR="$folder/system" FLATPAK_CONFIG_DIR="$folder/config"
  export HOME="$folder/home" XDG_CACHE_HOME="$folder/cache" XDG_RUNTIME_DIR="$folder/run"
  unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_STATE_HOME DBUS_SESSION_BUS_ADDRESS
  # The bus of the test starts what flatpak has installed there.
  export XDG_DATA_DIRS="$FLATPAK_USER_DIR/exports/share:/usr/local/share:/usr/share"
  mkdir -p "$FLATPAK_USER_DIR/exports/share" "$FLATPAK_SYSTEM_DIR" "$FLATPAK_CONFIG_DIR" \
    "$HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR"
  chmod 700 "$XDG_RUNTIME_DIR"

  sh "$root/tests/flatpak/runtime.sh" "$folder" "$branch"
  install_runtime
  tell "The runtime is there."

  if flatpak --user info "$application" >/dev/null 2>&1; then
    quietly flatpak --user uninstall --noninteractive "$application"
  fi
  rm -rf "$folder/program" "$folder/pictures"
  say "Building LigdiPay, and passing its unit suite…"
  sh "$root/tests/flatpak/build.sh" "$folder"
  flatpak build-bundle "$folder/program" "$folder/ligdipay.flatpak" "$application"
  flatpak --user remote-add --no-gpg-verify --if-not-exists program "file://$folder/program"
  tell "It is built; the bundle has $(($(wc -c <"$folder/ligdipay.flatpak") / 1000)) kB."

  # A home below /tmp is not to be seen from inside.
  mount -t tmpfs -o mode=755 tmpfs /mnt
  TMPDIR=/mnt LIGDIPAY_PICTURES="$folder/pictures" sh "$root/tests/ui/with-display.sh" /usr/bin/python3 "$root/tests/flatpak/till.py" \
    --repository program --update "sh $root/tests/flatpak/build.sh $folder 9.9" \
    --pictures "$folder/pictures" 2>"$folder/log" ||
    { cat "$folder/log" >&2; fail "What was on screen is in $folder/pictures."; }
  tell "$(flatpak --user info "$application" | awk '/Installed:/ { print $2, $3 }') are installed."
}

# ---

if [ "${LIGDIPAY_FLATPAK_STARTED:-}" ]; then
  started=$LIGDIPAY_FLATPAK_STARTED
  folder=$1
  prove
  exit
fi

give_up () { say "$*" >&2; exit 77; }

[ "$(id -u)" -eq 0 ] || give_up "Only root can make the runtime of the flatpak."
install_packages run show flatpak
bwrap --ro-bind / / --unshare-ipc --unshare-pid --proc /proc --dev /dev true ||
  give_up "This machine lets nobody make a sandbox, and flatpak runs everything in one."
mkdir -p "${1:-$root/_build-flatpak}"
folder=$(CDPATH='' cd -- "${1:-$root/_build-flatpak}" && pwd)

inside=''
leave () {
  status=$?
  trap '' HUP INT TERM
  # The namespaces, and with them every process and mount in there, end with their first process.
  [ -z "$inside" ] || { kill -KILL "$inside" 2>/dev/null || :; wait "$inside" 2>/dev/null || :; }
  exit "$status"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# What is tested must never meet a real account.
unset DISPLAY WAYLAND_DISPLAY LIGDIPAY_BASE_URL CREDENTIALS_DIRECTORY
LIGDIPAY_FLATPAK_STARTED=$(date +%s) unshare --mount --pid --fork --kill-child --mount-proc \
  --propagation private sh "$0" "$folder" &
inside=$!
status=0
wait "$inside" || status=$?
inside=''
if [ "$status" -eq 0 ]; then
  say "Passed: the flatpak builds with its unit suite, installs, sells, keeps its keys, answers" \
      "commands and the bus, may do what is meant and no more, and keeps its data in an update."
else
  say "The flatpak failed: see above." >&2
fi
exit "$status"
