#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
. "$root/src/prepare.sh"

help () {
  cat <<'HELP'
Usage: sh data/debian/build.sh [FOLDER]

Makes a Debian package of LigdiPay for this computer's Debian and processor, and leaves it
in FOLDER (default: _build-package), and nothing else:

  apt install ./_build-package/ligdipay_*.deb    # installs it, with what it needs

It first installs the packages that are missing (with sudo unless run by root; the sections
[build] and [package] of data/packages-debian), then builds a copy of the sources in a
temporary folder. Where there is a git checkout, these are the files that git tracks, as they
are in the work tree.

It runs no tests: sh tests/run.sh does. Where lintian is installed, whatever it finds, down
to what is only pedantic, is a failure.
HELP
}

case ${1:-} in
  -h | --help) help; exit 0 ;;
  -*) help >&2; exit 2 ;;
esac
[ $# -le 1 ] || { help >&2; exit 2; }

install_packages build package

folder=${1:-$root/_build-package}
mkdir -p -- "$folder"
folder=$(CDPATH='' cd -- "$folder" && pwd)

place=$(mktemp -d "${TMPDIR:-/tmp}/ligdipay-package.XXXXXX")
leave () {
  status=$?
  trap '' HUP INT TERM
  rm -rf "$place"
  exit "$status"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

tree=$place/ligdipay
mkdir "$tree"
list_sources >"$place/sources"
tar -C "$root" --null --files-from="$place/sources" --ignore-failed-read -cf - | tar -C "$tree" -xf -
cp -R "$tree/data/debian" "$tree/debian"
rm "$tree/debian/build.sh"
# Lintian looks at modes, which a umask may have changed.
chmod -R u=rwX,go=rX "$tree"

# Also a source package, for lintian to look at; no package with what a debugger wants.
build () {
  cd "$tree"
  DEB_BUILD_OPTIONS="noautodbgsym ${DEB_BUILD_OPTIONS:-}" LC_ALL=C.UTF-8 dpkg-buildpackage -us -uc
}
say "Building the package…"
(quietly build) || fail "The package could not be built; what dpkg-buildpackage said is above."

if command -v lintian >/dev/null; then
  say "Asking lintian…"
  # What one version has to be told, another does not find; and this is for more than one Debian.
  quietly lintian --pedantic --display-info --fail-on=error,warning,info,pedantic \
    --suppress-tags unused-override,out-of-date-standards-version \
    "$place"/ligdipay_*.changes || fail "Lintian is not content; what it said is above."
else
  say "There is no lintian: nobody has looked at the package."
fi

set -- "$place"/ligdipay_*.deb
mv "$1" "$folder/"
say "The package is $folder/${1##*/}"
