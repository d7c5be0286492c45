/** COPY of lines, also into tables that only their owner may fill so. */
import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

export async function copyInto(client: pg.PoolClient, target: string, lines: Buffer): Promise<void> {
  const copy = client.query(copyFrom(`copy ${target} from stdin`));
  copy.end(lines);
  await finished(copy);
}

/**
 * COPY fills no table whose policies bind who fills it (decision 42). The owner is not bound; on a server with one role
 * for all, where the owner is, the lines go by way of a table of their own.
 */
export async function copyAsOwner(
  client: pg.PoolClient,
  table: "visit" | "participation_period" | "benefit",
  columns: string,
  lines: Buffer,
): Promise<void> {
  const { rows } = await client.query<{ role: string; none: string; is_bound: boolean }>(
    "select current_setting('role') as role, set_config('role', 'none', true) as none, row_security_active($1) as is_bound",
    [table],
  );
  if (rows[0]?.is_bound) {
    const beside = `${table}_copy`;
    await client.query(
      `create temporary table if not exists ${beside} (like ${table} including defaults) on commit drop`,
    );
    await copyInto(client, `${beside} (${columns})`, lines);
    await client.query(`insert into ${table} (${columns}) select ${columns} from ${beside}`);
    await client.query(`truncate ${beside}`);
  } else {
    await copyInto(client, `${table} (${columns})`, lines);
  }
  await client.query("select set_config('role', $1, true)", [rows[0]?.role]);
}
