import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { advance, onFile } from "../registration/advance.ts";
import type { Declaration } from "../registration/store.ts";
import { lockForDecision } from "./desk.ts";

/** Gives a file back to the queue. The 15 minutes go on. */
export async function release(house: House, staff: Staff, code: string): Promise<Declaration> {
  const at = house.clock.now();
  return onFile(house, at, async (tx) => {
    const { file, desk } = await lockForDecision(tx, staff, code);
    if (!file.heldBy) return file;
    const step = { kind: "released", actor: staff, at, officeCode: desk.officeCode } as const;
    const released = await advance(tx, code, step);
    await record(tx, {
      at,
      actor: staff,
      action: "review.release",
      purpose: "review",
      personId: file.personId ?? undefined,
      object: { kind: "declaration", id: code },
      officeCode: desk.officeCode,
    });
    return released;
  });
}
