import { readFileSync } from "node:fs";
import { z } from "zod";

const SECRET_BYTES = 32;

const secretSchema = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]+={0,2}$/, "must be base64")
  .transform((text) => Buffer.from(text, "base64"))
  .refine((bytes) => bytes.length >= SECRET_BYTES, `must hold at least ${SECRET_BYTES} bytes: openssl rand -base64 32`);

const secretsSchema = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(secretSchema))
  .default([]);

/** From which the keyed marks come: one that writes, others that are understood (docs/decisions/0070). */
export const secretNames = {
  VSSID_SECRET: secretSchema.optional(),
  VSSID_SECRETS_KNOWN: secretsSchema,
  VSSID_SECRETS_LEAKED: secretsSchema,
};

type Said = z.infer<z.ZodObject<typeof secretNames>>;

export interface Secrets {
  /** At least 32 bytes; undefined in the demo, which makes its own. */
  secret: Buffer | undefined;
  known: Buffer[];
  /** Somebody else may have them: they find rows and vouch for nothing. */
  leaked: Buffer[];
}

export function secretsOf(said: Said): Secrets {
  return { secret: said.VSSID_SECRET, known: said.VSSID_SECRETS_KNOWN, leaked: said.VSSID_SECRETS_LEAKED };
}

/** A secret that stood in two places would be trusted where it must not be. */
export function faultsOfSecrets(said: Said): string[] {
  const { secret, known, leaked } = secretsOf(said);
  const all = [...(secret ? [secret] : []), ...known, ...leaked].map((bytes) => bytes.toString("hex"));
  return new Set(all).size === all.length
    ? []
    : ["VSSID_SECRET, VSSID_SECRETS_KNOWN, VSSID_SECRETS_LEAKED: each secret stands once, in one of them"];
}

/**
 * Secrets may stand in a file instead of in the environment, as a key vault's agent, systemd (LoadCredential) or a
 * container's secrets lay them down: NAME_FILE holds the path of what NAME would say.
 */
export const SECRET_NAMES = [
  "VSSID_SECRET",
  "VSSID_SECRETS_KNOWN",
  "VSSID_SECRETS_LEAKED",
  "DATABASE_URL",
  "VSSID_OWNER_DATABASE_URL",
  "SMTP_URL",
  "SMPP_URL",
  "VSSID_SMS_PROVIDERS",
  "VSSID_EID_CLIENT_SECRET",
] as const;

/** The environment with what the files say, and what is wrong with them. No text of a file is ever told. */
export function withSecretFiles(env: Readonly<Record<string, string>>): {
  env: Record<string, string>;
  faults: string[];
} {
  const whole = { ...env };
  const faults: string[] = [];
  for (const name of SECRET_NAMES) {
    const path = env[`${name}_FILE`];
    if (path === undefined) continue;
    if (env[name] !== undefined) faults.push(`${name}, ${name}_FILE: only one of them`);
    try {
      whole[name] = readFileSync(path, "utf8").trim();
      delete whole[`${name}_FILE`];
    } catch {
      faults.push(`${name}_FILE: ${path} cannot be read`);
    }
  }
  return { env: whole, faults };
}
