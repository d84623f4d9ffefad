#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
. "$root/src/prepare.sh"

help () {
  cat <<'HELP'
Usage: sh tests/flatpak/runtime.sh FOLDER BRANCH

Makes a stand-in for GNOME's runtime and its SDK out of this machine's Debian packages,
in an ostree repository FOLDER/repo: where the real one cannot be downloaded, a manifest
can be built, installed and used all the same. What GNOME's runtime has not, this one has
not either, so that the manifest must bring it. It has other versions of the libraries.

Does nothing where FOLDER/runtime says that it is there already, made by this very script. Needs root, and what tests/flatpak.sh installs.
HELP
}

case ${1:-} in
  -h | --help) help; exit 0 ;;
esac
[ $# -eq 2 ] || { help >&2; exit 2; }
folder=$1
branch=$2

# What a program finds in GNOME's runtime: of LigdiPay's libraries all but libqrencode and
# libcanberra. libltdl, libpulse and libvorbisfile are there too; and flatpak-spawn, by which
# WebKit asks for a sandbox of its own.
platform='libwebkit2gtk-4.1-0 libsoup-3.0-0 libjson-glib-1.0-0 libsqlite3-0 libsecret-1-0
  libpulse0 libvorbisfile3 libltdl7 libglib2.0-bin glib-networking ca-certificates
  fonts-cantarell fonts-dejavu-core adwaita-icon-theme librsvg2-common shared-mime-info
  dconf-gsettings-backend libgl1-mesa-dri libegl1 flatpak-xdg-utils xdg-dbus-proxy'
sdk='gcc g++ libc6-dev meson ninja-build pkgconf make patch gettext python3 bzip2 xz-utils
  desktop-file-utils appstream appstream-compose appstream-util elfutils gtk-update-icon-cache libgtk-3-dev libwebkit2gtk-4.1-dev
  libsoup-3.0-dev libjson-glib-dev libsqlite3-dev libsecret-1-dev libpulse-dev libvorbis-dev
  libltdl-dev ccache'

made_with="$branch $(cksum <"$0")"
[ "$(cat "$folder/runtime" 2>/dev/null)" != "$made_with" ] || exit 0

# shellcheck source=/dev/null
codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
arch=$(flatpak --default-arch)
rm -rf "$folder/runtime" "$folder/repo" "$folder/platform" "$folder/sdk"
mkdir -p "$folder"

# package_sources: this machine's own
package_sources () {
  apt-get indextargets --format "deb \$(REPO_URI) \$(RELEASE) \$(COMPONENT)" 'Created-By: Packages' |
    awk -v suite="$codename" '$3 == suite || index ($3, suite "-") == 1' | sort -u
}

# install SYSTEM PACKAGE...
install () {
  system=$folder/$1; shift
  quietly chroot "$system" env DEBIAN_FRONTEND=noninteractive LC_ALL=C \
    apt-get install -y -q --no-install-recommends "$@" || fail "apt-get failed."
  chroot "$system" apt-get clean
}

# export SYSTEM ID: what is below /usr and /etc, as a runtime
export_runtime () {
  tree=$folder/tree
  rm -rf "$tree"
  mkdir -p "$tree/files" "$tree/var"
  cp -al "$folder/$1/usr" "$tree/usr"
  rm -rf "$tree/usr/etc"
  cp -a "$folder/$1/etc" "$tree/usr/etc"
  for part in share/doc share/man share/info share/lintian share/bug lib/udev lib/systemd games local src; do
    rm -rf "$tree/usr/${part:?}"
  done
  for secret in shadow shadow- gshadow gshadow- passwd- group- mtab resolv.conf hostname machine-id .pwd.lock; do
    rm -f "$tree/usr/etc/$secret"
  done
  # There is no sbin in the path of a sandbox.
  ln -sf ../sbin/ldconfig "$tree/usr/bin/ldconfig"
  ln -sf ../libexec/flatpak-xdg-utils/flatpak-spawn "$tree/usr/bin/flatpak-spawn"
  find "$tree/usr" -xdev -type f -perm /6000 -delete
  # Of what a program brings flatpak makes this system's list of libraries anew.
  rm -f "$tree/usr/etc/ld.so.conf"
  cat >"$tree/usr/etc/ld.so.conf" <<LIBRARIES
/app/lib
include /etc/ld.so.conf.d/*.conf
LIBRARIES
  cat >"$tree/metadata" <<METADATA
[Runtime]
name=$2
runtime=org.gnome.Platform/$arch/$branch
sdk=org.gnome.Sdk/$arch/$branch
METADATA
  quietly flatpak build-export --runtime --disable-sandbox "$folder/repo" "$tree" "$branch" ||
    fail "$2 could not be exported."
  rm -rf "$tree"
}

mirror=$(package_sources | awk -v suite="$codename" '$3 == suite { print $2; exit }')
[ -n "$mirror" ] || fail "apt names no source of $codename on this machine."
say "Making a stand-in for GNOME's runtime of $codename's packages…"
quietly debootstrap --variant=minbase --merged-usr "$codename" "$folder/platform" "$mirror" ||
  fail "debootstrap failed."
package_sources >"$folder/platform/etc/apt/sources.list"
apt-config dump | grep -i '::proxy' >"$folder/platform/etc/apt/apt.conf.d/00proxy" || :
cp /etc/resolv.conf /etc/hosts "$folder/platform/etc/"
# No package starts a service here.
printf '#!/bin/sh\nexit 101\n' >"$folder/platform/usr/sbin/policy-rc.d"
chmod 755 "$folder/platform/usr/sbin/policy-rc.d"
quietly chroot "$folder/platform" apt-get update -q || fail "apt-get failed."
# The lists hold no blanks in their words.
# shellcheck disable=SC2086
install platform $platform
cp -a "$folder/platform" "$folder/sdk"
# shellcheck disable=SC2086
install sdk $sdk

quietly ostree init --mode=bare-user-only --repo="$folder/repo"
export_runtime platform org.gnome.Platform
export_runtime sdk org.gnome.Sdk
rm -rf "$folder/platform" "$folder/sdk"
printf '%s\n' "$made_with" >"$folder/runtime"
