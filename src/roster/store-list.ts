/** A unit's people by how far each has come: what is left to do first. */
import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { NotFound } from "../kernel/failures.ts";
import type { Differing, Filter, Match, Moment, Moments, Stage } from "./rules.ts";
import { STAGES } from "./rules.ts";
import type { PeopleGroup } from "./rules-cells.ts";

export interface ListedPerson {
  lineId: string;
  fullName: string;
  birthDate: string | null;
  birthPrecision: "day" | "year" | null;
  number: string | null;
  phone: string | null;
  group: PeopleGroup | null;
  hasSmartphone: boolean | null;
  note: string | null;
  match: Match;
  differs: Differing[];
  moments: Moments;
  notYetReason: string | null;
  helperId: string | null;
  helperName: string | null;
  /** Of the register: for the record of looks alone, never shown. */
  personId: string | null;
  joinedAt: Date;
}

const columns = sql`
  r.line_id as "lineId", r.full_name as "fullName", r.birth_date as "birthDate",
  r.birth_precision as "birthPrecision", r.number_typed as number, r.phone, r.people_group as "group",
  r.has_smartphone as "hasSmartphone", r.note, r.match, r.differs, r.not_yet_reason as "notYetReason",
  r.helper_id as "helperId", s.full_name as "helperName", r.person_id as "personId", r.joined_at as "joinedAt",
  r.declared_at, r.handed_in_at, r.approved_at, r.signed_in_at, r.installed_at`;

type Row = Omit<ListedPerson, "moments"> & Record<`${Moment}_at`, Date | null>;

function personOf({ declared_at, handed_in_at, approved_at, signed_in_at, installed_at, ...row }: Row): ListedPerson {
  const moments = {
    declared: declared_at,
    handed_in: handed_in_at,
    approved: approved_at,
    signed_in: signed_in_at,
    installed: installed_at,
  };
  return { ...row, moments };
}

/** As in rules.ts: the furthest moment counts. */
const stage = sql`(case when r.installed_at is not null then 5 when r.signed_in_at is not null then 4
  when r.approved_at is not null then 3 when r.handed_in_at is not null then 2
  when r.declared_at is not null then 1 else 0 end)`;

export interface Wanted {
  filter?: Filter | undefined;
  /** Folded words of a name, or digits of a number or telephone. */
  search?: string | undefined;
  from?: number;
  limit: number;
}

function condition(unitCode: string, { filter, search }: Pick<Wanted, "filter" | "search">): RawBuilder<unknown> {
  const parts = [sql`r.unit_code = ${unitCode} and r.left_at is null`];
  if (filter === "unclear") parts.push(sql`r.match <> 'found'`);
  else if (filter) parts.push(sql`${stage} = ${STAGES.indexOf(filter)}`);
  if (search) {
    const like = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
    const isNumber = /^\d{3,}$/.test(search);
    parts.push(isNumber ? sql`(r.number_typed like ${like} or r.phone like ${like})` : sql`r.folded_name like ${like}`);
  }
  return sql.join(parts, sql` and `);
}

export async function peopleOf(db: Db, unitCode: string, wanted: Wanted): Promise<ListedPerson[]> {
  const { rows } = await sql<Row>`
    select ${columns} from roster_person r left join staff s on s.staff_id = r.helper_id
     where ${condition(unitCode, wanted)}
     order by ${stage}, regexp_replace(r.folded_name, '^.* ', ''), r.folded_name, r.line_id
     limit ${wanted.limit} offset ${wanted.from ?? 0}`.execute(db);
  return rows.map(personOf);
}

export async function getPersonOfUnit(db: Db | Tx, unitCode: string, lineId: string): Promise<ListedPerson> {
  const { rows } = await sql<Row>`
    select ${columns} from roster_person r left join staff s on s.staff_id = r.helper_id
     where r.unit_code = ${unitCode} and r.line_id = ${lineId}::uuid and r.left_at is null`.execute(db);
  const [row] = rows;
  if (!row) throw new NotFound("roster_person");
  return personOf(row);
}

/** The unit in whose list a line stands; undefined when nowhere, or no more. */
export async function findUnitOfLine(db: Db, lineId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("roster_person")
    .select("unit_code")
    .where("line_id", "=", lineId)
    .where("left_at", "is", null)
    .executeTakeFirst();
  return row?.unit_code;
}

export interface Figures {
  all: number;
  moments: Record<Moment, number>;
  stages: Record<Stage, number>;
  unclear: number;
}

/** Each moment counted by itself, and how many stand at each stage. */
export async function figuresOf(db: Db, unitCode: string): Promise<Figures> {
  const { rows } = await sql<{ stage: number; all: number; unclear: number } & Record<Moment, number>>`
    select ${stage} as stage, count(*)::integer as all, count(*) filter (where r.match <> 'found')::integer as unclear,
           count(r.declared_at)::integer as declared, count(r.handed_in_at)::integer as handed_in,
           count(r.approved_at)::integer as approved, count(r.signed_in_at)::integer as signed_in,
           count(r.installed_at)::integer as installed
      from roster_person r where r.unit_code = ${unitCode} and r.left_at is null group by 1`.execute(db);
  const sum = (value: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + value(row), 0);
  const atStage = (at: number) => rows.find((row) => row.stage === at)?.all ?? 0;
  return {
    all: sum((row) => row.all),
    unclear: sum((row) => row.unclear),
    moments: {
      declared: sum((row) => row.declared),
      handed_in: sum((row) => row.handed_in),
      approved: sum((row) => row.approved),
      signed_in: sum((row) => row.signed_in),
      installed: sum((row) => row.installed),
    },
    stages: Object.fromEntries(STAGES.map((name, at) => [name, atStage(at)])) as Record<Stage, number>,
  };
}

export interface Mark {
  notYetReason: string | null;
  helperId: string | null;
}

export async function markPerson(tx: Tx, unitCode: string, lineId: string, mark: Mark): Promise<void> {
  await tx
    .updateTable("roster_person")
    .set({ not_yet_reason: mark.notYetReason, helper_id: mark.helperId })
    .where("unit_code", "=", unitCode)
    .where("line_id", "=", lineId)
    .execute();
}

export async function endPerson(tx: Tx, unitCode: string, lineId: string, at: Date): Promise<void> {
  await sql`
    update roster_person set left_at = greatest(${at}::timestamptz, joined_at), left_reason = 'removed'
     where unit_code = ${unitCode} and line_id = ${lineId}::uuid and left_at is null`.execute(tx);
}

/** Coordinators of these units today: who may be named as helper. */
export async function helpersOf(
  db: Db | Tx,
  unitCodes: readonly string[],
  today: string,
): Promise<{ staffId: string; name: string }[]> {
  const { rows } = await sql<{ staffId: string; name: string }>`
    select distinct s.staff_id as "staffId", s.full_name as name
      from staff s join staff_role r on r.staff_id = s.staff_id
     where s.is_active and r.role = 'coordinator' and r.unit_code = any(${[...unitCodes]}::text[])
       and r.valid_from <= ${today}::date and (r.valid_to is null or r.valid_to >= ${today}::date)
     order by name`.execute(db);
  return rows;
}
