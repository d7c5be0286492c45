import type { KyselyPlugin } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetOld as forgetSignIns } from "../../src/account/forget-old.ts";
import { forgetOld as forgetCodes } from "../../src/codes/forget-old.ts";
import { AT_ONCE } from "../../src/db/delete-old.ts";
import { forgetOld as forgetEid } from "../../src/eid/forget-old.ts";
import { forgetOld as forgetUploads } from "../../src/facility/take-uploads.ts";
import { forgetOld as forgetFactors } from "../../src/factor/forget-old.ts";
import { escalateLate } from "../../src/hotline/escalate-late.ts";
import { addPerson } from "../../src/me/person.fixture.ts";
import { forgetOld as forgetFiles } from "../../src/registration/forget.ts";
import { forgetOld as forgetRefusals } from "../../src/roster/forget-old.ts";
import { aUnit } from "../../src/roster/roster.fixture.ts";
import { forgetOld as forgetStatements } from "../../src/statement/forget-old.ts";
import { forgetKeysBefore } from "../../src/web/store.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

const ROWS = AT_ONCE + 1;
const LONG_AGO = "2026-01-05T02:00:00Z";
const GATHERED = {
  session: `insert into session (token_sha256, subject_kind, person_id, scope, kind, created_at, seen_at, idle_until, ends_at)
    select int4send(n), 'citizen', 1, 'full', 'cookie', $1, $1, $1, $1 from generate_series(1, $2::int) n`,
  sign_in_window: `insert into sign_in_window (subject_mark, device, tries, touched_at)
    select int4send(n), '', 1, $1 from generate_series(1, $2::int) n`,
  one_time_code: `insert into one_time_code (code_id, purpose, bound_to, channel, code_mark, created_at, ends_at, tries_left)
    select gen_random_uuid(), 'test', '', 'sms', '', $1, $1, 3 from generate_series(1, $2::int) n`,
  code_message: `insert into code_message (message_id, subject_mark, recipient_mark, is_sent, sent_at)
    select gen_random_uuid(), '', '', true, $1 from generate_series(1, $2::int) n`,
  idempotency_key: `insert into idempotency_key (asker, key, request_sha256, created_at)
    select 'anyone', n::text, '', $1 from generate_series(1, $2::int) n`,
  resume_window: `insert into resume_window (code_mark, failed, touched_at)
    select int4send(n), 1, $1 from generate_series(1, $2::int) n`,
  import_reject_record: `insert into import_reject_record (file_id, record_no, line, visit_id, sealed, kept_at)
    select (select max(file_id) from source_file), n, n, gen_random_uuid(), '', $1 from generate_series(1, $2::int) n`,
  import_reject_row: `insert into import_reject_row (file_id, record_no, line, layout, sealed, kept_at)
    select (select max(file_id) from source_file), n, n, 'own', '', $1 from generate_series(1, $2::int) n`,
  statement: `insert into statement (person_id, statement_id, kind, made_at, expires_on, code_end, code_mark, sealed_figures, pdf_sha256)
    select (select max(person_id) from person), gen_random_uuid(), 'participation', $1, $1::timestamptz - interval '3 years', '', int4send(n), '', ''
      from generate_series(1, $2::int) n`,
  statement_code: `insert into statement_code (code_mark, person_id, statement_id)
    select code_mark, person_id, statement_id from statement where $1::timestamptz is not null limit $2::int`,
  passkey_challenge: `insert into passkey_challenge (challenge_mark, purpose, bound_mark, created_at, ends_at)
    select int4send(n), 'sign_in', '', $1, $1 from generate_series(1, $2::int) n`,
  sign_in_ticket: `insert into sign_in_ticket (ticket_mark, person_id, password_mark, created_at, ends_at, tries_left)
    select int4send(n), 1, '', $1, $1, 3 from generate_series(1, $2::int) n`,
  eid_request: `insert into eid_request (state_mark, bound_mark, sealed_secrets, next, created_at, ends_at)
    select int4send(n), '', '', '', $1, $1 from generate_series(1, $2::int) n`,
  hotline_try: `insert into hotline_try (mark, at, try_id)
    select int4send(n), $1, gen_random_uuid() from generate_series(1, $2::int) n`,
  roster_refusal: `insert into roster_refusal (upload_id, row_no, reason, name, folded_name, cells)
    select u.upload_id, n, 'x', '', '', '{}'
      from roster_upload u, generate_series(1, $2::int) n where u.uploaded_at <= $1`,
  number_request: `insert into number_request (request_id, recipient_mark, address_mark, created_at)
    select gen_random_uuid(), '', '', $1 from generate_series(1, $2::int) n`,
};

const nightly = [
  ...[forgetSignIns, forgetCodes, forgetFiles, forgetUploads, forgetStatements],
  ...[forgetFactors, forgetEid, forgetRefusals, escalateLate],
];

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

test("however much is past its time goes whole, and no statement takes more than some thousands of it", async () => {
  await house.pool.query(
    "insert into source_file (kind, name, sha256, bytes, received_at) values ('persons', 'x', '', 1, $1)",
    [LONG_AGO],
  );
  await addPerson(house.db);
  await aUnit(house, "DV99");
  await house.pool.query(
    `insert into roster_upload (upload_id, unit_code, file_sha256, file_bytes, headings, purpose, basis, is_whole, uploaded_at)
     values (gen_random_uuid(), 'DV99', '', 1, '{}', 'rollout', 'duty', true, $1)`,
    [LONG_AGO],
  );
  for (const statement of Object.values(GATHERED)) await house.pool.query(statement, [LONG_AGO, ROWS]);
  const touched: number[] = [];
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      touched.push(Number(result.numAffectedRows ?? 0n));
      return result;
    },
  };
  const counted = { ...house, db: house.db.withPlugin(counting) };
  for (const forget of nightly) await forget(counted);
  await forgetKeysBefore(counted.db, house.clock.now());
  expect(Math.max(...touched)).toBe(AT_ONCE);
  for (const table of Object.keys(GATHERED)) {
    const { rows } = await house.pool.query(`select count(*)::int as left from ${table}`);
    expect(rows, table).toEqual([{ left: 0 }]);
  }
});
