import { record } from "../audit/record.ts";
import type { Db, House, Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { advance, onFile } from "../registration/advance.ts";
import type { Declaration } from "../registration/store.ts";
import { queueOf } from "../registration/store-queue.ts";
import { heldBy, lockOwnFile, waitingSince } from "./desk.ts";
import { HELD_AT_MOST } from "./rules.ts";
import { lockDesk } from "./store.ts";

/**
 * Takes a received file to one's own desk: one holder at a time. From a colleague's desk it is taken
 * over with a reason, which stays in the history of the file. Taking it up again withdraws a proposal.
 */
export async function take(
  house: House,
  staff: Staff,
  asked: { code: string; isTakeOver?: boolean; reason?: string },
): Promise<Declaration> {
  const at = house.clock.now();
  const reason = (asked.reason ?? "").normalize("NFC").trim().slice(0, 300);
  return onFile(house, at, async (tx) => {
    await lockDesk(tx, staff.staffId);
    const { file, desk } = await lockOwnFile(tx, staff, asked.code);
    if (file.heldBy === staff.staffId) return file;
    await refuseFullHands(tx, staff, desk.officeCode);
    const step = { actor: staff, at, officeCode: desk.officeCode };
    if (file.heldBy || (file.proposedBy && file.proposedBy !== staff.staffId)) {
      if (!asked.isTakeOver) throw await (file.heldBy ? heldBy : waitingSince)(tx, file);
      if (!reason) throw new Invalid([{ field: "reason", key: "reason_missing" }]);
    }
    if (file.heldBy) {
      await advance(tx, file.code, { ...step, kind: "released", detail: { takenOverFrom: file.heldBy, reason } });
    }
    const taken = await advance(tx, file.code, { ...step, kind: "taken", detail: reason ? { reason } : {} });
    await record(tx, {
      at,
      actor: staff,
      action: file.heldBy ? "review.take_over" : "review.take",
      purpose: "review",
      personId: file.personId ?? undefined,
      object: { kind: "declaration", id: file.code },
      officeCode: desk.officeCode,
    });
    return taken;
  });
}

/** Files pile up at no desk: whoever holds three decides or gives back first. */
export async function refuseFullHands(tx: Tx, staff: Staff, officeCode: string): Promise<void> {
  const files = await filesInFullHands(tx, staff, officeCode);
  if (files.length > 0) throw new Conflict("hands_full", { files: files.join(", ") });
}

/** Codes of the files that this member of staff holds, once there is no room for another. */
export async function filesInFullHands(db: Db | Tx, staff: Staff, officeCode: string): Promise<string[]> {
  const held = await queueOf(db, [officeCode], { statuses: ["received"], heldBy: staff.staffId, limit: HELD_AT_MOST });
  return held.length < HELD_AT_MOST ? [] : held.map(({ code }) => code);
}
