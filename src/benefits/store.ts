/** Benefits received by a person, read in one named statement with the person's version. */
import type pg from "pg";
import type { QueryArrayResult } from "pg";
import type { Db } from "../db/house.ts";
import type { Benefit, BenefitKind } from "./rules.ts";

export interface BenefitsRead {
  version: string;
  benefits: Benefit[];
}

const benefitsStatement = {
  name: "benefits_of_person",
  text: `
    select p.data_version, b.kind, b.decision_no, b.from_on, b.to_on, b.regime, b.decided_on, b.amount,
           b.agency, b.unit_name, b.paid_by, b.bank_name, b.bank_account_tail, b.status
      from person p
      left join benefit b on b.person_id = $1
     where p.person_id = $1
     order by b.from_on desc, b.kind, b.decision_no`,
};

type Text = string | null;
type Row = [version: string, kind: Text, ...rest: Text[]];

export async function readBenefits(pool: pg.Pool, personId: string): Promise<BenefitsRead> {
  const result: QueryArrayResult<Row> = await pool.query({
    ...benefitsStatement,
    values: [personId],
    rowMode: "array",
  });
  const version = result.rows[0]?.[0];
  if (version === undefined) throw new Error("a signed-in person is not in the register");
  return { version, benefits: result.rows.filter(([, kind]) => kind !== null).map(benefitOf) };
}

/** ISO days on which unemployment allowances of a person begin: what was paid before them is used up. */
export async function unemploymentPayFrom(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("benefit")
    .select("from_on")
    .where("person_id", "=", personId)
    .where("kind", "=", "unemployment")
    .execute();
  return rows.map(({ from_on }) => from_on);
}

/** Files from which a person's benefits came. */
export async function filesOfBenefits(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("benefit")
    .select("source_file_id")
    .distinct()
    .where("person_id", "=", personId)
    .where("source_file_id", "is not", null)
    .execute();
  return rows.flatMap((row) => row.source_file_id ?? []);
}

/** Files from which a person's papers came. */
export async function filesOfPapers(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("benefit_document")
    .select("source_file_id")
    .distinct()
    .where("person_id", "=", personId)
    .where("source_file_id", "is not", null)
    .execute();
  return rows.flatMap((row) => row.source_file_id ?? []);
}

function benefitOf(row: Row): Benefit {
  const [, kind, decisionNo, fromOn, toOn, regime, decidedOn, amount, agency, unitName, paidBy, bankName, tail] = row;
  return {
    kind: kind as BenefitKind,
    decisionNo: decisionNo ?? "",
    fromOn: fromOn ?? "",
    toOn: toOn ?? undefined,
    regime: regime ?? "",
    decidedOn: decidedOn ?? undefined,
    amount: amount ?? "0",
    agency: agency ?? undefined,
    unitName: unitName ?? undefined,
    paidBy: paidBy ?? undefined,
    bankName: bankName ?? undefined,
    bankAccountTail: tail ?? undefined,
    status: row[13] as Benefit["status"],
  };
}
