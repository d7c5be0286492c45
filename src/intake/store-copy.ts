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
 * COPY fills no table whose policies bind who fills it (decision 42). The owner is not bound, which commands are that
 * were given the owner's address. A login that owns nothing (decision 71), and the owner on a server with one role for
 * all, are: their lines go by way of a table of their own.
 */
export async function copyPastPolicies(
  client: pg.PoolClient,
  table: "visit" | "participation_period" | "benefit",
  columns: string,
  lines: Buffer,
): Promise<void> {
  const { rows } = await client.query<{ role: string; none: string; is_bound: boolean }>(
    "select current_setting('role') as role, set_config('role', 'none', true) as none, row_security_active($1) as is_bound",
    [table],
  );
  const [{ role, is_bound: isBound } = { role: "none", is_bound: true }] = rows;
  if (!isBound) await copyInto(client, `${table} (${columns})`, lines);
  await client.query("select set_config('role', $1, true)", [role]);
  if (!isBound) return;
  const beside = `${table}_copy`;
  await client.query(
    `create temporary table if not exists ${beside} (like ${table} including defaults) on commit drop`,
  );
  await copyInto(client, `${beside} (${columns})`, lines);
  await client.query(`insert into ${table} (${columns}) select ${columns} from ${beside}`);
  await client.query(`truncate ${beside}`);
}
