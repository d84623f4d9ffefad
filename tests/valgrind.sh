#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the test setup "valgrind" runs each test with: one that is written in C under memcheck, and
# itself when it starts itself again, but not the simulator, which must be as quick as a gateway.
# One that is not written in C is skipped.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

case $1 in
  */python3 | *.sh) exit 77 ;;
esac
# GLib's own knowledge of itself, where this system has it.
theirs=/usr/share/glib-2.0/valgrind/glib.supp
[ -e "$theirs" ] || theirs=$here/valgrind.supp

export G_SLICE=always-malloc
exec valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
  --errors-for-leak-kinds=definite --num-callers=30 --trace-children=yes \
  --trace-children-skip='/*bin/*,*/ligdipay-simulator' \
  --suppressions="$theirs" --suppressions="$here/valgrind.supp" "$@"
