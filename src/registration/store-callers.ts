/** Files whose declarant is no person of the register yet: what a caller at the hotline may ask about. */
import type { Db } from "../db/house.ts";

export type CallerKey = { phone: string } | { number: string } | { foldedName: string; birthOn: string };

/** Ids, the newest first; drafts and wiped answers are nobody's. */
export async function filesWithoutPerson(db: Db, key: CallerKey, limit: number): Promise<string[]> {
  let query = db
    .selectFrom("declaration")
    .select("declaration_id")
    .where("person_id", "is", null)
    .where("status", "!=", "draft")
    .where("forgotten_at", "is", null);
  if ("phone" in key) query = query.where("phone", "=", key.phone);
  else if ("number" in key) {
    const { number } = key;
    query = query.where((where) => where.or([where("insurance_number", "=", number), where("id_number", "=", number)]));
  } else query = query.where("folded_name", "=", key.foldedName).where("birth_on", "=", key.birthOn);
  const rows = await query.orderBy("created_at", "desc").limit(limit).execute();
  return rows.map((row) => row.declaration_id);
}
