/** Cases as an office sees them. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { type Dispute, disputeOf } from "./store.ts";

export interface CaseAtDesk extends Dispute {
  personId: string;
  personName: string;
  birthOn: string;
  birthPrecision: string;
  officeCode: string | undefined;
}

export type Shelf = "open" | "answered";

const cases = (db: Db | Tx) =>
  db
    .selectFrom("dispute")
    .innerJoin("person", "person.person_id", "dispute.person_id")
    .selectAll("dispute")
    .select(["person.full_name", "person.birth_on", "person.birth_precision"]);

type CaseRow = Awaited<ReturnType<ReturnType<typeof cases>["executeTakeFirstOrThrow"]>>;

const caseOf = (row: CaseRow): CaseAtDesk => ({
  ...disputeOf(row),
  personId: row.person_id,
  personName: row.full_name,
  birthOn: row.birth_on,
  birthPrecision: row.birth_precision,
  officeCode: row.office_code ?? undefined,
});

/** Open ones by their day, those without a day last; answered ones newest first. */
export async function casesOf(db: Db, officeCodes: readonly string[], shelf: Shelf, limit: number) {
  const some = cases(db)
    .where("dispute.office_code", "in", [...officeCodes])
    .where("dispute.status", "=", shelf)
    .limit(limit);
  const rows =
    shelf === "open"
      ? await some.orderBy("answer_due_on").orderBy("created_at").orderBy("dispute_id").execute()
      : await some.orderBy("answered_at", "desc").orderBy("dispute_id").execute();
  return rows.map(caseOf);
}

export async function countCases(db: Db, officeCodes: readonly string[]): Promise<Record<Shelf, number>> {
  const rows = await db
    .selectFrom("dispute")
    .select(["status", db.fn.countAll<string>().as("n")])
    .where("office_code", "in", [...officeCodes])
    .groupBy("status")
    .execute();
  const of = (shelf: Shelf) => Number(rows.find(({ status }) => status === shelf)?.n ?? 0);
  return { open: of("open"), answered: of("answered") };
}

export async function findCase(db: Db | Tx, disputeId: string): Promise<CaseAtDesk | undefined> {
  const row = await cases(db).where("dispute_id", "=", disputeId).executeTakeFirst();
  return row && caseOf(row);
}

/** The same, held until the end of the transaction. */
export async function lockCase(tx: Tx, disputeId: string): Promise<CaseAtDesk | undefined> {
  const row = await cases(tx).where("dispute_id", "=", disputeId).forUpdate("dispute").executeTakeFirst();
  return row && caseOf(row);
}

export interface CaseEvent {
  disputeId: string;
  at: Date;
  kind: "asked" | "answered";
  staffId: string;
  officeCode: string;
  says: string;
}

const events = (db: Db | Tx, personId: string) =>
  db
    .selectFrom("dispute_event")
    .select(["dispute_id as disputeId", "at", "kind", "staff_id as staffId", "office_code as officeCode", "says"])
    .where("person_id", "=", personId)
    .orderBy("seq");

export async function caseEvents(db: Db, personId: string, disputeId: string): Promise<CaseEvent[]> {
  return (await events(db, personId).where("dispute_id", "=", disputeId).execute()) as CaseEvent[];
}

/** Of all cases of a person: what their own page tells. */
export async function eventsOfPerson(db: Db, personId: string): Promise<CaseEvent[]> {
  return (await events(db, personId).execute()) as CaseEvent[];
}

/** The next line of the history of a case that is locked. */
export async function addCaseEvent(
  tx: Tx,
  { personId, disputeId }: Pick<CaseAtDesk, "personId" | "disputeId">,
  event: Omit<CaseEvent, "disputeId">,
): Promise<void> {
  await sql`
    insert into dispute_event (person_id, dispute_id, seq, at, kind, staff_id, office_code, says)
    select ${personId}, ${disputeId}, coalesce(max(seq), 0) + 1, ${event.at}, ${event.kind}, ${event.staffId},
           ${event.officeCode}, ${event.says}
      from dispute_event where person_id = ${personId} and dispute_id = ${disputeId}
  `.execute(tx);
}

export async function saveAnswer(
  tx: Tx,
  { personId, disputeId }: Pick<CaseAtDesk, "personId" | "disputeId">,
  answer: { at: Date; outcome: string; says: string },
): Promise<void> {
  await tx
    .updateTable("dispute")
    .set({ status: "answered", outcome: answer.outcome, answer: answer.says, answered_at: answer.at })
    .where("person_id", "=", personId)
    .where("dispute_id", "=", disputeId)
    .execute();
}
