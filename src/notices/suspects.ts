import type { House } from "../db/house.ts";
import { SUSPECT_GAP_MS } from "./rules-suspects.ts";
import { hasSuspect, isolateKillers, type Look } from "./store-suspects.ts";
import type { Turns } from "./turns.ts";

export interface SuspectWatch {
  turns: Turns;
  scale: number;
  look(): Look;
  /** Leases one suspect and resolves once it is through. */
  sendOne(): Promise<void>;
}

/** Isolates what was caught; of the rest at most one goes, and everything else of this process waits until it is through. */
export function watchSuspects(house: House, { turns, scale, look, sendOne }: SuspectWatch): () => Promise<void> {
  let from = 0;
  return async () => {
    if (performance.now() < from) return;
    const seen = look();
    for (const noticeId of await isolateKillers(house.db, seen)) {
      house.log.error({ alarm: "message_isolated", noticeId }, "a message that kills its senders is isolated");
    }
    if (await hasSuspect(house.db, seen)) await turns.alone(sendOne);
    from = performance.now() + SUSPECT_GAP_MS * scale;
  };
}
