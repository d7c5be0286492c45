/** Made-up people with accounts, as many as a trial of abuse needs, set up inside the database. */
import type pg from "pg";

interface Filling {
  /** One account each, numbered from 1 on. */
  phones: readonly string[];
  passwordHash: string;
  now: Date;
}

/** mã số BHXH of the nth account; of numbers that nobody has. */
export const insuranceOf = (nth: number) => `71${String(nth).padStart(8, "0")}`;
export const insuranceOfNobody = (nth: number) => `72${String(nth).padStart(8, "0")}`;
export const personalIdOf = (nth: number) => `0521${String(nth).padStart(8, "0")}`;
/** A word in every name: an answer that holds it has told a record. */
export const CANARY = "Kanarimẫu";

export async function fillAccounts(pool: pg.Pool, { phones, passwordHash, now }: Filling): Promise<void> {
  await pool.query(
    `with wanted as (
       select n, phone from unnest($1::text[]) with ordinality as given (phone, n)
     ), born as (
       insert into person (public_id, full_name, folded_name, birth_on, sex)
       select gen_random_uuid(), 'Nguyễn Thị ${CANARY} ' || n, 'nguyen thi kanarimau ' || n, date '1980-01-01' + n::int % 9000, 2
         from wanted order by n
       returning person_id
     ), numbered as (
       select person_id, n, phone
         from (select person_id, row_number() over (order by person_id) as n from born) b join wanted using (n)
     ), keyed as (
       insert into person_key (kind, key, person_id)
       select 'bhxh', '71' || lpad(n::text, 8, '0'), person_id from numbered
       union all select 'personal_id', '0521' || lpad(n::text, 8, '0'), person_id from numbered
     ), listed as (
       insert into person_number (person_id, kind, number)
       select person_id, 'bhxh', '71' || lpad(n::text, 8, '0') from numbered
     ), reached as (
       insert into contact_point (person_id, kind, value, valid_from, source)
       select person_id, 'phone', phone, $3, 'trial' from numbered
     )
     insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
     select person_id, $2, 'chosen', $3::timestamptz::date, $3 from numbered`,
    [phones, passwordHash, now],
  );
  await pool.query("analyze");
}
