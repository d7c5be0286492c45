import { createHash, randomUUID } from "node:crypto";
import { insertKeys } from "../db/data-keys.ts";
import type { House, Tx } from "../db/house.ts";
import { fits, sentDetail, staffHasRoom, tallyOf } from "../file-quota/room.ts";
import { keptOfPerson } from "../file-quota/rules.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { type Picture, takeImage } from "../pictures/images.ts";
import type { ReadPaper } from "./rules-parse.ts";
import { copiesOfWard, insertCopy, insertPaper } from "./store-paper.ts";

/** The picture as it may be kept: looked at, drawn anew, without metadata. Before any transaction. */
export async function cleanCopy(bytes: Uint8Array | undefined): Promise<Picture | undefined> {
  if (!bytes) return undefined;
  const picture = await takeImage(bytes);
  if (typeof picture === "string") throw new Invalid([{ field: "copy", key: picture }]);
  return picture;
}

/** Throws Invalid where the copy is one too many: of this member of staff today, or of a ward whom the register knows. */
export async function refuseSpent(
  tx: Tx,
  asked: { picture: Picture | undefined; wardId: string | undefined; staff: Staff; at: Date },
): Promise<void> {
  const { picture, wardId, staff, at } = asked;
  if (!picture) return;
  const more = tallyOf([picture.jpeg]);
  const held = wardId ? await copiesOfWard(tx, wardId) : tallyOf([]);
  if (!(await fits(tx, keptOfPerson, { held, more, at }))) throw new Invalid([{ field: "copy", key: "image_full" }]);
  if (!(await staffHasRoom(tx, staff.staffId, { more, at })))
    throw new Invalid([{ field: "copy", key: "image_spent" }]);
}

/** What came, as the record of the deed holds it. */
export const sentCopy = (picture: Picture | undefined) => (picture ? sentDetail(tallyOf([picture.jpeg])) : {});

/** Keeps what the officer read from the paper, and the copy sealed under its own id; answers the paper's id. */
export async function filePaper(
  tx: Tx,
  house: House,
  filed: { paper: ReadPaper; picture: Picture | undefined; staff: Staff; at: Date },
): Promise<string> {
  const { paper, picture, staff, at } = filed;
  const paperId = randomUUID();
  await insertPaper(tx, { ...paper, paperId, seenAt: at, seenBy: staff.staffId });
  if (!picture) return paperId;
  const { width, height, jpeg } = picture;
  const copyId = randomUUID();
  const { sealed, dataKeyId, dataKey } = await house.vault.sealOwn("guardian-paper", jpeg, copyId);
  await insertKeys(tx, [dataKey], at);
  await insertCopy(tx, {
    copyId,
    paperId,
    width,
    height,
    sha256: createHash("sha256").update(jpeg).digest(),
    sealed,
    keyId: house.vault.keyId,
    dataKeyId,
    filedAt: at,
    filedBy: staff.staffId,
  });
  return paperId;
}
