import type { Db } from "../db/house.ts";

export interface NewUpload {
  id: string;
  facilityCode: string;
  tokenId: string;
  sha256: Buffer;
  bytes: number;
  at: Date;
}

export async function insertUpload(db: Db, upload: NewUpload): Promise<void> {
  await db
    .insertInto("facility_upload")
    .values({
      ...{ upload_id: upload.id, facility_code: upload.facilityCode, token_id: upload.tokenId },
      ...{ sha256: upload.sha256, bytes: upload.bytes, received_at: upload.at, state: "waiting" },
    })
    .execute();
}

export async function countWaiting(db: Db, facilityCode: string): Promise<number> {
  const row = await db
    .selectFrom("facility_upload")
    .select((e) => e.fn.countAll<string>().as("waiting"))
    .where("state", "=", "waiting")
    .where("facility_code", "=", facilityCode)
    .executeTakeFirst();
  return Number(row?.waiting ?? 0);
}

/** The oldest first. */
export async function listWaiting(db: Db, limit: number) {
  return db
    .selectFrom("facility_upload")
    .select(["upload_id as id", "facility_code as facilityCode"])
    .where("state", "=", "waiting")
    .orderBy("received_at")
    .limit(limit)
    .execute();
}

export interface UploadEnd {
  state: "taken" | "refused" | "failed";
  fileId: string | null;
  taken: number;
  unchanged: number;
  rejected: number;
  flagged: number;
  refusal: string | null;
  at: Date;
}

export async function endUpload(db: Db, id: string, end: UploadEnd): Promise<void> {
  const { state, fileId, taken, unchanged, rejected, flagged, refusal, at } = end;
  await db
    .updateTable("facility_upload")
    .set({ state, file_id: fileId, taken, unchanged, rejected, flagged, refusal, finished_at: at })
    .where("upload_id", "=", id)
    .execute();
}

/** Of this facility, or undefined: another's does not exist for it. */
export async function findUpload(db: Db, facilityCode: string, id: string) {
  return db
    .selectFrom("facility_upload")
    .selectAll()
    .where("upload_id", "=", id)
    .where("facility_code", "=", facilityCode)
    .executeTakeFirst();
}
