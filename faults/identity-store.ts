/** Made-up people with accounts, telephones and files, set up inside the database. */
import type pg from "pg";

export interface Known {
  count: number;
  passwordHash: string;
  now: Date;
}

/** Numbers that somebody has, and as many that nobody has. */
export const insuranceNumber = (n: number, isKnown: boolean) => `${isKnown ? "71" : "72"}${String(n).padStart(8, "0")}`;

/** Telephones stand a thousand numbers apart: no block of them is asked twice. */
export async function fillKnown(pool: pg.Pool, { count, passwordHash, now }: Known): Promise<void> {
  await pool.query(
    `with born as (
       insert into person (public_id, full_name, folded_name, birth_on, sex)
       select gen_random_uuid(), 'Nguyễn Thử ' || n, 'nguyen thu ' || n, date '1980-01-01' + n % 9000, 1
         from generate_series(1, $1::int) n
       returning person_id
     ), numbered as (select person_id, row_number() over (order by person_id) as n from born),
     keyed as (
       insert into person_key (kind, key, person_id)
       select 'bhxh', '71' || lpad(n::text, 8, '0'), person_id from numbered
     ), listed as (
       insert into person_number (person_id, kind, number)
       select person_id, 'bhxh', '71' || lpad(n::text, 8, '0') from numbered
     ), reached as (
       insert into contact_point (person_id, kind, value, valid_from, source)
       select person_id, 'phone', '09' || lpad(n::text, 5, '0') || '000', $3, 'trial' from numbered
     )
     insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
     select person_id, $2, 'chosen', $3::timestamptz::date, $3 from numbered`,
    [count, passwordHash, now],
  );
  await pool.query("analyze");
}
