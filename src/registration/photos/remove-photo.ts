import { record } from "../../audit/record.ts";
import type { House } from "../../db/house.ts";
import { inTransaction } from "../../db/transaction.ts";
import type { Actor } from "../../kernel/actor.ts";
import { dayOf } from "../../kernel/calendar.ts";
import { NotAllowed } from "../../kernel/failures.ts";
import { policyOn } from "../../policy/store.ts";
import { allowed } from "../rules.ts";
import { photoRule } from "../rules-paper-policies.ts";
import { lockByCode } from "../store.ts";
import type { PhotoKind } from "./rules-photos.ts";
import { refuseClosed } from "./send-photos.ts";
import { deletePhotos } from "./store-photo.ts";

/**
 * The person takes a picture back before the office has the file; twice is once. Where pictures are required, those of
 * a confirmed declaration can be replaced, not taken away.
 */
export async function removePhoto(
  house: House,
  by: { code: string; kind: PhotoKind; actor: Actor; now: Date },
): Promise<void> {
  const { code, kind, actor, now } = by;
  await inTransaction(house.db, async (tx) => {
    const file = await lockByCode(tx, code);
    await refuseClosed(tx, file, now);
    if (file.status === "confirmed" && (await policyOn(tx, photoRule, dayOf(now))) === "required") {
      throw new NotAllowed(file.status, allowed(file.status, "citizen"));
    }
    if ((await deletePhotos(tx, [file.id], kind)) === 0) return;
    await record(tx, {
      at: now,
      actor,
      action: "declaration.photo_removed",
      purpose: "registration",
      object: { kind: "declaration", id: code },
      detail: { kind },
    });
  });
}
