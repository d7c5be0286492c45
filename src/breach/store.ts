import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import type { Answers, ResolvedSearch, Subject } from "./rules.ts";
import type { DataKind } from "./rules-kinds.ts";

/** What was written down when a breach was opened. */
export interface Breach extends Answers {
  breachId: string;
  code: string;
  detectedAt: Date;
  from: Date;
  to: Date;
  isSerious: boolean;
  what: string;
  cause: string;
  measures: string;
  contact: string;
  openedAt: Date;
  openedBy: string;
  notifiedAs: string | null;
  cyberNotifiedAs: string | null;
  approvedAt: Date | null;
  approvedBy: string | null;
}

const columns = [
  "breach_id as breachId",
  "code",
  "detected_at as detectedAt",
  "from_at as from",
  "to_at as to",
  "is_serious as isSerious",
  "what",
  "cause",
  "measures",
  "contact",
  "opened_at as openedAt",
  "opened_by as openedBy",
  "notify_by as notifyBy",
  "cyber_by as cyberBy",
  "tell_by as tellBy",
  "notified_at as notifiedAt",
  "notified_as as notifiedAs",
  "cyber_notified_at as cyberNotifiedAt",
  "cyber_notified_as as cyberNotifiedAs",
  "approved_at as approvedAt",
  "approved_by as approvedBy",
  "told_at as toldAt",
] as const;

type NewBreach = Omit<
  Breach,
  "notifiedAt" | "notifiedAs" | "cyberNotifiedAt" | "cyberNotifiedAs" | "approvedAt" | "approvedBy" | "toldAt"
> & { search: ResolvedSearch };

export async function insertBreach(tx: Tx, breach: NewBreach): Promise<void> {
  await tx
    .insertInto("breach")
    .values({
      breach_id: breach.breachId,
      code: breach.code,
      detected_at: breach.detectedAt,
      from_at: breach.from,
      to_at: breach.to,
      is_serious: breach.isSerious,
      search: JSON.stringify(breach.search),
      what: breach.what,
      cause: breach.cause,
      measures: breach.measures,
      contact: breach.contact,
      opened_at: breach.openedAt,
      opened_by: breach.openedBy,
      notify_by: breach.notifyBy,
      cyber_by: breach.cyberBy,
      tell_by: breach.tellBy,
    })
    .execute();
}

export async function insertSubjects(tx: Tx, breachId: string, subjects: readonly Subject[]): Promise<void> {
  const rows = JSON.stringify(subjects.map(({ firstAt, lastAt, ...rest }) => ({ ...rest, firstAt, lastAt })));
  await sql`
    insert into breach_subject (breach_id, person_id, declaration_id, kinds, first_at, last_at, times)
    select ${breachId}::uuid, "personId", "declarationId", kinds, "firstAt", "lastAt", times
      from jsonb_to_recordset(${rows}::jsonb) as one (
        "personId" bigint, "declarationId" bigint, kinds jsonb, "firstAt" timestamptz, "lastAt" timestamptz, times integer)
  `.execute(tx);
}

export async function findBreach(db: Db | Tx, code: string): Promise<Breach | undefined> {
  const row = await db.selectFrom("breach").select(columns).where("code", "=", code).executeTakeFirst();
  return row as Breach | undefined;
}

export async function lockBreach(tx: Tx, code: string): Promise<Breach | undefined> {
  const row = await tx.selectFrom("breach").select(columns).where("code", "=", code).forUpdate().executeTakeFirst();
  return row as Breach | undefined;
}

/** Every breach, the newest first. */
export async function listBreaches(db: Db): Promise<Breach[]> {
  return (await db.selectFrom("breach").select(columns).orderBy("detected_at", "desc").execute()) as Breach[];
}

/** Those with a clock that nobody has answered. */
export async function openBreaches(db: Db): Promise<Breach[]> {
  const rows = await db
    .selectFrom("breach")
    .select(columns)
    .where((where) =>
      where.or([
        where("notified_at", "is", null),
        where("cyber_notified_at", "is", null),
        where("told_at", "is", null),
      ]),
    )
    .execute();
  return rows as Breach[];
}

export async function saveNotified(
  tx: Tx,
  breachId: string,
  to: "authority" | "cyber",
  at: Date,
  reference: string,
): Promise<void> {
  const set =
    to === "authority"
      ? { notified_at: at, notified_as: reference }
      : { cyber_notified_at: at, cyber_notified_as: reference };
  await tx.updateTable("breach").set(set).where("breach_id", "=", breachId).execute();
}

export async function saveApproved(tx: Tx, breachId: string, by: string, at: Date): Promise<void> {
  await tx.updateTable("breach").set({ approved_at: at, approved_by: by }).where("breach_id", "=", breachId).execute();
}

export async function saveTold(tx: Tx, breachId: string, at: Date): Promise<void> {
  await tx.updateTable("breach").set({ told_at: at }).where("breach_id", "=", breachId).execute();
}

export interface SubjectRow extends Omit<Subject, "kinds"> {
  kinds: DataKind[];
  /** Null: a file whose answers are forgotten. */
  fullName: string | null;
  fileCode: string | null;
  filePhone: string | null;
  hasAccount: boolean;
  lang: string;
}

/** Whom it touched, with what a letter to them needs, a page at a time by the ids. */
export async function subjectsOf(
  db: Db | Tx,
  breachId: string,
  after: { personId: string; declarationId: string },
  limit: number,
): Promise<SubjectRow[]> {
  const { rows } = await sql<SubjectRow>`
    select s.person_id as "personId", s.declaration_id as "declarationId", s.kinds, s.first_at as "firstAt",
           s.last_at as "lastAt", s.times, p.full_name as "fullName", d.code as "fileCode", d.phone as "filePhone",
           a.person_id is not null as "hasAccount", coalesce(a.lang, d.lang, 'vi') as lang
      from breach_subject s
      left join person p on p.person_id = s.person_id
      left join account a on a.person_id = s.person_id and a.status <> 'closed'
      left join declaration d on d.declaration_id = s.declaration_id
     where s.breach_id = ${breachId}
       and (s.person_id, s.declaration_id) > (${after.personId}::bigint, ${after.declarationId}::bigint)
     order by s.person_id, s.declaration_id limit ${limit}`.execute(db);
  return rows;
}

export interface KindCount {
  kind: DataKind;
  persons: number;
}

export async function countKinds(db: Db, breachId: string): Promise<KindCount[]> {
  const { rows } = await sql<KindCount>`
    select kind, count(*)::integer as persons
      from breach_subject s, jsonb_array_elements_text(s.kinds) as kind
     where s.breach_id = ${breachId} group by kind`.execute(db);
  return rows;
}

export interface SubjectTotals {
  persons: number;
  files: number;
  firstAt: Date | null;
  lastAt: Date | null;
}

export async function totalsOf(db: Db, breachId: string): Promise<SubjectTotals> {
  const { rows } = await sql<SubjectTotals>`
    select count(*) filter (where person_id <> 0)::integer as persons,
           count(*) filter (where declaration_id <> 0)::integer as files,
           min(first_at) as "firstAt", max(last_at) as "lastAt"
      from breach_subject where breach_id = ${breachId}`.execute(db);
  return rows[0] as SubjectTotals;
}
