/** Who the register says one is: person, numbers and contacts in one named statement. */
import type pg from "pg";
import type { QueryArrayResult } from "pg";

export interface MeRead {
  version: string;
  /** Finished JSON. */
  body: string;
}

const meStatement = {
  name: "me",
  text: `
    select p.data_version, json_build_object(
        'publicId', p.public_id,
        'fullName', p.full_name,
        'birthDate', case p.birth_precision
           when 'year' then to_char(p.birth_on, 'YYYY')
           when 'month' then to_char(p.birth_on, 'YYYY-MM')
           else to_char(p.birth_on, 'YYYY-MM-DD') end,
        'sex', p.sex,
        'nationality', p.nationality,
        'managedBy', p.managed_by,
        'numbers', (
          select coalesce(json_agg(json_build_object('kind', n.kind, 'number', n.number, 'validFrom', n.valid_from,
                   'validTo', n.valid_to, 'issuedOn', n.issued_on, 'issuedBy', n.issued_by)
                   order by n.valid_to desc nulls first, n.kind, n.number), '[]')
            from person_number n where n.person_id = $1),
        'contacts', (
          select coalesce(json_agg(json_build_object('kind', c.kind, 'value', c.value,
                   'isVerified', c.verified_at is not null)
                   order by c.kind, c.valid_from desc), '[]')
            from contact_point c where c.person_id = $1 and c.valid_to is null)
      )::text
      from person p
     where p.person_id = $1`,
};

export async function readMe(pool: pg.Pool, personId: string): Promise<MeRead> {
  const result: QueryArrayResult<[version: string, body: string]> = await pool.query({
    ...meStatement,
    values: [personId],
    rowMode: "array",
  });
  const row = result.rows[0];
  if (!row) throw new Error("a signed-in person is not in the register");
  return { version: row[0], body: row[1] };
}
