import { createHash, randomUUID } from "node:crypto";
import { record } from "../../audit/record.ts";
import { noticeOn } from "../../consent/rules.ts";
import { insertKeys } from "../../db/data-keys.ts";
import type { Db, House, Tx } from "../../db/house.ts";
import { inTransaction } from "../../db/transaction.ts";
import { declarationHasRoom, sentDetail, tallyOf } from "../../file-quota/room.ts";
import type { Actor } from "../../kernel/actor.ts";
import { dayOf } from "../../kernel/calendar.ts";
import { Invalid, NotAllowed, NotFound } from "../../kernel/failures.ts";
import type { Fault } from "../../kernel/outcome.ts";
import { type Picture, takeAndLook } from "../../pictures/images.ts";
import { judgePicture, type PictureDoubt } from "../../pictures/rules-judge.ts";
import { policyOn } from "../../policy/store.ts";
import { shownStatus } from "../is-over.ts";
import { allowed } from "../rules.ts";
import { photoRule } from "../rules-paper-policies.ts";
import { type Declaration, getByCode, lockByCode } from "../store.ts";
import { PHOTO_KINDS, type PhotoKind } from "./rules-photos.ts";
import { savePhoto } from "./store-photo.ts";

interface Sending {
  code: string;
  actor: Actor;
  now: Date;
  pictures: Partial<Record<PhotoKind, Uint8Array>>;
  /** The person has no better picture: doubts are kept with it instead of refusing it. */
  insists: boolean;
}

/**
 * Pictures of a person and their paper (vssid-facts: the app asks for three). Each is inspected, drawn anew without
 * metadata, judged and sealed under its own id. All are taken or none; a bad one is told of with what to do.
 */
export async function sendPhotos(house: House, sending: Sending): Promise<number> {
  const { code, actor, now } = sending;
  await refuseClosed(house.db, await getByCode(house.db, code), now);
  if ((await policyOn(house.db, photoRule, dayOf(now))) === "off") throw new NotFound("page");
  const judged = await judgeAll(sending);
  return inTransaction(house.db, async (tx) => {
    const file = await lockByCode(tx, code);
    await refuseClosed(tx, file, now);
    const more = tallyOf(judged.map(({ picture }) => picture.jpeg));
    const field = judged[0]?.kind ?? "portrait";
    if (!(await declarationHasRoom(tx, code, { more, at: now }))) throw new Invalid([{ field, key: "image_spent" }]);
    for (const one of judged) await keep(tx, house, file, one, now);
    await record(tx, {
      at: now,
      actor,
      action: "declaration.photos",
      purpose: "registration",
      object: { kind: "declaration", id: code },
      detail: { kinds: judged.map(({ kind }) => kind), notice: noticeOn(dayOf(now)).version, ...sentDetail(more) },
    });
    return judged.length;
  });
}

/** Until the office has the file; after that the officer takes pictures of the original. */
export async function refuseClosed(db: Db | Tx, file: Declaration, now: Date): Promise<void> {
  const status = await shownStatus(db, file, now);
  if (status !== "draft" && status !== "confirmed") throw new NotAllowed(status, allowed(status, "citizen"));
}

interface Judged {
  kind: PhotoKind;
  picture: Picture;
  doubts: PictureDoubt[];
}

async function judgeAll({ pictures, insists }: Sending): Promise<Judged[]> {
  const looked = await Promise.all(
    PHOTO_KINDS.flatMap((kind) => {
      const bytes = pictures[kind];
      return bytes ? [takeAndLook(bytes).then((taken) => ({ kind, taken }))] : [];
    }),
  );
  const faults: Fault[] = [];
  const judged: Judged[] = [];
  for (const { kind, taken } of looked) {
    if (typeof taken === "string") {
      faults.push({ field: kind, key: taken });
      continue;
    }
    const { picture, grey } = taken;
    const doubts = judgePicture(grey, picture, kind === "portrait" ? "portrait" : "paper");
    if (insists || doubts.length === 0) judged.push({ kind, picture, doubts });
    else faults.push(...doubts.map((key) => ({ field: kind, key })));
  }
  if (looked.length === 0) faults.push({ field: "portrait", key: "image_missing" });
  if (faults.length > 0) throw new Invalid(faults);
  return judged;
}

async function keep(tx: Tx, house: House, file: Declaration, judged: Judged, now: Date): Promise<void> {
  const { kind, picture, doubts } = judged;
  const { width, height, jpeg } = picture;
  const photoId = randomUUID();
  const sha256 = createHash("sha256").update(jpeg).digest();
  const { sealed, dataKeyId, dataKey } = await house.vault.sealOwn("declaration-photo", jpeg, photoId);
  const seal = { sha256, sealed, keyId: house.vault.keyId, dataKeyId };
  await insertKeys(tx, [dataKey], now);
  await savePhoto(tx, file.id, { photoId, kind, width, height, doubts, sentAt: now, ...seal });
}
