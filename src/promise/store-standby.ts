import type pg from "pg";

/** A second server must have each change before it is answered, and none is there: writing stands still. */
export async function missesStandby(pool: Pick<pg.ClientBase, "query">): Promise<boolean> {
  const { rows } = await pool.query<{ is_missing: boolean }>("select missing_standby() as is_missing");
  return rows[0]?.is_missing ?? false;
}
