#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
. "$root/src/prepare.sh"

help () {
  cat <<'HELP'
Usage: sh tests/flatpak/build.sh FOLDER [VERSION]

Builds data/com.example.LigdiPay.json with the tracked files as they are now, as a program in
the ostree repository FOLDER/program; with a VERSION, one that says so of itself, for which the
unit suite is not run again. For tests/flatpak.sh, which has installed the runtime.

The sources of the libraries are Debian's copies of what their makers released: the same to the
byte, as the checksums in the manifest say.
HELP
}

case ${1:-} in
  -h | --help) help; exit 0 ;;
esac
if [ $# -lt 1 ] || [ $# -gt 2 ]; then help >&2; exit 2; fi
folder=$1
version=${2:-}
manifest=data/com.example.LigdiPay.json
tree=$folder/tree
downloads=$folder/state/downloads

# list_archives: module, checksum and file name of each
list_archives () {
  /usr/bin/python3 - "$root/$manifest" <<'LIST'
import json, sys
for module in json.load(open(sys.argv[1], encoding="utf-8"))["modules"]:
    for source in module["sources"]:
        if source["type"] == "archive":
            print(module["name"], source["sha256"], source["url"].rpartition("/")[2])
LIST
}

# with_sources COMMAND...: apt-get, which knows nothing but where this machine has its sources from
with_sources () {
  apt-get -q -o "Dir::Etc::SourceList=$fetched/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o "Dir::State::Lists=$fetched/lists" -o APT::Sandbox::User=root "$@"
}

# fetch MODULE CHECKSUM NAME: Debian's copy, under the name that its maker gave it
fetch () {
  [ ! -e "$downloads/$2/$3" ] || return 0
  fetched=$folder/fetched
  rm -rf "$fetched"
  mkdir -p "$fetched/lists/partial" "$downloads/$2"
  apt-get indextargets --format "deb-src \$(REPO_URI) \$(RELEASE) \$(COMPONENT)" 'Created-By: Packages' |
    sort -u >"$fetched/sources.list"
  quietly with_sources update || fail "The list of Debian's sources could not be read."
  (cd "$fetched" && quietly with_sources source --download-only --tar-only "$1-dev") ||
    fail "Debian's source of $1 could not be downloaded."
  printf '%s  %s\n' "$2" "$(echo "$fetched"/*.orig.tar.*)" | sha256sum --check --status ||
    fail "Debian's source of $1 is not what the manifest means."
  mv "$fetched"/*.orig.tar.* "$downloads/$2/$3"
  rm -rf "$fetched"
}

list_archives | while read -r module checksum name; do fetch "$module" "$checksum" "$name"; done

rm -rf "$tree"
mkdir -p "$tree"
list_sources | tar -C "$root" --null --files-from=- --ignore-failed-read -cf - |
  tar -C "$tree" -xf -
if [ -n "$version" ]; then
  sed -i "s/^  version: '.*'/  version: '$version'/" "$tree/meson.build"
  set -- --disable-tests
else
  set --
fi
quietly dbus-run-session -- flatpak-builder --ccache --disable-rofiles-fuse --force-clean \
  --state-dir="$folder/state" --repo="$folder/program" "$@" "$folder/build" "$tree/$manifest" ||
  fail "The flatpak could not be built; what flatpak-builder said is above."
