#!/usr/bin/env bash
# VssID on one Debian machine, from a built tree: ops/install.sh --help. Says what it does; running it again changes
# nothing that is as it should be, and with a newer tree it is the upgrade.
set -euo pipefail

tree="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
releases=/opt/vssid-releases
current=/opt/vssid
settings=/etc/vssid/environment
data=/var/lib/vssid
backups=/var/backups/vssid
keys=/var/lib/vssid-keys
ports=(8330 8331)
source "$tree/ops/secrets.sh"

usage() {
  sed "s/NAMES/${secret_names[*]}/" <<'TEXT'
ops/install.sh install [--domain NAME] [--smtp URL] [--smpp URL] [--without-packages] [--without-backup]
    Users, folders, PostgreSQL, secrets, units, the site of Caddy; starts. Again with a newer tree: upgrades,
    after a backup by the release that runs; --without-backup where that cannot take one any more.
ops/install.sh back            The release before, again. What the newer one added to the database stays.
ops/install.sh uninstall [--with-data]
    Takes units, site and releases away. Data, secrets and the database stay unless --with-data is given.
ops/install.sh seal NAME…      Reads secrets from standard input (or asks for them), seals them, restarts in turn.
ops/install.sh forget NAME     Takes a secret away that nothing needs any more, restarts in turn.
ops/install.sh show NAME       What a secret is: for the copy that is kept away from this machine.
ops/install.sh run COMMAND…    bin/vssid with the settings and all secrets, as the user of the service.
ops/install.sh owner-password  Another password for the owner of the database; no process has it.
ops/install.sh rotate          Another version of the key ring: sealed, known to every process, then in use.
ops/install.sh retire VERSION  Ends a version of the key ring for good; refused while a data key needs it.
    Secrets: NAMES
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

domain="" smtp="" smpp="" with_packages=1 with_backup=1 with_data=0
verb="${1:-}"
[[ $# -gt 0 ]] && shift
words=()
case "$verb" in run | seal | show | forget | retire) words=("$@") && set -- ;; esac
while (($# > 0)); do
  case "$1" in
    --domain | --smtp | --smpp) declare "${1#--}=${2:?}" && shift 2 ;;
    --without-packages) with_packages=0 && shift ;;
    --without-backup) with_backup=0 && shift ;;
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
  # The nightly backup goes by the replication protocol; functions of the second wall set this parameter.
  as_postgres psql -qc "alter role vssid replication" -c 'grant set on parameter "vssid.wall" to vssid'
  # Somebody's report takes one core and leaves the others to people; whoever has cores to spare sets it for a session.
  as_postgres psql -qc "alter database vssid set max_parallel_workers_per_gather = 0"
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
    say "settings: $settings (0600)"
    (umask 077 && printf '%s\n' VSSID_PROXIES=127.0.0.1 >"$settings")
  fi
  set_once BASE_URL "${domain:+https://$domain}"
  chmod 0600 "$settings"
}

# The owner's address is root's alone: no process that serves has it. Once the link shows a release that knows of two
# addresses. Another server than this machine's is the operator's to arrange.
part_owner() {
  has_secret DATABASE_URL || return 0
  if [[ "$(read_secret DATABASE_URL)" == "$former_url" ]]; then
    say "the processes serve as vssid_server from now on, no longer as the owner of the database"
    printf '%s' "$serving_url" | store_secret DATABASE_URL
  fi
  serves_here || return 0
  let_in "map=vssid" "local vssid vssid_server peer map=vssid"
  has_secret VSSID_OWNER_DATABASE_URL || give_owner_password
}

serves_here() { has_secret DATABASE_URL && [[ "$(read_secret DATABASE_URL)" == "$serving_url" ]]; }

give_owner_password() {
  local word
  say "the owner of the database gets a password, sealed for the schema, backups and commands"
  word="$(head -c 32 /dev/urandom | sha256sum | cut -c1-48)"
  as_postgres psql -q <<<"set log_statement = none; set log_min_duration_statement = -1; alter role vssid password '$word'"
  printf 'postgres://vssid:%s@localhost/vssid?host=/var/run/postgresql' "$word" | store_secret VSSID_OWNER_DATABASE_URL
}

# Last, when no process is left that comes in as the owner without it.
ask_owner_for_password() {
  serves_here || return 0
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
  is_given VSSID_OWNER_DATABASE_URL || return 0
  say "schema of this release, and what the login of the processes needs"
  if has_systemd; then
    systemctl start vssid-migrate.service || fail "the schema was not changed: journalctl -u vssid-migrate -n 50"
  else
    with_secrets "$current/bin/vssid" database migrate >/dev/null || fail "the schema was not changed"
  fi
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
  [[ ! -L "$current" ]] || readlink -f "$current" >"$releases/before"
  # A link that a killed run left behind would lead into itself.
  ln -sfn "$1" "$current.next"
  mv -T "$current.next" "$current"
  say "$current is now $(basename "$1")"
}

# By the release that runs. Going back takes none: migrations only add, and the release that is left may be broken.
backup_before() {
  ((with_backup)) && [[ -L "$current" && "$(readlink -f "$current")" != "$1" ]] || return 0
  has_systemd && systemctl is-active -q 'vssid@*' || return 0
  say "backup before the change"
  systemctl start vssid-backup.service ||
    fail "no backup was taken (journalctl -u vssid-backup -n 50), and nothing was changed: mend it, or say --without-backup"
}

write_units() {
  install -m 0644 "$current"/ops/systemd/* "$units_in/"
  # A backup is restored for trial with the programs of the server that it is of.
  local unit
  for unit in "$units_in"/vssid-backup.service "$units_in"/vssid-rehearsal.service; do
    # The release before may have the one alone.
    [[ ! -e "$unit" ]] || sed -i "s#backup --rehearse\( --pg-bin [^ ]*\)\?#backup --rehearse --pg-bin $(programs_of_server)#" "$unit"
  done
  write_credentials
  if ! has_systemd; then
    say "units are in place; no systemd runs here, so nothing is started"
    return
  fi
  systemctl daemon-reload
  systemctl enable -q vssid.target vssid-backup.timer "${ports[@]/#/vssid@}"
  systemctl start vssid-backup.timer
}

programs_of_server() { pg_lsclusters -h | awk 'NR == 1 {print "/usr/lib/postgresql/" $1 "/bin"}'; }

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

missing_answers() {
  has_line BASE_URL || printf '%s' "BASE_URL is missing in $settings: write it there. "
  is_given SMTP_URL || printf '%s' "SMTP_URL is missing: ops/install.sh seal SMTP_URL. "
  is_given SMPP_URL || is_given VSSID_SMS_PROVIDERS || printf '%s' "SMPP_URL is missing: ops/install.sh seal SMPP_URL. "
}

require_answers() {
  local missing
  missing="$(missing_answers)"
  [[ -z "$missing" ]] || fail "${missing}Then run this again"
}

# One after the other: the rest serve meanwhile.
restart_in_turn() {
  local port
  require_answers
  has_systemd || return 0
  for port in "${ports[@]}"; do
    say "process on port $port"
    systemctl restart "vssid@$port"
    env $(grep '^VSSID_TLS_' "$settings") PORT="$port" "$(node_of "$current")" "$current/ops/ask-ready.mjs" 120 ||
      fail "it does not get ready: journalctl -u vssid@$port -n 50. The release before: ops/install.sh back"
  done
}

owner_password() {
  serves_here || fail "the database is not the one of this script: change the password there, then seal VSSID_OWNER_DATABASE_URL"
  give_owner_password
  load_credentials
}

# Every process has the new version before the first one wraps with it.
rotate_ring() {
  has_secret VSSID_KEY_RING || fail "the key ring is not sealed here: ops/install.sh run keys rotate"
  with_ring bash -c '"$0" keys add --to "$VSSID_KEY_RING"' "$current/bin/vssid"
  restart_in_turn
  with_secrets "$current/bin/vssid" keys rotate --held
  with_secrets "$current/bin/vssid" keys rewrap
  load_credentials
  say "keep a copy of the ring away from this machine: ops/install.sh show VSSID_KEY_RING"
}

retire_ring() {
  has_secret VSSID_KEY_RING || fail "the key ring is not sealed here: ops/install.sh run keys retire"
  with_ring "$current/bin/vssid" keys retire "$@"
  restart_in_turn
}

uninstall() {
  local port
  if has_systemd; then
    systemctl disable -q --now vssid.target vssid-backup.timer "${ports[@]/#/vssid@}" 2>/dev/null || true
  fi
  rm -f "$units_in"/{vssid@.service,vssid.target,vssid-migrate.service,vssid-backup.service,vssid-backup.timer,vssid-rehearsal.service}
  rm -rf "$units_in"/{vssid@,vssid-migrate,vssid-backup,vssid-rehearsal}.service.d
  ! has_systemd || systemctl daemon-reload
  rm -f "$current" /etc/caddy/vssid.caddy
  [[ ! -f /etc/caddy/Caddyfile ]] || sed -i '/^import vssid\.caddy$/d' /etc/caddy/Caddyfile
  rm -rf "$releases"
  say "units, site and releases are gone"
  if ((with_data)); then
    as_postgres dropdb --if-exists --force vssid
    # The cluster's rights for these roles go with them.
    as_postgres psql -qc "drop role if exists vssid_server" \
      -c "drop role if exists vssid_app, vssid_citizen, vssid_desk, vssid_jobs"
    as_postgres psql -qc "drop owned by vssid" -c "drop role vssid" 2>/dev/null || true
    shut_out
    rm -rf "$data" "$backups" "$keys" "$(dirname "$settings")" "$sealed_in"/vssid.* "$plain_in"/vssid.*
    userdel vssid 2>/dev/null || true
    say "data, backups, secrets, database and user are gone"
  else
    say "left: $data, $backups, $settings, the secrets in $(dirname "$sealed_in"), database vssid, user vssid"
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
    backup_before "$release"
    point_to "$release"
    make_secrets
    part_owner
    write_units
    require_answers
    migrate_database
    watch_clock
    write_site
    restart_in_turn
    ask_owner_for_password
    say "done"
    ;;
  back)
    [[ -s "$releases/before" ]] || fail "there is no release before"
    ! serves_here || [[ -e "$(<"$releases/before")/ops/systemd/vssid-migrate.service" ]] ||
      fail "the release before serves as the owner alone: seal as DATABASE_URL what ops/install.sh show VSSID_OWNER_DATABASE_URL gives, then run this again"
    point_to "$(<"$releases/before")"
    write_units
    restart_in_turn
    ;;
  uninstall) uninstall ;;
  seal) seal_secrets "${words[@]}" ;;
  forget) forget_secret "${words[@]}" ;;
  owner-password) owner_password ;;
  show) show_secret "${words[@]}" ;;
  run) with_secrets "$current/bin/vssid" "${words[@]}" ;;
  rotate) rotate_ring ;;
  retire) retire_ring "${words[@]}" ;;
  *) usage >&2 && exit 1 ;;
esac
