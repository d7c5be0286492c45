/** Participation rows of a person, with birth and sex, read in one named statement with the person's version. */
import type pg from "pg";
import type { QueryArrayResult } from "pg";
import type { Fund, Period, PeriodStatus } from "./rules.ts";

export interface ParticipationRow extends Period {
  title: string | undefined;
  workplace: string | undefined;
  salaryKind: "vnd" | "coefficient";
  /** Exact decimals. */
  salary: string | undefined;
  contributionBase: string | undefined;
  rate: string | undefined;
  objectType: string | undefined;
  /** BHXH office in charge of the unit, when the unit is in the list. */
  officeName: string | undefined;
  sourceFileId: string | undefined;
}

export interface ParticipationRead {
  version: string;
  /** ISO day; 1 male, 2 female, 3 neither told. */
  person: { bornOn: string; sex: number };
  rows: ParticipationRow[];
}

const participationStatement = {
  name: "participation_of_person",
  text: `
    select p.data_version, p.birth_on, p.sex, r.fund, r.from_month, r.to_month, r.unit_code, r.unit_name, r.status, r.title,
           r.workplace, r.salary_kind, r.salary, r.contribution_base, r.rate, r.object_type,
           r.source_file_id, o.name
      from person p
      left join participation_period r on r.person_id = $1
      left join employer e on e.unit_code = r.unit_code
      left join bhxh_office o on o.office_code = e.office_code
     where p.person_id = $1
     order by r.fund, r.from_month desc, r.unit_code`,
};

type Text = string | null;
type Row = [
  version: string,
  bornOn: string,
  sex: number,
  fund: Text,
  fromMonth: Text,
  toMonth: Text,
  unitCode: Text,
  unitName: Text,
  status: Text,
  title: Text,
  workplace: Text,
  salaryKind: Text,
  salary: Text,
  contributionBase: Text,
  rate: Text,
  objectType: Text,
  sourceFileId: Text,
  officeName: Text,
];

export async function readParticipation(pool: pg.Pool, personId: string): Promise<ParticipationRead> {
  const result: QueryArrayResult<Row> = await pool.query({
    ...participationStatement,
    values: [personId],
    rowMode: "array",
  });
  const [first] = result.rows;
  if (first === undefined) throw new Error("a signed-in person is not in the register");
  const [version, bornOn, sex] = first;
  const person = { bornOn, sex };
  return { version, person, rows: result.rows.filter(([, , , fund]) => fund !== null).map(rowOf) };
}

function rowOf(row: Row): ParticipationRow {
  const [, , , fund, fromMonth, toMonth, unitCode, unitName, status, title, workplace, salaryKind] = row;
  return {
    fund: fund as Fund,
    fromMonth: fromMonth ?? "",
    toMonth: toMonth ?? "",
    unitCode: unitCode ?? "",
    unitName: unitName ?? "",
    status: status as PeriodStatus,
    title: title ?? undefined,
    workplace: workplace ?? undefined,
    salaryKind: salaryKind === "coefficient" ? "coefficient" : "vnd",
    salary: row[12] ?? undefined,
    contributionBase: row[13] ?? undefined,
    rate: row[14] ?? undefined,
    objectType: row[15] ?? undefined,
    sourceFileId: row[16] ?? undefined,
    officeName: row[17] ?? undefined,
  };
}
