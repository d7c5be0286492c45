/** The API's reads of visits: one named statement each, stored text concatenated into the answer unparsed. */
import type pg from "pg";
import type { QueryArrayResult } from "pg";
import type { RecordOwner } from "../kernel/actor.ts";

/** Where a page of the list goes on: the last row of the page before. */
export interface Cursor {
  admittedAt: string;
  visitId: string;
}

export interface VisitsAsked extends RecordOwner {
  /** Admission on or after, and before: ISO days. */
  from: string;
  before: string;
  /** Code of the one facility that is meant; undefined: all. */
  facility: string | undefined;
  after: Cursor | undefined;
  limit: number;
}

export interface VisitsRead {
  version: string;
  /** Finished JSON objects, newest first. */
  rows: string[];
  next: Cursor | undefined;
}

/**
 * One visit in as few columns as may be: what a file may have written is escaped here, one column each;
 * figures need no escape and come as one text; items and the like are JSON already. The facility bears its
 * name of the day.
 */
const visitColumns = `
  v.visit_id, v.admitted_at, v.discharged_at, v.facility_code,
  (select f.name from facility f
    where f.facility_code = v.facility_code
    order by (f.valid_from <= v.admitted_at) desc, f.valid_from desc limit 1) as facility_name,
  v.care_type, v.entitlement_code, v.card_number, v.main_code, v.other_codes, v.diagnosis,
  concat('"outcome":', coalesce(v.outcome::text, 'null'), ',"dischargeKind":', coalesce(v.discharge_kind::text, 'null'),
         ',"total":"', v.total, '","inScope":"', v.in_scope, '","fundPaid":"', v.fund_paid, '","coPaid":"', v.co_paid,
         '","selfPaid":"', v.self_paid, '","otherPaid":"', v.other_paid, '","isSensitive":', v.is_sensitive::text,
         ',"itemsVersion":', v.items_version) as figures,
  concat('"declared":', v.declared, ',"flags":', v.flags, ',"items":', v.items) as lines`;

type VisitColumns = [
  visitId: string,
  admittedAt: string,
  dischargedAt: string,
  facilityCode: string,
  facilityName: string | null,
  careType: string,
  entitlementCode: string | null,
  cardNumber: string | null,
  mainCode: string,
  otherCodes: string | null,
  diagnosis: string,
  figures: string,
  lines: string,
];

const escaped = (text: string | null) => (text === null ? "null" : JSON.stringify(text));
/** A wall clock of Viet Nam as an instant: +07:00 for every visit there can be. */
const instant = (wallClock: string) => `"${wallClock.slice(0, 10)}T${wallClock.slice(11)}+07:00"`;

/** The open end (no brace) of one visit's JSON. */
function visitJson(row: VisitColumns): string {
  const [visitId, admittedAt, dischargedAt, facilityCode, facilityName, careType, entitlementCode, cardNumber] = row;
  const [, , , , , , , , mainCode, otherCodes, diagnosis, figures, lines] = row;
  return (
    `{"id":"${visitId}","facilityCode":${escaped(facilityCode)},"facilityName":${escaped(facilityName)}` +
    `,"admittedAt":${instant(admittedAt)},"dischargedAt":${instant(dischargedAt)},"careType":${escaped(careType)}` +
    `,"entitlementCode":${escaped(entitlementCode)},"cardNumber":${escaped(cardNumber)}` +
    `,"mainCode":${escaped(mainCode)},"otherCodes":${escaped(otherCodes)},"diagnosis":${escaped(diagnosis)}` +
    `,${figures},${lines}`
  );
}

/** Exported for the test that looks at its plan. */
export const visitsStatement = {
  name: "visits_of_person",
  text: `
    select p.data_version, v.*
      from person p
      left join lateral (
        select ${visitColumns}
          from visit v
         where v.person_id = $1
           and v.admitted_at >= $2 and v.admitted_at < $3
           and not (v.is_sensitive and $7)
           and ($8::text is null or v.facility_code = $8)
           and ($4::timestamp is null or (v.admitted_at <= $4 and (v.admitted_at < $4 or v.visit_id > $5)))
         order by v.admitted_at desc, v.visit_id
         limit $6) v on true
     where p.person_id = $1
     order by v.admitted_at desc, v.visit_id`,
};

/** The columns are all null when there is no visit to tell. */
type ListRow = [version: string, ...VisitColumns] | [version: string, none: null, ...rest: null[]];

export async function readVisits(pool: pg.Pool, asked: VisitsAsked): Promise<VisitsRead> {
  const { personId, hidesSensitive, from, before, facility, after, limit } = asked;
  const [lastAt, lastId] = [after?.admittedAt ?? null, after?.visitId ?? null];
  const values = [personId, from, before, lastAt, lastId, limit + 1, hidesSensitive, facility ?? null];
  const result: QueryArrayResult<ListRow> = await pool.query({ ...visitsStatement, values, rowMode: "array" });
  const version = result.rows[0]?.[0];
  if (version === undefined) throw new Error("a signed-in person is not in the register");
  const visits = result.rows.flatMap(([, ...columns]) => (columns[0] === null ? [] : [columns as VisitColumns]));
  const shown = visits.slice(0, limit);
  const last = visits.length > limit ? shown.at(-1) : undefined;
  const next = last && { admittedAt: last[1], visitId: last[0] };
  return { version, rows: shown.map((visit) => `${visitJson(visit)}}`), next };
}

const visitStatement = {
  name: "visit_of_person",
  text: `
    select p.data_version,
           exists (select from visit v where v.person_id = $1 and v.visit_id = $2 and not (v.is_sensitive and $3)) as is_there,
           v.*
      from person p
      left join lateral (
        select ${visitColumns},
               concat('"results":', v.results, ',"notes":', v.notes, ',"source":{"file":"', v.source_file_id,
                      '","record":', v.source_record, ',"spec":', to_json(v.spec), ',"arrivedAt":',
                      to_json(v.arrived_at), ',"version":',
                      (select count(*) + 1 from visit_version e where e.person_id = $1 and e.visit_id = $2),
                      '},"papers":', coalesce(r.tables, '{}'), ',"hasHivPart":',
                      (r.hiv_tables is not null and not $3)::text) as origin
          from visit v
          left join visit_rest r on r.person_id = $1 and r.visit_id = $2
         where v.person_id = $1 and v.visit_id = $2 and not (v.is_sensitive and $3)) v on true
     where p.person_id = $1`,
};

export interface VisitRead {
  version: string;
  /** Finished JSON. */
  body: string;
}

/** undefined: the person has no such visit, or none that this reader may see. */
export async function findVisitJson(
  pool: pg.Pool,
  { personId, hidesSensitive }: RecordOwner,
  visitId: string,
): Promise<VisitRead | undefined> {
  const result: QueryArrayResult<[version: string, isThere: boolean, ...VisitColumns, origin: string]> =
    await pool.query({ ...visitStatement, values: [personId, visitId, hidesSensitive], rowMode: "array" });
  const [version, isThere, ...columns] = result.rows[0] ?? [];
  if (version === undefined || !isThere) return undefined;
  return { version, body: `${visitJson(columns.slice(0, -1) as VisitColumns)},${columns.at(-1)}}` };
}
