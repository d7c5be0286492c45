#!/usr/bin/env bash
# VssID on one Debian machine, from a built tree: ops/install.sh --help. Says what it does; running it again changes
# nothing that is as it should be, and with a newer tree it is the upgrade.
set -euo pipefail

tree="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
releases=/opt/vssid-releases
current=/opt/vssid
settings=/etc/vssid/environment
owner=/etc/vssid/owner
data=/var/lib/vssid
backups=/var/backups/vssid
keys=/var/lib/vssid-keys
ports=(8330 8331)

usage() {
  cat <<'TEXT'
ops/install.sh install [--domain NAME] [--smtp URL] [--smpp URL] [--without-packages]
    Users, folders, PostgreSQL, secrets, units, the site of Caddy; starts. Again with a newer tree: upgrades.
ops/install.sh back            The release before, again. What the newer one added to the database stays.
ops/install.sh uninstall [--with-data]
    Takes units, site and releases away. Data, secrets and the database stay unless --with-data is given.
TEXT
}

say() { printf '%s\n' "• $*"; }
fail() {
  printf '%s\n' "install: $*" >&2
  exit 1
}
has_systemd() { [[ -d /run/systemd/system ]]; }
as_postgres() { runuser -u postgres -- "$@"; }
node_of() { printf '%s' "$1/node_modules/.bin/node"; }

domain="" smtp="" smpp="" with_packages=1 with_data=0
verb="${1:-}"
[[ $# -gt 0 ]] && shift
while (($# > 0)); do
  case "$1" in
    --domain | --smtp | --smpp) declare "${1#--}=${2:?}" && shift 2 ;;
    --without-packages) with_packages=0 && shift ;;
    --with-data) with_data=1 && shift ;;
    *) usage >&2 && exit 1 ;;
  esac
done

install_debian_packages() {
  ((with_packages)) || return 0
  local missing=() name
  for name in postgresql caddy ca-certificates; do
    dpkg -s "$name" >/dev/null 2>&1 || missing+=("$name")
  done
  ((${#missing[@]})) || return 0
  say "Debian packages: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

make_user_and_folders() {
  if ! id vssid >/dev/null 2>&1; then
    say "user vssid, without a shell or a home"
    useradd --system --user-group --no-create-home --home-dir "$data" --shell /usr/sbin/nologin vssid
  fi
  install -d -m 0755 "$releases"
  install -d -m 0750 -o root -g vssid "$(dirname "$settings")"
  install -d -m 0700 -o vssid -g vssid "$data" "$backups"
}

make_database() {
  if ! has_systemd && ! as_postgres psql -qc "select 1" >/dev/null 2>&1; then
    say "PostgreSQL is started (there is no systemd here)"
    pg_ctlcluster "$(pg_lsclusters -h | awk 'NR == 1 {print $1}')" main start
  fi
  if [[ -z "$(as_postgres psql -Atc "select 1 from pg_roles where rolname = 'vssid'")" ]]; then
    say "role vssid of PostgreSQL: the owner of the database, for the schema, backups and commands"
    as_postgres psql -qc "create role vssid login createrole"
  fi
  if [[ -z "$(as_postgres psql -Atc "select 1 from pg_roles where rolname = 'vssid_server'")" ]]; then
    say "role vssid_server of PostgreSQL: as this one the processes serve, it owns nothing"
    as_postgres psql -qc "create role vssid_server login noinherit"
  fi
  if [[ -z "$(as_postgres psql -Atc "select 1 from pg_database where datname = 'vssid'")" ]]; then
    say "database vssid"
    as_postgres createdb --owner vssid --encoding UTF8 --template template0 --locale C.UTF-8 \
      --locale-provider icu --icu-locale vi-VN vssid
  fi
  # A fault names the row with its values, and the statement: the log of PostgreSQL keeps the fault alone.
  local role
  for role in vssid vssid_server; do
    as_postgres psql -qc "alter role $role set log_error_verbosity = terse" \
      -c "alter role $role set log_min_error_statement = panic"
  done
}

serving_url='postgres://vssid_server@localhost/vssid?host=/var/run/postgresql'
# What this script wrote before the processes had a login of their own.
former_url='postgres://vssid@localhost/vssid?host=/var/run/postgresql'

write_settings() {
  if [[ ! -e "$settings" ]]; then
    say "settings with a new secret: $settings (0600). Keep a copy of the secret away from the backups"
    (
      umask 077
      cat >"$settings" <<TEXT
VSSID_SECRET=$(head -c 32 /dev/urandom | base64 -w 0)
DATABASE_URL=$serving_url
VSSID_PROXIES=127.0.0.1
TEXT
    )
  fi
  set_once BASE_URL "${domain:+https://$domain}"
  set_once SMTP_URL "$smtp"
  set_once SMPP_URL "$smpp"
  chmod 0600 "$settings"
}

# The owner's address is root's alone: no process that serves has it, nor its user. Once the link shows a release that
# knows of two addresses. Another server than this machine's is the operator's to arrange.
part_owner() {
  if grep -qxF "DATABASE_URL=$former_url" "$settings"; then
    say "the processes serve as vssid_server from now on, no longer as the owner of the database"
    sed -i "s#^DATABASE_URL=.*#DATABASE_URL=$serving_url#" "$settings"
  fi
  grep -qxF "DATABASE_URL=$serving_url" "$settings" || return 0
  let_in "map=vssid" "local vssid vssid_server peer map=vssid"
  [[ ! -e "$owner" ]] || return 0
  say "the owner of the database gets a password: $owner (0600)"
  local word
  word="$(head -c 32 /dev/urandom | sha256sum | cut -c1-48)"
  as_postgres psql -q <<<"set log_statement = none; set log_min_duration_statement = -1; alter role vssid password '$word'"
  (
    umask 077
    printf 'VSSID_OWNER_DATABASE_URL=postgres://vssid:%s@localhost/vssid?host=/var/run/postgresql\n' "$word" >"$owner"
  )
}

# Last, when no process is left that comes in as the owner without it.
ask_owner_for_password() {
  [[ -e "$owner" ]] || return 0
  let_in "^local all vssid scram" "local all vssid scram-sha-256" "local replication vssid scram-sha-256"
}

# The first line that fits counts, so ours stand before Debian's.
let_in() {
  local known="$1" hba ident
  shift
  hba="$(as_postgres psql -Atc 'show hba_file')"
  ident="$(as_postgres psql -Atc 'show ident_file')"
  grep -q "$known" "$hba" && return
  say "PostgreSQL lets in: $*"
  grep -qx 'vssid vssid vssid_server' "$ident" || printf '%s\n' 'vssid vssid vssid_server' >>"$ident"
  printf '%s\n' "$@" | cat - "$hba" >"$hba.new"
  # Over the old text: the file stays its owner's.
  cat "$hba.new" >"$hba" && rm "$hba.new"
  as_postgres psql -qAtc "select pg_reload_conf()" >/dev/null
}

# Before any process of this release starts: they may not change the schema.
migrate_database() {
  [[ -e "$owner" ]] || return 0
  say "schema of this release, and what vssid_server needs"
  if has_systemd; then
    systemctl start vssid-migrate.service || fail "the schema was not changed: journalctl -u vssid-migrate -n 50"
    return
  fi
  (
    set -a
    . "$settings"
    . "$owner"
    VSSID_PROFILE=production VSSID_DATA_DIR="$data"
    cd "$current" && exec setpriv --reuid vssid --regid vssid --clear-groups ./bin/vssid database migrate >/dev/null
  )
}

# Beside the data, not in it: who takes the data folder away takes no key.
make_keys() {
  local ring="$keys/ring.json"
  if [[ ! -e "$ring" ]]; then
    say "key ring with its first version: $ring. Keep a copy away from the backups"
    install -d -m 0700 -o vssid -g vssid "$keys"
    runuser -u vssid -- "$current/bin/vssid" keys make --to "$ring" >/dev/null
  fi
  set_once VSSID_KEY_RING "$ring"
}

# An answer given later is taken; one that stands there is never written over.
set_once() {
  [[ -n "$2" ]] || return 0
  grep -q "^$1=" "$settings" || printf '%s=%s\n' "$1" "$2" >>"$settings"
}

lay_release() {
  [[ -f "$tree/dist/stamp" ]] || fail "the tree is not built. In it, as any user: bin/vssid --help"
  release="$releases/$(cut -c1-16 "$tree/dist/stamp")"
  if [[ ! -d "$release" ]]; then
    say "release $release"
    "$(node_of "$tree")" "$tree/scripts/lay-release.mjs" "$release.part"
    chown -R root:root "$release.part"
    chmod -R u=rwX,go=rX "$release.part"
    mv "$release.part" "$release"
  fi
}

# The link moves in one step; what it showed before can be shown again.
point_to() {
  [[ "$(readlink -f "$current" || true)" == "$1" ]] && return
  if [[ -L "$current" ]]; then
    backup_before
    readlink -f "$current" >"$releases/before"
  fi
  ln -s "$1" "$current.next"
  mv -T "$current.next" "$current"
  say "$current is now $(basename "$1")"
}

backup_before() {
  has_systemd && systemctl is-active -q 'vssid@*' || return 0
  say "backup before the change"
  systemctl start vssid-backup.service
}

write_units() {
  install -m 0644 "$current"/ops/systemd/* /etc/systemd/system/
  if ! has_systemd; then
    say "units are in place; no systemd runs here, so nothing is started"
    return
  fi
  systemctl daemon-reload
  systemctl enable -q vssid.target vssid-backup.timer "${ports[@]/#/vssid@}"
  systemctl start vssid-backup.timer
}

# Deadlines, codes and logs go by the clock; nothing here sets it.
watch_clock() {
  has_systemd || return 0
  [[ "$(timedatectl show --property NTPSynchronized --value 2>/dev/null)" == yes ]] ||
    say "ATTENTION: the clock of this machine follows no time server: install chrony, or timedatectl set-ntp true"
}

write_site() {
  [[ -n "$domain" && -d /etc/caddy ]] || return 0
  sed -E "s#^(http://)?vssid\.example\.vn \{#\1$domain {#" "$current/ops/Caddyfile" >/etc/caddy/vssid.caddy
  if ! grep -qx 'import vssid.caddy' /etc/caddy/Caddyfile 2>/dev/null; then
    printf '%s\n' 'import vssid.caddy' >>/etc/caddy/Caddyfile
    say "site $domain of Caddy"
  fi
  ! has_systemd || systemctl reload-or-restart caddy
}

# One after the other: the rest serve meanwhile.
restart_in_turn() {
  local port name
  for name in SMTP_URL BASE_URL; do
    grep -q "^$name=" "$settings" || fail "$name is missing in $settings: write it there, then run this again"
  done
  grep -qE '^(SMPP_URL|VSSID_SMS_PROVIDERS)=' "$settings" || fail "SMPP_URL is missing in $settings: write it there, then run this again"
  has_systemd || return 0
  for port in "${ports[@]}"; do
    say "process on port $port"
    systemctl restart "vssid@$port"
    env $(grep '^VSSID_TLS_' "$settings") PORT="$port" "$(node_of "$current")" "$current/ops/ask-ready.mjs" 120 ||
      fail "it does not get ready: journalctl -u vssid@$port -n 50. The release before: ops/install.sh back"
  done
}

uninstall() {
  local port
  if has_systemd; then
    systemctl disable -q --now vssid.target vssid-backup.timer "${ports[@]/#/vssid@}" 2>/dev/null || true
  fi
  rm -f /etc/systemd/system/{vssid@.service,vssid.target,vssid-migrate.service,vssid-backup.service,vssid-backup.timer}
  ! has_systemd || systemctl daemon-reload
  rm -f "$current" /etc/caddy/vssid.caddy
  [[ ! -f /etc/caddy/Caddyfile ]] || sed -i '/^import vssid\.caddy$/d' /etc/caddy/Caddyfile
  rm -rf "$releases"
  say "units, site and releases are gone"
  if ((with_data)); then
    as_postgres dropdb --if-exists --force vssid
    # The cluster's rights for these roles go with them.
    as_postgres psql -qc "drop role if exists vssid_server" \
      -c "drop role if exists vssid_app, vssid_citizen, vssid_desk, vssid_jobs" -c "drop role if exists vssid"
    shut_out
    rm -rf "$data" "$backups" "$(dirname "$settings")"
    userdel vssid 2>/dev/null || true
    say "data, backups, secrets, database and user are gone"
  else
    say "left: $data, $backups, $settings, database vssid, user vssid"
  fi
}

shut_out() {
  local hba ident
  hba="$(as_postgres psql -Atc 'show hba_file')"
  ident="$(as_postgres psql -Atc 'show ident_file')"
  sed -i -E '/^local (vssid vssid_server|all vssid|replication vssid) /d' "$hba"
  sed -i '/^vssid vssid vssid_server$/d' "$ident"
  as_postgres psql -qc "select pg_reload_conf()" >/dev/null
}

[[ "$verb" == "" || "$verb" == "--help" ]] && usage && exit 0
((EUID == 0)) || fail "root is needed"
command -v apt-get >/dev/null || fail "this is for Debian"
case "$verb" in
  install)
    install_debian_packages
    make_user_and_folders
    make_database
    write_settings
    lay_release
    point_to "$release"
    make_keys
    write_units
    part_owner
    migrate_database
    watch_clock
    write_site
    restart_in_turn
    ask_owner_for_password
    say "done"
    ;;
  back)
    [[ -s "$releases/before" ]] || fail "there is no release before"
    [[ ! -e "$owner" || -e "$(<"$releases/before")/ops/systemd/vssid-migrate.service" ]] ||
      fail "the release before serves as the owner alone: write the address of $owner as DATABASE_URL into $settings, take $owner away, then run this again"
    point_to "$(<"$releases/before")"
    write_units
    restart_in_turn
    ;;
  uninstall) uninstall ;;
  *) usage >&2 && exit 1 ;;
esac
