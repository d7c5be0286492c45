import { record } from "../../audit/record.ts";
import type { House } from "../../db/house.ts";
import { inTransaction } from "../../db/transaction.ts";
import type { Actor } from "../../kernel/actor.ts";
import { lockByCode } from "../store.ts";
import type { PhotoKind } from "./rules-photos.ts";
import { refuseClosed } from "./send-photos.ts";
import { deletePhotos } from "./store-photo.ts";

/** The person takes a picture back before the office has the file. Twice is once. */
export async function removePhoto(
  house: House,
  by: { code: string; kind: PhotoKind; actor: Actor; now: Date },
): Promise<void> {
  const { code, kind, actor, now } = by;
  await inTransaction(house.db, async (tx) => {
    const file = await lockByCode(tx, code);
    refuseClosed(file, now);
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
