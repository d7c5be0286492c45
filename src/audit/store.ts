import { CompiledQuery, sql } from "kysely";
import type pg from "pg";
import type { Db, Tx } from "../db/house.ts";
import type { AuditRow, ChainedEvent } from "./rules.ts";

/** One statement of one text, however many rows: a batch of a thousand looks costs one parameter. */
const INSERT = `
  insert into audit_event (at, actor_kind, actor_id, action, purpose, person_id, object_kind, object_id, office_code, detail)
  select at, actor_kind, actor_id, action, purpose, person_id, object_kind, object_id, office_code, detail
    from jsonb_to_recordset($1::jsonb) as event (
      at timestamptz, actor_kind text, actor_id bigint, action text, purpose text, person_id bigint,
      object_kind text, object_id text, office_code text, detail jsonb)`;

export async function insertEvents(db: Db | Tx, rows: readonly AuditRow[]): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(INSERT, [JSON.stringify(rows)]));
}

/** The same, for which everybody waits who reads: parsed and planned once a connection. */
export async function insertLooks(pool: pg.Pool, rows: readonly AuditRow[]): Promise<void> {
  await pool.query({ name: "insert_looks", text: INSERT, values: [JSON.stringify(rows)] });
}

/** Whether this was ever done to this object of a person. */
export async function isOnRecord(
  tx: Tx,
  { personId, action, object }: { personId: string; action: string; object: { kind: string; id: string } },
): Promise<boolean> {
  const row = await tx
    .selectFrom("audit_event")
    .select("event_id")
    .where("person_id", "=", personId)
    .where("action", "=", action)
    .where("object_kind", "=", object.kind)
    .where("object_id", "=", object.id)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The last looks at one person, newest first, with the name of the office that looked: by others, guardians among
 * them, or by the person. Several records: those that were merged into one.
 */
export async function looksAt(
  db: Db,
  personIds: readonly string[],
  by: "others" | "self",
  limit: number,
  within: LookRange = {},
) {
  let query = looksOf(db, personIds).where(by === "self" ? isOwn : sql<boolean>`not ${isOwn}`);
  if (within.from) query = query.where("event.at", ">=", within.from);
  if (within.to) query = query.where("event.at", "<", within.to);
  if (within.before) query = query.where("event.event_id", "<", within.before);
  if (within.hidesSensitive) query = query.where(sql<boolean>`not ${tellsOfCare}`);
  return query.orderBy("event.event_id", "desc").limit(limit).execute();
}

/** Part of the looks: of a time, older than one of them, without those that tell of private care. */
export interface LookRange {
  from?: Date;
  to?: Date;
  before?: string;
  hidesSensitive?: boolean;
}

/** Every look and deed at a person, whoever did it, newest first, a batch at a time. */
export async function everyLook(db: Db, personIds: readonly string[], before: string | undefined, limit: number) {
  const all = looksOf(db, personIds).orderBy("event.event_id", "desc").limit(limit);
  return (before ? all.where("event.event_id", "<", before) : all).execute();
}

/** Months, newest first, in which others looked, with how often: "2026-11" of Viet Nam. */
export async function monthsOfLooks(
  db: Db,
  personIds: readonly string[],
  { limit, hidesSensitive }: { limit: number; hidesSensitive: boolean },
) {
  const month = sql<string>`to_char(event.at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM')`;
  const rows = await db
    .selectFrom("audit_event as event")
    .select([month.as("month"), (e) => e.fn.countAll<string>().as("looks")])
    .where("event.person_id", "in", [...personIds])
    .where(sql<boolean>`not ${isOwn}`)
    .$if(hidesSensitive, (all) => all.where(sql<boolean>`not ${tellsOfCare}`))
    .groupBy(month)
    .orderBy(month, "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ month: row.month, looks: Number(row.looks) }));
}

function looksOf(db: Db, personIds: readonly string[]) {
  return db
    .selectFrom("audit_event as event")
    .leftJoin("bhxh_office as office", "office.office_code", "event.office_code")
    .select([
      "event.event_id",
      "event.at",
      "event.actor_kind",
      "event.actor_id",
      "event.action",
      "event.purpose",
      "office.name as office_name",
    ])
    .where("event.person_id", "in", [...personIds]);
}

/** Who looked at copies of ID papers, the newest first; a person who was looked at sees the same rows. */
export async function looksAtPapers(db: Db, copyIds: readonly string[], limit: number) {
  if (copyIds.length === 0) return [];
  return db
    .selectFrom("audit_event")
    .select(["at", "actor_id", "object_id"])
    .where("object_kind", "=", sql.lit("id_paper_copy"))
    .where("object_id", "in", [...copyIds])
    .orderBy("event_id", "desc")
    .limit(limit)
    .execute();
}

/** A deed of the person on their own record; whoever acts for them is another. */
const isOwn = sql<boolean>`(event.actor_kind = 'citizen' and event.actor_id is not distinct from event.person_id)`;

/** The name of the deed alone says what somebody is treated for. */
const tellsOfCare = sql<boolean>`event.action = 'read_hiv'`;

/** What somebody read of the records of people for whom they act, newest first. */
export async function actedFor(db: Db, actorId: string, limit: number) {
  return db
    .selectFrom("audit_event")
    .select(["event_id", "at", "action", "person_id"])
    .where("actor_kind", "=", "citizen")
    .where("actor_id", "=", actorId)
    .whereRef("person_id", "!=", "actor_id")
    .orderBy("event_id", "desc")
    .limit(limit)
    .execute();
}

const CHAIN_LOCK = 7_330_006;

/** One sealer at a time, whatever the number of processes: held to the end of the transaction. */
export async function lockChain(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${CHAIN_LOCK})`.execute(tx);
}

export async function lastLink(tx: Db | Tx): Promise<{ link_no: string; hash: Buffer } | undefined> {
  return tx.selectFrom("audit_link").select(["link_no", "hash"]).orderBy("link_no", "desc").limit(1).executeTakeFirst();
}

/** How far the events go, and which transactions (by number) were under way: those from `oldest` up to `next`. */
export async function reachOfEvents(db: Db): Promise<{ top: string; oldest: bigint; next: bigint }> {
  const { rows } = await sql<Record<"top" | "oldest" | "next", string>>`
    select coalesce(max(event_id), 0)::text as top, pg_snapshot_xmin(pg_current_snapshot())::text as oldest,
           pg_snapshot_xmax(pg_current_snapshot())::text as next
      from audit_event`.execute(db);
  const [said] = rows;
  if (!said) throw new Error("no answer about the events");
  return { top: said.top, oldest: BigInt(said.oldest), next: BigInt(said.next) };
}

/** Events with a number beyond `after` that no link holds yet, oldest first. */
export async function unchainedEvents(tx: Tx, after: string, limit: number): Promise<ChainedEvent[]> {
  return tx
    .selectFrom("audit_event as event")
    .leftJoin("audit_link as link", (join) =>
      join.onRef("link.event_id", "=", "event.event_id").on("link.event_id", ">", after),
    )
    .select(eventColumns)
    .where("event.event_id", ">", after)
    .where("link.event_id", "is", null)
    .orderBy("event.event_id")
    .limit(limit)
    .execute();
}

/** The next links, from number `first` on. */
export async function insertLinks(
  tx: Tx,
  first: bigint,
  links: readonly { event_id: string; hash: Buffer }[],
): Promise<void> {
  const [events, hashes] = [links.map((link) => link.event_id), links.map((link) => link.hash.toString("hex"))];
  await sql`
    insert into audit_link (link_no, event_id, hash)
    select ${String(first)}::bigint + made.at - 1, made.event_id, decode(made.hash, 'hex')
      from unnest(${events}::bigint[], ${hashes}::text[]) with ordinality as made (event_id, hash, at)
  `.execute(tx);
}

/** A link and its event; the event's columns are null when it is gone. */
export interface ChainedLink extends ChainedEvent {
  link_no: string;
  hash: Buffer;
}

/** Links with their events after a link number, in order. */
export async function linksAfter(db: Db | Tx, linkNo: string, limit: number): Promise<ChainedLink[]> {
  const rows = await db
    .selectFrom("audit_link as link")
    .leftJoin("audit_event as event", "event.event_id", "link.event_id")
    .select(["link.link_no", "link.hash"])
    .select(eventColumns)
    .where("link.link_no", ">", linkNo)
    .orderBy("link.link_no")
    .limit(limit)
    .execute();
  return rows as ChainedLink[];
}

/** Links that stand together with their events, as the database tells them. */
export interface Chunk {
  /** What is hashed of each (`linkText`), in order. */
  texts: string[];
  /** The hash of each, hex. */
  hashes: string[];
}

const NEW_LINE = sql.lit("\n");
const asWord = (column: string) => sql`coalesce(to_json(event.${sql.ref(column)})::text, 'null')`;
const asNumber = (column: string) => sql`coalesce('"' || event.${sql.ref(column)} || '"', 'null')`;

/**
 * `linkText` of the links after one number and up to another, made by the database: rows travel as two long texts. A
 * link whose event is gone is left out. JSON writes no line's end, so that none can stand for two. Events lie nearly in
 * the order of their links: what is read is the range of their numbers, not a row at a time, nor the whole table.
 */
export async function chunkAfter(db: Db | Tx, after: bigint, upTo: bigint): Promise<Chunk> {
  const { rows } = await sql<Record<keyof Chunk, string | null>>`
    with chunk as materialized (
      select link_no, event_id, hash from audit_link
       where link_no > ${String(after)}::bigint and link_no <= ${String(upTo)}::bigint
    ), reach as (select min(event_id) as least, max(event_id) as most from chunk)
    select string_agg(chained.text, ${NEW_LINE} order by link_no) as texts,
           string_agg(encode(hash, 'hex'), ${NEW_LINE} order by link_no) as hashes
      from (select link.link_no, link.hash,
                   concat('["', link.link_no, '","', event.event_id, '","',
                     to_char(event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '",',
                     ${asWord("actor_kind")}, ',', ${asNumber("actor_id")}, ',', ${asWord("action")}, ',', ${asWord("purpose")}, ',',
                     ${asNumber("person_id")}, ',', ${asWord("object_kind")}, ',', ${asWord("object_id")}, ',',
                     ${asWord("office_code")}, ',', to_json(event.detail::text), ']') as text
              from chunk link join audit_event event on event.event_id = link.event_id
             where event.event_id between (select least from reach) and (select most from reach)) as chained`.execute(
    db,
  );
  const { texts = null, hashes = null } = rows[0] ?? {};
  return { texts: texts?.split("\n") ?? [], hashes: hashes?.split("\n") ?? [] };
}

/** How many events, older than `before`, no link holds: 0 when the sealer runs. */
export async function countUnchained(db: Db | Tx, before: Date): Promise<number> {
  const row = await db
    .selectFrom("audit_event as event")
    .leftJoin("audit_link as link", "link.event_id", "event.event_id")
    .select((e) => e.fn.countAll<string>().as("n"))
    .where("link.event_id", "is", null)
    .where("event.at", "<", before)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

const eventColumns = [
  "event.event_id",
  "event.at",
  "event.actor_kind",
  "event.actor_id",
  "event.action",
  "event.purpose",
  "event.person_id",
  "event.object_kind",
  "event.object_id",
  "event.office_code",
  sql<string>`event.detail::text`.as("detail"),
] as const;
