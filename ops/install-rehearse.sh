#!/usr/bin/env bash
# Proves ops/install.sh in a throwaway Debian: debootstrap, chroot, namespaces of its own. Installs, starts a process as
# its unit says (ops/install-play-unit.sh), asks readiness, seals, installs again, upgrades, goes back, uninstalls. Needs
# root and Debian's mirror; where it may not, it says so and counts as short. `KEEP_ROOT=FOLDER` uses (and keeps) a root
# made before.
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
  umount -R "$root/proc" "$root/dev" "$root/run" "$root/mnt" 2>/dev/null || true
  [[ -n "${KEEP_ROOT:-}" ]] || rm -rf --one-file-system "$(dirname "$root")"
}
trap cleanup EXIT
if [[ ! -x "$root/bin/bash" ]]; then
  command -v debootstrap >/dev/null || short "debootstrap is missing: apt-get install debootstrap"
  # Where one of the two files is missing grep says so by its end, too.
  mirror="$({ grep -rhoE '(URIs: |^deb )\S+' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true; } | awk 'NR == 1 {print $2}')"
  debootstrap --variant=minbase --include=systemd bookworm "$root" "$mirror" >/dev/null || short "debootstrap did not work"
fi
cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod 755 "$root/usr/sbin/policy-rc.d"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev" && mount --make-rslave "$root/dev"
mount -t tmpfs tmpfs "$root/run"
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

# As Restart=always does it: a start that breaks off is made again.
start_process() {
  local try look
  for try in {1..6}; do
    chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /opt/vssid/ops/install-play-unit.sh "vssid@$port.service" &
    process=$!
    for look in {1..30}; do
      if inside PORT="$port" /opt/vssid/node_modules/.bin/node /opt/vssid/ops/ask-ready.mjs 5; then return 0; fi
      kill -0 "$process" 2>/dev/null || continue 2
    done
    return 1
  done
  return 1
}
end_process() {
  kill -TERM "$process"
  wait "$process"
}

starts_and_ends() { start_process && end_process; }
# Of every secret: no file outside the memory of this machine has it, and nothing stands in the environment of a process.
is_nowhere_clear() {
  local name value
  # A process that is over has none; by its size every file there is empty.
  [[ -n "$(tr -d '\0' <"/proc/$process/cmdline")" ]] || return 1
  for name in VSSID_SECRET VSSID_OWNER_DATABASE_URL SMTP_URL SMPP_URL VSSID_BACKUP_KEY_FILE; do
    value="$(run_install show "$name")"
    [[ -n "$value" ]] || return 1
    ! grep -rqF -e "$value" "$root/etc" "$root/var/lib/vssid" "$root/var/lib/vssid-keys" "$root/opt/vssid" 2>/dev/null || return 1
    ! grep -aqF -e "$value" "/proc/$process/environ" || return 1
  done
  [[ ! -e "$root/var/lib/vssid-keys" ]]
}
# Neither among its credentials nor in what its unit says; that of the backups has it.
no_owner_in_process() {
  [[ -e "$root/run/credentials/vssid@$port.service/vssid.DATABASE_URL" ]] || return 1
  [[ ! -e "$root/run/credentials/vssid@$port.service/vssid.VSSID_OWNER_DATABASE_URL" ]] || return 1
  ! grep -q OWNER_DATABASE_URL_FILE= "$root/etc/systemd/system/vssid@.service.d/secrets.conf" || return 1
  grep -q OWNER_DATABASE_URL_FILE= "$root/etc/systemd/system/vssid-backup.service.d/secrets.conf"
}
# A whole form 01 by API, for the office 52T01.
declares() {
  inside /opt/vssid/node_modules/.bin/node -e '
    const body = {
      for: "self", fullName: "Nguyễn Thị Thử", sex: 2, birth: "1990-01-15", insuranceNumber: null, phone: "0917301012",
      paper: { kind: "cccd", number: "052190917302", issuedOn: "2022-02-13", issuedBy: "Nơi cấp thử" },
      address: { communeCode: "21952", street: "12 Đường Thử" }, officeCode: "52T01",
    };
    const asked = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    fetch(`http://127.0.0.1:${process.argv[1]}/api/v1/declarations`, asked).then(({ status }) => process.exit(status === 201 ? 0 : 1));
  ' "$port"
}
is() { [[ "$1" == "$2" ]]; }
serving='postgres://vssid_server@localhost/vssid?host=/var/run/postgresql'
former='postgres://vssid@localhost/vssid?host=/var/run/postgresql'
seal_two() { printf '%s\n%s\n' "$2" "$4" | inside bash /mnt/ops/install.sh seal "$1" "$3"; }
seals() { inside bash -c 'printf %s "$2" | bash /mnt/ops/install.sh seal "$1"' seal "$@"; }
all_secrets() { for name in VSSID_SECRET DATABASE_URL VSSID_KEY_RING; do run_install show "$name"; done | sha256sum; }

# Of this run alone: what stands in this script lies in the release, too.
password() { head -c 12 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
run_install install --domain vssid.example.vn --smtp "smtp://probe:$(password)@127.0.0.1:2525" --smpp "smpp://probe:$(password)@127.0.0.1:2775"
settings="$(sha256sum <"$root/etc/vssid/environment")"
secrets="$(all_secrets)"
check "settings are for root alone" test "$(stat -c %a:%U "$root/etc/vssid/environment")" = 600:root
check "the owner's address is sealed, for root alone" test "$(stat -c %a:%U "$root/etc/credstore.encrypted/vssid.VSSID_OWNER_DATABASE_URL")" = 600:root
check "the processes are given vssid_server" is "$(run_install show DATABASE_URL)" "$serving"
as_user() { inside runuser -u vssid -- psql -h /var/run/postgresql -d vssid -w "$@"; }
check "their user comes in as vssid_server" as_user -U vssid_server -c "set role vssid_app" -c "select from person limit 1"
refused() { ! "$@"; }
check "who may drop nothing" refused as_user -U vssid_server -c "drop table audit_event cascade"
check "and may not be the owner" refused as_user -U vssid_server -c "set role vssid"
check "nor come in as the owner" refused as_user -U vssid -c "select 1"
check "data is for its user alone" inside test "$(inside stat -c %a:%U /var/lib/vssid)" = 700:vssid
check "the units are well formed" inside systemd-analyze verify --man=no "vssid@$port.service" vssid-migrate.service vssid-backup.service vssid-rehearsal.service
check "web and worker get ready on loopback" start_process
check "the process has no address of the owner" no_owner_in_process
check "no secret lies in the clear or stands in the environment of the process" is_nowhere_clear
check "the processes serve with no more rights than they need" run_install run database
check "the operator's commands run" run_install run audit verify
check "without an office no officer is added" refused run_install run user add --username can.bo --name "Cán Bộ Thử" --role officer --office 52T01
check "nor does anybody declare" refused declares
printf '%s\n' office_code,name,kind,province_code,commune_code,address,phone,opening_hours,communes,valid_from \
  "52T01,BHXH cơ sở Thử,base,52,21952,Số 1 đường Thử,0000 000 000,Thứ Hai–thứ Sáu,21952 21964,2025-06-01" >"$root/var/lib/vssid/offices.csv"
chmod 644 "$root/var/lib/vssid/offices.csv"
check "the offices are taken in" run_install run import offices /var/lib/vssid/offices.csv
check "an officer is added" run_install run user add --username can.bo --name "Cán Bộ Thử" --role officer --office 52T01
check "and somebody declares for that office" declares
check "the nightly backup is taken and old ones go" inside /opt/vssid/ops/install-play-unit.sh vssid-backup.service
check "it is restored for trial" inside /opt/vssid/ops/install-play-unit.sh vssid-rehearsal.service
check "the step of the schema runs as its unit says" inside /opt/vssid/ops/install-play-unit.sh vssid-migrate.service
check "it ends in order on SIGTERM" end_process
check "a secret is changed by one command" seals SMTP_URL smtp://127.0.0.1:2526
check "and is what was given" is "$(run_install show SMTP_URL)" smtp://127.0.0.1:2526
check "what is no secret is not sealed" eval '! seals PORT 1'
cp "$root/etc/credstore.encrypted/vssid.SMTP_URL" "$root/etc/credstore.encrypted/vssid.VSSID_EID_CLIENT_SECRET"
check "a sealed secret opens under its own name alone" eval '! run_install show VSSID_EID_CLIENT_SECRET'
rm "$root/etc/credstore.encrypted/vssid.VSSID_EID_CLIENT_SECRET"
marks="$(run_install show VSSID_SECRET)"
next="$(head -c 32 /dev/urandom | base64 -w 0)"
check "the next secret of marks is made known" seals VSSID_SECRETS_KNOWN "$next"
check "changes places with the one in front" seal_two VSSID_SECRET "$next" VSSID_SECRETS_KNOWN "$marks"
check "is in front, the other one known" is "$(run_install run keys secrets | grep -oE '"standing":"(front|known)"' | sort | tr -d '\n')" '"standing":"front""standing":"known"'
check "and changes back" seal_two VSSID_SECRET "$marks" VSSID_SECRETS_KNOWN "$next"
check "a known one is left out again" run_install forget VSSID_SECRETS_KNOWN
check "and is nowhere" test ! -e "$root/etc/credstore.encrypted/vssid.VSSID_SECRETS_KNOWN"
owners="$(run_install show VSSID_OWNER_DATABASE_URL)"
check "the owner of the database gets another password" run_install owner-password
check "with which the commands come in" eval '! is "$(run_install show VSSID_OWNER_DATABASE_URL)" "$owners" && run_install run database'
check "installing again works" run_install install --domain vssid.example.vn
check "and keeps the settings" is "$(sha256sum <"$root/etc/vssid/environment")" "$settings"
check "and the secrets" is "$(all_secrets)" "$secrets"
check "the key ring turns over" run_install rotate
both_versions() { run_install run keys list | grep -q '"version":1.*"version":2'; }
check "and a process opens both versions" both_versions
check "no command beside it changes the sealed ring" eval '! run_install run keys rotate'
check "it gets ready with both versions" starts_and_ends
# A version so young that a running process may still wrap with the one before lets nobody end that one.
ends_old_version() {
  local try
  for try in {1..30}; do
    run_install retire 1 && return 0
    sleep 5
  done
  return 1
}
check "an old version that nothing needs is ended" ends_old_version
check "and the ring has the other one alone" is "$(run_install show VSSID_KEY_RING | grep -c version)" 1
first="$(readlink "$root/opt/vssid")"
printf 'x' >"$root/opt/vssid-releases/mark"
mkdir -p "$root/newer" && cp -a "$root$first/." "$root/newer/" && cp -a "$tree/scripts" "$root/newer/"
sed -i 's/^./0/;s/^.\{4\}/abcd/' "$root/newer/dist/stamp"
check "a newer tree is an upgrade" inside bash /newer/ops/install.sh install --without-packages
check "the link shows the newer release" test "$(readlink "$root/opt/vssid")" != "$first"
check "it gets ready, and ends" starts_and_ends
check "the way back works" run_install back
check "the link shows the release before" test "$(readlink "$root/opt/vssid")" = "$first"
check "uninstalling works" run_install uninstall
check "the program is gone, data and secrets are not" test ! -e "$root/opt/vssid" -a -d "$root/var/lib/vssid" -a -s "$root/etc/credstore.encrypted/vssid.VSSID_SECRET"

# As installations were before: one address, secrets in the environment, the ring a file.
older() {
  local name
  for name in VSSID_SECRET SMTP_URL SMPP_URL; do printf '%s=%s\n' "$name" "$(run_install show "$name")"; done >>"$root/etc/vssid/environment"
  printf '%s\n' "DATABASE_URL=$former" >>"$root/etc/vssid/environment"
  sed -i -E '/^local (vssid vssid_server|all vssid|replication vssid) /d' "$root"/etc/postgresql/*/main/pg_hba.conf
  inside runuser -u postgres -- psql -qAtc "alter role vssid password null" -c "select pg_reload_conf()" >/dev/null
  printf '%s\n' VSSID_KEY_RING=/var/lib/vssid-keys/ring.json >>"$root/etc/vssid/environment"
  inside install -d -m 0700 -o vssid -g vssid /var/lib/vssid-keys
  run_install show VSSID_KEY_RING | inside install -m 0600 -o vssid -g vssid /dev/stdin /var/lib/vssid-keys/ring.json
  touch -d 2026-02-03 "$root/var/lib/vssid-keys/ring.json"
  rm "$root/etc/credstore.encrypted"/vssid.*
}
secrets="$(all_secrets)"
older
mv "$root/usr/bin/systemd-creds" "$root/usr/bin/systemd-creds.away"
check "an installation of before is taken over where systemd cannot seal" run_install install --without-packages
check "with the same secrets, in files of root's" is "$(all_secrets):$(stat -c %a:%U "$root/etc/credstore/vssid.VSSID_SECRET")" "$secrets:600:root"
check "which serves as vssid_server from then on" is "$(run_install show DATABASE_URL)" "$serving"
check "and its user no longer comes in as the owner" refused as_user -U vssid -c "select 1"
check "it gets ready, and ends" starts_and_ends
mv "$root/usr/bin/systemd-creds.away" "$root/usr/bin/systemd-creds"
check "and is sealed as soon as systemd can" run_install install --without-packages
check "with the same secrets, none left in a file" is "$(all_secrets):$(ls "$root/etc/credstore")" "$secrets:"
check "and their days" grep -q 'VSSID_KEY_RING:2026-02-03' "$root/etc/systemd/system/vssid@.service.d/secrets.conf"
check "it gets ready" start_process
check "no secret lies in the clear" is_nowhere_clear
check "it ends" end_process
check "uninstalling with data works" run_install uninstall --with-data
check "nothing is left" test ! -e "$root/var/lib/vssid" -a ! -e "$root/etc/vssid" -a -z "$(ls "$root/etc/credstore.encrypted")"
check "nor a login of the database" is "$(inside runuser -u postgres -- psql -Atc "select count(*) from pg_roles where rolname like 'vssid%'")" 0
check "a copy of a secret may be sealed before the next installation" seals VSSID_SECRET c2VjcmV0
check "which has it then" is "$(run_install show VSSID_SECRET)" c2VjcmV0
inside bash -c 'for one in $(pg_lsclusters -h | awk "{print \$1}"); do pg_ctlcluster "$one" main stop -m fast; done' || true
if ((held)); then echo "install rehearsal: held"; else echo "install rehearsal: short" && exit 1; fi
