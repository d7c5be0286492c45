import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { amongMarks, type Marks } from "../db/marks.ts";
import type { LoginNumber } from "./rules.ts";
import { type AccountRow, accountColumns } from "./store.ts";
import type { NewSession } from "./store-session.ts";
import type { WindowKey } from "./store-window.ts";

/** A sign-in in two statements: what must be known of whoever comes, and all that is written when they are let in. */

export interface Entrant {
  account: AccountRow;
  /** A second factor is switched on. */
  hasFactor: boolean;
  /** The device with one of these marks was seen with this account before. */
  isSeen: boolean;
}

/** Undefined when nobody with an account has that number: the same statement for both. */
export async function findEntrant(
  db: Db,
  { kind, number }: LoginNumber,
  deviceMarks: readonly Buffer[],
): Promise<Entrant | undefined> {
  const row = await db
    .selectFrom("person_key")
    .innerJoin("account", "account.person_id", "person_key.person_id")
    .leftJoin("authenticator", "authenticator.person_id", "account.person_id")
    .select(accountColumns.map((name) => `account.${name}` as const))
    .select("authenticator.confirmed_at as factor_since")
    .select((e) => [
      e
        .selectFrom("device_seen")
        .select("device_seen.person_id")
        .whereRef("device_seen.person_id", "=", "account.person_id")
        .where((where) => sql<boolean>`${where.ref("device_mark")} ${amongMarks(deviceMarks)}`)
        .as("seen_by"),
    ])
    .where("person_key.kind", "=", kind)
    .where("person_key.key", "=", number)
    .executeTakeFirst();
  if (!row) return undefined;
  const { factor_since, seen_by, ...account } = row;
  return { account, hasFactor: factor_since !== null, isSeen: seen_by !== null };
}

/** What is written of a sign-in, as its audit row says it; all of it or nothing. */
export interface Entry {
  account: AccountRow;
  session: NewSession;
  /** Of the audit row. */
  detail: { scope: string; kind: string; by: string[] };
  /** The tries that begin anew. */
  window: WindowKey | undefined;
  /** Of a device that may be new to this account. */
  deviceMarks: Marks | undefined;
  now: Date;
}

export interface Entered {
  isNewDevice: boolean;
  /** The last privacy notice that was shown to this account. */
  seenNotice: number | null;
}

/**
 * Opens the session of a citizen. Undefined when the password or the status changed since they were looked at; of two
 * at the same moment on one new device it is new for one.
 */
export async function enter(db: Db | Tx, entry: Entry): Promise<Entered | undefined> {
  const { account, session, detail, window, deviceMarks, now } = entry;
  const { rows } = await sql<Entered>`
    with marked as (
      update account set last_signed_in_at = ${now}, first_signed_in_at = coalesce(first_signed_in_at, ${now})
       where person_id = ${account.person_id} and password_hash = ${account.password_hash} and status = 'active'
      returning person_id),
    opened as (
      insert into session (token_sha256, subject_kind, person_id, scope, kind, created_at, seen_at, idle_until, ends_at,
             device, proofs, elevated_until, device_mark)
      select ${session.token_sha256}::bytea, 'citizen', person_id, ${session.scope}, ${session.kind}, ${now}::timestamptz,
             ${now}::timestamptz, ${session.idle_until}::timestamptz, ${session.ends_at}::timestamptz, ${session.device},
             ${session.proofs}::text[], ${session.elevated_until}::timestamptz, ${session.device_mark}::bytea
        from marked),
    told as (
      insert into audit_event (at, actor_kind, actor_id, action, purpose, person_id, detail)
      select ${now}::timestamptz, 'citizen', person_id, 'sign_in', 'account', person_id, ${JSON.stringify(detail)}::jsonb
        from marked),
    cleared as (
      delete from sign_in_window
       where subject_mark ${amongMarks(window?.subjectMarks ?? [])} and device = ${window?.device ?? null}::text
         and exists (select from marked)),
    seen as (
      insert into device_seen (person_id, device_mark, first_seen_at)
      select person_id, ${deviceMarks?.[0] ?? null}::bytea, ${now}::timestamptz from marked
       where ${deviceMarks?.[0] ?? null}::bytea is not null ${isNowhere(deviceMarks)}
      on conflict (person_id, device_mark) do nothing
      returning person_id)
    select exists (select from seen) as "isNewDevice",
           (select max(n.version) from notice_seen n where n.person_id = marked.person_id) as "seenNotice"
      from marked`.execute(db);
  return rows[0];
}

/** Seen under another secret is seen; under the one in front the key itself says so. */
function isNowhere(deviceMarks: Marks | undefined) {
  const [, ...others] = deviceMarks ?? [];
  if (others.length === 0) return sql``;
  return sql`and not exists (
         select from device_seen d where d.person_id = marked.person_id and d.device_mark ${amongMarks(others)})`;
}
