import type pg from "pg";

/**
 * What the server keeps for the followed log: whether anybody reads it, and how far they are behind; `isLost`: it threw
 * away what was not read yet (max_slot_wal_keep_size), and there is a gap.
 */
export async function followedLog(
  pool: Pick<pg.ClientBase, "query">,
  slot: string,
): Promise<{ isRead: boolean; isLost: boolean; keptBytes: number } | undefined> {
  const { rows } = await pool.query<{ isRead: boolean; isLost: boolean; keptBytes: string | null }>(
    `select active as "isRead", wal_status is not distinct from 'lost' as "isLost",
            pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint as "keptBytes"
       from pg_replication_slots where slot_name = $1`,
    [slot],
  );
  const [row] = rows;
  return row && { ...row, keptBytes: Number(row.keptBytes ?? 0) };
}
