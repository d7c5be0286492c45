import { statSync } from "node:fs";
import { dirname } from "node:path";
import { SECRET_NAMES } from "./settings-secrets.ts";

/** Settings that are the path of a key. The ring's versions know their days themselves; certificates have an end. */
const KEY_FILES = [
  "VSSID_KMS_TOKEN_FILE",
  "VSSID_BACKUP_KEY_FILE",
  "VSSID_CARD_KEY_FILE",
  "VSSID_PUSH_KEY_FILE",
  "VSSID_DKIM_KEY_FILE",
] as const;

/** No process that serves has it (docs/decisions/0071); the watch in one of them tells when it is due all the same. */
const ELSEWHERE = "VSSID_OWNER_DATABASE_URL";

/** A secret that was given, and since when it is what it is; absent: nobody knows. */
export interface GivenSecret {
  name: string;
  since?: Date | undefined;
}

const SINCE = /^[A-Z][A-Z0-9_]*:\d{4}-\d{2}-\d{2}$/;

/** Of a text like NAME:2026-11-27,OTHER:2026-02-01; undefined when it is none. */
export function parseSince(text: string): ReadonlyMap<string, Date> | undefined {
  const parts = text.split(",").filter((part) => part !== "");
  const days = parts.map((part): [string, Date] => {
    const [name = "", day = ""] = part.split(":");
    return [name, new Date(`${day}T00:00:00Z`)];
  });
  const isRight = parts.every((part) => SINCE.test(part)) && days.every(([, day]) => !Number.isNaN(day.getTime()));
  return isRight ? new Map(days) : undefined;
}

/**
 * The secrets of this environment, files read. Their day is the one that `since` tells, else that of the file; what
 * systemd lays down anew at each start, or what stands in the environment, has none.
 */
export function agesOfSecrets(
  env: Readonly<Record<string, string>>,
  since: ReadonlyMap<string, Date>,
): readonly GivenSecret[] {
  const given = SECRET_NAMES.filter((name) => isSecret(name, env[name]) || (name === ELSEWHERE && since.has(name)));
  const values = given.map((name) => [name, env[`${name}_FILE`]]);
  const files = KEY_FILES.filter((name) => env[name] !== undefined || since.has(name)).map((name) => [name, env[name]]);
  return [...values, ...files].map(([name = "", path]) => ({
    name,
    since: since.get(name) ?? dayOfFile(path, env.CREDENTIALS_DIRECTORY),
  }));
}

/** An address without a password is no secret. */
function isSecret(name: string, value: string | undefined): boolean {
  if (value === undefined) return false;
  return !name.endsWith("_URL") || (URL.canParse(value) && new URL(value).password !== "");
}

function dayOfFile(path: string | undefined, laidDownIn: string | undefined): Date | undefined {
  if (path === undefined || dirname(path) === laidDownIn) return undefined;
  return statSync(path, { throwIfNoEntry: false })?.mtime;
}
