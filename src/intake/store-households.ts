/** Households as declared: one row a member; what a later file leaves out is kept. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import type { HouseholdMember } from "./rules-household.ts";

export interface HouseholdRecord extends Omit<HouseholdMember, "birth"> {
  folded_name: string;
  birth_on: string | null;
  birth_precision: string | null;
  source_record: number;
}

export async function saveHouseholds(tx: Db, fileId: string, members: readonly HouseholdRecord[]): Promise<void> {
  if (members.length === 0) return;
  // The person of a row and the annex may both name a member: the later fills what the earlier left out.
  const own = new Map<string, HouseholdRecord>();
  for (const member of members) {
    const key = `${member.household_code}\n${member.member_key}`;
    const given = Object.entries(member).filter(([, value]) => value !== null);
    own.set(key, { ...(own.get(key) ?? member), ...Object.fromEntries(given) });
  }
  await sql`
    insert into household_member as t (household_code, member_key, full_name, folded_name, insurance_number,
      paper_number, birth_on, birth_precision, sex, nationality, ethnic_code, relation, relation_code, birth_place,
      takes_part, note, source_file_id, source_record)
    select r.household_code, r.member_key, r.full_name, r.folded_name, r.insurance_number, r.paper_number, r.birth_on,
      r.birth_precision, r.sex, r.nationality, r.ethnic_code, r.relation, r.relation_code, r.birth_place, r.takes_part,
      r.note, ${fileId}, r.source_record
      from jsonb_to_recordset(${JSON.stringify([...own.values()])}::jsonb) as r (household_code text, member_key text,
        full_name text, folded_name text, insurance_number text, paper_number text, birth_on date,
        birth_precision text, sex smallint, nationality text, ethnic_code text, relation text, relation_code text,
        birth_place text, takes_part text, note text, source_record integer)
     order by r.household_code, r.member_key
    on conflict (household_code, member_key) do update set full_name = excluded.full_name,
      folded_name = excluded.folded_name, insurance_number = coalesce(excluded.insurance_number, t.insurance_number),
      paper_number = coalesce(excluded.paper_number, t.paper_number),
      birth_on = coalesce(excluded.birth_on, t.birth_on),
      birth_precision = coalesce(excluded.birth_precision, t.birth_precision), sex = coalesce(excluded.sex, t.sex),
      nationality = coalesce(excluded.nationality, t.nationality),
      ethnic_code = coalesce(excluded.ethnic_code, t.ethnic_code), relation = coalesce(excluded.relation, t.relation),
      relation_code = coalesce(excluded.relation_code, t.relation_code),
      birth_place = coalesce(excluded.birth_place, t.birth_place),
      takes_part = coalesce(excluded.takes_part, t.takes_part), note = coalesce(excluded.note, t.note),
      source_file_id = excluded.source_file_id, source_record = excluded.source_record
     where t.source_file_id <= excluded.source_file_id`.execute(tx);
}

/** A code that more people share than any family has is a slip or a placeholder: its people are told nothing of each other. */
const MEMBERS_MOST = 30;

/**
 * Tells each member who stands in the register, by number and name, who was declared with them in the same file: some
 * senders count their households from 1 in every file. `numbers`: of persons who may have come to the register just now.
 */
export async function tellHouseholds(
  tx: Db,
  asked: { codes: readonly string[]; numbers: readonly string[] },
): Promise<void> {
  const [codes, numbers] = [sql`${[...asked.codes]}::text[]`, sql`${[...asked.numbers]}::text[]`];
  await sql`
    with touched as materialized (
      select unnest(${codes}) as household_code
      union select household_code from household_member where insurance_number = any(${numbers})
      union select household_code from household_member where paper_number = any(${numbers})),
    member as materialized (
      select m.*, count(*) over (partition by m.household_code, m.source_file_id) as members
        from touched join household_member m using (household_code)),
    own as (
      select distinct on (k.person_id, m.household_code) k.person_id, m.household_code, m.source_file_id, m.member_no
        from member m
        join person_key k on k.kind in ('bhxh', 'personal_id', 'cmnd', 'passport')
         and k.key = any (array[m.insurance_number, m.paper_number])
        join person p on p.person_id = k.person_id and p.folded_name = m.folded_name
       where m.members <= ${MEMBERS_MOST}
       order by k.person_id, m.household_code, m.source_file_id desc, m.member_no)
    insert into person_household as t (person_id, member_no, household_code, full_name, relation, is_self, source_file_id)
    select own.person_id, m.member_no, m.household_code, m.full_name, m.relation, m.member_no = own.member_no,
           m.source_file_id
      from own join member m using (household_code, source_file_id)
     order by own.person_id, m.member_no
    on conflict (person_id, member_no) do update set full_name = excluded.full_name, relation = excluded.relation,
      is_self = excluded.is_self, source_file_id = excluded.source_file_id
     where (t.full_name, t.relation, t.is_self, t.source_file_id)
       is distinct from (excluded.full_name, excluded.relation, excluded.is_self, excluded.source_file_id)`.execute(tx);
}
