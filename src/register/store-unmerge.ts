import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../db/house.ts";
import { ACCOUNT_TABLES, type MovingTable } from "./rules-merge.ts";
import { keyObject, shapeOf } from "./store-merge.ts";

/** The way back of a merge: every row that it kept stands again as it stood, under the person it came from. */
interface Way {
  mergeId: string;
  /** The record that is restored, and the one in which its rows stand now. */
  mergedId: string;
  survivorId: string;
}

const list = (names: readonly string[], prefix = "") =>
  sql.join(names.map((name) => (prefix ? sql.ref(`${prefix}.${name}`) : sql.ref(name))));

function isNamed(key: readonly string[]): RawBuilder<unknown> {
  if (key.length === 0) return sql`true`;
  const same = key.map((name) => sql`${sql.ref(`t.${name}`)} = ${sql.ref(`k.${name}`)}`);
  return sql.join(same, sql` and `);
}

const rowsOf = (table: string, mergeId: string, fates: readonly string[], column: "key" | "before") => sql`
  person_merge_row m cross join lateral jsonb_populate_record(null::${sql.table(table)}, m.${sql.ref(column)}) k
  where m.merge_id = ${mergeId} and m.table_name = ${table} and m.fate = any(${[...fates]}::text[])`;

/** Copies back what moved, as it stands now, and what was changed or set aside, as it stood then. */
export async function copyBack(tx: Tx, way: Way, table: MovingTable): Promise<void> {
  const { key, rest } = await shapeOf(tx, table);
  const columns = [...key, ...rest];
  await sql`
    insert into ${sql.table(table)} (person_id, ${list(columns)})
    select ${way.mergedId}::bigint, ${list(columns, "t")} from ${sql.table(table)} t
     where t.person_id = ${way.survivorId}
       and exists (select from ${rowsOf(table, way.mergeId, ["moved"], "key")} and ${isNamed(key)})
     order by ${key.length > 0 ? list(key, "t") : sql.ref("t.person_id")}`.execute(tx);
  await sql`
    insert into ${sql.table(table)} (person_id, ${list(columns)})
    select ${way.mergedId}::bigint, ${list(columns, "k")}
      from ${rowsOf(table, way.mergeId, ["changed", "set_aside"], "before")}
    on conflict do nothing`.execute(tx);
}

/** What went back leaves the survivor: moved and changed rows; what was set aside never stood there. */
export async function deleteReturned(tx: Tx, way: Way, table: MovingTable): Promise<void> {
  const { key } = await shapeOf(tx, table);
  await sql`
    delete from ${sql.table(table)} t
     where t.person_id = ${way.survivorId}
       and exists (select from ${rowsOf(table, way.mergeId, ["moved", "changed"], "key")} and ${isNamed(key)})`.execute(
    tx,
  );
}

/** Keys lead back; one that was freed meanwhile is claimed again unless somebody else has it now. */
export async function returnKeys(tx: Tx, way: Way): Promise<void> {
  const keys = sql`select m.key->>'kind' as kind, m.key->>'key' as key from person_merge_row m
    where m.merge_id = ${way.mergeId} and m.table_name = 'person_key'`;
  await sql`
    update person_key p set person_id = ${way.mergedId} from (${keys}) k
     where p.kind = k.kind and p.key = k.key and p.person_id = ${way.survivorId}`.execute(tx);
  await sql`
    insert into person_key (kind, key, person_id) select k.kind, k.key, ${way.mergedId}::bigint from (${keys}) k
    on conflict do nothing`.execute(tx);
}

export async function idsMoved(tx: Tx, mergeId: string, name: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select m.key->>'id' as id from person_merge_row m
     where m.merge_id = ${mergeId} and m.table_name = ${name}`.execute(tx);
  return rows.map(({ id }) => id);
}

/**
 * Visits, cards and papers that came after the merge under one of the merged record's numbers belong to it: noted like
 * moved rows before the way back, with the keys of such cards.
 */
export async function noteArrivals(tx: Tx, way: Way, since: Date): Promise<void> {
  const next = sql`(select coalesce(max(row_no), 0) from person_merge_row where merge_id = ${way.mergeId}) + row_number() over ()`;
  const isOwnNumber = (number: RawBuilder<unknown>) => sql`exists (select from person_merge_row m
    where m.merge_id = ${way.mergeId} and m.table_name = 'person_key'
      and m.key->>'kind' in ('bhxh', 'personal_id', 'cmnd', 'card')
      and (m.key->>'key' = ${number}
        or (m.key->>'kind' = 'bhxh' and length(${number}) = 15 and m.key->>'key' = right(${number}, 10))))`;
  const isOwn = (card: string) => isOwnNumber(sql.ref(card));
  await sql`
    insert into person_merge_row (merge_id, row_no, table_name, fate, key)
    select ${way.mergeId}, ${next}, 'visit', 'moved', jsonb_build_object('visit_id', v.visit_id)
      from visit v
     where v.person_id = ${way.survivorId} and v.arrived_at > ${since} and ${isOwn("v.card_number")}
       and not exists (select from person_merge_row m where m.merge_id = ${way.mergeId} and m.table_name = 'visit'
                          and m.key->>'visit_id' = v.visit_id::text)`.execute(tx);
  await sql`
    insert into person_merge_row (merge_id, row_no, table_name, fate, key)
    select ${way.mergeId}, ${next}, 'benefit_document', 'moved', jsonb_build_object('document_id', d.document_id)
      from benefit_document d join source_file f on f.file_id = d.source_file_id
     where d.person_id = ${way.survivorId} and f.received_at > ${since} and ${isOwnNumber(paperNumber)}
       and not exists (select from person_merge_row m where m.merge_id = ${way.mergeId}
                          and m.table_name = 'benefit_document' and m.key->>'document_id' = d.document_id::text)`.execute(
    tx,
  );
  const cards = sql`select c.card_number, c.valid_from from health_card c
      join source_file f on f.file_id = c.source_file_id
     where c.person_id = ${way.survivorId} and f.received_at > ${since} and ${isOwn("c.card_number")}
       and not exists (select from person_merge_row m where m.merge_id = ${way.mergeId} and m.table_name = 'health_card'
                          and m.key->>'card_number' = c.card_number and (m.key->>'valid_from')::date = c.valid_from)`;
  await sql`
    insert into person_merge_row (merge_id, row_no, table_name, fate, key)
    select ${way.mergeId}, ${next}, 'person_key', 'moved', jsonb_build_object('kind', 'card', 'key', given.card_number)
      from (select distinct c.card_number from (${cards}) c) given
     where not exists (select from person_merge_row m where m.merge_id = ${way.mergeId} and m.table_name = 'person_key'
                          and m.key->>'key' = given.card_number and m.key->>'kind' = 'card')`.execute(tx);
  await sql`
    insert into person_merge_row (merge_id, row_no, table_name, fate, key)
    select ${way.mergeId}, ${next}, 'health_card', 'moved',
           jsonb_build_object('card_number', given.card_number, 'valid_from', given.valid_from)
      from (${cards}) given`.execute(tx);
}

/** The number by which a paper of a care facility found its person: as intake/document.ts reads it, the first that is written. */
const paperNumber = sql`upper(regexp_replace(coalesce(
  nullif(d.fields::jsonb->>'SO_CCCD', ''), nullif(d.fields::jsonb->>'MA_BHXH', ''), nullif(d.fields::jsonb->>'MA_THE', '')
), '[\\s.-]', '', 'g'))`;

/**
 * The account that came with the merged record goes back with everything that it got since: devices, passkeys, former
 * passwords. The survivor had none of its own. False where no account came.
 */
export async function noteAccountRows(tx: Tx, way: Way): Promise<boolean> {
  const came = await tx
    .selectFrom("person_merge_row")
    .select("row_no")
    .where("merge_id", "=", way.mergeId)
    .where("table_name", "=", "account")
    .where("fate", "=", "moved")
    .executeTakeFirst();
  if (!came) return false;
  for (const table of ACCOUNT_TABLES) {
    const { key } = await shapeOf(tx, table);
    await sql`
      insert into person_merge_row (merge_id, row_no, table_name, fate, key)
      select ${way.mergeId}, (select max(row_no) from person_merge_row where merge_id = ${way.mergeId})
             + row_number() over (), ${table}, 'moved', ${keyObject(key, "t")}
        from ${sql.table(table)} t
       where t.person_id = ${way.survivorId}
         and not exists (select from ${rowsOf(table, way.mergeId, ["moved"], "key")} and ${isNamed(key)})`.execute(tx);
  }
  return true;
}

/** Periods and benefits that came since the merge name no number, papers perhaps none of this record: who can tell whose they are? Answers how many. */
export async function countUnclaimed(tx: Tx, way: Way, since: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select (select count(*) from participation_period t join source_file f on f.file_id = t.source_file_id
             where t.person_id = ${way.survivorId} and f.received_at > ${since}
               and not exists (select from ${rowsOf("participation_period", way.mergeId, ["moved"], "key")}
                 and (t.fund, t.from_month, t.unit_code) = (k.fund, k.from_month, k.unit_code)))::integer
         + (select count(*) from benefit t join source_file f on f.file_id = t.source_file_id
             where t.person_id = ${way.survivorId} and f.received_at > ${since}
               and not exists (select from ${rowsOf("benefit", way.mergeId, ["moved"], "key")}
                 and (t.kind, t.decision_no, t.from_on) = (k.kind, k.decision_no, k.from_on)))::integer
         + (select count(*) from benefit_document t join source_file f on f.file_id = t.source_file_id
             where t.person_id = ${way.survivorId} and f.received_at > ${since}
               and not exists (select from ${rowsOf("benefit_document", way.mergeId, ["moved"], "key")}
                 and t.document_id = k.document_id))::integer as n`.execute(tx);
  return rows[0]?.n ?? 0;
}

/**
 * What merges keep of e-mail and postal addresses and of devices of these records, for the way back: it is forgotten, and
 * an undoing brings none of it back. How many rows that were.
 */
export async function forgetContactsOfMerges(tx: Tx, records: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from person_merge_row r using person_merge m
     where m.merge_id = r.merge_id and m.merged_id = any(${[...records]}::bigint[])
       and (r.table_name = 'contact_point' and r.key->>'kind' in ('email', 'address')
            or r.table_name = 'contact_change' and r.before->>'kind' = 'email'
            or r.table_name = 'device_seen')`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}
