#!/usr/bin/env bash
# Proves ops/install.sh in a throwaway Debian: debootstrap, chroot, namespaces of its own. Installs, starts a process as
# its unit would, asks readiness, installs again, upgrades, goes back, uninstalls. Needs root and Debian's mirror; where
# it may not, it says so and counts as short. `KEEP_ROOT=FOLDER` uses (and keeps) a root made before.
set -euo pipefail
tree="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
short() {
  printf 'install rehearsal: short, %s\n' "$*"
  exit 1
}
((EUID == 0)) || short "root is needed for a root folder of its own"
unshare -m -p -f true 2>/dev/null || short "namespaces are not allowed here"
if [[ -z "${INSIDE:-}" ]]; then exec env INSIDE=1 unshare -m -p -f --kill-child --mount-proc "$0" "$@"; fi

root="${KEEP_ROOT:-$(mktemp -d)/root}"
cleanup() {
  umount -R "$root/proc" "$root/dev" "$root/mnt" 2>/dev/null || true
  [[ -n "${KEEP_ROOT:-}" ]] || rm -rf --one-file-system "$(dirname "$root")"
}
trap cleanup EXIT
if [[ ! -x "$root/bin/bash" ]]; then
  command -v debootstrap >/dev/null || short "debootstrap is missing: apt-get install debootstrap"
  # Where one of the two files is missing grep says so by its end, too.
  mirror="$({ grep -rhoE '(URIs: |^deb )\S+' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true; } | awk 'NR == 1 {print $2}')"
  debootstrap --variant=minbase bookworm "$root" "$mirror" >/dev/null || short "debootstrap did not work"
fi
cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod 755 "$root/usr/sbin/policy-rc.d"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev" && mount --make-rslave "$root/dev"
mkdir -p "$root/mnt"
mount --bind "$tree" "$root/mnt"
mount -o remount,ro,bind "$root/mnt"

inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"; }
held=1
check() {
  local what="$1"
  shift
  if "$@" >/dev/null 2>&1; then printf '  held   %s\n' "$what"; else printf '  short  %s\n' "$what" && held=0; fi
}
run_install() { inside bash /mnt/ops/install.sh "$@"; }
port="${REHEARSE_PORT:-18330}"
process=""

# As the unit does it: its user, its environment file, its own lines of environment.
start_process() {
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -c "set -a; . /etc/vssid/environment
    VSSID_PROFILE=production NODE_ENV=production VSSID_DATA_DIR=/var/lib/vssid PORT=$port
    cd /opt/vssid && exec setpriv --reuid vssid --regid vssid --clear-groups --no-new-privs /opt/vssid/node_modules/.bin/node /opt/vssid/dist/main.js" &
  process=$!
  inside PORT="$port" /opt/vssid/node_modules/.bin/node /opt/vssid/ops/ask-ready.mjs 120 && kill -0 "$process"
}
end_process() {
  kill -TERM "$process"
  wait "$process"
}

run_install install --domain vssid.example.vn --smtp smtp://127.0.0.1:2525 --smpp smpp://a:b@127.0.0.1:2775
secret="$(sha256sum <"$root/etc/vssid/environment")"
check "settings are for root alone" test "$(stat -c %a:%U "$root/etc/vssid/environment")" = 600:root
check "the owner's address is for root alone" test "$(stat -c %a:%U "$root/etc/vssid/owner")" = 600:root
check "the settings of the processes name vssid_server" grep -q '^DATABASE_URL=postgres://vssid_server@' "$root/etc/vssid/environment"
as_user() { inside runuser -u vssid -- psql -h /var/run/postgresql -d vssid -w "$@"; }
check "their user comes in as vssid_server" as_user -U vssid_server -c "set role vssid_app" -c "select from person limit 1"
refused() { ! "$@"; }
check "who may drop nothing" refused as_user -U vssid_server -c "drop table audit_event cascade"
check "and may not be the owner" refused as_user -U vssid_server -c "set role vssid"
check "nor come in as the owner" refused as_user -U vssid -c "select 1"
check "data is for its user alone" inside test "$(inside stat -c %a:%U /var/lib/vssid)" = 700:vssid
check "web and worker get ready on loopback" start_process
check "the processes serve with no more rights than they need" inside bash -c 'set -a; . /etc/vssid/environment; export VSSID_PROFILE=production VSSID_DATA_DIR=/var/lib/vssid; runuser -u vssid -- /opt/vssid/bin/vssid database'
check "the operator's commands run" inside bash -c 'set -a; . /etc/vssid/environment; export VSSID_PROFILE=production VSSID_DATA_DIR=/var/lib/vssid; runuser -u vssid -- /opt/vssid/bin/vssid audit verify'
check "it ends in order on SIGTERM" end_process
check "installing again works" run_install install --domain vssid.example.vn
check "and keeps the settings" test "$(sha256sum <"$root/etc/vssid/environment")" = "$secret"
first="$(readlink "$root/opt/vssid")"
printf 'x' >"$root/opt/vssid-releases/mark"
mkdir -p "$root/newer" && cp -a "$root$first/." "$root/newer/" && cp -a "$tree/scripts" "$root/newer/"
sed -i 's/^./0/;s/^.\{4\}/abcd/' "$root/newer/dist/stamp"
check "a newer tree is an upgrade" inside bash /newer/ops/install.sh install --without-packages
check "the link shows the newer release" test "$(readlink "$root/opt/vssid")" != "$first"
check "it gets ready" start_process
check "and ends" end_process
check "the way back works" run_install back
check "the link shows the release before" test "$(readlink "$root/opt/vssid")" = "$first"
check "uninstalling works" run_install uninstall
check "the program is gone, data and secrets are not" test ! -e "$root/opt/vssid" -a -d "$root/var/lib/vssid" -a -s "$root/etc/vssid/environment"
check "uninstalling with data works" run_install uninstall --with-data
check "nothing is left" test ! -e "$root/var/lib/vssid" -a ! -e "$root/etc/vssid"
inside bash -c 'for one in $(pg_lsclusters -h | awk "{print \$1}"); do pg_ctlcluster "$one" main stop -m fast; done' || true
if ((held)); then echo "install rehearsal: held"; else echo "install rehearsal: short" && exit 1; fi
