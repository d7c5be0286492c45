import type { Logger } from "pino";
import type { Db } from "../db/house.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Vault } from "../vault/vault.ts";
import { noteFront } from "./store-secrets.ts";

/** A secret of which nothing was heard for two of these stands in front nowhere any more. */
export const BEAT_MS = 60_000;

/** Says which secret stands in front in this process, now and each minute: the moment of a turn-over is known by it. */
export async function noteSecret(
  db: Db,
  { keyId }: Pick<Vault, "keyId">,
  clock: Clock,
  log: Logger,
): Promise<() => void> {
  await noteFront(db, keyId, clock.now());
  const timer = setInterval(() => {
    noteFront(db, keyId, clock.now()).catch((error: Error) =>
      log.warn({ reason: error.message }, "which secret stands in front was not noted"),
    );
  }, BEAT_MS);
  timer.unref();
  return () => clearInterval(timer);
}
