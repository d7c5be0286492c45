import type { Environment } from "./settings.ts";
import { isThisMachine, metWithPassword } from "./settings-lines.ts";

/** What may be so in production, and had better not: said at each start. */
export function warningsOf({ settings, logTo, databaseUrl, ownerDatabaseUrl, unknown }: Environment): string[] {
  if (settings.profile !== "production") return [];
  const { keyService } = settings;
  const isMetWithToken = keyService && !keyService.files.cert && !isThisMachine(new URL(keyService.url).hostname);
  const isInTheClear = !settings.tls && !isThisMachine(settings.host);
  return [
    ...unknown.map((name) => `${name} is no setting of ours, and changes nothing: docs/settings.md`),
    ...(settings.clamd
      ? []
      : ["VSSID_CLAMD is not set: letters that staff upload are not looked at by a scanner for viruses"]),
    ...(logTo ? [] : ["VSSID_LOG_TO is not set: whoever owns this machine owns its log"]),
    ...(isInTheClear ? ["VSSID_TLS_CERT_FILE is not set: other machines reach this process in the clear"] : []),
    ...(isMetWithToken
      ? ["VSSID_KMS_CERT_FILE is not set: the key service knows this process by a token and nothing else"]
      : []),
    ...metWithPassword([databaseUrl, ownerDatabaseUrl]).map(
      (host) => `VSSID_PASSWORD_DATABASES names ${host}: it may be met with a password, and a password does not end`,
    ),
  ];
}
