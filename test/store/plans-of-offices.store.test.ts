import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { namesOfStaff } from "../../src/account/store-staff.ts";
import { batchesOf } from "../../src/batch/store.ts";
import { casesOf } from "../../src/dispute/store-desk.ts";
import { linksOfGuardian } from "../../src/guardian/store.ts";
import { listFiles } from "../../src/intake/store-officer.ts";
import { flagsIn } from "../../src/looks/store.ts";
import { countLooks } from "../../src/looks/store-look.ts";
import { messageFigures } from "../../src/notices/store-figures.ts";
import { countNotices, listNotices } from "../../src/notices/store-read.ts";
import { countPromises, inDanger, listPromises, promisesByDay } from "../../src/promise/store.ts";
import { mergesOf } from "../../src/register/store-merge.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { pathsOf, rowsReadBy } from "./paths.fixture.ts";

/**
 * Pages of one office among hundreds, after years: they reach the rows of that office and of those days. One that goes
 * through what all offices did, or through all that its own ever did, is slower each year.
 */
const ROWS = 20_000;
const now = new Date("2026-11-23T02:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const ONE = ["O17"];
const promise = { officeCodes: ONE, from: daysAgo(30), now, warnMinutes: 10 };

let house: TestHouse;
let owner: pg.Pool;
beforeAll(async () => {
  house = await openTestHouse();
  owner = new pg.Pool({ ...house.connection, max: 1 });
  // The database goes while its server may still be taking leave of this connection.
  owner.on("connect", (client) => client.on("error", () => undefined));
  await owner.query("set session_replication_role = replica");
  await owner.query(years);
  await owner.query("vacuum analyze");
});
afterAll(async () => {
  await owner.end();
  await house.close();
});

const OF_FILES = ["declaration by declaration_of_office_by_reception", "notice by notice_by_declaration"];

test.each<[string, () => Promise<unknown>, string[]]>([
  [
    "its newest messages",
    () => listNotices(house.db, { officeCodes: ONE }, { show: "all", now, limit: 51 }),
    ["notice by notice_of_office_by_creation"],
  ],
  [
    "messages of a rare kind, from a page on that was left open",
    () => listNotices(house.db, { officeCodes: ONE }, { show: "failing", now, before: "9", limit: 51 }),
    ["notice by notice_of_office_by_creation", "notice by notice_pk"],
  ],
  [
    "how many of its messages are how far",
    () => countNotices(house.db, { officeCodes: ONE }, now, 100),
    ["notice by notice_of_office_by_creation"],
  ],
  [
    "what became of its messages",
    () => messageFigures(house.db, "provider", { officeCodes: ONE, from: daysAgo(30), now, receiptBy: now }),
    ["notice by notice_of_office_by_creation"],
  ],
  ["how its fifteen minutes are kept", () => countPromises(house.db, promise), OF_FILES],
  ["the same by day", () => promisesByDay(house.db, promise, 300), OF_FILES],
  ["its late files", () => listPromises(house.db, promise, "late", 201), OF_FILES],
  [
    "its files in danger",
    () => inDanger(house.db, promise),
    [
      "declaration by declaration_of_office_by_reception",
      "declaration by declaration_pk",
      "declaration by declaration_to_decide",
      "notice by notice_by_declaration",
      "notice by notice_due_to_send",
    ],
  ],
  [
    "its answered reports",
    () => casesOf(house.db, ONE, "answered", 100),
    ["dispute by dispute_answered_of_office", "person by person_pk"],
  ],
  ["its judged flags", () => flagsIn(house.db, ONE, { isJudged: true, limit: 51 }), ["look_flag by look_flag_judged"]],
  ["its batches, the open ones first", () => batchesOf(house.db, ONE, 50), ["batch by batch_of_office_by_closing"]],
  [
    "its merges, those to decide first",
    () => mergesOf(house.db, ONE, 50),
    ["person by person_pk", "person_merge by person_merge_of_office_to_decide"],
  ],
  [
    "tables with rejects, beside thousands of claims with some",
    () => listFiles(house.db, { onlyRejects: true, kinds: ["persons", "cards"], limit: 51 }),
    ["facility by facility_pk", "source_file by source_file_of_tables_with_rejects"],
  ],
  [
    "the links of a guardian, ended ones too",
    () => linksOfGuardian(house.db, "17"),
    ["guardianship by guardianship_of_guardian", "person by person_pk"],
  ],
  ["names of colleagues, without what each may do", () => namesOfStaff(house.db), ["staff read whole"]],
])("to find %s these indexes are taken", async (_, work, paths) => {
  expect(await pathsOf(owner, work)).toEqual(paths);
});

test("a look that needs a case asks for the files and matters of its person alone, behind the desk's wall too", async () => {
  const staff = {
    kind: "staff" as const,
    staffId: "1",
    name: "Cán bộ Mẫu",
    sessionId: "00",
    roles: [{ role: "officer" as const, officeCode: "O17" }],
  };
  const look = { at: now, actor_kind: "staff", actor_id: "1", action: "person.looked", purpose: "review", detail: {} };
  const of = { person_id: "17", object_kind: null, object_id: null, office_code: "O17", case_of: ["17", "18"] };
  const work = () => countLooks(house.db, staff, [{ ...look, ...of }], "case");
  const desk = `set local role vssid_desk; set local vssid.staff = '1'; set local vssid.persons = '{17}'; set local vssid.now = '2026-11-23 02:00Z'`;
  expect(await rowsReadBy(owner, work, desk)).toBeLessThan(1000);
});

test("when a file's owner was told is looked up once a file, however many figures need it", async () => {
  const all = { ...promise, officeCodes: undefined };
  const { all: files } = await countPromises(house.db, all);
  expect(files).toBeGreaterThan(500);
  for (const count of [() => countPromises(house.db, all), () => promisesByDay(house.db, all, 300)]) {
    expect(await rowsReadBy(owner, count)).toBeLessThan(files * 3);
  }
});

const years = `
  insert into person (person_id, public_id, full_name, folded_name, birth_on, birth_precision, sex)
  select n, gen_random_uuid(), 'Mẫu', 'mau', '1970-01-01', 'day', 1 from generate_series(1, ${ROWS}) n;
  insert into notice (dedupe_key, class, channel, template, lang, recipient, created_at, queued_at, due_at, next_at, state, sent_at, office_code, declaration_id)
  select 'k' || n, 'outcome', 'sms', 'declaration_refused', 'vi', 'x', t, t, t + interval '15 minutes', t, 'sent', t, 'O' || n % 100, n
    from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-23' - (${ROWS} - n) * interval '80 minutes' as t) x;
  insert into declaration (declaration_id, code, status, answers, office_code, created_at, confirmed_at, lapses_at, received_at, notice_due_at, decided_at, person_id)
  overriding system value
  select n, 'X' || n, case when n % 200 = 0 then 'received' else 'accepted' end, '{}', 'O' || n % 100, t, t, t + interval '10 days', t, t + interval '15 minutes', t, case when n % 200 > 0 then n end
    from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-23' - (${ROWS} - n) * interval '80 minutes' as t) x;
  insert into dispute (person_id, dispute_id, kind, fact_kind, fact_id, says, status, created_at, answered_at, answer, office_code)
  select n, gen_random_uuid(), 'wrong', 'visit', n::text, 'x', 'answered', t, t, 'x', 'O' || n % 100
    from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-01' - n * interval '5 minutes' as t) x;
  insert into look_flag (staff_id, kind, day, person_id, office_code, first_at, last_at, first_event, last_event, times, verdict, note, judged_by, judged_at)
  select 1, 'repeats', '2026-11-01', n, 'O' || n % 100, t, t, n, n, 1, 'explained', 'x', 2, t
    from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-01' - n * interval '5 minutes' as t) x;
  insert into batch (office_code, unit_name, opened_at, opened_by, closed_at, closed_by)
  select 'O' || n % 10, 'x', t, 1, case when n % 50 > 0 then t end, case when n % 50 > 0 then 1 end
    from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-01' - n * interval '5 minutes' as t) x;
  insert into person_merge (merged_id, survivor_id, status, reason, office_code, proposed_by, proposed_at, decided_by, decided_at)
  select n, n + 1, 'merged', 'x', 'O' || n % 20, 1, t, 2, t from generate_series(1, ${ROWS} - 1) n, lateral (select timestamptz '2026-11-01' - n * interval '1 hour' as t) x;
  insert into source_file (kind, name, sha256, bytes, received_at, rejected)
  select case when n % 500 = 0 then 'persons' else 'claims' end, 'x', int4send(n), 1, '2026-01-01', case when n % 10 = 0 then 1 else 0 end
    from generate_series(1, ${ROWS}) n;
  insert into facility (facility_code, name, folded_name, valid_from, source)
  select lpad(n::text, 5, '0'), 'Cơ sở Mẫu', 'co so mau', '2020-01-01', 'test' from generate_series(1, 2000) n;
  insert into guardianship (person_id, link_id, guardian_id, relation, paper_id, ends_by_age, from_on, status, made_at, ended_at, end_reason, look_by_years)
  select n, gen_random_uuid(), n + 1, 'mother', gen_random_uuid(), true, '2024-01-01', s, '2024-01-01',
         case s when 'ended' then timestamptz '2025-01-01' end, case s when 'ended' then 'asked' end, 18
    from generate_series(1, ${ROWS}) n, lateral (select case when n % 3 = 0 then 'ended' else 'active' end as s) x;
  insert into staff (username, full_name, password_hash, password_set_on) select 'cb' || n, 'Mẫu', 'x', '2026-01-01' from generate_series(1, 2000) n;`;
