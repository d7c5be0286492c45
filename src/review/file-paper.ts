import { createHash, randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import { insertKeys } from "../db/data-keys.ts";
import type { House, Tx } from "../db/house.ts";
import { fits, sentDetail, staffHasRoom, tallyOf } from "../file-quota/room.ts";
import { keptOfPerson, type Tally } from "../file-quota/rules.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { type Picture, takeImage } from "../pictures/images.ts";
import { IMAGE_LIMITS } from "../pictures/rules-image.ts";
import { advance, onFile } from "../registration/advance.ts";
import { getOwnFile, lockForDecision } from "./desk.ts";
import { copiesKept, copiesOf, insertCopy, type PaperSide } from "./store.ts";

export const SIDES: readonly PaperSide[] = ["front", "back", "form"];
/** Retakes included. */
const COPIES_AT_MOST = 12;

/**
 * "Phô tô CMND/thẻ Căn cước công dân/hộ chiếu để lưu cùng bản kê khai" (letter 330, annex 1, step 4). Each
 * picture is inspected, drawn anew without metadata and sealed under its own id; the sent bytes are gone.
 */
export async function filePaper(
  house: House,
  staff: Staff,
  code: string,
  pictures: Partial<Record<PaperSide, Uint8Array>>,
): Promise<number> {
  await getOwnFile(house.db, staff, code);
  const cleaned = await cleanAll(pictures);
  const at = house.clock.now();
  return onFile(house, at, async (tx) => {
    const { file, desk } = await lockForDecision(tx, staff, code);
    const onFileNow = await copiesOf(tx, file.id);
    if (onFileNow.length + cleaned.length > COPIES_AT_MOST) throw new Conflict("too_many_copies");
    const more = tallyOf(cleaned.map(({ picture }) => picture.jpeg));
    await refuseSpent(tx, { fileId: file.id, staff, more, at });
    const filed: PaperSide[] = [];
    for (const { side, picture } of cleaned) {
      const { width, height, jpeg } = picture;
      const copyId = randomUUID();
      const { dataKey, ...seal } = await house.vault.sealOwn("id-paper", jpeg, copyId);
      const sha256 = createHash("sha256").update(jpeg).digest();
      const copy = { copyId, side, width, height, filedAt: at, filedBy: staff.staffId };
      if (!(await insertCopy(tx, file.id, { ...copy, sha256, keyId: house.vault.keyId, ...seal }))) continue;
      await insertKeys(tx, [dataKey], at);
      filed.push(side);
    }
    if (filed.length === 0) return 0;
    const step = {
      kind: "paper_filed",
      actor: staff,
      at,
      officeCode: desk.officeCode,
      detail: { sides: filed },
    } as const;
    await advance(tx, code, step);
    await record(tx, {
      at,
      actor: staff,
      action: "review.file_paper",
      purpose: "review",
      personId: file.personId ?? undefined,
      object: { kind: "declaration", id: code },
      officeCode: desk.officeCode,
      detail: { sides: filed, ...sentDetail(more) },
    });
    return filed.length;
  });
}

/** Of this person, over all their files, and of this member of staff today. The file is locked: two do not both fit. */
async function refuseSpent(tx: Tx, by: { fileId: string; staff: Staff; more: Tally; at: Date }): Promise<void> {
  const { fileId, staff, more, at } = by;
  const held = await copiesKept(tx, fileId);
  if (!(await fits(tx, keptOfPerson, { held, more, at }))) throw new Invalid([{ field: "front", key: "image_full" }]);
  if (!(await staffHasRoom(tx, staff.staffId, { more, at })))
    throw new Invalid([{ field: "front", key: "image_spent" }]);
}

/** Every picture is looked at before the first is kept: one bad picture keeps none, and each is told of. */
async function cleanAll(
  pictures: Partial<Record<PaperSide, Uint8Array>>,
): Promise<{ side: PaperSide; picture: Picture }[]> {
  const faults: Fault[] = [];
  const cleaned: { side: PaperSide; picture: Picture }[] = [];
  for (const side of SIDES) {
    const bytes = pictures[side];
    if (!bytes) continue;
    const picture = await takeImage(bytes);
    if (typeof picture === "string") faults.push({ field: side, key: picture, values: limitValues });
    else cleaned.push({ side, picture });
  }
  if (faults.length === 0 && cleaned.length === 0) faults.push({ field: "front", key: "image_missing" });
  if (faults.length > 0) throw new Invalid(faults);
  return cleaned;
}

const limitValues = {
  megabytes: IMAGE_LIMITS.bytes / (1024 * 1024),
  megapixels: IMAGE_LIMITS.pixels / 1_000_000,
  shortestSide: IMAGE_LIMITS.shortestSide,
};
