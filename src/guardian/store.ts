import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { LinkStatus, LinkTime, Relation, WardTime } from "./rules.ts";

/** Links between guardians and wards. Each row lies with the ward. */
export interface Link extends LinkTime {
  linkId: string;
  guardianId: string;
  relation: Relation;
  paperId: string;
  declarationId: string | null;
  askedBy: string | null;
  askedAt: Date | null;
  madeAt: Date;
  endedAt: Date | null;
  endReason: string | null;
  ward: WardOfLink;
}

export interface WardOfLink extends WardTime {
  personId: string;
  publicId: string;
  fullName: string;
}

const columns = [
  "link.link_id as linkId",
  "link.guardian_id as guardianId",
  "link.relation",
  "link.paper_id as paperId",
  "link.ends_by_age as endsByAge",
  "link.from_on as fromOn",
  "link.last_on as lastOn",
  "link.declaration_id as declarationId",
  "link.status",
  "link.asked_by as askedBy",
  "link.asked_at as askedAt",
  "link.made_at as madeAt",
  "link.ended_at as endedAt",
  "link.end_reason as endReason",
  "person.person_id as personId",
  "person.public_id as publicId",
  "person.full_name as fullName",
  "person.birth_on as birthOn",
  "person.birth_precision as birthPrecision",
  "person.died_on as diedOn",
] as const;

type Row = Awaited<ReturnType<ReturnType<typeof links>["executeTakeFirstOrThrow"]>>;

const links = (db: Db | Tx) =>
  db.selectFrom("guardianship as link").innerJoin("person", "person.person_id", "link.person_id").select(columns);

function linkOf(row: Row): Link {
  const { personId, publicId, fullName, birthOn, birthPrecision, diedOn, ...link } = row;
  const precision = birthPrecision as WardTime["birthPrecision"];
  return {
    ...link,
    relation: link.relation as Relation,
    status: link.status as LinkStatus,
    ward: { personId, publicId, fullName, birthOn, birthPrecision: precision, diedOn },
  };
}

/** The open link of two people, whatever it is worth today. `ward`: by the register's id, or by the public one. */
export async function findOpenLink(
  db: Db | Tx,
  guardianId: string,
  ward: { personId: string } | { publicId: string },
): Promise<Link | undefined> {
  const open = links(db).where("link.guardian_id", "=", guardianId).where("link.status", "=", "active");
  const row = await ("personId" in ward
    ? open.where("link.person_id", "=", ward.personId)
    : open.where("person.public_id", "=", ward.publicId)
  ).executeTakeFirst();
  return row && linkOf(row);
}

/** For whom somebody acts or acted, the open links first. */
export async function linksOfGuardian(db: Db | Tx, guardianId: string): Promise<Link[]> {
  const rows = await ordered(links(db).where("link.guardian_id", "=", guardianId)).execute();
  return rows.map(linkOf);
}

/** Who acts or acted for somebody. */
export async function linksOfWard(db: Db | Tx, wardId: string): Promise<Link[]> {
  const rows = await ordered(links(db).where("link.person_id", "=", wardId)).execute();
  return rows.map(linkOf);
}

const ordered = (query: ReturnType<typeof links>) =>
  query
    .orderBy("link.ended_at", (order) => order.desc().nullsFirst())
    .orderBy("link.made_at")
    .orderBy("link.link_id");

/** The link under lock: every decision about it starts here. Read once it is held, so that the ward's row is no older. */
export async function lockLink(tx: Tx, linkId: string): Promise<Link | undefined> {
  const held = await tx
    .selectFrom("guardianship")
    .select("link_id")
    .where("link_id", "=", linkId)
    .forUpdate()
    .executeTakeFirst();
  return held && findLink(tx, linkId);
}

export async function findLink(db: Db | Tx, linkId: string): Promise<Link | undefined> {
  const [link] = await findLinks(db, [linkId]);
  return link;
}

export async function findLinks(db: Db | Tx, linkIds: readonly string[]): Promise<Link[]> {
  if (linkIds.length === 0) return [];
  const rows = await links(db)
    .where("link.link_id", "in", [...linkIds])
    .execute();
  return rows.map(linkOf);
}

/** What waits for somebody else's confirmation, oldest first. */
export async function askedLinks(db: Db, limit: number): Promise<Link[]> {
  const rows = await links(db)
    .where("link.asked_at", "is not", null)
    .where("link.status", "in", ["proposed", "blocked"])
    .orderBy("link.asked_at")
    .limit(limit)
    .execute();
  return rows.map(linkOf);
}

export interface NewLink {
  linkId: string;
  wardId: string;
  guardianId: string;
  relation: Relation;
  paperId: string;
  endsByAge: boolean;
  fromOn: string;
  lastOn: string | null;
  declarationId: string | null;
  status: "proposed" | "active";
  askedBy: string | null;
  at: Date;
}

/** False when the two have an open link already: of several made at the same moment one is kept. */
export async function insertLink(tx: Tx, link: NewLink): Promise<boolean> {
  const row = await tx
    .insertInto("guardianship")
    .values({
      person_id: link.wardId,
      link_id: link.linkId,
      guardian_id: link.guardianId,
      relation: link.relation,
      paper_id: link.paperId,
      ends_by_age: link.endsByAge,
      from_on: link.fromOn,
      last_on: link.lastOn,
      declaration_id: link.declarationId,
      status: link.status,
      asked_by: link.askedBy,
      asked_at: link.askedBy ? link.at : null,
      made_at: link.at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["person_id", "guardian_id"])
        .where(sql.ref("status"), "in", sql`('proposed', 'active', 'blocked')`)
        .doNothing(),
    )
    .returning("link_id")
    .executeTakeFirst();
  return row !== undefined;
}

export interface LinkChange {
  status: LinkStatus;
  /** Who asks for something that another must confirm; null: nothing is asked any more. */
  askedBy?: string | null;
  endReason?: string;
}

/** Moves a locked link. */
export async function moveLink(tx: Tx, link: Link, change: LinkChange, at: Date): Promise<void> {
  const { status, askedBy = null, endReason } = change;
  await tx
    .updateTable("guardianship")
    .set({
      status,
      asked_by: askedBy,
      asked_at: askedBy ? at : null,
      ...(endReason ? { ended_at: at, end_reason: endReason } : {}),
    })
    .where("person_id", "=", link.ward.personId)
    .where("link_id", "=", link.linkId)
    .execute();
}

export type LinkEventKind =
  | "declared"
  | "proposed"
  | "confirmed"
  | "rejected"
  | "blocked"
  | "unblock_asked"
  | "unblock_refused"
  | "unblocked"
  | "ended";

export interface LinkEvent {
  kind: LinkEventKind;
  at: Date;
  staffId: string | null;
  officeCode: string | null;
  paperId: string | null;
  reason: string;
}

export async function appendEvent(
  tx: Tx,
  link: { wardId: string; linkId: string },
  event: Pick<LinkEvent, "kind" | "at"> & Partial<LinkEvent>,
): Promise<void> {
  await sql`
    insert into guardianship_event (person_id, link_id, seq, kind, at, staff_id, office_code, paper_id, reason)
    select ${link.wardId}, ${link.linkId}, coalesce(max(seq), 0) + 1, ${event.kind}, ${event.at}::timestamptz,
           ${event.staffId ?? null}::bigint, ${event.officeCode ?? null}, ${event.paperId ?? null}::uuid, ${event.reason ?? ""}
      from guardianship_event where person_id = ${link.wardId} and link_id = ${link.linkId}
  `.execute(tx);
}

/** The office that dealt last with a link of this ward. */
export async function officeOfWard(db: Db, wardId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("guardianship_event")
    .select("office_code")
    .where("person_id", "=", wardId)
    .where("office_code", "is not", null)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.office_code ?? undefined;
}

export async function eventsOf(db: Db, link: Link): Promise<LinkEvent[]> {
  const rows = await db
    .selectFrom("guardianship_event")
    .select(["kind", "at", "staff_id as staffId", "office_code as officeCode", "paper_id as paperId", "reason"])
    .where("person_id", "=", link.ward.personId)
    .where("link_id", "=", link.linkId)
    .orderBy("seq")
    .execute();
  return rows as LinkEvent[];
}
