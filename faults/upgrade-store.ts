/** Who asks while versions change: readers with open sessions, members who sign in, facilities that send files. */
import type pg from "pg";
import { fillShort, signIn } from "../bench/reads-store.ts";
import { hashSecret } from "../src/account/hash-lane.ts";
import type { House } from "../src/db/house.ts";
import { issueToken } from "../src/facility/token.ts";

export interface People {
  /** Bearer tokens. */
  readers: string[];
  members: { login: string; password: string }[];
  facilityTokens: string[];
}

const PERSONS = 5000;
const VISITS_EACH = 5;
const READERS = 500;
const MEMBERS = 300;
const FACILITIES = 3;
const PASSWORD = "mưa nắng sông núi 27";

export async function fillPeople(
  owner: pg.Pool,
  house: House,
  { persons = PERSONS, membersCount = MEMBERS }: { persons?: number; membersCount?: number } = {},
): Promise<People> {
  await fillShort(owner, persons, VISITS_EACH);
  const now = house.clock.now();
  const readers = (await signIn(owner, READERS + membersCount, now)).map(({ token, personId }) => ({
    token,
    personId,
  }));
  const members = readers
    .splice(0, membersCount)
    .map(({ personId }, at) => ({ personId, login: `7${String(at).padStart(9, "0")}` }));
  await owner.query("update account set password_hash = $2 where person_id = any($1)", [
    members.map(({ personId }) => personId),
    await hashSecret(PASSWORD.normalize("NFC")),
  ]);
  await owner.query(
    "insert into person_key (kind, key, person_id) select 'bhxh', * from unnest($1::text[], $2::bigint[])",
    [members.map(({ login }) => login), members.map(({ personId }) => personId)],
  );
  await owner.query(
    `insert into bhxh_office (office_code, kind, name, folded_name, province_code, commune_code, address, phone, opening_hours, valid_from)
     values ('52T01', 'base', 'Bảo hiểm xã hội Mẫu', 'bao hiem xa hoi mau', '52', '21952', 'Số 1 Đường Mẫu', '0000 000 052', '7:30–17:00', '2025-06-01')
     on conflict do nothing`,
  );
  const facilityTokens: string[] = [];
  for (let at = 1; at <= FACILITIES; at += 1) {
    const asked = { facility: `7990${at}`, days: 2, label: "Máy gửi mẫu" };
    facilityTokens.push((await issueToken(house, asked)).token);
  }
  return {
    readers: readers.map(({ token }) => token),
    members: members.map(({ login }) => ({ login, password: PASSWORD })),
    facilityTokens,
  };
}

/** How many reads of lists the trail knows of. */
export async function countLooks(owner: pg.Pool): Promise<number> {
  const { rows } = await owner.query<{ count: string }>(
    "select count(*) as count from audit_event where action = 'read_visits'",
  );
  return Number(rows[0]?.count);
}

/** A report that reads for a minute: it keeps every change of these tables out while it lasts. */
export async function readLong(owner: pg.Pool, tables: readonly string[], until: Promise<unknown>): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("begin");
    for (const table of tables) await client.query(`select count(*) from ${table}`);
    await until;
    await client.query("commit");
  } finally {
    client.release();
  }
}
