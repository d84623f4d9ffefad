#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/src/prepare.sh"

help () {
  cat <<'HELP'
Usage: sh tests/run.sh [coverage | valgrind | SUITE...]

Installs the packages that are missing (with sudo unless run by root; the list is
data/packages-debian), then builds and tests LigdiPay in _build-test/, three times and as
a flatpak:

  gcc       warnings are errors; every suite
  clang     warnings are errors; suites unit, service, crash and fuzz, of which it counts
            the branches they take: where all must be taken (tests/coverage.py), all are
  sanitize  AddressSanitizer and UBSan; all that runs our programs, but what measures drawings
  flatpak   what tests/flatpak.sh proves; skipped where not run by root, or without sandboxes

With names of suites (unit, service, ui, fuzz, lint, …) it runs only these, with the gcc
build; with the word coverage, only what the clang build is for. No display, no account
and no network beyond the package registry is needed.

With the word valgrind it runs what is written in C of the suites unit, service and crash
under memcheck, which sees objects of GLib 2.74 that sanitize takes for reachable, and
skips what is written in Python. An error or a lost block fails a test, unless
tests/valgrind.supp says whose it is. It takes minutes, and is no part of the whole.

Each build's results are added up. The last line is "N passed, N failed", with
", N skipped" if any were; the exit status is 0 only if tests ran and none failed.
HELP
}

case ${1:-} in
  -h | --help) help; exit 0 ;;
  -*) help >&2; exit 2 ;;
esac

builds=$root/_build-test
mkdir -p "$builds"
steps=''
ran=''

# The tests bring their own display, and must never meet a real account.
unset DISPLAY WAYLAND_DISPLAY LIGDIPAY_BASE_URL CREDENTIALS_DIRECTORY

# The add-up at the end names the step and counts it as a failed test.
break_off () {
  say "$2 failed: $1." >&2
  steps="$steps --step failed:$1:$2"
}

# test_with NAME COMPILER SETUP-OPTIONS TEST-OPTIONS
test_with () {
  started=$(date +%s)
  export CC="$2"
  say "Build $1…"
  # Both lists are written below, without blanks in their words.
  # shellcheck disable=SC2086
  if ! configure "$builds/$1" $3; then
    break_off "$1" configuring
  elif ! quietly ninja --quiet -C "$builds/$1"; then
    break_off "$1" building
  else
    say "Build $1 took $(($(date +%s) - started)) s; its tests:"
    rm -f "$builds/$1"/meson-logs/testlog*
    meson test -C "$builds/$1" --no-rebuild --print-errorlogs $4 </dev/null &&
      status=0 || status=$?
    ran="$ran --ran $1:$status"
    say "Build $1 and its tests took $(($(date +%s) - started)) s."
  fi
}

count_branches () {
  rm -rf "$builds/clang/counts"
  test_with clang clang '-Dwerror=true -Dcoverage=true' \
    '--suite unit --suite service --suite crash --suite fuzz'
  case $ran in
    *' clang:'*)
      /usr/bin/python3 "$root/tests/coverage.py" "$builds/clang" ||
        break_off clang coverage ;;
  esac
}

# Nobody but root can make its runtime, and not every machine lets a sandbox be made.
prove_flatpak () {
  started=$(date +%s)
  sh "$root/tests/flatpak.sh" "$builds/flatpak" </dev/null && status=0 || status=$?
  case $status in
    0) steps="$steps --step passed:flatpak" ;;
    77) steps="$steps --step skipped:flatpak" ;;
    *) break_off flatpak proof ;;
  esac
  say "The flatpak took $(($(date +%s) - started)) s."
}

install_packages build run show test

if [ "${1:-}" = coverage ]; then
  count_branches
elif [ "${1:-}" = valgrind ]; then
  # Most of the time they wait for a time to pass.
  test_with gcc gcc -Dwerror=true \
    '--setup valgrind --num-processes 4 --suite unit --suite service --suite crash'
elif [ $# -gt 0 ]; then
  suites=''
  for suite in "$@"; do suites="$suites --suite $suite"; done
  test_with gcc gcc -Dwerror=true "$suites"
else
  test_with gcc gcc -Dwerror=true ''
  count_branches

  # Optimised code with sanitizers makes gcc warn of what is not there: no -Dwerror.
  # The leak check of gcc 13 and older reads some threads' memory by mistake and crashes.
  export ASAN_OPTIONS=fast_unwind_on_malloc=0:intercept_tls_get_addr=0
  export LSAN_OPTIONS="suppressions=$root/tests/lsan.supp:print_suppressions=0"
  export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
  test_with sanitize gcc -Db_sanitize=address,undefined \
    '--no-suite lint --no-suite drawing --timeout-multiplier 4'
  unset ASAN_OPTIONS LSAN_OPTIONS UBSAN_OPTIONS
  prove_flatpak
fi

# shellcheck disable=SC2086
exec /usr/bin/python3 "$root/tests/add_up.py" "$builds" $steps $ran
