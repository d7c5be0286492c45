import type { Logger } from "pino";
import type { Db } from "../db/house.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Vault } from "../vault/vault.ts";
import { frontTimes, noteFront } from "./store-secrets.ts";

/** A secret of which nothing was heard for two of these stands in front nowhere any more. */
export const BEAT_MS = 60_000;

/** The longest that a browser keeps what only a mark vouches for: the cookie of a device. Counts of tries end sooner. */
export const BROWSERS_KEEP_DAYS = 180;
const DAY_MS = 86_400_000;

/**
 * Says which secret stands in front in this process, now and each minute: the moment of a turn-over is known by it. One
 * that stood there lately and is not known here is told of: whatever was made with it is refused.
 */
export async function noteSecret(db: Db, vault: NamedVault, clock: Clock, log: Logger): Promise<() => void> {
  await noteFront(db, vault.keyId, clock.now());
  const missing = await missingOf(db, vault, clock.now());
  if (missing.length > 0) log.warn({ missing }, "a secret that stood in front is not known here: VSSID_SECRETS_KNOWN");
  const timer = setInterval(() => {
    noteFront(db, vault.keyId, clock.now()).catch((error: Error) =>
      log.warn({ reason: error.message }, "which secret stands in front was not noted"),
    );
  }, BEAT_MS);
  timer.unref();
  return () => clearInterval(timer);
}

type NamedVault = Pick<Vault, "keyId" | "secrets">;

async function missingOf(db: Db, { secrets }: NamedVault, now: Date): Promise<string[]> {
  const known = new Set(secrets.map(({ keyId }) => keyId));
  const since = new Date(now.getTime() - BROWSERS_KEEP_DAYS * DAY_MS);
  return (await frontTimes(db)).flatMap(({ keyId, lastAt }) => (known.has(keyId) || lastAt < since ? [] : [keyId]));
}
