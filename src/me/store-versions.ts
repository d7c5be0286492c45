import type pg from "pg";

/** The present data_version of each of these persons; who is not in the register is left out. */
export async function versionsOf(pool: pg.Pool, personIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<[personId: string, version: string]>({
    name: "versions",
    text: "select person_id, data_version from person where person_id = any($1::bigint[])",
    values: [personIds],
    rowMode: "array",
  });
  return new Map(rows);
}
