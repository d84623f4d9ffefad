#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

help () {
  cat <<'HELP'
Usage: sh tests/ui/screens.sh BUILD [FOLDER]

Makes a picture of every screen, with made-up payments, in French and English, light and
dark, at 1280 by 800 and 1024 by 600, and at 1024 by 600 also with letters twice the size,
in high contrast, and in a made-up language. Each variant is a folder below FOLDER (BUILD/screens if none is given)
and a contact sheet beside it. BUILD is a build folder. No display is needed.

A picture is larger than its screen where something does not fit: all such are named.
HELP
}

case ${1:-} in
  '') help >&2; exit 2 ;;
  -h | --help) help; exit 0 ;;
esac
build=$(CDPATH='' cd -- "$1" && pwd)
folder=${2:-$build/screens}
mkdir -p "$folder"
folder=$(CDPATH='' cd -- "$folder" && pwd)

export GIO_USE_VFS=local GSETTINGS_BACKEND=memory GSETTINGS_SCHEMA_DIR="$build/data"
export LIGDIPAY_LOCALEDIR="$build/po"
export G_DEBUG=fatal-warnings LC_ALL=C.UTF-8

# variant NAME LANGUAGE OPTION...
variant () {
  name=$1 language=$2
  shift 2
  rm -rf "${folder:?}/$name"
  mkdir "$folder/$name"
  LANGUAGE=$language sh "$here/with-display.sh" \
    "$build/tests/ui/page-gallery" --folder "$folder/$name" "$@"
  montage -label '%t' "$folder/$name/*.png" -tile 4x -geometry 480x+6+6 "$folder/$name.png"
  echo "$folder/$name.png"
  identify -format '%w %h %d/%f\n' "$folder/$name/*.png" |
    while read -r width height picture; do
      [ "$name" != "${name%"${width}x$height"}" ] || echo "  does not fit: $picture"
    done
}

for language in fr en; do
  variant "$language-light-1280x800" "$language"
  variant "$language-light-1024x600" "$language" --small
  variant "$language-dark-1280x800" "$language" --dark
  variant "$language-dark-1024x600" "$language" --dark --small
  variant "$language-text-200-1024x600" "$language" --small --text 200
done
variant fr-contrast-1024x600 fr --small --contrast
variant fr-contrast-dark-1024x600 fr --small --contrast --dark

/usr/bin/python3 "$here/pseudo_locale.py" "$here/../../po/ligdipay.pot" \
  "$folder/languages/pseudo/LC_MESSAGES/ligdipay.mo"
LIGDIPAY_LOCALEDIR=$folder/languages
variant pseudo-1024x600 pseudo --small
variant pseudo-1280x800 pseudo
