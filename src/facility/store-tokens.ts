import type { Db } from "../db/house.ts";

export interface NewToken {
  tokenId: string;
  facilityCode: string;
  sha256: Buffer;
  label: string;
  at: Date;
  endsAt: Date;
}

export async function insertToken(tx: Db, token: NewToken): Promise<void> {
  await tx
    .insertInto("facility_token")
    .values({
      ...{ token_id: token.tokenId, facility_code: token.facilityCode, scope: "upload", label: token.label },
      ...{ token_sha256: token.sha256, created_at: token.at, ends_at: token.endsAt },
    })
    .execute();
}

/** Not stopped, not past. */
export async function findToken(db: Db, tokenId: string, now: Date) {
  return db
    .selectFrom("facility_token")
    .select(["facility_code as facilityCode", "token_sha256 as sha256", "used_at as usedAt"])
    .where("token_id", "=", tokenId)
    .where("stopped_at", "is", null)
    .where("ends_at", ">", now)
    .executeTakeFirst();
}

export async function touchToken(db: Db, tokenId: string, now: Date): Promise<void> {
  await db.updateTable("facility_token").set({ used_at: now }).where("token_id", "=", tokenId).execute();
}

/** False when there is none, or it was stopped before. */
export async function stopTokenRow(tx: Db, tokenId: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable("facility_token")
    .set({ stopped_at: now })
    .where("token_id", "=", tokenId)
    .where("stopped_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Of each facility that may send, the token that ends last: an older one beside it was replaced. */
export async function liveTokenEnds(db: Db, now: Date) {
  return db
    .selectFrom("facility_token")
    .distinctOn("facility_code")
    .select(["facility_code as facilityCode", "created_at as createdAt", "ends_at as endsAt"])
    .where("stopped_at", "is", null)
    .where("ends_at", ">", now)
    .orderBy("facility_code")
    .orderBy("ends_at", "desc")
    .execute();
}

export async function listTokens(db: Db) {
  return db
    .selectFrom("facility_token")
    .select(["token_id", "facility_code", "scope", "label", "created_at", "ends_at", "stopped_at", "used_at"])
    .orderBy("facility_code")
    .orderBy("created_at")
    .execute();
}
