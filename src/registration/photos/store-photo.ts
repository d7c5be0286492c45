import { dropKeys, type HeldSeal } from "../../db/data-keys.ts";
import type { Db, Tx } from "../../db/house.ts";
import type { PhotoKind } from "./rules-photos.ts";

/** A picture that came with a declaration, without its bytes. */
export interface Photo {
  photoId: string;
  kind: PhotoKind;
  width: number;
  height: number;
  doubts: string[];
  sentAt: Date;
}

export async function photosOf(db: Db | Tx, declarationId: string): Promise<Photo[]> {
  const rows = await db
    .selectFrom("declaration_photo")
    .select(["photo_id as photoId", "kind", "width", "height", "doubts", "sent_at as sentAt"])
    .where("declaration_id", "=", declarationId)
    .orderBy("kind", "desc")
    .execute();
  return rows as Photo[];
}

/** A picture of this very declaration; one of another is not found. */
export async function findPhoto(
  db: Db | Tx,
  declarationId: string,
  photoId: string,
): Promise<(HeldSeal & { kind: PhotoKind }) | undefined> {
  const row = await db
    .selectFrom("declaration_photo")
    .leftJoin("data_key", "data_key.key_id", "declaration_photo.data_key_id")
    .select(["kind", "sealed", "data_key_id as dataKeyId", "version as keyVersion", "wrapped"])
    .where("declaration_id", "=", declarationId)
    .where("photo_id", "=", photoId)
    .executeTakeFirst();
  return row as (HeldSeal & { kind: PhotoKind }) | undefined;
}

export interface NewPhoto extends Photo {
  sha256: Buffer;
  sealed: Buffer;
  keyId: string;
  dataKeyId: string;
}

/** One a kind: a newer picture takes the place of the one before. */
export async function savePhoto(tx: Tx, declarationId: string, photo: NewPhoto): Promise<void> {
  await deletePhotos(tx, [declarationId], photo.kind);
  await tx
    .insertInto("declaration_photo")
    .values({
      photo_id: photo.photoId,
      declaration_id: declarationId,
      kind: photo.kind,
      width: photo.width,
      height: photo.height,
      doubts: JSON.stringify(photo.doubts),
      sha256: photo.sha256,
      sealed: photo.sealed,
      key_id: photo.keyId,
      data_key_id: photo.dataKeyId,
      sent_at: photo.sentAt,
    })
    .execute();
}

/** Answers how many were deleted; all kinds unless one is named. */
export async function deletePhotos(tx: Tx, declarationIds: readonly string[], kind?: PhotoKind): Promise<number> {
  if (declarationIds.length === 0) return 0;
  let query = tx.deleteFrom("declaration_photo").where("declaration_id", "in", declarationIds);
  if (kind) query = query.where("kind", "=", kind);
  const gone = await query.returning("data_key_id as dataKeyId").execute();
  await dropKeys(
    tx,
    gone.map(({ dataKeyId }) => dataKeyId),
  );
  return gone.length;
}

export interface HeldPhotos {
  declarationId: string;
  code: string;
  status: string;
  sentAt: Date;
}

/** Files of one person that still hold pictures, each with when its newest came. */
export async function photosOfPerson(db: Db | Tx, personId: string): Promise<HeldPhotos[]> {
  return db
    .selectFrom("declaration_photo as photo")
    .innerJoin("declaration as file", "file.declaration_id", "photo.declaration_id")
    .select((e) => [
      "file.declaration_id as declarationId",
      "file.code",
      "file.status",
      e.fn.max("photo.sent_at").as("sentAt"),
    ])
    .where("file.person_id", "=", personId)
    .groupBy(["file.declaration_id", "file.code", "file.status"])
    .execute();
}
