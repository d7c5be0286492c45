/** Tickets and what was done with them. */
import { type SqlBool, sql } from "kysely";
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
  const some = db
    .selectFrom("ticket")
    .select(columns)
    .where(inScope(scope))
    .where(shown(show, scope.staffId, now))
    .limit(limit);
  const rows =
    show === "done"
      ? await some.orderBy("ticket_id", "desc").execute()
      : await some.orderBy(sql`answer_by nulls last`).orderBy("ticket_id").execute();
  return rows as Ticket[];
}

export async function countTickets(db: Db, scope: TicketScope, now: Date): Promise<Record<QueueShow, number>> {
  const { rows } = await sql<Record<QueueShow, string>>`
    select count(*) filter (where ${shown("own", scope.staffId, now)}) as own,
           count(*) filter (where ${shown("open", scope.staffId, now)}) as open,
           count(*) filter (where ${shown("late", scope.staffId, now)}) as late,
           count(*) filter (where ${shown("done", scope.staffId, now)}) as done
      from ticket where ${inScope(scope)}`.execute(db);
  const counts = Object.entries(rows[0] ?? {}).map(([show, n]) => [show, Number(n)]);
  return Object.fromEntries(counts) as Record<QueueShow, number>;
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
