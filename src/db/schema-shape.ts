import type pg from "pg";

/** The tables of the product, parents before children, with the columns that hold values of their own. */
export interface TableShape {
  name: string;
  columns: string[];
}

/** The schema of an archive and of a database must be the same, to the byte of every migration. */
export interface Applied {
  name: string;
  sha256: string;
}

export async function tablesOf(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape & { parents: string[] }>(`
    select c.relname as name,
           array(select a.attname::text from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                  order by a.attnum) as columns,
           array(select distinct p.relname::text from pg_constraint k join pg_class p on p.oid = k.confrelid
                  where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as parents
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'
     order by c.relname`);
  return parentsFirst(rows);
}

export async function appliedTo(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>("select name, sha256 from schema_migration order by number");
  return rows;
}

/** Last values of the identity columns, so that restored numbers are not given a second time. */
export async function sequencesOf(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; last: string }>(`
    select sequencename as name, last_value::text as last
      from pg_sequences where schemaname = 'public' and last_value is not null`);
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function parentsFirst(tables: (TableShape & { parents: string[] })[]): TableShape[] {
  const done = new Map<string, TableShape>();
  while (done.size < tables.length) {
    const ready = tables.filter(({ name, parents }) => !done.has(name) && parents.every((parent) => done.has(parent)));
    if (ready.length === 0) throw new Error("the tables refer to each other in a circle");
    for (const { name, columns } of ready) done.set(name, { name, columns });
  }
  return [...done.values()];
}
