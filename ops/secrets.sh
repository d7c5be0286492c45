# Sourced by install.sh with its paths set. The secrets of the installation: sealed as credentials of systemd (250 and
# newer), else files of root's; units and commands get them as files, never in the environment. Why, and against whom:
# docs/decisions/0072-secrets-are-sealed-credentials.md.

# One name a line. The ring and what ends in _FILE are files to the program; anything else is read by its NAME_FILE.
secret_names=(
  VSSID_SECRET
  VSSID_SECRETS_KNOWN
  VSSID_SECRETS_LEAKED
  DATABASE_URL
  VSSID_OWNER_DATABASE_URL
  SMTP_URL
  SMPP_URL
  VSSID_SMS_PROVIDERS
  VSSID_EID_CLIENT_SECRET
  VSSID_KEY_RING
  VSSID_KMS_TOKEN_FILE
  VSSID_BACKUP_KEY_FILE
  VSSID_CARD_KEY_FILE
  VSSID_PUSH_KEY_FILE
  VSSID_DKIM_KEY_FILE
)
sealed_in="${sealed_in:-/etc/credstore.encrypted}"
plain_in="${plain_in:-/etc/credstore}"
units_in="${units_in:-/etc/systemd/system}"
secret_units=(vssid@.service vssid-migrate.service vssid-backup.service vssid-rehearsal.service)

is_secret() { [[ " ${secret_names[*]} " == *" $1 "* ]]; }
has_secret() { [[ -s "$sealed_in/vssid.$1" || -s "$plain_in/vssid.$1" ]]; }
has_line() { grep -qE "^$1=" "$settings"; }
# Sealed, a line of the settings, or a file that somebody else lays down.
is_given() { has_secret "$1" || has_line "$1" || has_line "$(path_setting "$1")"; }

path_setting() {
  case "$1" in
    *_FILE | VSSID_KEY_RING) printf '%s' "$1" ;;
    *) printf '%s_FILE' "$1" ;;
  esac
}

# How this machine seals is tried once: with its TPM2 and its own key, with its own key, or not at all. No register of
# the TPM2 is asked for: an update of the firmware must not keep the service from starting.
seal_with=()
sealing=""
find_sealing() {
  [[ -z "$sealing" ]] || return 0
  if systemd-creds has-tpm2 --quiet 2>/dev/null && try_sealing --with-key=host+tpm2 --tpm2-pcrs=; then
    sealing="the TPM2 and the key of this machine: no other machine opens them"
  elif try_sealing --with-key=host; then
    sealing="the key of this machine (/var/lib/systemd/credential.secret): they do not open without that file, and do with it"
  else
    sealing="nothing: systemd-creds (systemd 250 and newer) does not work here. They are files that root alone reads"
  fi
}

try_sealing() {
  local back
  back="$(printf x | systemd-creds encrypt "$@" --name=vssid.trial - - 2>/dev/null |
    systemd-creds decrypt --name=vssid.trial - - 2>/dev/null)" || return 1
  [[ "$back" == x ]] && seal_with=("$@")
}

# store_secret NAME [SINCE]: standard input becomes its value, whole or not at all. The file's time is the secret's.
store_secret() {
  local name="vssid.$1" to="$plain_in" other="$sealed_in"
  find_sealing
  ((${#seal_with[@]} == 0)) || { to="$sealed_in" && other="$plain_in"; }
  install -d -m 0700 "$to"
  rm -f "$to/$name.next"
  (
    umask 077
    if ((${#seal_with[@]})); then
      systemd-creds encrypt "${seal_with[@]}" --name="$name" - "$to/$name.next" 2>/dev/null
    else
      cat >"$to/$name.next"
    fi
  ) || fail "$1 could not be sealed"
  chmod 0600 "$to/$name.next"
  touch -d "${2:-now}" "$to/$name.next"
  sync "$to/$name.next"
  mv "$to/$name.next" "$to/$name"
  rm -f "$other/$name"
}

read_secret() {
  if [[ -s "$sealed_in/vssid.$1" ]]; then
    systemd-creds decrypt --newline=no --name="vssid.$1" "$sealed_in/vssid.$1" - 2>/dev/null
  else
    cat "$plain_in/vssid.$1"
  fi
}

show_secret() {
  is_secret "${1:-}" || fail "a secret is one of: ${secret_names[*]}"
  has_secret "$1" || fail "$1 is not given, or not sealed here"
  read_secret "$1"
}

put_back() {
  local file
  for file in "$sealed_in/vssid.$1" "$plain_in/vssid.$1"; do
    rm -f "$file"
    [[ ! -e "$file.before" ]] || mv "$file.before" "$file"
  done
}

# What the service cannot be without is made once, answers are taken once; nothing secret is left in the settings.
make_secrets() {
  local made=()
  move_secrets
  if ! is_given VSSID_SECRET; then
    head -c 32 /dev/urandom | base64 -w 0 | store_secret VSSID_SECRET
    made+=(VSSID_SECRET)
  fi
  store_once DATABASE_URL "$serving_url"
  store_once SMTP_URL "$smtp"
  store_once SMPP_URL "$smpp"
  if ! has_line 'VSSID_KMS_(URL|COMMAND)' && ! has_secret VSSID_KEY_RING && ! take_ring; then
    make_in_memory VSSID_KEY_RING keys make --to
    made+=(VSSID_KEY_RING)
  fi
  if ! is_given VSSID_BACKUP_KEY_FILE; then
    make_in_memory VSSID_BACKUP_KEY_FILE backup --new-key
    made+=(VSSID_BACKUP_KEY_FILE)
  fi
  find_sealing
  say "secrets are sealed by $sealing"
  ((${#made[@]} == 0)) ||
    say "keep copies away from this machine and from the backups of ${made[*]}: ops/install.sh show NAME"
}

store_once() {
  [[ -n "$2" ]] && ! is_given "$1" || return 0
  printf '%s' "$2" | store_secret "$1"
}

# The ring of an installation from before it was sealed. One that the operator keeps elsewhere stays there.
take_ring() {
  local ring="$keys/ring.json"
  if has_line VSSID_KEY_RING && [[ "$(setting_of VSSID_KEY_RING)" != "$ring" ]]; then return 0; fi
  [[ -s "$ring" ]] || return 1
  store_secret VSSID_KEY_RING "@$(stat -c %Y "$ring")" <"$ring"
  read_secret VSSID_KEY_RING | cmp -s - "$ring" || fail "the key ring does not open again: $ring stays"
  sed -i '/^VSSID_KEY_RING=/d' "$settings"
  shred -u "$ring"
  rmdir --ignore-fail-on-non-empty "$keys"
  say "the key ring is sealed; $ring is gone"
}

# make_in_memory NAME COMMAND…: a key that the program makes into a file, without its ever lying on the disk.
make_in_memory() {
  local name="$1" folder
  shift
  folder="$(mktemp -d /run/vssid.XXXXXX)"
  chown vssid:vssid "$folder"
  as_vssid "$current/bin/vssid" "$@" "$folder/key" >/dev/null || fail "$name could not be made"
  store_secret "$name" <"$folder/key"
  rm -rf "$folder"
}

# What stands in the settings, or as a file from before systemd could seal, is sealed; its time stays.
move_secrets() {
  local name value since
  since="@$(stat -c %Y "$settings")"
  for name in "${secret_names[@]}"; do
    if has_line "$name" && [[ "$name" != "$(path_setting "$name")" ]]; then
      value="$(setting_of "$name")"
      printf '%s' "$value" | store_secret "$name" "$since"
      [[ "$(read_secret "$name")" == "$value" ]] || fail "$name does not open again: it stays in $settings"
      sed -i "/^$name=/d" "$settings"
      say "$name is out of $settings"
    fi
    find_sealing
    if [[ -s "$plain_in/vssid.$name" ]] && ((${#seal_with[@]})); then
      store_secret "$name" "@$(stat -c %Y "$plain_in/vssid.$name")" <"$plain_in/vssid.$name"
    fi
  done
}

# The value of a line, as systemd reads it.
setting_of() {
  local value
  value="$(grep "^$1=" "$settings" | tail -n 1)"
  value="${value#*=}"
  case "$value" in
    \'*\') printf '%s' "${value:1:-1}" && return ;;
    \"*\") value="${value:1:-1}" ;;
  esac
  [[ "$value" != *\\* ]] || fail "$1 in $settings has a backslash: give it by ops/install.sh seal $1, and take the line away"
  printf '%s' "$value"
}

# Which credentials each unit gets, where the program finds them, and since when each of them is what it is.
write_credentials() {
  local unit name
  for unit in "${secret_units[@]}"; do
    install -d -m 0755 "$units_in/$unit.d"
    {
      printf '%s\n' "# Written by ops/install.sh, which seals: ops/install.sh seal NAME." "[Service]"
      for name in "${secret_names[@]}"; do
        has_secret "$name" || continue
        needs_secret "$unit" "$name" || continue
        if [[ -s "$sealed_in/vssid.$name" ]]; then
          printf '%s\n' "LoadCredentialEncrypted=vssid.$name:$sealed_in/vssid.$name"
          printf '%s\n' "Environment=$(path_setting "$name")=%d/vssid.$name"
        else
          # Systemd without %d, too.
          printf '%s\n' "LoadCredential=vssid.$name:$plain_in/vssid.$name"
          printf '%s\n' "Environment=$(path_setting "$name")=/run/credentials/%n/vssid.$name"
        fi
      done
      printf '%s\n' "Environment=VSSID_SECRETS_SINCE=$(secrets_since)"
      # Who follows the log, or notes erasures each minute, writes there.
      if has_line VSSID_BACKUP_DIR && [[ "$unit" != vssid-migrate.service ]]; then
        printf '%s\n' "ReadWritePaths=-$(setting_of VSSID_BACKUP_DIR)"
      fi
    } >"$units_in/$unit.d/secrets.conf"
  done
}

file_of() { if [[ -s "$sealed_in/vssid.$1" ]]; then printf '%s' "$sealed_in/vssid.$1"; else printf '%s' "$plain_in/vssid.$1"; fi; }

# Since when each secret is what it is, for the plan of keys: NAME:DAY,…
secrets_since() {
  local name since=""
  for name in "${secret_names[@]}"; do
    ! has_secret "$name" || since+="${since:+,}$name:$(date -u -r "$(file_of "$name")" +%F)"
  done
  printf '%s' "$since"
}

# The owner of the database is no process's that serves (docs/decisions/0071). They and the step of the schema have the
# key of the backups only where the settings name the folder: the program then asks for it.
needs_secret() {
  case "$1:$2" in
    vssid@.service:VSSID_OWNER_DATABASE_URL) return 1 ;;
    vssid-backup.service:* | vssid-rehearsal.service:*) return 0 ;;
    *:VSSID_BACKUP_KEY_FILE) has_line VSSID_BACKUP_DIR ;;
  esac
}

load_credentials() {
  write_credentials
  ! has_systemd || systemctl daemon-reload
}

# Secrets, later: several of them together when one alone would not do. With several, standard input has a line for each.
seal_secrets() {
  local name value
  (($#)) || fail "a secret is one of: ${secret_names[*]}"
  for name; do is_secret "$name" || fail "a secret is one of: ${secret_names[*]}"; done
  values=()
  for name; do
    value=""
    if [[ -t 0 ]]; then
      read -rsp "$name: " value && printf '\n'
    elif (($# > 1)); then
      read -r value || true
    else
      value="$(cat)"
    fi
    [[ -n "$value" ]] || fail "nothing was given for $name"
    values+=("$value")
  done
  if [[ -e "$settings" ]]; then
    change_secrets "$@"
  else
    for name; do printf '%s' "${values[0]}" | store_secret "$name" && values=("${values[@]:1}"); done
    say "sealed for the installation to come: $*"
  fi
}

forget_secret() {
  is_secret "${1:-}" && has_secret "$1" || fail "it is not sealed here: ${1:-}"
  values=("")
  change_secrets "$1"
}

# change_secrets NAME…: to what $values has, none takes the secret away. Those before come back when no process gets
# ready with them.
change_secrets() {
  local name missing at=0
  cp -p "$settings" "$settings.before"
  for name; do
    ! has_secret "$name" || cp -p "$(file_of "$name")" "$(file_of "$name").before"
    if [[ -n "${values[at]}" ]]; then
      printf '%s' "${values[at]}" | store_secret "$name"
    else
      rm -f "$(file_of "$name")"
    fi
    sed -i -E "/^($name|$(path_setting "$name"))=/d" "$settings"
    at=$((at + 1))
  done
  load_credentials
  missing="$(missing_answers)"
  if [[ -z "$missing" ]] && ! (take_up "$@"); then
    for name; do put_back "$name"; done
    mv "$settings.before" "$settings"
    load_credentials
    (take_up "$@") || true
    fail "what it was before stays: $*"
  fi
  rm -f "$settings.before" "$sealed_in"/vssid.*.before "$plain_in"/vssid.*.before
  say "done: $*. ${missing:-Every process has it}"
}

# What a login of the database is, and its password, goes there before a process comes in with it.
take_up() {
  [[ " $* " != *DATABASE_URL* ]] || migrate_database
  restart_in_turn
}

# with_secrets COMMAND…: every setting and secret, the owner of the database among them, for one command as the user of
# the processes. What it needs lies in memory while it runs; $ring_at, where given, is a ring of its own that it may change.
with_secrets() (
  local laid name line environment=()
  laid="$(mktemp -d /run/vssid.XXXXXX)"
  trap 'rm -rf "$laid"' EXIT
  chown root:vssid "$laid" && chmod 0750 "$laid"
  while IFS= read -r line; do
    environment+=("${line%%=*}=$(setting_of "${line%%=*}")")
  done < <(grep -E '^[A-Z][A-Z0-9_]*=' "$settings")
  for name in "${secret_names[@]}"; do
    has_secret "$name" || continue
    read_secret "$name" | install -m 0440 -o root -g vssid /dev/stdin "$laid/$name" || fail "$name does not open"
    environment+=("$(path_setting "$name")=$laid/$name")
  done
  environment+=(VSSID_PROFILE=production NODE_ENV=production "VSSID_DATA_DIR=$data" ${ring_at:+"VSSID_KEY_RING=$ring_at"})
  environment+=("VSSID_SECRETS_SINCE=$(secrets_since)")
  has_line VSSID_BACKUP_DIR || environment+=("VSSID_BACKUP_DIR=$backups")
  as_vssid "${environment[@]}" "$@"
)

# as_vssid [NAME=VALUE…] COMMAND…
as_vssid() {
  setpriv --reuid vssid --regid vssid --clear-groups --no-new-privs env -i PATH=/usr/bin:/bin LANG=C.UTF-8 "$@"
}

# with_ring COMMAND…: the same with a ring that may be changed; what became of it is sealed.
with_ring() {
  local folder ended=0
  folder="$(mktemp -d /run/vssid-ring.XXXXXX)"
  chown vssid:vssid "$folder"
  read_secret VSSID_KEY_RING | install -m 0600 -o vssid -g vssid /dev/stdin "$folder/ring.json" ||
    fail "the key ring does not open"
  cp "$folder/ring.json" "$folder/before.json"
  ring_at="$folder/ring.json" with_secrets "$@" || ended=$?
  cmp -s "$folder/ring.json" "$folder/before.json" || store_secret VSSID_KEY_RING <"$folder/ring.json"
  rm -rf "$folder"
  return "$ended"
}
