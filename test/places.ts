import type { TestHouse } from "./house.ts";

/**
 * The tables with a row in which the secret can be read, whatever the column: bytes both as they are written and as the
 * letters that they may be.
 */
export async function placesOf(house: TestHouse, secret: string): Promise<string[]> {
  if (!secret) throw new Error("nothing to look for");
  const { rows: tables } = await house.pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ('public', 'jobs')`,
  );
  const sought = [secret.toLowerCase(), Buffer.from(secret).toString("hex")];
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await house.pool.query(
      `select 1 from ${name} t, unnest($1::text[]) sought where position(sought in lower(t::text)) > 0 limit 1`,
      [sought],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}
