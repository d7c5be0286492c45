/** What the crash loop reads of the database, and does to it between two acts. */
import type pg from "pg";
import type { Books } from "./crash-books.ts";

const persons = "select person_id from person_key where kind = 'bhxh' and key = any($1::text[])";
const files = "select declaration_id from declaration where insurance_number = any($1::text[])";
const ofPersons = `person_id in (${persons})`;

/** One line a row that may come into being, go, or be in another state; all of it at one moment. */
const LINES = [
  `select 'record ' || action from audit_event where ${ofPersons}`,
  `select 'message ' || template || ' by ' || channel from notice
    where (${ofPersons} or declaration_id in (${files})) and repeat_of is null`,
  `select 'account ' || status || ' ' || password_kind from account where ${ofPersons}`,
  `select 'account limited' from account where limited_until is not null and ${ofPersons}`,
  `select 'earlier password' from account_password_history where ${ofPersons}`,
  `select 'authenticator after step ' || last_step from authenticator where ${ofPersons}`,
  `select 'spare code ' || case when used_at is null then 'left' else 'used' end from spare_code where ${ofPersons}`,
  `select 'passkey' || case when copied_at is null then '' else ' that was copied' end from passkey where ${ofPersons}`,
  `select 'session ' || case when ended_at is null then scope else 'ended' end from session where ${ofPersons}`,
  `select 'device' from device_seen where ${ofPersons}`,
  `select 'code ' || case when used_at is null then 'sent' else 'used' end from one_time_code where ${ofPersons}`,
  `select 'change of ' || kind || ' ' || state from contact_change where ${ofPersons}`,
  `select 'event ' || kind from account_event where ${ofPersons}`,
  `select kind || case when valid_to is null then '' else ' of before' end from contact_point where ${ofPersons}`,
  `select 'consent to ' || kind || case when is_given then '' else ' taken back' end from consent_event where ${ofPersons}`,
  `select 'telephone held' from person_key where kind = 'account_phone' and ${ofPersons}`,
  `select 'link ' || status from guardianship where ${ofPersons}`,
  `select 'link was ' || kind from guardianship_event where ${ofPersons}`,
  `select 'request ' || coalesce(outcome, case when withdrawn_at is null then 'open' else 'withdrawn' end)
     from data_request where ${ofPersons}`,
  `select 'file ' || status from declaration where declaration_id in (${files})`,
  `select 'file was ' || kind from declaration_event where declaration_id in (${files})`,
  `select 'guardian named' from declaration_guardian where declaration_id in (${files})`,
  // Nobody's by themselves: what is filed and named nowhere is in no other line.
  "select 'paper of a guardian' from guardian_paper",
  "select 'picture of a paper' from guardian_paper_copy",
  "select 'key of one object' from data_key where not is_shared",
];

/** What is written of some people, by mã số BHXH: how often each line is there. */
export async function booksOf(owner: pg.Pool, insurance: readonly string[]): Promise<Books> {
  const { rows } = await owner.query<{ line: string; times: number }>(
    `select line, count(*)::int as times from (${LINES.join(" union all ")}) as every (line) group by line`,
    [insurance],
  );
  return Object.fromEntries(rows.map(({ line, times }) => [line, times]));
}

/** A minute of patience: the key of the dead one may be taken over. What still works at it holds it. */
export async function forgetPatience(owner: pg.Pool): Promise<void> {
  await owner.query(
    `update idempotency_key set created_at = created_at - interval '2 minutes' where (asker, key) in
       (select asker, key from idempotency_key where status is null for update skip locked)`,
  );
}

/** One officer holds three files at most, and this one receives for everybody. */
export async function releaseFiles(owner: pg.Pool): Promise<void> {
  await owner.query("update declaration set held_by = null, held_since = null where held_by is not null");
}

/** Somebody who has been here before, with a password of their own. `hash`: of which; absent: of one that nobody types. */
export async function wasHereBefore(owner: pg.Pool, insurance: string, hash?: string): Promise<void> {
  await owner.query(
    `update account set password_kind = 'chosen', issued_until = null, password_set_on = current_date,
            password_hash = coalesce($2, password_hash), first_signed_in_at = now()
      where person_id in (${persons})`,
    [[insurance], hash ?? null],
  );
}

export interface Registered {
  personId: string;
  publicId: string;
}

export async function registered(owner: pg.Pool, insurance: string): Promise<Registered> {
  const { rows } = await owner.query<Registered>(
    `select person_id::text as "personId", public_id::text as "publicId" from person where ${ofPersons}`,
    [[insurance]],
  );
  const [one] = rows;
  if (!one) throw new Error(`${insurance} is nobody's`);
  return one;
}

/** Where the account is reached by telephone, and which telephones are its own. */
export async function telephonesOf(owner: pg.Pool, insurance: string): Promise<{ reached: string[]; held: string[] }> {
  const { rows } = await owner.query<{ reached: string[]; held: string[] }>(
    `select array(select value from contact_point where kind = 'phone' and valid_to is null and ${ofPersons}) as reached,
            array(select key from person_key where kind = 'account_phone' and ${ofPersons}) as held`,
    [[insurance]],
  );
  return rows[0] ?? { reached: [], held: [] };
}

/** Where the account is written to; undefined: nowhere. */
export async function emailOf(owner: pg.Pool, insurance: string): Promise<string | undefined> {
  const { rows } = await owner.query<{ value: string }>(
    `select value from contact_point where kind = 'email' and valid_to is null and ${ofPersons}`,
    [[insurance]],
  );
  return rows[0]?.value;
}

/** The hours of a change are over. */
export async function letChangesFallDue(owner: pg.Pool, insurance: string): Promise<void> {
  await owner.query(
    `update contact_change set effective_at = effective_at - interval '30 days' where state = 'waiting' and ${ofPersons}`,
    [[insurance]],
  );
}

/** A change of telephone that was proved two days ago, and that nobody has taken over since its hour. */
export async function leaveChangeDue(owner: pg.Pool, insurance: string, phone: string): Promise<void> {
  await owner.query(
    `insert into contact_change
       (person_id, change_id, kind, new_value, source, state, asked_at, proved_at, effective_at)
     select person_id, gen_random_uuid(), 'phone', $2, 'online', 'waiting', now() - interval '2 days',
            now() - interval '2 days', now() - interval '1 day' from account where ${ofPersons}`,
    [[insurance], phone],
  );
}

export async function openRequestOf(owner: pg.Pool, insurance: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `select request_id::text as id from data_request where decided_at is null and withdrawn_at is null and ${ofPersons}`,
    [[insurance]],
  );
  return rows[0]?.id ?? "";
}

/** A second office beside the one that is there. */
export async function openOfficeBeside(owner: pg.Pool, first: string, code: string): Promise<void> {
  await owner.query(
    `insert into bhxh_office (office_code, kind, name, folded_name, province_code, commune_code, address, phone, opening_hours, valid_from)
     select $2, kind, name || ' hai', folded_name || ' hai', province_code, commune_code, address, phone, opening_hours, valid_from
       from bhxh_office where office_code = $1`,
    [first, code],
  );
}

export async function staffNamed(owner: pg.Pool, username: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>("select staff_id::text as id from staff where username = $1", [
    username,
  ]);
  return rows[0]?.id ?? "";
}
