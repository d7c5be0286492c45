import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";

/** The shape that lets the same schema run on PostgreSQL with Citus, distributed by person. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

async function column(statement: string): Promise<string[]> {
  const { rows } = await house.pool.query<{ name: string }>(statement);
  return rows.map((row) => row.name);
}

const spread = `
  select c.oid, c.relname, substring(obj_description(c.oid, 'pg_class') from '^\\[(\\w+)\\] ') as spread
    from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'schema_migration'`;

describe("the schema", () => {
  it("says of every table how it is spread", async () => {
    expect(
      await column(`select relname as name from (${spread}) t
        where spread is null or spread not in ('person', 'key', 'reference', 'local')`),
    ).toEqual([]);
    expect(await column(`select relname as name from (${spread}) t where spread = 'person'`)).toContain("visit");
  });

  it("has person_id, never empty and always a bigint, in every table spread by person", async () => {
    expect(
      await column(`select t.relname as name from (${spread}) t
        left join pg_attribute a on a.attrelid = t.oid and a.attname = 'person_id'
        where t.spread = 'person' and t.relname <> 'visit_staging'
          and (a.attnum is null or not a.attnotnull or a.atttypid <> 'bigint'::regtype)`),
    ).toEqual([]);
  });

  it("begins every primary key, unique and exclusion constraint of such a table with person_id", async () => {
    expect(
      await column(`select i.indexrelid::regclass::text as name from (${spread}) t
        join pg_index i on i.indrelid = t.oid and (i.indisunique or i.indisexclusion)
        left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
        where t.spread = 'person' and a.attname is distinct from 'person_id'`),
    ).toEqual([]);
  });

  it("keeps uniqueness across persons in the table of keys, spread by its key", async () => {
    expect(
      await column(`select a.attname as name from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
        where i.indrelid = 'person_key'::regclass and i.indisprimary order by a.attnum`),
    ).toEqual(["kind", "key"]);
  });

  it("has foreign keys only to reference tables or within one spread, with person_id on both sides", async () => {
    expect(
      await column(`select k.conname as name from pg_constraint k
        join (${spread}) child on child.oid = k.conrelid
        join (${spread}) parent on parent.oid = k.confrelid
        where k.contype = 'f' and parent.spread <> 'reference'
          and (child.spread <> parent.spread
            or (child.spread = 'person' and not exists (
              select from unnest(k.conkey, k.confkey) as pair (mine, theirs)
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.mine and a.attname = 'person_id'
                join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.theirs and b.attname = 'person_id')))`),
    ).toEqual([]);
  });

  it("has a foreign key of a reference table only to another reference table", async () => {
    expect(
      await column(`select k.conname as name from pg_constraint k
        join (${spread}) child on child.oid = k.conrelid and child.spread = 'reference'
        join (${spread}) parent on parent.oid = k.confrelid and parent.spread <> 'reference'
        where k.contype = 'f'`),
    ).toEqual([]);
  });

  it("has no trigger, no rule and no inheritance", async () => {
    expect(await column("select tgname as name from pg_trigger where not tgisinternal")).toEqual([]);
    expect(
      await column(
        "select rulename as name from pg_rules where schemaname not in ('pg_catalog', 'information_schema')",
      ),
    ).toEqual([]);
    expect(
      await column(`select inhrelid::regclass::text as name from pg_inherits
        where inhparent in (select oid from pg_class where relnamespace = 'public'::regnamespace)`),
    ).toEqual([]);
  });

  it("keeps outbox and queues, which are claimed across persons, on the coordinator", async () => {
    expect(
      await column(`select relname as name from (${spread}) t
        where spread <> 'local' and relname in ('notice', 'notice_attempt', 'declaration', 'audit_event')`),
    ).toEqual([]);
  });

  it("spreads the staging table of an import like its target, so that the merge is pushed down", async () => {
    expect(
      await column(`select relname as name from (${spread}) t where relname like '%\\_staging' and spread <> 'person'`),
    ).toEqual([]);
    expect(
      await column(`select a.attname as name from pg_attribute a
        where a.attrelid = 'visit_staging'::regclass and a.attname = 'person_id' and a.atttypid = 'bigint'::regtype`),
    ).toEqual(["person_id"]);
  });

  it("gives every constraint a name that can be told to a reader", async () => {
    expect(
      await column(`select k.conname as name from pg_constraint k join (${spread}) t on t.oid = k.conrelid
        where k.contype <> 'n' and k.conname !~ '^[a-z0-9_]+$' or k.conname ~ '(_key[0-9]*|_check[0-9]*|_fkey[0-9]*|_pkey)$'`),
    ).toEqual([]);
  });
});
