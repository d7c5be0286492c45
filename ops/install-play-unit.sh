#!/usr/bin/env bash
# For ops/install-rehearse.sh, inside its root, where no systemd runs: starts a unit as its file and its drop-ins say.
# Credentials are decrypted into a folder of its user's alone, %d, %i and %n stand for what systemd puts there, the
# environment is the unit's and nothing else. Of the sandbox it does nothing.
#   install-play-unit.sh vssid@18330.service
set -euo pipefail
unit="$1"
template="$(sed -E 's/@[^.]*\./@./' <<<"$unit")"
instance="$(sed -nE 's/^[^@]*@(.*)\.[a-z]+$/\1/p' <<<"$unit")"
credentials="/run/credentials/$unit"
mapfile -t lines < <(cat "/etc/systemd/system/$template" "/etc/systemd/system/$template.d"/*.conf |
  sed -e "s|%i|$instance|g" -e "s|%n|$unit|g" -e "s|%d|$credentials|g")
values() { printf '%s\n' "${lines[@]}" | sed -n "s/^$1=//p"; }

user="$(values User)"
rm -rf "$credentials"
mkdir -p /run/credentials
install -d -m 0700 -o "$user" "$credentials"
while IFS=: read -r name path; do
  systemd-creds decrypt --name="$name" --newline=no "$path" - 2>/dev/null | install -m 0400 -o "$user" /dev/stdin "$credentials/$name"
done < <(values LoadCredentialEncrypted)
while IFS=: read -r name path; do install -m 0400 -o "$user" "$path" "$credentials/$name"; done < <(values LoadCredential)

environment=(PATH=/usr/bin:/bin "CREDENTIALS_DIRECTORY=$credentials")
while read -ra words; do environment+=("${words[@]}"); done < <(values Environment)
while read -r file; do
  while read -r line; do environment+=("$line"); done < <(grep -E '^[A-Z][A-Z0-9_]*=' "$file")
done < <(values EnvironmentFile)

cd "$(values WorkingDirectory)"
as_user=(setpriv --reuid "$user" --regid "$(values Group)" --clear-groups --no-new-privs env -i "${environment[@]}")
mapfile -t commands < <(values ExecStart)
# With a dash before it what fails stops nothing.
for command in "${commands[@]:0:${#commands[@]}-1}"; do
  if [[ "$command" == -* ]]; then "${as_user[@]}" ${command#-} || true; else "${as_user[@]}" $command; fi
done
exec "${as_user[@]}" ${commands[-1]}
