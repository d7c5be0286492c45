import { sql } from "kysely";
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

/** Of one facility: what waits to be imported, whenever it came, and what came from an instant on. */
export async function countUploads(db: Db, facilityCode: string, since: Date) {
  const files = sql<number>`count(*)::int`.as("files");
  const bytes = sql<string>`coalesce(sum(bytes), 0)::text`.as("bytes");
  const sums = db.selectFrom("facility_upload").select([files, bytes]).where("facility_code", "=", facilityCode);
  const waiting = await sums.where("state", "=", "waiting").executeTakeFirstOrThrow();
  const today = await sums.where("received_at", ">=", since).executeTakeFirstOrThrow();
  return {
    waiting: { files: waiting.files, bytes: Number(waiting.bytes) },
    today: { files: today.files, bytes: Number(today.bytes) },
  };
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
