/** Tables of one kind, for the benches of the import: made-up rows, and the same rows for a COPY without any reading. */
import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { MadeFile } from "../src/generate/files.ts";

/** One CSV of all made-up files of participation: as many rows as they hold. */
export function oneTable(files: readonly MadeFile[]): { name: string; bytes: Buffer; rows: number } {
  const parts = files.filter(({ kind }) => kind === "participation").map(({ bytes }) => bytes.toString("utf8"));
  const [header = ""] = (parts[0] ?? "").split("\n", 1);
  const rows = parts.flatMap((text) => text.trimEnd().split("\n").slice(1));
  return { name: "participation.csv", bytes: Buffer.from(`${header}\n${rows.join("\n")}\n`), rows: rows.length };
}

const COLUMNS = `person_id, fund, from_month, to_month, unit_code, unit_name, title, workplace, salary_kind, salary,
  contribution_base, rate, object_type, status, source_file_id, source_record`;

/** What stands in the table now, as the text of a COPY. */
export async function readLines(owner: pg.Pool): Promise<Buffer> {
  const { rows } = await owner.query<{ line: string }>(
    `select concat_ws(e'\\t', ${COLUMNS.split(",")
      .map((name) => `coalesce(replace(${name.trim()}::text, e'\\t', ' '), '\\N')`)
      .join(", ")}) as line from participation_period`,
  );
  return Buffer.from(`${rows.map(({ line }) => line).join("\n")}\n`);
}

/** What `\copy` of psql does: lines into the same table with the same keys. */
export async function copyLines(owner: pg.Pool, lines: Buffer): Promise<void> {
  const client = await owner.connect();
  try {
    const copy = client.query(copyFrom(`copy participation_period (${COLUMNS}) from stdin`));
    copy.end(lines);
    await finished(copy);
  } finally {
    client.release();
  }
}

/**
 * Bytes of a visit as it is kept (table and keys), against one row a visit and one row a cost line: what a schema that
 * mirrors the claim tables takes, with the key that every list needs.
 */
export async function measureVisits(owner: pg.Pool): Promise<{ ours: number; normalised: number; lines: number }> {
  await owner.query(`
    create temporary table plain_visit as select person_id, visit_id, facility_code, episode_key, admitted_at,
      discharged_at, care_type, entitlement_code, card_number, main_code, other_codes, diagnosis, outcome,
      discharge_kind, total, in_scope, fund_paid, co_paid, self_paid, other_paid, declared, results, notes, flags,
      is_sensitive, spec, source_file_id, source_record, raw_sha256, arrived_at, rest_sha256 from visit;
    alter table plain_visit add primary key (person_id, visit_id);
    create index on plain_visit (person_id, admitted_at desc, visit_id);
    create temporary table plain_item as
      select v.person_id, v.visit_id, (i.item->>0)::integer as line, i.item->>1 as kind, i.item->>2 as cost_group,
             i.item->>3 as code, i.item->>4 as name, i.item->>5 as unit, (i.item->>6)::numeric as quantity,
             (i.item->>7)::numeric as price, (i.item->>8)::numeric as rate, (i.item->>9)::numeric as total,
             (i.item->>10)::numeric as fund, (i.item->>11)::numeric as co, (i.item->>12)::numeric as self,
             (i.item->>13)::numeric as other
        from visit v, jsonb_array_elements(v.items::jsonb) as i (item);
    alter table plain_item add primary key (person_id, visit_id, line, kind)`);
  const { rows } = await owner.query<{ ours: string; normalised: string; visits: string; lines: string }>(`
    select pg_total_relation_size('visit') as ours, (select count(*) from visit) as visits,
           pg_total_relation_size('plain_visit') + pg_total_relation_size('plain_item') as normalised,
           (select count(*) from plain_item) as lines`);
  await owner.query("drop table plain_visit, plain_item");
  const [{ ours = "0", normalised = "0", visits = "1", lines = "0" } = {}] = rows;
  const each = (total: string) => Number(total) / Number(visits);
  return { ours: each(ours), normalised: each(normalised), lines: each(lines) };
}
