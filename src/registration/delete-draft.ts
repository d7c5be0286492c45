import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Actor } from "../kernel/actor.ts";
import { NotAllowed } from "../kernel/failures.ts";
import { advance } from "./advance.ts";
import { deletePhotos } from "./photos/store-photo.ts";
import { allowed } from "./rules.ts";
import { type Declaration, lockByCode } from "./store.ts";
import { forgetDraft } from "./store-sweep.ts";

/**
 * The person takes a draft back with everything typed in it: what the night would wipe after 30 days goes at once.
 * Deleting twice is the same as once.
 */
export async function deleteDraft(house: House, by: { code: string; actor: Actor; now: Date }): Promise<void> {
  const { code, actor, now } = by;
  await inTransaction(house.db, async (tx) => {
    const before = await lockByCode(tx, code);
    if (isDeleted(before)) return;
    if (before.status !== "draft") throw new NotAllowed(before.status, allowed(before.status, "citizen"));
    await advance(tx, code, { kind: "withdrawn", actor, at: now });
    await forgetDraft(tx, before.id, now);
    await deletePhotos(tx, [before.id]);
    await record(tx, {
      at: now,
      actor,
      action: "declaration.delete_draft",
      purpose: "registration",
      object: { kind: "declaration", id: code },
    });
  });
}

/** It ended as a draft and holds no answers any more. */
export function isDeleted({ status, confirmedAt, forgottenAt }: Declaration): boolean {
  return status === "withdrawn" && !confirmedAt && forgottenAt !== null;
}
