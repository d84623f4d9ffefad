#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

help () {
  cat <<'HELP'
Usage: sh tests/ui/with-display.sh COMMAND [ARGUMENT...]

Runs a command in a desktop of its own that nobody sees: an X server on a free display,
a window manager, a session bus (which starts the accessibility bus when asked), and home
and runtime folders that are thrown away at the end together with everything that still
runs in them. Ends with the command's own exit status. Several can run at once.

LIGDIPAY_SCREEN gives the size of the screen and its depth; 1280x800x24 if unset.
HELP
}

case ${1:-} in
  '') help >&2; exit 2 ;;
  -h | --help) help; exit 0 ;;
esac

# Kept short: the name of a Unix socket has 107 bytes at most.
desktop=$(mktemp -d "${TMPDIR:-/tmp}/ligdi.XXXXXX")
mkdir -m 700 "$desktop/run" "$desktop/home"
# Who tells of something is heard, whether a test looks or not.
mkdir -p "$desktop/run/dbus-1/services"
cat >"$desktop/run/dbus-1/services/org.freedesktop.Notifications.service" <<SERVICE
[D-BUS Service]
Name=org.freedesktop.Notifications
Exec=/usr/bin/python3 "$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/notifications.py" --unwatched
SERVICE
# No keyring, whichever is installed: it would ask somebody for a password.
cat >"$desktop/run/dbus-1/services/org.freedesktop.secrets.service" <<'SERVICE'
[D-BUS Service]
Name=org.freedesktop.secrets
Exec=/bin/false
SERVICE
mkfifo "$desktop/display" "$desktop/bus" "$desktop/manager"

server_id=''

# Also the services that the buses started, in whatever session or group they are.
ids_inside () {
  grep -lzsFx -- "XDG_RUNTIME_DIR=$desktop/run" /proc/[0-9]*/environ |
    cut -d / -f 3 | grep -vx "${server_id:-none}"
}

# All are killed at once: nothing in a desktop that is thrown away needs a goodbye, and
# meson leaves half a second between asking and killing. Only the X server is asked, so
# that it takes its lock file with it.
leave () {
  status=$?
  trap '' HUP INT TERM
  rounds=100
  while [ "$rounds" -gt 0 ] && ids=$(ids_inside); do
    # One that has just ended is no error.
    # shellcheck disable=SC2086
    kill -KILL $ids 2>/dev/null || :
    rounds=$((rounds - 1))
  done
  if [ -n "$server_id" ]; then
    kill -TERM "$server_id" 2>/dev/null || :
    wait "$server_id" || :
  fi
  rm -rf "$desktop"
  exit "$status"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# A shell starts what runs in its background without input and deaf to the interrupt key.
inside () {
  exec env --default-signal=INT,QUIT \
    -u WAYLAND_DISPLAY -u AT_SPI_BUS_ADDRESS -u SESSION_MANAGER \
    XDG_RUNTIME_DIR="$desktop/run" HOME="$desktop/home" \
    XDG_CONFIG_HOME="$desktop/home/.config" XDG_DATA_HOME="$desktop/home/.local/share" \
    XDG_STATE_HOME="$desktop/home/.local/state" XDG_CACHE_HOME="$desktop/home/.cache" \
    XDG_SESSION_TYPE=x11 CANBERRA_DRIVER=null GDK_BACKEND=x11 GIO_USE_VFS=local GTK_USE_PORTAL=0 "$@"
}

# first_line FIFO WHAT LOG: waits for the line by which a server says that it is there
first_line () {
  timeout 30 head -n 1 "$1" | grep . && return
  echo "$2 could not be started:" >&2
  cat "$3" >&2
  exit 1
}

inside Xvfb -displayfd 9 -screen 0 "${LIGDIPAY_SCREEN:-1280x800x24}" -nolisten tcp \
  9>"$desktop/display" >"$desktop/display.log" 2>&1 &
server_id=$!
DISPLAY=:$(first_line "$desktop/display" "An X server" "$desktop/display.log")
export DISPLAY
unset XAUTHORITY

inside dbus-daemon --session --nofork --print-address=9 --address="unix:path=$desktop/run/bus" \
  9>"$desktop/bus" >"$desktop/bus.log" 2>&1 &
DBUS_SESSION_BUS_ADDRESS=$(first_line "$desktop/bus" "A session bus" "$desktop/bus.log")
export DBUS_SESSION_BUS_ADDRESS

# openbox runs this once it manages the windows.
inside openbox --startup "sh -c 'echo ready >\"\$0\"' '$desktop/manager'" \
  >"$desktop/manager.log" 2>&1 &
first_line "$desktop/manager" "A window manager" "$desktop/manager.log" >/dev/null

exec 8<&0
inside "$@" <&8 8<&- &
status=0
wait $! || status=$?
exit "$status"
