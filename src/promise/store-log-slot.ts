import type pg from "pg";

/** What the server keeps for the followed log: whether anybody reads it, and how far they are behind. */
export async function followedLog(
  pool: Pick<pg.ClientBase, "query">,
  slot: string,
): Promise<{ isRead: boolean; keptBytes: number } | undefined> {
  const { rows } = await pool.query<{ isRead: boolean; keptBytes: string }>(
    `select active as "isRead", pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint as "keptBytes"
       from pg_replication_slots where slot_name = $1`,
    [slot],
  );
  const [row] = rows;
  return row && { isRead: row.isRead, keptBytes: Number(row.keptBytes) };
}
