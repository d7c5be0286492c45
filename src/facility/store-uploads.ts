import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

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

const UPLOADS_LOCK = 8_330_059;

/** False while another worker takes one: until the end of the transaction this one alone does. */
export async function holdUploads(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${UPLOADS_LOCK}) as mine`.execute(tx);
  return rows[0]?.mine === true;
}

const isAmong = (ids: readonly string[]) => sql<boolean>`upload_id = any(${[...ids]}::uuid[])`;

/** The oldest of `among` that waits, of no facility of `notOf`. */
export async function findWaiting(tx: Tx, { among, notOf }: { among: readonly string[]; notOf: readonly string[] }) {
  return tx
    .selectFrom("facility_upload")
    .select(["upload_id as id", "facility_code as facilityCode"])
    .where("state", "=", "waiting")
    .where(isAmong(among))
    .where(sql<boolean>`facility_code <> all(${[...notOf]}::text[])`)
    .orderBy("received_at")
    .orderBy("upload_id")
    .limit(1)
    .executeTakeFirst();
}

/** Those of `among` whose bytes are still needed: they wait, or failed since an instant. */
export async function listNeeded(db: Db, among: readonly string[], failedSince: Date): Promise<string[]> {
  const rows = await db
    .selectFrom("facility_upload")
    .select("upload_id as id")
    .where(isAmong(among))
    .where((e) =>
      e.or([e("state", "=", "waiting"), e.and([e("state", "=", "failed"), e("finished_at", ">=", failedSince)])]),
    )
    .execute();
  return rows.map(({ id }) => id);
}

/** Ends what has waited since before an instant and is not among those here; answers which. */
export async function giveUpWaiting(
  db: Db,
  { here, before, at }: { here: readonly string[]; before: Date; at: Date },
): Promise<string[]> {
  const rows = await db
    .updateTable("facility_upload")
    .set({ state: "failed", finished_at: at })
    .where("state", "=", "waiting")
    .where("received_at", "<", before)
    .where((e) => e.not(isAmong(here)))
    .returning("upload_id as id")
    .execute();
  return rows.map(({ id }) => id);
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

export async function endUpload(tx: Tx, id: string, end: UploadEnd): Promise<void> {
  const { state, fileId, taken, unchanged, rejected, flagged, refusal, at } = end;
  await tx
    .updateTable("facility_upload")
    .set({ state, file_id: fileId, taken, unchanged, rejected, flagged, refusal, finished_at: at })
    .where("upload_id", "=", id)
    .where("state", "=", "waiting")
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
