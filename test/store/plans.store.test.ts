import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawFiles, fillFiles, OFFICE } from "../../bench/counter-store.ts";
import { fillOutbox } from "../../bench/notices-store.ts";
import { fillShort, type SignedIn, signIn } from "../../bench/reads-store.ts";
import { findEntrant } from "../../src/account/store-sign-in.ts";
import { recordLooks } from "../../src/audit/record.ts";
import { keptBodies } from "../../src/me/kept-bodies.ts";
import { claim } from "../../src/notices/store.ts";
import { hasSuspect, isolateKillers } from "../../src/notices/store-suspects.ts";
import { inDanger } from "../../src/promise/store.ts";
import { deadAfter } from "../../src/register/store-death.ts";
import { queueOf } from "../../src/registration/store-queue.ts";
import { findFile } from "../../src/review/find-file.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { pathsOf } from "./paths.fixture.ts";

/**
 * How PostgreSQL reaches the rows of the hottest statements, over enough rows that a wrong index would be seen: each
 * table by the index named here, none from its first row to its last. A new shape is looked at before it stands here.
 */
let house: TestHouse;
let owner: pg.Pool;
let asker: SignedIn;
let visitId: string;
let code: string;
beforeAll(async () => {
  house = await openTestHouse();
  owner = new pg.Pool({ ...house.connection, max: 1 });
  // The database goes while its server may still be taking leave of this connection.
  owner.on("connect", (client) => client.on("error", () => undefined));
  await fillShort(owner, 4000, 2);
  const people = await signIn(owner, 4000, house.clock.now());
  asker = people[0] as SignedIn;
  await owner.query(theRestOfTheRecord);
  await fillOutbox(owner, { count: 4000, from: 0, lane: "outcome", windowMs: 900_000 });
  await owner.query(`
    update notice set state = 'sent', sent_at = queued_at where notice_id % 50 > 0;
    insert into notice_attempt (notice_id, attempt_no, provider, started_at) select notice_id, 1, 'a', queued_at from notice`);
  await fillFiles(owner, 5000, house.clock.now());
  code = (await drawFiles(owner, 1))[0]?.code ?? "";
  await owner.query("analyze");
  const { rows } = await owner.query("select visit_id from visit where person_id = $1 limit 1", [asker.personId]);
  visitId = rows[0].visit_id;
});
afterAll(async () => {
  await owner.end();
  await house.close();
});

const read = (path: string) => async () => {
  const reply = await house.app.inject({ url: path, headers: { authorization: `Bearer ${asker.token}` } });
  expect(reply.statusCode).toBe(200);
};
const officer = {
  kind: "staff" as const,
  staffId: "1",
  name: "Cán bộ Mẫu",
  sessionId: "00",
  roles: [{ role: "officer" as const, officeCode: OFFICE }],
};
const want = {
  channel: "sms" as const,
  lanes: [1, 3] as [1, 3],
  limit: 16,
  owner: "a",
  provider: "a",
  inFlight: [],
  share: { from: 0, to: 1000, leavesOwn: false },
  mayTakeOver: true,
  suspects: false,
};

const monthBefore = () => new Date(house.clock.now().getTime() - 30 * 86_400_000);

const hot: [string, () => Promise<unknown>, string[]][] = [
  [
    "the list of visits",
    read("/api/v1/me/visits"),
    ["facility by facility_pk", "person by person_pk", "visit by visit_by_admission"],
  ],
  [
    "the dead whose accounts may be open",
    () => deadAfter(house.db, "0", 5000),
    ["account by account_pk", "person by person_dead"],
  ],
  [
    "one visit",
    () => read(`/api/v1/me/visits/${visitId}`)(),
    [
      "facility by facility_pk",
      "person by person_pk",
      "visit by visit_by_id",
      "visit_rest by visit_rest_pk",
      "visit_version by visit_version_pk",
    ],
  ],
  [
    "the home screen",
    read("/api/v1/me"),
    ["contact_point by contact_point_pk", "person by person_pk", "person_number by person_number_pk"],
  ],
  [
    "the cards",
    read("/api/v1/me/cards"),
    [
      "admin_unit by admin_unit_pk",
      "admin_unit_successor by admin_unit_successor_pk",
      "code_list_entry by code_list_entry_pk",
      "facility by facility_pk",
      "health_card by health_card_pk",
      "person by person_pk",
    ],
  ],
  [
    "the participation",
    read("/api/v1/me/participation"),
    [
      "bhxh_office by bhxh_office_pk",
      "employer by employer_pk",
      "participation_period by participation_period_pk",
      "person by person_pk",
    ],
  ],
  ["the benefits", read("/api/v1/me/benefits"), ["benefit by benefit_pk", "person by person_pk"]],
  [
    "a sign-in",
    () => findEntrant(house.db, { kind: "bhxh", number: "7000000001" }, [Buffer.alloc(32)]),
    [
      "account by account_pk",
      "authenticator by authenticator_pk",
      "device_seen by device_seen_pk",
      "person_key by person_key_pk",
    ],
  ],
  [
    "the queue of an office",
    () => queueOf(house.db, [OFFICE], { limit: 51 }),
    ["declaration by declaration_due_to_lapse", "declaration by declaration_to_decide"],
  ],
  ["a file by its code", () => findFile(house, officer, code), ["declaration by declaration_code_unique"]],
  [
    "a file by a number",
    () => findFile(house, officer, "000000000301"),
    ["declaration by declaration_by_id_number", "declaration by declaration_by_insurance_number"],
  ],
  [
    "a file by a name",
    () => findFile(house, officer, "Nguyễn Thị Hương"),
    ["declaration by declaration_by_name_at_office"],
  ],
  [
    "the alarm of files over their fifteen minutes, of one office",
    () => inDanger(house.db, { officeCodes: [OFFICE], from: monthBefore(), now: house.clock.now(), warnMinutes: 10 }),
    [
      "declaration by declaration_by_reception",
      "declaration by declaration_pk",
      "declaration by declaration_to_decide",
      "notice by notice_by_file_code",
      "notice by notice_due_to_send",
    ],
  ],
  [
    "the next messages",
    () =>
      claim(house.db, { ...want, now: house.clock.now(), leaseUntil: new Date(house.clock.now().getTime() + 30_000) }),
    ["notice by notice_due_to_send", "notice by notice_pk", "notice_attempt by notice_attempt_pk"],
  ],
  [
    "the look for messages that kill their senders",
    async () => {
      const look = { ...want, suspects: true, now: house.clock.now() };
      await isolateKillers(house.db, look);
      await hasSuspect(house.db, look);
    },
    ["notice by notice_pk", "notice by notice_taken_over", "notice_attempt by notice_attempt_pk"],
  ],
];

test.each(hot)("%s goes straight to its rows", async (_, work, paths) => {
  const mayKeep = keptBodies.bytesMax;
  keptBodies.bytesMax = 0;
  try {
    await work();
    expect(await pathsOf(owner, work)).toEqual(paths);
  } finally {
    keptBodies.bytesMax = mayKeep;
  }
});

test("of a record that was read a moment ago only the version is asked", async () => {
  const work = read("/api/v1/me/visits");
  await work();
  expect(await pathsOf(owner, work)).toEqual(["person by person_pk"]);
});

/** Most of its tables are small, and which of their keys is taken depends on how few rows there are: none is read whole. */
test("a look at a person is one statement, and reaches case, ceilings and earlier looks by indexes", async () => {
  await owner.query("set enable_seqscan = off");
  const look = { at: house.clock.now(), actor: officer, action: "person.look", purpose: "review" };
  const work = () => recordLooks(house.db, officer, [{ ...look, personId: asker.personId }], "must").catch(() => []);
  const paths = await pathsOf(owner, work);
  await owner.query("reset enable_seqscan");
  const large = /^(audit_event|declaration|person_number|break_glass|counter_matter|look_lift) /;
  expect(paths.filter((path) => large.test(path))).toEqual([
    "audit_event by audit_event_staff_by_time",
    "break_glass by break_glass_of_person",
    "counter_matter by counter_matter_of_person",
    "declaration by declaration_by_id_number",
    "declaration by declaration_by_person",
    "declaration by declaration_one_open_per_number",
    "look_lift by look_lift_of_staff",
    "person_number by person_number_pk",
  ]);
  const small = paths.filter((path) => !large.test(path));
  expect(new Set(small.map((path) => path.split(" ")[0]))).toEqual(
    new Set(["data_request", "dispute", "person_death", "person_merge", "setting", "ticket"]),
  );
  expect(small.filter((path) => !/ by \w+$/.test(path))).toEqual([]);
});

const theRestOfTheRecord = `
  insert into facility (facility_code, name, folded_name, valid_from, source)
  select lpad(n::text, 5, '0'), 'Cơ sở Mẫu ' || n, 'co so mau ' || n, date '2020-01-01', 'test' from generate_series(1, 4000) n;
  insert into person_number (person_id, kind, number, valid_from)
  select person_id, 'bhxh', lpad(person_id::text, 10, '0'), date '2021-01-01' from person;
  insert into contact_point (person_id, kind, value, valid_from, source)
  select person_id, 'phone', '09' || lpad(person_id::text, 8, '0'), timestamptz '2021-01-01', 'test' from person;
  insert into participation_period (person_id, fund, from_month, to_month, unit_code, unit_name)
  select person_id, fund, date '2015-01-01', date '2024-12-01', 'TM0001', 'Đơn vị Mẫu'
    from person, unnest(array['bhxh', 'bhtn', 'bhyt']) as fund;
  insert into health_card (person_id, card_number, valid_from, form)
  select person_id, lpad(person_id::text, 10, '0'), date '2024-01-01', 'card10' from person;
  insert into benefit (person_id, kind, decision_no, from_on, regime, amount)
  select person_id, 'short_term', 'QD-' || n, date '2024-01-01' + n, 'sickness', 1000000 from person, generate_series(1, 2) n;
  insert into person_key (kind, key, person_id) select 'bhxh', '7' || lpad(person_id::text, 9, '0'), person_id from person;
  insert into authenticator (person_id, sealed_secret, created_at)
  select person_id, '\\x00', timestamptz '2026-01-01' from account;
  insert into device_seen (person_id, device_mark, first_seen_at)
  select person_id, sha256(person_id::text::bytea), timestamptz '2026-01-01' from account;
  insert into audit_event (at, actor_kind, actor_id, action, purpose, person_id, office_code)
  select timestamptz '2026-11-01' + n * interval '2 minutes', 'staff', n % 40, 'person.look', 'review', 1 + n % 4000, '52T01'
    from generate_series(1, 20000) n;
  insert into visit_rest (person_id, visit_id, tables) select person_id, visit_id, '{}' from visit;
  insert into visit_version select v.*, null, null, timestamptz '2026-01-01', 1, 'replaced' from visit v;`;
