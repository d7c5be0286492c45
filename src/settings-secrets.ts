import { readFileSync } from "node:fs";

/**
 * Secrets may stand in a file instead of in the environment, as a key vault's agent, systemd (LoadCredential) or a
 * container's secrets lay them down: NAME_FILE holds the path of what NAME would say.
 */
const SECRET_NAMES = [
  "VSSID_SECRET",
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
    } catch {
      faults.push(`${name}_FILE: ${path} cannot be read`);
    }
  }
  return { env: whole, faults };
}
