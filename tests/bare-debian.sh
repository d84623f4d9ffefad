#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)

help () {
  cat <<'HELP'
Usage: sh tests/bare-debian.sh [OPTION...] [STEP...]

Proves on a bare Debian that a newcomer's two commands are enough: makes a minimal system
in a temporary folder (debootstrap, with this machine's own package sources), puts a clean
clone of the last commit in it and runs there:

  packages  installs every package of the list, as both commands do
  run       sh src/run.sh twice: to the verdict without a display, and the second time
            with nothing to install
  tests     sh tests/run.sh
  build     sh data/debian/build.sh
  package   installs the Debian package with apt, sells once with what it installed, and
            takes it out again: nothing of it is left; tells sizes and times

Without a STEP: run and tests. Needs root, debootstrap and git. The system lives in mount
and process namespaces of its own, so that nothing of it is left when this ends, however
it ends.

  --suite NAME    the Debian to make (default: the one this machine has)
  --user          run the commands as a plain user who has sudo, not as root
  --uncommitted   the work tree as it is now, with files not yet committed
  --package FILE  the package to install (default: sh data/debian/build.sh makes it, here)
  --pictures DIR  copy the demonstration's pictures here
  --keep          leave the folder of the system where it is, and say where
  --help          show this text
HELP
}

say () { printf '\n[%s s] %s\n' "$(($(date +%s) - started))" "$*"; }

fail () { printf '%s\n' "$*" >&2; exit 1; }

# Below here, and down to the line, everything runs in the namespaces.

mount_system () {
  mount -t proc proc "$system/proc"
  mount -t sysfs -o ro sysfs "$system/sys"
  mount -t tmpfs -o mode=755 tmpfs "$system/dev"
  mkdir "$system/dev/pts" "$system/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts "$system/dev/pts"
  mount -t tmpfs -o mode=1777 tmpfs "$system/dev/shm"
  for device in 'null 3' 'zero 5' 'full 7' 'random 8' 'urandom 9'; do
    mknod -m 666 "$system/dev/${device% *}" c 1 "${device#* }"
  done
  mknod -m 666 "$system/dev/tty" c 5 0
  ln -s pts/ptmx "$system/dev/ptmx"
  ln -s /proc/self/fd "$system/dev/fd"
  for stream in 0:stdin 1:stdout 2:stderr; do
    ln -s "/proc/self/fd/${stream%:*}" "$system/dev/${stream#*:}"
  done
}

# package_sources: this machine's, for the suite asked for
package_sources () {
  apt-get indextargets --format "deb \$(REPO_URI) \$(RELEASE) \$(COMPONENT)" 'Created-By: Packages' |
    awk -v here="$codename" -v suite="$suite" '
      $3 == here || index ($3, here "-") == 1 { sub (here, suite, $3); print }' | sort -u
}

make_system () {
  mirror=$(package_sources | awk -v suite="$suite" '$3 == suite { print $2; exit }')
  [ -n "$mirror" ] || fail "apt names no source of $suite on this machine."
  say "Making a bare Debian ($suite)…"
  debootstrap --variant=minbase --merged-usr "$suite" "$system" "$mirror" >"$place/debootstrap.log" 2>&1 ||
    { tail -n 20 "$place/debootstrap.log"; fail "debootstrap failed."; }
  package_sources >"$system/etc/apt/sources.list"
  apt-config dump | grep -i '::proxy' >"$system/etc/apt/apt.conf.d/00proxy" || :
  cp /etc/resolv.conf /etc/hosts "$system/etc/"
  # No package starts a service here.
  printf '#!/bin/sh\nexit 101\n' >"$system/usr/sbin/policy-rc.d"
  chmod 755 "$system/usr/sbin/policy-rc.d"
  mount_system
}

# home_of USER
home_of () { chroot "$system" sh -c "echo ~$1"; }

# in_system COMMAND...: with the environment of a new login, as the user asked for
in_system () {
  if [ -n "$user" ]; then
    chroot "$system" setpriv --reuid awa --regid awa --init-groups \
      env -i PATH=/usr/local/bin:/usr/bin:/bin HOME="$(home_of awa)" USER=awa "$@" </dev/null
  else
    chroot "$system" \
      env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      HOME="$(home_of root)" USER=root "$@" </dev/null
  fi
}

add_user () {
  chroot "$system" sh -euc '
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update
    apt-get -qq install --no-install-recommends sudo
    useradd --create-home awa
    echo "awa ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/awa' >"$place/user.log" 2>&1 ||
    { tail -n 20 "$place/user.log"; fail "The plain user could not be made."; }
}

# step TITLE COMMAND...: runs it in the project there; a failure is told and counted
step () {
  title=$1; shift
  say "$title"
  # shellcheck disable=SC2016
  in_system sh -c 'cd "$0" && exec "$@"' "$project" "$@" && code=0 || code=$?
  [ "$code" -eq 0 ] || failures=$((failures + 1))
  say "$title: $([ "$code" -eq 0 ] && echo good || echo "ended with $code")"
}

installed_packages () {
  chroot "$system" dpkg-query --show | cksum
}

# copy_pictures FOLDER: what was left there, if somebody asked for pictures
copy_pictures () {
  if [ -n "$pictures" ]; then
    mkdir -p "$pictures"
    cp "$system$project/$1"/*.png "$pictures/" || :
  fi
}

run_twice () {
  step "First sh src/run.sh" sh src/run.sh
  before=$(installed_packages)
  began=$(date +%s)
  step "Second sh src/run.sh" sh src/run.sh
  say "The second run took $(($(date +%s) - began)) s with its payment."
  if [ "$(installed_packages)" != "$before" ]; then
    failures=$((failures + 1))
    say "The second run installed packages."
  fi
  copy_pictures _build/demonstration
}

# apt_get OPTION...: as an administrator of the system, quietly
apt_get () {
  chroot "$system" env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" >"$place/apt.log" 2>&1 && return
  tail -n 20 "$place/apt.log"
  fail "apt-get $1 failed."
}

# download OPTION...: how many MB apt would get for the package
download () {
  chroot "$system" apt-get install --print-uris -y "$@" "/tmp/$package" 2>/dev/null |
    awk '/^.http/ { sum += $3 } END { printf "%d MB", sum / 1000000 }'
}

# wrong TEXT...: what was looked at, and is not as it should be
wrong () {
  failures=$((failures + 1))
  say "$@"
}

# traces: files with our name, but for the project itself and what was copied here
traces () {
  chroot "$system" find / -xdev \( -path "$project" -o -path "/tmp/$package" -o -path /proc -o -path /sys \) -prune \
    -o -iname '*ligdi*' -print
}

try_package () {
  set -- "$place"/package/*.deb
  package=${1##*/}
  cp "$1" "$system/tmp/$package"
  apt_get update
  say "$package: $(($(stat -c %s "$1") / 1000)) kB, $(dpkg-deb --field "$1" Installed-Size) kB installed." \
      "What it needs: $(download --no-install-recommends); with what it recommends: $(download)."
  began=$(date +%s)
  apt_get install --no-install-recommends "/tmp/$package"
  took=$(($(date +%s) - began))
  say "Installed in $took s."
  [ -z "$(chroot "$system" find /etc/systemd -name 'ligdi*')" ] || wrong "A unit is switched on."
  step "The programs say who they are" sh -c 'ligdipay --version && ligdipay-simulator --version'
  # shellcheck disable=SC2016
  step "Installing a display and hands" sh -euc 'root=$PWD; . src/prepare.sh; install_packages show'
  began=$(date +%s)
  step "A sale, paid" sh tests/ui/with-display.sh /usr/bin/python3 tests/ui/test_person.py \
    --application /usr/bin/ligdipay --pictures _build paid
  say "From apt to the end of the first sale: $((took + $(date +%s) - began)) s."
  copy_pictures _build/paid

  # As on a kiosk, where there is more to take out.
  chroot "$system" systemctl enable ligdipay-kiosk@awa 2>/dev/null || wrong "The kiosk cannot be switched on."
  folders=$(chroot "$system" dpkg --listfiles ligdipay)
  apt_get remove ligdipay
  say "Removed; left until it is purged:" "$(traces | tr '\n' ' ')"
  apt_get purge ligdipay
  [ -z "$(traces)" ] || wrong "Left when it was purged: $(traces | tr '\n' ' ')"
  for path in $folders; do
    [ ! -e "$system$path" ] || chroot "$system" dpkg --search "$path" >/dev/null 2>&1 || [ "$path" = /. ] ||
      wrong "Left when it was purged, and nobody's: $path"
  done
}

prove () {
  make_system
  [ -z "$user" ] || add_user
  project=${user:+$(home_of awa)}/ligdipay
  cp -a "$place/clone" "$system$project"
  [ -z "$user" ] || chroot "$system" chown -R awa:awa "$project"

  failures=0
  for step in "$@"; do
    case $step in
      packages)
        # shellcheck disable=SC2016
        step "Installing the packages of the list" sh -euc \
          'root=$PWD; . src/prepare.sh; install_packages build run show test' ;;
      run) run_twice ;;
      tests) step "sh tests/run.sh" sh tests/run.sh ;;
      build) step "sh data/debian/build.sh" sh data/debian/build.sh ;;
      package) try_package ;;
    esac
  done
  say "$(du -sm "$system" --exclude=proc --exclude=sys --exclude=dev | cut -f 1) MB on disk in the end."
  [ "$failures" -eq 0 ]
}

# ---

if [ "${LIGDIPAY_BARE_PLACE:-}" ]; then
  place=$LIGDIPAY_BARE_PLACE
  # shellcheck source=/dev/null
  . "$place/options"
  system=$place/system
  prove "$@"
  exit
fi

started=$(date +%s)
# shellcheck source=/dev/null
codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
suite=$codename
user='' uncommitted='' package='' pictures='' keep=''
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=$2; shift ;;
    --user) user=yes ;;
    --uncommitted) uncommitted=yes ;;
    --package) package=$(realpath -- "$2"); shift ;;
    --pictures) mkdir -p "$2"; pictures=$(CDPATH='' cd -- "$2" && pwd); shift ;;
    --keep) keep=yes ;;
    -h | --help) help; exit 0 ;;
    packages | run | tests | build | package) break ;;
    *) help >&2; exit 2 ;;
  esac
  shift
done
for step in "$@"; do
  case $step in packages | run | tests | build | package) ;; *) help >&2; exit 2 ;; esac
done
[ $# -gt 0 ] || set -- run tests

[ "$(id -u)" -eq 0 ] || fail "Only root can make a bare Debian."
for tool in debootstrap git unshare; do
  command -v "$tool" >/dev/null || fail "This needs $tool: apt-get install debootstrap git util-linux"
done

place=$(mktemp -d "${TMPDIR:-/tmp}/ligdipay-bare.XXXXXX")
chmod 755 "$place"
leave () {
  status=$?
  trap '' HUP INT TERM
  # The namespaces, and with them every process and mount in there, end with their first process.
  [ -z "${inside:-}" ] || { kill -KILL "$inside" 2>/dev/null || :; wait "$inside" 2>/dev/null || :; }
  if [ -n "$keep" ]; then
    say "The system is in $place/system."
  else
    rm -rf --one-file-system "$place"
  fi
  exit "$status"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

if [ -n "$uncommitted" ]; then
  git init --quiet "$place/clone"
  git -C "$root" ls-files -z --cached --others --exclude-standard |
    tar -C "$root" --null --files-from=- --ignore-failed-read -cf - | tar -C "$place/clone" -xf -
  git -C "$place/clone" add --all
else
  git clone --quiet --no-local "$root" "$place/clone"
fi
cat >"$place/options" <<OPTIONS
started='$started' codename='$codename' suite='$suite' user='$user' pictures='$pictures'
OPTIONS

case " $* " in
  *' package '*)
    mkdir "$place/package"
    if [ -n "$package" ]; then
      cp "$package" "$place/package/"
    else
      sh "$place/clone/data/debian/build.sh" "$place/package"
    fi ;;
esac

LIGDIPAY_BARE_PLACE=$place unshare --mount --pid --fork --kill-child --propagation private \
  sh "$0" "$@" &
inside=$!
status=0
wait "$inside" || status=$?
inside=''
say "$([ "$status" -eq 0 ] && echo "All good." || echo "Something failed: see above.")"
exit "$status"
