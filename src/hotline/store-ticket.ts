/** Tickets and what was done with them. */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { amongMarks } from "../db/marks.ts";
import type { Priority } from "./rules-clock.ts";
import type { Proof } from "./rules-identify.ts";
import type { Channel, TicketState } from "./rules-ticket.ts";

export interface Ticket {
  id: string;
  code: string;
  category: string;
  priority: Priority;
  channel: Channel;
  state: TicketState;
  openedAt: Date;
  openedBy: string | null;
  answerBy: Date | null;
  personId: string | null;
  declarationId: string | null;
  unitCode: string | null;
  officeCode: string | null;
  assignedTo: string | null;
  reporterName: string | null;
  phone: string | null;
  email: string | null;
  lang: "vi" | "en";
  says: string;
  answeredAt: Date | null;
  answeredBy: string | null;
  answer: string | null;
  firstAnsweredAt: Date | null;
  reopened: number;
  escalatedAt: Date | null;
}

const columns = [
  "ticket_id as id",
  "code",
  "category",
  "priority",
  "channel",
  "state",
  "opened_at as openedAt",
  "opened_by as openedBy",
  "answer_by as answerBy",
  "person_id as personId",
  "declaration_id as declarationId",
  "unit_code as unitCode",
  "office_code as officeCode",
  "assigned_to as assignedTo",
  "reporter_name as reporterName",
  "phone",
  "email",
  "lang",
  "says",
  "answered_at as answeredAt",
  "answered_by as answeredBy",
  "answer",
  "first_answered_at as firstAnsweredAt",
  "reopened",
  "escalated_at as escalatedAt",
] as const;

export interface NewTicket {
  code: string;
  category: string;
  priority: Priority;
  channel: Channel;
  openedAt: Date;
  openedBy: string | null;
  answerBy: Date | null;
  lang: "vi" | "en";
  says: string;
  callId?: string | undefined;
  identifiedHow?: Proof | undefined;
  personId?: string | undefined;
  declarationId?: string | undefined;
  unitCode?: string | undefined;
  officeCode?: string | undefined;
  assignedTo?: string | undefined;
  reporterName?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  fromMark?: Buffer | undefined;
}

/** Undefined when the code is taken: the caller draws another. */
export async function insertTicket(tx: Tx, ticket: NewTicket): Promise<string | undefined> {
  const row = await tx
    .insertInto("ticket")
    .values({
      code: ticket.code,
      category: ticket.category,
      priority: ticket.priority,
      channel: ticket.channel,
      opened_at: ticket.openedAt,
      opened_by: ticket.openedBy,
      answer_by: ticket.answerBy,
      lang: ticket.lang,
      says: ticket.says,
      call_id: ticket.callId ?? null,
      identified_how: ticket.identifiedHow ?? null,
      person_id: ticket.personId ?? null,
      declaration_id: ticket.declarationId ?? null,
      unit_code: ticket.unitCode ?? null,
      office_code: ticket.officeCode ?? null,
      assigned_to: ticket.assignedTo ?? null,
      reporter_name: ticket.reporterName ?? null,
      phone: ticket.phone ?? null,
      email: ticket.email ?? null,
      from_mark: ticket.fromMark ?? null,
    })
    .onConflict((conflict) => conflict.column("code").doNothing())
    .returning("ticket_id")
    .executeTakeFirst();
  return row?.ticket_id;
}

export async function findTicket(db: Db | Tx, code: string): Promise<Ticket | undefined> {
  const row = await db.selectFrom("ticket").select(columns).where("code", "=", code).executeTakeFirst();
  return row as Ticket | undefined;
}

/** The same, held until the end of the transaction. */
export async function lockTicket(tx: Tx, code: string): Promise<Ticket | undefined> {
  const row = await tx.selectFrom("ticket").select(columns).where("code", "=", code).forUpdate().executeTakeFirst();
  return row as Ticket | undefined;
}

/** Whose tickets: `offices` "all" for the hotline itself; `escalated` those of the hotline that are late. */
export interface TicketScope {
  offices: readonly string[] | "all";
  withEscalated: boolean;
  staffId: string;
}

const inScope = ({ offices, withEscalated, staffId }: TicketScope) =>
  offices === "all"
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(office_code = any(${offices as string[]}::text[]) or assigned_to = ${staffId}
        or (${withEscalated} and office_code is null and escalated_at is not null))`;

export const QUEUE_SHOWS = ["own", "open", "late", "done"] as const;
export type QueueShow = (typeof QUEUE_SHOWS)[number];
export type OpenShow = Exclude<QueueShow, "done">;

const shown = (show: QueueShow, staffId: string, now: Date) =>
  ({
    own: sql<SqlBool>`state = 'open' and assigned_to = ${staffId}`,
    open: sql<SqlBool>`state = 'open'`,
    late: sql<SqlBool>`state = 'open' and answer_by < ${now}`,
    done: sql<SqlBool>`state <> 'open'`,
  })[show];

/** Open ones by their clock, those without one last; done ones the newest first. */
export async function listTickets(
  db: Db,
  scope: TicketScope,
  { show, now, limit }: { show: QueueShow; now: Date; limit: number },
): Promise<Ticket[]> {
  const some = db.selectFrom("ticket").select(columns).limit(limit);
  const open = () => some.where(inScope(scope)).where(shown(show, scope.staffId, now));
  const rows =
    show === "done"
      ? await some.where(newestDone(scope, limit)).orderBy("ticket_id", "desc").execute()
      : await open().orderBy(sql`answer_by nulls last`).orderBy("ticket_id").execute();
  return rows as Ticket[];
}

/** Each way into the scope by an index of its own: years of others' tickets are not gone through for the few of one desk. */
function newestDone({ offices, withEscalated, staffId }: TicketScope, limit: number) {
  const newest = (where: RawBuilder<unknown>) => sql`
    (select ticket_id from ticket where ${where} and state <> 'open' order by ticket_id desc limit ${limit})`;
  if (offices === "all") return sql<SqlBool>`ticket_id in ${newest(sql`true`)}`;
  const escalated = sql`union all ${newest(sql`office_code is null and escalated_at is not null`)}`;
  return sql<SqlBool>`ticket_id in (
    select of_office.ticket_id from unnest(${offices as string[]}::text[]) as office (code)
     cross join lateral ${newest(sql`office_code = office.code`)} of_office
    union all ${newest(sql`assigned_to = ${staffId}`)} ${withEscalated ? escalated : sql``})`;
}

/** Of those that are open: how many are done grows with the years, and nobody asks. */
export async function countTickets(db: Db, scope: TicketScope, now: Date): Promise<Record<OpenShow, number>> {
  const count = (show: OpenShow) => sql`count(*) filter (where ${shown(show, scope.staffId, now)})::integer`;
  const { rows } = await sql<Record<OpenShow, number>>`
    select ${count("own")} as own, ${count("open")} as open, ${count("late")} as late
      from ticket where state = 'open' and ${inScope(scope)}`.execute(db);
  return rows[0] ?? { own: 0, open: 0, late: 0 };
}

/** What is late, for the bar on top of the desk. */
export async function countLate(db: Db, scope: TicketScope, now: Date): Promise<number> {
  const row = await db
    .selectFrom("ticket")
    .select((select) => select.fn.countAll<string>().as("n"))
    .where(inScope(scope))
    .where(shown("late", scope.staffId, now))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Of somebody's records and files, the newest first. */
export async function ticketsAbout(
  db: Db,
  about: { personIds: readonly string[]; declarationIds: readonly string[] },
  limit: number,
): Promise<Ticket[]> {
  const rows = await db
    .selectFrom("ticket")
    .select(columns)
    .where(
      sql<SqlBool>`(person_id = any(${about.personIds as string[]}::bigint[])
        or declaration_id = any(${about.declarationIds as string[]}::bigint[]))`,
    )
    .orderBy("ticket_id", "desc")
    .limit(limit)
    .execute();
  return rows as Ticket[];
}

/** What a unit reported itself; never what its people reported. */
export async function ticketsOfUnits(db: Db, unitCodes: readonly string[], limit: number): Promise<Ticket[]> {
  if (unitCodes.length === 0) return [];
  const rows = await db
    .selectFrom("ticket")
    .select(columns)
    .where("channel", "=", "unit")
    .where("unit_code", "in", [...unitCodes])
    .orderBy("ticket_id", "desc")
    .limit(limit)
    .execute();
  return rows as Ticket[];
}

type Changes = Partial<{
  priority: Priority;
  answer_by: Date | null;
  office_code: string | null;
  assigned_to: string | null;
  state: TicketState;
  answered_at: Date | null;
  answered_by: string | null;
  answer: string | null;
  first_answered_at: Date;
  reopened: number;
  escalated_at: Date | null;
}>;

export async function changeTicket(tx: Tx, id: string, to: Changes): Promise<void> {
  await tx.updateTable("ticket").set(to).where("ticket_id", "=", id).execute();
}

export type TicketEventKind =
  | "opened"
  | "taken"
  | "noted"
  | "handed_over"
  | "priority"
  | "answered"
  | "reopened"
  | "closed"
  | "escalated";

export interface TicketEvent {
  at: Date;
  kind: TicketEventKind;
  staffId: string | null;
  says: string;
  detail: Record<string, string>;
}

/** The next line of a ticket that is locked, or new. */
export async function addTicketEvent(tx: Tx, ticketId: string, event: TicketEvent): Promise<void> {
  await sql`
    insert into ticket_event (ticket_id, seq, at, kind, staff_id, says, detail)
    select ${ticketId}, coalesce(max(seq), 0) + 1, ${event.at}, ${event.kind}, ${event.staffId}, ${event.says},
           ${JSON.stringify(event.detail)}::jsonb
      from ticket_event where ticket_id = ${ticketId}`.execute(tx);
}

export async function ticketEvents(db: Db, ticketId: string): Promise<TicketEvent[]> {
  const rows = await db
    .selectFrom("ticket_event")
    .select(["at", "kind", "staff_id as staffId", "says", "detail"])
    .where("ticket_id", "=", ticketId)
    .orderBy("seq", "desc")
    .execute();
  return rows as unknown as TicketEvent[];
}

/** When a ticket was opened, or was opened again last. */
export async function openSince(tx: Tx, { id, openedAt, reopened }: Ticket): Promise<Date> {
  if (reopened === 0) return openedAt;
  const row = await tx
    .selectFrom("ticket_event")
    .select((select) => select.fn.max("at").as("at"))
    .where("ticket_id", "=", id)
    .where("kind", "=", "reopened")
    .executeTakeFirst();
  return row?.at ?? openedAt;
}

/** Open tickets whose clock has run out and that nobody was told of: marked, once each. */
export async function takeLate(tx: Tx, now: Date, limit: number): Promise<{ id: string; code: string }[]> {
  const { rows } = await sql<{ id: string; code: string }>`
    update ticket set escalated_at = ${now} where ticket_id in (
      select ticket_id from ticket
       where state = 'open' and answer_by < ${now} and escalated_at is null
       order by answer_by limit ${limit} for update skip locked)
    returning ticket_id as id, code`.execute(tx);
  return rows;
}

export interface RecentReports {
  addressThisHour: number;
  contactToday: number;
  allThisHour: number;
}

export async function countReports(
  tx: Tx,
  of: { fromMarks: readonly Buffer[]; phone: string | undefined; email: string | undefined },
  now: Date,
): Promise<RecentReports> {
  const hourAgo = new Date(now.getTime() - 3600_000);
  const dayAgo = new Date(now.getTime() - 86_400_000);
  const { rows } = await sql<Record<keyof RecentReports, string>>`
    select count(*) filter (where from_mark ${amongMarks(of.fromMarks)} and opened_at > ${hourAgo}) as "addressThisHour",
           count(*) filter (where phone = ${of.phone ?? null}::text or email = ${of.email ?? null}::text) as "contactToday",
           count(*) filter (where opened_at > ${hourAgo}) as "allThisHour"
      from ticket where channel = 'web' and opened_at > ${dayAgo}`.execute(tx);
  const n = (key: keyof RecentReports) => Number(rows[0]?.[key] ?? 0);
  return { addressThisHour: n("addressThisHour"), contactToday: n("contactToday"), allThisHour: n("allThisHour") };
}
