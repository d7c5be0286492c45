/** Papers for benefits of a person, newest first, read in one named statement with the person's version. */
import type pg from "pg";
import type { QueryArrayResult } from "pg";
import type { RecordOwner } from "../kernel/actor.ts";

export interface BenefitPaper {
  id: string;
  kind: string;
  serial: string | undefined;
  issuedOn: string | undefined;
  fromOn: string | undefined;
  toOn: string | undefined;
  facilityCode: string;
  facilityName: string | undefined;
  unitName: string | undefined;
  diagnosis: string | undefined;
  isSensitive: boolean;
  /** What the facility filled in, by the names of the form (TT 25/2025/TT-BYT). */
  fields: Record<string, string>;
}

export interface PapersRead {
  version: string;
  papers: BenefitPaper[];
}

const papersStatement = {
  name: "benefit_papers_of_person",
  text: `
    select p.data_version, d.document_id, d.kind, d.serial, d.issued_on, d.from_on, d.to_on, d.facility_code,
           (select f.name from facility f
             where f.facility_code = d.facility_code and f.valid_from <= coalesce(d.issued_on, d.from_on, 'infinity')
             order by f.valid_from desc limit 1),
           d.unit_name, d.diagnosis, d.is_sensitive::text, d.fields
      from person p
      left join benefit_document d on d.person_id = $1 and not (d.is_sensitive and $2)
     where p.person_id = $1
     order by coalesce(d.issued_on, d.from_on) desc nulls last, d.document_id`,
};

type Text = string | null;

/** Private papers are left out where private visits are. */
export async function readPapers(pool: pg.Pool, { personId, hidesSensitive }: RecordOwner): Promise<PapersRead> {
  const result: QueryArrayResult<[version: string, ...rest: Text[]]> = await pool.query({
    ...papersStatement,
    values: [personId, hidesSensitive],
    rowMode: "array",
  });
  const version = result.rows[0]?.[0];
  if (version === undefined) throw new Error("a signed-in person is not in the register");
  return { version, papers: result.rows.filter(([, id]) => id !== null).map(paperOf) };
}

function paperOf(row: [string, ...Text[]]): BenefitPaper {
  const [
    ,
    id,
    kind,
    serial,
    issuedOn,
    fromOn,
    toOn,
    facilityCode,
    facilityName,
    unitName,
    diagnosis,
    sensitive,
    fields,
  ] = row;
  return {
    id: id ?? "",
    kind: kind ?? "",
    serial: serial ?? undefined,
    issuedOn: issuedOn ?? undefined,
    fromOn: fromOn ?? undefined,
    toOn: toOn ?? undefined,
    facilityCode: facilityCode ?? "",
    facilityName: facilityName ?? undefined,
    unitName: unitName ?? undefined,
    diagnosis: diagnosis ?? undefined,
    isSensitive: sensitive === "true",
    fields: JSON.parse(fields ?? "{}") as Record<string, string>,
  };
}
