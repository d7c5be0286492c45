import { sql } from "kysely";
import type { Db } from "../db/house.ts";

/** What hangs on a secret. Marks do not name it: rows from before the end of its time in front may be under it. */

export interface FrontTime {
  keyId: string;
  firstAt: Date;
  lastAt: Date;
}

export async function noteFront(db: Db, keyId: string, at: Date): Promise<void> {
  await sql`
    insert into marking_secret as held (key_id, first_front_at, last_front_at) values (${keyId}, ${at}, ${at})
    on conflict (key_id) do update set last_front_at = greatest(held.last_front_at, excluded.last_front_at)`.execute(
    db,
  );
}

export async function frontTimes(db: Db): Promise<FrontTime[]> {
  return db
    .selectFrom("marking_secret")
    .select(["key_id as keyId", "first_front_at as firstAt", "last_front_at as lastAt"])
    .orderBy("first_front_at")
    .execute();
}

export interface Hanging {
  /** Unused, of people; and of staff. */
  spareCodes: number;
  staffSpareCodes: number;
  /** Check codes of papers that still answer. */
  paperCodes: number;
  /** Codes that still open a letter. */
  letterCodes: number;
  /** Codes of signed receipts that were not marked anew. */
  receiptCodes: number;
  invitations: number;
  /** Identities of the provider that have not signed in since. */
  identities: number;
  /** Devices with notices that have not signed in since. */
  noticeDevices: number;
  /** Devices that keep the card and were not heard of since. */
  keptCards: number;
  facilityTokens: number;
}

/** Rows in use at `now` that were marked up to `until`. */
export async function countHanging(
  db: Db,
  { until, now, today, letterKeysFrom }: { until: Date; now: Date; today: string; letterKeysFrom: Date },
): Promise<Hanging> {
  const { rows } = await sql<Record<keyof Hanging, string>>`
    select
      (select count(*) from spare_code c join authenticator a on a.person_id = c.person_id
        where c.used_at is null and a.confirmed_at <= ${until}) as "spareCodes",
      (select count(*) from staff_spare_code c join staff_authenticator a on a.staff_id = c.staff_id
        where c.used_at is null and a.confirmed_at <= ${until}) as "staffSpareCodes",
      (select count(*) from statement
        where made_at <= ${until} and expires_on >= ${today}::date and withdrawn_at is null) as "paperCodes",
      (select count(*) from letter_key where made_at <= ${until} and made_at > ${letterKeysFrom}) as "letterCodes",
      (select count(*) from letter_receipt r where r.signed_at <= ${until} and not exists (
        select from letter_receipt_code c where c.addressee_id = r.addressee_id and c.made_at > ${until}))
        as "receiptCodes",
      (select count(*) from drive_invitation where invited_at <= ${until} and ends_at > ${now}
          and accepted_at is null and withdrawn_at is null) as "invitations",
      (select count(*) from eid_link where last_used_at <= ${until}) as "identities",
      (select count(*) from push_subscription p where p.created_at <= ${until} and not exists (
        select from session s where s.person_id = p.person_id and s.device_mark = p.device_mark
           and s.created_at > ${until})) as "noticeDevices",
      (select count(*) from kept_card where seen_at <= ${until}) as "keptCards",
      (select count(*) from facility_token
        where created_at <= ${until} and ends_at > ${now} and stopped_at is null) as "facilityTokens"`.execute(db);
  const [row] = rows;
  return Object.fromEntries(Object.entries(row ?? {}).map(([kind, n]) => [kind, Number(n)])) as unknown as Hanging;
}
