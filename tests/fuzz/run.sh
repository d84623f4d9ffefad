#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
. "$root/src/prepare.sh"

build=$root/_build-test/fuzz
targets=$(for file in "$root"/tests/fuzz/fuzz-*.c; do basename "${file#*/fuzz/fuzz-}" .c; done)

help () {
  cat <<HELP
Usage: sh tests/fuzz/run.sh [MINUTES] [TARGET...]

Looks with libFuzzer for inputs that break a promise: MINUTES (5 if not given) for each
TARGET (all if none is given), one after the other, with AddressSanitizer and UBSan:

$(printf '%s\n' "$targets" | sed 's/^/  /')

Installs the packages that are missing, as tests/run.sh does, and builds with clang in
_build-test/fuzz/. The seeds are tests/fuzz/corpus/TARGET/, which stays as it is; what
is found on the way is kept in _build-test/fuzz/corpus/TARGET/ for the next time.

It ends with 0 when nothing was found, and with 1 at the first finding. That input is
saved, and named in the last line. Once it is mended, keep the input under a name that
says what it was in tests/fuzz/corpus/TARGET/, where every run of tests/run.sh plays it.
HELP
}

minutes=5
case ${1:-} in
  -h | --help) help; exit 0 ;;
  '') ;;
  [0-9]*) minutes=$1; shift ;;
esac
case $minutes in *[!0-9]*) help >&2; exit 2 ;; esac
for target in "$@"; do
  [ -f "$root/tests/fuzz/fuzz-$target.c" ] || { help >&2; exit 2; }
done
# Their names hold no blanks.
# shellcheck disable=SC2086
[ $# -gt 0 ] || set -- $targets

install_packages build test

say "Building…"
export CC=clang
configure "$build" -Dfuzzers=true -Db_sanitize=address,undefined -Db_lundef=false ||
  fail "The build could not be prepared."
programs=''
for target in "$@"; do programs="$programs tests/fuzz/fuzz-$target"; done
# shellcheck disable=SC2086
quietly ninja --quiet -C "$build" $programs || fail "The build failed."

# What a target writes goes here, in memory if there is some; a finding leaves it lying.
scratch=$(mktemp -d -p "$([ -w /dev/shm ] && printf /dev/shm || printf %s "${TMPDIR:-/tmp}")")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
export TMPDIR="$scratch"

export ASAN_OPTIONS=abort_on_error=1
export LSAN_OPTIONS="suppressions=$root/tests/lsan.supp:print_suppressions=0"
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export G_DEBUG=fatal-warnings G_SLICE=always-malloc LANG=C TZ=UTC0

mkdir -p "$build/found" "$build/log"
for target in "$@"; do
  log=$build/log/$target
  mkdir -p "$build/corpus/$target"
  rm -f "$build/found/$target"-*
  # At the end it counts with this flag only.
  "$build/tests/fuzz/fuzz-$target" -print_final_stats=1 \
    -max_total_time=$((minutes * 60)) -timeout=20 -rss_limit_mb=2048 -max_len=16384 \
    -artifact_prefix="$build/found/$target-" \
    "$build/corpus/$target" "$root/tests/fuzz/corpus/$target" </dev/null >"$log" 2>&1 &&
    status=0 || status=$?
  found=$(find "$build/found" -name "$target-*" | head -n 1)
  if [ "$status" -ne 0 ]; then
    tail -n 60 "$log" >&2
    say "$target: a finding, kept as ${found:-no file}; what was said is in $log"
    exit 1
  fi
  say "$target: nothing found in $minutes min," \
      "$(awk '/number_of_executed_units/ { print $2 }' "$log") inputs," \
      "$(awk '/cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") n = $(i + 1) } END { print n }' "$log")" \
      "places of the code reached"
done
