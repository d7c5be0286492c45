import type { Logger } from "pino";
import { CannotStart } from "../db/cannot-start.ts";
import type { Db } from "../db/house.ts";
import type { Clock } from "../kernel/clock.ts";
import { ownKeys } from "../vault/own-keys.ts";
import { type KeyRing, RingDown } from "../vault/ring.ts";
import type { VaultKeys } from "../vault/vault.ts";
import { loadClassKeys, REFRESH_MS } from "./class-keys.ts";

/** The data keys of this process, kept up to date. Throws CannotStart when the ring cannot open what is sealed. */
export async function startKeys(
  db: Db,
  ring: KeyRing,
  clock: Clock,
  log: Logger,
): Promise<VaultKeys & { stop(): void }> {
  const classes = await loadClassKeys(db, ring, clock).catch((error: Error) => {
    const isOtherKey = error.message.includes("authenticate");
    if (!(error instanceof RingDown) && !isOtherKey) throw error;
    const why = isOtherKey ? "it holds other keys than those this database was sealed with" : error.message;
    throw new CannotStart(`The key ring (${ring.kind}) cannot be used: ${why}.`, { cause: error });
  });
  const timer = setInterval(() => {
    classes.refresh().catch((error: Error) => log.warn({ reason: error.message }, "the data keys were not looked at"));
  }, REFRESH_MS);
  timer.unref();
  return { classes, own: ownKeys(ring), version: () => classes.version, stop: () => clearInterval(timer) };
}
