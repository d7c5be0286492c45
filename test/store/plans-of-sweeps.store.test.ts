import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lapseForgotten } from "../../src/contact/store.ts";
import { inTransaction } from "../../src/db/transaction.ts";
import { lockLink } from "../../src/guardian/store.ts";
import { lockLinksToLookAt } from "../../src/guardian/store-ends.ts";
import { countTickets, listTickets, ticketsAbout } from "../../src/hotline/store-ticket.ts";
import { hasLaterFile, listFiles } from "../../src/intake/store-officer.ts";
import { findToRemind } from "../../src/letters/store-addressees.ts";
import { wipeOldSecrets } from "../../src/notices/store.ts";
import { waitingResults } from "../../src/notices/store-figures.ts";
import { failedResults } from "../../src/notices/store-follow.ts";
import { countNotices } from "../../src/notices/store-read.ts";
import { takeTurns } from "../../src/participation/store-notice.ts";
import { findPersonsByFoldedName } from "../../src/register/store.ts";
import { countLapsed } from "../../src/registration/store-sweep.ts";
import type { RetentionClass } from "../../src/retention/rules.ts";
import { classRows, dueRows, reachOfStep } from "../../src/retention/store-classes.ts";
import { lockRequest } from "../../src/rights/store.ts";
import { findUnitOfLine } from "../../src/roster/store-list.ts";
import { fillSome, matchAgain, reachOfMoves } from "../../src/roster/store-moments.ts";
import { forgetEnded } from "../../src/statement/store.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { pathsOf, rowsReadBy } from "./paths.fixture.ts";

/**
 * What runs every few seconds, every night or at a desk, over years of rows of which it needs few: none is reached from
 * the first row of a table to the last. A statement that grows with the years meets its limit one day, and then for good.
 */
const ROWS = 10_000;
const now = new Date("2026-11-23T02:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const NOBODY = "00000000-0000-4000-8000-000000000000";

let house: TestHouse;
let owner: pg.Pool;
beforeAll(async () => {
  house = await openTestHouse();
  owner = new pg.Pool({ ...house.connection, max: 1 });
  // The database goes while its server may still be taking leave of this connection.
  owner.on("connect", (client) => client.on("error", () => undefined));
  await owner.query("set session_replication_role = replica");
  await owner.query(years);
  await owner.query("analyze");
});
afterAll(async () => {
  await owner.end();
  await house.close();
});

const desk = { offices: ["52T01"], withEscalated: true, staffId: "5" };

test.each<[string, () => Promise<unknown>, string[]]>([
  [
    "persons by the beginning of their name",
    () => findPersonsByFoldedName(house.db, "nguyen van", 21),
    ["person by person_by_folded_name"],
  ],
  [
    "results that no provider has taken",
    () => waitingResults(house.db, { officeCodes: undefined, now, soon: now, warnLeftMs: 1 }),
    ["notice by notice_due_to_send"],
  ],
  [
    "how many messages of the whole country are how far",
    () => countNotices(house.db, { officeCodes: undefined }, now, 100),
    ["notice by notice_by_creation"],
  ],
  [
    "secrets of messages that ended long ago",
    () => wipeOldSecrets(house.db, now),
    ["notice by notice_pk", "notice by notice_secret_to_wipe"],
  ],
  [
    "results that failed",
    () => inTransaction(house.db, (tx) => failedResults(tx, 50)),
    ["notice by notice_by_declaration", "notice by notice_result_to_follow"],
  ],
  ["files that lapsed lately", () => countLapsed(house.db, daysAgo(28), now), ["declaration by declaration_lapsed"]],
  [
    "changes of a contact that nobody proved",
    () => lapseForgotten(house.db, daysAgo(1), now),
    ["contact_change by contact_change_asked"],
  ],
  [
    "persons with an unpaid period",
    () => inTransaction(house.db, (tx) => takeTurns(tx, "2026-11-01", now, 500)),
    [
      "account by account_pk",
      "arrears_run by arrears_run_pk",
      "participation_period by participation_period_unpaid",
      "person by person_pk",
    ],
  ],
  [
    "files with rejects",
    () => listFiles(house.db, { onlyRejects: true, limit: 51 }),
    ["facility by facility_pk", "source_file by source_file_with_rejects"],
  ],
  [
    "files of tables",
    () => listFiles(house.db, { onlyRejects: false, kinds: ["persons", "cards"], limit: 51 }),
    ["facility by facility_pk", "source_file by source_file_of_tables"],
  ],
  [
    "a later file of a kind of table",
    () => hasLaterFile(house.db, { id: "1", kind: "persons" }),
    ["source_file by source_file_of_tables"],
  ],
  ["the unit of a line", () => findUnitOfLine(house.db, NOBODY), ["roster_person by roster_person_by_line"]],
  [
    "tickets of a caller",
    () => ticketsAbout(house.db, { personIds: ["5"], declarationIds: ["7"] }, 20),
    ["ticket by ticket_by_declaration", "ticket by ticket_by_person"],
  ],
  ["open tickets", () => countTickets(house.db, desk, now), ["ticket by ticket_open"]],
  [
    "tickets of an office that are done",
    () => listTickets(house.db, desk, { show: "done", now, limit: 100 }),
    [
      "ticket by ticket_done_escalated",
      "ticket by ticket_done_of_office",
      "ticket by ticket_done_of_staff",
      "ticket by ticket_pk",
    ],
  ],
  [
    "lines that named nobody",
    () => inTransaction(house.db, (tx) => matchAgain(tx, ["1000001"])),
    [
      "person by person_by_folded_name",
      "person by person_pk",
      "person_key by person_key_by_person",
      "person_key by person_key_pk",
      "person_merge by person_merge_by_merged",
      "roster_person by roster_person_by_line",
      "roster_person by roster_person_by_number",
      "roster_person by roster_person_once",
      "roster_person by roster_person_to_match_by_birth",
    ],
  ],
  [
    "some lines of one enormous unit",
    () => inTransaction(house.db, (tx) => fillSome(tx, "V7", NOBODY, 2000)),
    [
      "account by account_pk",
      "declaration by declaration_by_id_number",
      "declaration by declaration_by_insurance_number",
      "declaration by declaration_by_matched_person",
      "declaration by declaration_by_person",
      "person_merge by person_merge_by_merged",
      "person_merge by person_merge_by_survivor",
      "roster_person by roster_person_pk",
    ],
  ],
  [
    "addressees whose reminder is due",
    () =>
      findToRemind(house.db, {
        ...{ toldBefore: daysAgo(22), remindedBefore: daysAgo(23), since: daysAgo(25) },
        ...{ most: 5, after: undefined, limit: 500 },
      }),
    [
      "letter by letter_pk",
      "letter by letter_replaced_once",
      "letter_addressee by letter_addressee_told",
      "letter_receipt by letter_receipt_pk",
    ],
  ],
  [
    "how far a step of the follower reaches",
    () => reachOfMoves(house.db, daysAgo(1), 2000),
    [
      "account by account_by_first_sign_in",
      "account by account_by_installation",
      "account by account_by_issue",
      "declaration by declaration_by_batch",
      "declaration by declaration_by_confirmation",
      "declaration by declaration_by_reception",
      "person_merge by person_merge_by_decision",
    ],
  ],
  [
    "papers whose code ended long ago",
    () => forgetEnded(house.db, "2020-05-01", 5000),
    ["statement by statement_by_end", "statement by statement_by_person", "statement_code by statement_code_pk"],
  ],
  [
    "links near their end",
    () =>
      inTransaction(house.db, (tx) =>
        lockLinksToLookAt(tx, { today: "2026-11-23", years: 18, limit: 500, except: [] }),
      ),
    ["guardianship by guardianship_by_id", "guardianship by guardianship_to_look_at", "person by person_pk"],
  ],
  [
    "a request by its id",
    () => inTransaction(house.db, (tx) => lockRequest(tx, NOBODY)),
    ["data_request by data_request_by_id"],
  ],
  [
    "changes of a contact that end",
    () => inTransaction(house.db, (tx) => classRows.contact_changes.remove(tx, [NOBODY])),
    ["contact_change by contact_change_by_id"],
  ],
  [
    "reports that end, with their history",
    () => inTransaction(house.db, (tx) => classRows.disputes.remove(tx, [NOBODY])),
    ["dispute by dispute_by_id", "dispute_event by dispute_event_by_dispute"],
  ],
  [
    "tickets that end, with their history",
    () => inTransaction(house.db, (tx) => classRows.tickets.remove(tx, ["-1"])),
    ["help_answer_use by help_answer_use_by_ticket", "ticket by ticket_pk", "ticket_event by ticket_event_pk"],
  ],
  [
    "a link by its id",
    () => inTransaction(house.db, (tx) => lockLink(tx, NOBODY)),
    ["guardianship by guardianship_by_id"],
  ],
])("to find %s these indexes are taken", async (_, work, paths) => {
  expect(await pathsOf(owner, work)).toEqual(paths);
});

test("copies of guardians' papers that stay for years are gone through in steps, none from the first to the last", async () => {
  const from = { before: daysAgo(30), after: daysAgo(50) };
  const paths = await pathsOf(owner, async () => {
    const to = await reachOfStep(house.db, "guardian_papers", from, 500);
    await inTransaction(house.db, (tx) => dueRows(tx, "guardian_papers", { ...from, to }, 200));
  });
  expect(paths).toEqual(
    expect.arrayContaining([
      "guardian_paper_copy by guardian_paper_copy_by_age",
      "guardianship by guardianship_by_paper",
    ]),
  );
  expect(paths.filter((path) => /^guardian.* read whole$/.test(path))).toEqual([]);
});

/** What holds a row back is asked of tables that are empty here. */
test.each<[RetentionClass, string[]]>([
  ["id_papers", ["declaration by declaration_pk", "id_paper_copy by id_paper_copy_by_age"]],
  ["guardian_papers", ["guardian_paper_copy by guardian_paper_copy_by_age", "guardianship by guardianship_by_paper"]],
  ["disputes", ["dispute by dispute_answered"]],
  ["tickets", ["ticket by ticket_by_time", "ticket_event by ticket_event_pk"]],
  ["calls", ["hotline_call by hotline_call_closed", "ticket by ticket_by_call"]],
])("rows of %s past their period are found without those that are not", async (name, paths) => {
  const found = await pathsOf(owner, () =>
    inTransaction(house.db, (tx) => dueRows(tx, name, { before: daysAgo(60), after: undefined, to: undefined }, 200)),
  );
  expect(found).toEqual(expect.arrayContaining(paths));
  const isWhole = /^(?!data_request|retention_hold|declaration_guardian).* read whole$/;
  expect(found.filter((path) => isWhole.test(path))).toEqual([]);
});

test("a row past its period is asked for its own holds, however many others are held back", async () => {
  await owner.query(`
    insert into retention_hold (hold_id, declaration_id, person_id, reason, opened_at)
    select gen_random_uuid(), declaration_id, declaration_id, 'lawsuit', '2026-01-01' from declaration order by 2 desc limit 2000`);
  await owner.query("analyze retention_hold");
  const step = { before: daysAgo(25), after: undefined, to: undefined };
  for (const name of ["id_papers", "disputes", "tickets", "calls"] as const) {
    const read = await rowsReadBy(owner, () => inTransaction(house.db, (tx) => dueRows(tx, name, step, 200)));
    expect(read, name).toBeLessThan(40_000);
  }
});

const years = `
  insert into person (person_id, public_id, full_name, folded_name, birth_on, birth_precision, sex)
  select n + 1000000, gen_random_uuid(), 'Mẫu', case when n % 100 < 50 then 'bui ' when n % 100 < 65 then 'nguyen van ' else 'tran ' end || md5(n::text),
         date '1970-01-01' + n % 9000, 'day', 1 from generate_series(1, ${ROWS}) n;
  insert into person_key (kind, key, person_id) select 'bhxh', lpad(n::text, 10, '0'), n + 1000000 from generate_series(1, ${ROWS}) n;
  insert into person_merge (merged_id, survivor_id, status, reason, office_code, proposed_by, proposed_at, decided_by, decided_at)
  select n, n + 1, 'merged', 'x', '52T01', 1, t, 2, t from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-01' - n * interval '1 hour' as t) x;
  insert into account (person_id, password_hash, password_kind, password_set_on, activated_at, first_signed_in_at, installed_at)
  select n + 1000000, 'x', 'chosen', '2026-01-01', t, t, t from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-01' - n * interval '1 minute' as t) x;
  insert into notice (dedupe_key, class, channel, template, lang, recipient, created_at, queued_at, due_at, next_at, state, sent_at, delivered_at, declaration_id)
  select 'k' || n, 'outcome', 'sms', 'declaration_refused', 'vi', 'x', t, t, t + interval '15 minutes', t, 'delivered', t, t, n
    from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-01' - n * interval '1 minute' as t) x;
  insert into notice (dedupe_key, class, channel, template, lang, recipient, created_at, queued_at, due_at, next_at, state, ended_at)
  select 'f' || n, 'reminder', 'sms', 'declaration_refused', 'vi', 'x', t, t, t + interval '15 minutes', t, 'failed', t + interval '1 hour'
    from generate_series(1, ${ROWS / 2}) n, lateral (select timestamptz '2026-11-01' - n * interval '1 minute' as t) x;
  insert into declaration (code, status, answers, created_at, confirmed_at, lapses_at, decided_at)
  select 'X' || n, case when n % 50 = 0 then 'lapsed' else 'accepted' end, '{}', t, t, t + interval '10 days', t + interval '1 day'
    from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-01' - n * interval '5 minutes' as t) x;
  insert into ticket (code, category, priority, channel, state, opened_at, opened_by, lang, says, person_id, declaration_id, office_code, assigned_to)
  select 'T' || n, 'other', 'normal', 'call', case when n % 100 = 0 then 'open' else 'closed' end,
         timestamptz '2026-11-01' - n * interval '1 minute', 1, 'vi', 'x', n, n + 7, case when n % 3 = 0 then '5' || n % 2 || 'T01' end, n % 200
    from generate_series(1, ${ROWS}) n;
  insert into guardianship (person_id, link_id, guardian_id, relation, paper_id, ends_by_age, from_on, status, made_at, look_on, look_by_years)
  select n + 1000000, gen_random_uuid(), n + 1, 'mother', gen_random_uuid(), true, '2024-01-01', 'active', '2024-01-01', date '2026-11-01' + n, 18 from generate_series(1, ${ROWS}) n;
  insert into contact_change (person_id, change_id, kind, new_value, source, state, asked_at, ended_at)
  select n + 1000000, gen_random_uuid(), 'phone', 'x', 'online', 'lapsed', t, t
    from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-01' - n * interval '5 minutes' as t) x;
  insert into participation_period (person_id, fund, from_month, to_month, unit_code, unit_name, status)
  select n + 1000000, 'bhxh', '2015-01-01', '2024-12-01', 'x', 'x', case when n % 200 = 0 then 'unpaid' else 'paid' end
    from generate_series(1, ${ROWS}) n;
  insert into facility (facility_code, name, folded_name, valid_from, source)
  select lpad(n::text, 5, '0'), 'Cơ sở Mẫu', 'co so mau', '2020-01-01', 'test' from generate_series(1, 2000) n;
  insert into source_file (kind, name, sha256, bytes, received_at, rejected)
  select case when n % 500 = 0 then 'persons' else 'claims' end, 'x', int4send(n), 1, '2026-01-01', case when n % 100 = 0 then 1 else 0 end
    from generate_series(1, ${ROWS}) n;
  insert into roster_person (unit_code, line_id, full_name, folded_name, birth_date, number_typed, match, joined_at)
  select 'V' || (n % 1200), gen_random_uuid(), 'x', 'x ' || n % 20, date '1970-01-01' + n % 9000, lpad(n::text, 10, '0'), 'none', '2026-01-01' from generate_series(1, ${ROWS}) n;
  insert into letter (number, dated_on, subject, issuer, signed_by, lang, made_at, made_by, sent_at, sent_by, office_code)
  select 'L' || n, '2026-01-01', 'x', 'x', 'x', 'vi', t, 1, t, 1, '52T01'
    from generate_series(1, 1000) n, lateral (select timestamptz '2026-11-01' - n * interval '1 hour' as t) x;
  insert into letter_addressee (addressee_id, letter_id, group_name, name, email, last_told_at)
  select gen_random_uuid(), letter_id, 'x', 'x', 'x', sent_at from letter, generate_series(1, 10);
  insert into letter_receipt (addressee_id, signer_name, signer_position, place, way, signed_at, digest, check_mark)
  select addressee_id, 'x', 'x', 'x', 'account', last_told_at, '', int4send(row_number() over ()::integer) from letter_addressee;
  insert into id_paper_copy (copy_id, declaration_id, side, media_type, width, height, sha256, sealed, key_id, filed_at, filed_by)
  select gen_random_uuid(), declaration_id, 'front', 'image/jpeg', 1, 1, '', '', 'x', confirmed_at, 1 from declaration;
  insert into guardian_paper_copy (copy_id, paper_id, media_type, width, height, sha256, sealed, key_id, filed_at, filed_by)
  select gen_random_uuid(), paper_id, 'image/jpeg', 1, 1, '', '', 'x', timestamptz '2026-11-01' - row_number() over () * interval '5 minutes', 1 from guardianship;
  insert into dispute (person_id, dispute_id, kind, fact_kind, fact_id, says, status, created_at, answered_at, answer)
  select n, gen_random_uuid(), 'wrong', 'visit', n::text, 'x', 'answered', t, t, 'x'
    from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-01' - n * interval '5 minutes' as t) x;
  insert into dispute_event (person_id, dispute_id, seq, at, kind, staff_id, office_code, says)
  select person_id, dispute_id, 1, answered_at, 'answered', 1, '52T01', 'x' from dispute;
  insert into data_request (person_id, request_id, says, opened_at, answer_by, due_on, office_code, withdrawn_at)
  select n + 1000000, gen_random_uuid(), 'x', '2026-01-01', '2026-01-04', '2026-01-20', '52T01', '2026-01-02'
    from generate_series(1, ${ROWS}) n;
  insert into help_answer_use (answer_key, ticket_id, at) select 'a', ticket_id, opened_at from ticket;
  insert into hotline_call (call_id, channel, key_kind, key_mark, tries_left, opened_at, opened_by, closed_at)
  select gen_random_uuid(), 'call', 'phone', '', 3, t, 1, t
    from generate_series(1, ${ROWS}) n, lateral (select timestamptz '2026-11-01' - n * interval '5 minutes' as t) x;
  insert into ticket_event (ticket_id, seq, at, kind) select ticket_id, 1, opened_at, 'closed' from ticket;
  insert into statement_code (code_mark, person_id, statement_id) select int4send(n), n, gen_random_uuid() from generate_series(1, ${ROWS}) n;
  insert into statement (person_id, statement_id, kind, made_at, expires_on, code_end, code_mark, sealed_figures, pdf_sha256)
  select n, gen_random_uuid(), 'participation', '2020-01-01', date '2020-04-01' + n, 'ABCD', int4send(n), 'x', 'x' from generate_series(1, ${ROWS}) n;`;
