#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/src/prepare.sh"

help () {
  cat <<'HELP'
Usage: sh src/run.sh [OPTION...]

Opens LigdiPay's cashier in demonstration mode: with play money, against a simulator of
LigdiCash on this computer. No account and no key is needed.

On Debian 12 or newer, Ubuntu 24.04 or newer and systems made from them, it first
installs the packages that are missing (with sudo unless run by root; the list is
data/packages-debian), then builds into _build/. From the second run on there is nothing
to install, and only changed files are built.

Without a display it plays one demonstration payment to its verdict in a window nobody
sees, and leaves pictures of every screen in _build/demonstration/. To have that on a
desktop too: DISPLAY= WAYLAND_DISPLAY= sh src/run.sh

Options are passed on to the application; after "--" so is --help:

  --help     show this text
  -- --help  show the application's own options
HELP
}

case ${1:-} in
  -h | --help) help; exit 0 ;;
  --) shift ;;
esac

build=$root/_build
prefix=$build/root
pictures=$build/demonstration

has_display () { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

has_session_bus () {
  [ -n "${DBUS_SESSION_BUS_ADDRESS:-}" ] || [ -S "${XDG_RUNTIME_DIR:-/nonexistent}/bus" ]
}

if has_display; then
  install_packages build run
else
  install_packages build run show
fi

say "Building in _build/…"
configure "$build" --prefix="$prefix" --libdir=lib ||
  fail "LigdiPay could not be configured; what meson said is above."
quietly ninja --quiet -C "$build" ||
  fail "LigdiPay could not be built; what the compiler said is above."
quietly meson install -C "$build" --no-rebuild --only-changed ||
  fail "LigdiPay could not be put into $prefix; what meson said is above."

# Where GLib and GTK look for the settings schema and the icons.
export XDG_DATA_DIRS="$prefix/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"

if has_display; then
  say "Opening the cashier in demonstration mode…"
  set -- "$prefix/bin/ligdipay" --demo "$@"
  has_session_bus || set -- dbus-run-session -- "$@"
  exec "$@"
fi

say "There is no display: playing one demonstration payment in a window nobody sees."
mkdir -p "$pictures"
rm -f "$pictures"/*.png
[ $# -eq 0 ] || set -- -- "$@"
status=0
sh "$root/tests/ui/with-display.sh" /usr/bin/python3 "$root/tests/ui/play_payment.py" \
  --application "$prefix/bin/ligdipay" --screenshots "$pictures" "$@" || status=$?
set -- "$pictures"/*.png
if [ -e "$1" ]; then
  say "The pictures of its screens are in $pictures:"
  for picture in "$@"; do say "  ${picture##*/}"; done
fi
exit "$status"
