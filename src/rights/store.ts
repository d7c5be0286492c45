import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { bumpVersion } from "../db/person-version.ts";
import type { Extension, RequestOutcome, Right } from "./rules.ts";

/** Requests over one's data, and the rows that deleting deletes. */
export interface DataRequest {
  personId: string;
  requestId: string;
  kind: Right;
  says: string;
  openedAt: Date;
  answerBy: string;
  dueOn: string;
  officeCode: string;
  takenAt: Date | null;
  decidedAt: Date | null;
  outcome: RequestOutcome | null;
  answer: string | null;
  withdrawnAt: Date | null;
  thirdAt: Date | null;
  moreAt: Date | null;
  extensionSays: string | null;
}

const columns = [
  "data_request.person_id as personId",
  "request_id as requestId",
  "data_request.kind",
  "says",
  "opened_at as openedAt",
  "answer_by as answerBy",
  "due_on as dueOn",
  "office_code as officeCode",
  "taken_at as takenAt",
  "decided_at as decidedAt",
  "outcome",
  "answer",
  "withdrawn_at as withdrawnAt",
  "third_at as thirdAt",
  "more_at as moreAt",
  "extension_says as extensionSays",
] as const;

/** False when one is open already. */
export async function insertRequest(
  tx: Tx,
  request: Pick<
    DataRequest,
    "personId" | "requestId" | "kind" | "says" | "openedAt" | "answerBy" | "dueOn" | "officeCode"
  >,
): Promise<boolean> {
  const row = await tx
    .insertInto("data_request")
    .values({
      person_id: request.personId,
      request_id: request.requestId,
      kind: request.kind,
      says: request.says,
      opened_at: request.openedAt,
      answer_by: request.answerBy,
      due_on: request.dueOn,
      office_code: request.officeCode,
    })
    .onConflict((conflict) =>
      conflict.columns(["person_id"]).where("decided_at", "is", null).where("withdrawn_at", "is", null).doNothing(),
    )
    .returning("request_id")
    .executeTakeFirst();
  return row !== undefined;
}

const SHOWN_MOST = 50;

/** A person's requests, the newest first. */
export async function requestsOf(db: Db, personId: string, most = SHOWN_MOST): Promise<DataRequest[]> {
  const rows = await db
    .selectFrom("data_request")
    .select(columns)
    .where("person_id", "=", personId)
    .orderBy("opened_at", "desc")
    .orderBy("request_id")
    .limit(most)
    .execute();
  return rows as DataRequest[];
}

export interface RequestAtDesk extends DataRequest {
  personName: string;
}

/** Unanswered requests of these offices, the one due first on top. */
export async function openRequests(db: Db, officeCodes: readonly string[], limit: number): Promise<RequestAtDesk[]> {
  const rows = await db
    .selectFrom("data_request")
    .innerJoin("person", "person.person_id", "data_request.person_id")
    .select(columns)
    .select("person.full_name as personName")
    .where("office_code", "in", [...officeCodes])
    .where("decided_at", "is", null)
    .where("withdrawn_at", "is", null)
    .orderBy("due_on")
    .orderBy("opened_at")
    .limit(limit)
    .execute();
  return rows as RequestAtDesk[];
}

export async function lockRequest(tx: Tx, requestId: string): Promise<DataRequest | undefined> {
  const row = await tx
    .selectFrom("data_request")
    .select(columns)
    .where("request_id", "=", requestId)
    .forUpdate()
    .executeTakeFirst();
  return row as DataRequest | undefined;
}

const onOne = (tx: Tx, { personId, requestId }: Pick<DataRequest, "personId" | "requestId">) =>
  tx.updateTable("data_request").where("person_id", "=", personId).where("request_id", "=", requestId);

export async function saveTaken(tx: Tx, request: DataRequest, by: string, at: Date): Promise<void> {
  await onOne(tx, request).set({ taken_at: at, taken_by: by }).execute();
}

export async function saveWithdrawn(tx: Tx, request: DataRequest, at: Date): Promise<void> {
  await onOne(tx, request).set({ withdrawn_at: at }).execute();
}

export async function saveDecision(
  tx: Tx,
  request: DataRequest,
  decision: { outcome: RequestOutcome; answer: string; by: string; at: Date },
): Promise<void> {
  const { outcome, answer, by, at } = decision;
  await onOne(tx, request).set({ outcome, answer, decided_at: at, decided_by: by }).execute();
}

/** The longer term: another last day, and why. */
export async function saveExtension(
  tx: Tx,
  request: DataRequest,
  extension: { why: Extension; says: string; dueOn: string; at: Date },
): Promise<void> {
  const { why, says, dueOn, at } = extension;
  const when = why === "third" ? { third_at: at } : { more_at: at };
  await onOne(tx, request)
    .set({ ...when, extension_says: says, due_on: dueOn })
    .execute();
}

export interface Rung {
  clock: "answer" | "deed";
  mark: "half" | "four_fifths" | "over";
  requests: number;
}

/**
 * Rings each mark that a running clock has passed, once: half and four fifths of the time from the asking to the end of
 * the last day in Viet Nam, and its end. How many requests by clock and mark are new.
 */
export async function ringMarks(tx: Tx, now: Date): Promise<Rung[]> {
  const { rows } = await sql<Rung>`
    with running as (
      select person_id, request_id, clock, last_day, opened_at,
             ((last_day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh') - opened_at as span
        from data_request, lateral (values ('answer', answer_by), ('deed', due_on)) as one (clock, last_day)
       where decided_at is null and withdrawn_at is null and (clock = 'deed' or taken_at is null)
    ), passed as (
      select person_id, request_id, clock, last_day, mark
        from running, (values ('half', 0.5), ('four_fifths', 0.8), ('over', 1.0)) as one (mark, share)
       where opened_at + span * share <= ${now}
    ), rung as (
      insert into data_request_alarm (person_id, request_id, clock, mark, due_on, at)
      select person_id, request_id, clock, mark, last_day, ${now} from passed
      on conflict do nothing returning clock, mark
    )
    select clock, mark, count(*)::integer as requests from rung group by clock, mark order by clock, mark`.execute(tx);
  return rows;
}

/** Unanswered requests of which a clock is four fifths over, or ended. */
export async function countPressing(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from data_request r
     where r.decided_at is null and r.withdrawn_at is null
       and exists (select from data_request_alarm a
                    where a.person_id = r.person_id and a.request_id = r.request_id and a.mark <> 'half'
                      and (a.clock = 'deed' and a.due_on = r.due_on or a.clock = 'answer' and r.taken_at is null))`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** In the place of an address that is deleted: the message stays on record, and whom it was sent to does not. */
const NOBODY = "•••@•••";

/** E-mails that are out, or are not sent any more, forget their address; one on its way still needs it. */
const forgettingMail = (whose: RawBuilder<boolean>) => sql`
  update notice set recipient = ${NOBODY}
   where channel = 'email' and state not in ('queued', 'sending', 'unknown') and recipient <> ${NOBODY} and ${whose}`;

/** What was on its way when its reader was deleted, the word of the deletion itself, forgets its address once it is out. */
export async function forgetMailOfErased(db: Db, since: Date): Promise<bigint> {
  const done = await forgettingMail(sql`notice_id in (
    with recursive erased (person_id, at) as (
      select person_id, decided_at from data_request where outcome = 'erased' and decided_at >= ${since}
       union
      select m.merged_id, e.at from person_merge m join erased e on m.survivor_id = e.person_id
       where m.status = 'merged' and m.decided_at <= e.at
    )
    select n.notice_id from erased e join notice n on n.person_id = e.person_id and n.created_at <= e.at)`).execute(db);
  return done.numAffectedRows ?? 0n;
}

/**
 * What no law keeps of the closed account of these records of one person: earlier and present e-mail and postal
 * addresses, also where they were changed or written to, devices that signed in, ended sessions. How many rows that were.
 */
export async function eraseAccountRows(tx: Tx, records: readonly string[]): Promise<number> {
  for (const personId of records) await bumpVersion(tx, personId);
  const theirs = sql<boolean>`person_id = any(${[...records]}::bigint[])`;
  const { rows } = await sql<{ count: number }>`
    with contacts as (delete from contact_point where ${theirs} and kind in ('email', 'address') returning 1),
    changes as (delete from contact_change where ${theirs} and kind = 'email' returning 1),
    mail as (${forgettingMail(theirs)} returning 1),
    devices as (delete from device_seen where ${theirs} returning 1),
    sessions as (delete from session where ${theirs} and ended_at is not null returning 1)
    select ((select count(*) from contacts) + (select count(*) from changes) + (select count(*) from mail)
            + (select count(*) from devices) + (select count(*) from sessions))::integer as count`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** A deletion that was carried out, as it is kept outside the database. */
export interface Erasure {
  requestId: string;
  personId: string;
  publicId: string;
  answer: string;
  by: string;
  at: Date;
}

export async function erasures(db: Db): Promise<Erasure[]> {
  const rows = await db
    .selectFrom("data_request as request")
    .innerJoin("person", "person.person_id", "request.person_id")
    .select([
      "request.request_id as requestId",
      "request.person_id as personId",
      "person.public_id as publicId",
      "request.answer",
      "request.decided_by as by",
      "request.decided_at as at",
    ])
    .where("request.outcome", "=", "erased")
    .execute();
  return rows.map(({ answer, by, at, ...rest }) => ({ ...rest, answer: answer ?? "", by: by ?? "", at: at as Date }));
}

export async function isSamePerson(tx: Tx, { personId, publicId }: Erasure): Promise<boolean> {
  const row = await tx
    .selectFrom("person")
    .select("person_id")
    .where("person_id", "=", personId)
    .where("public_id", "=", publicId)
    .executeTakeFirst();
  return row !== undefined;
}
