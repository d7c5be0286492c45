import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { aUnit } from "../roster/roster.fixture.ts";
import { insertNotice } from "./backup.fixture.ts";
import { keyOf } from "./key.ts";
import { careFor, releaseHeld } from "./restore.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const place = () => ({ dir: join(house.settings.dataDir, "backups"), key: keyOf(randomBytes(32)) });
const rows = async (query: string) => (await house.pool.query(query)).rows;
const nothingAwaited = { awaits_receipt: false, sealed_fields: null };
const person = `insert into person (public_id, full_name, folded_name, birth_on, sex)
  values (gen_random_uuid(), 'Đặng Thị Mẫu', 'dang thi mau', '1990-01-15', 2) returning person_id`;

/** One of everything that lets somebody in without a password of their own, and beside it what does so no more. */
async function secretsOfEveryKind(): Promise<void> {
  const ends = "now() + interval '1 hour', now() + interval '1 hour'";
  await rows(`with who as (${person})
    insert into session (token_sha256, subject_kind, person_id, scope, kind, created_at, seen_at, idle_until, ends_at)
    select '\\x01', 'citizen', person_id, 'full', 'cookie', now(), now(), ${ends} from who`);
  for (const used of ["null", "now()"]) {
    await rows(`insert into one_time_code (code_id, purpose, bound_to, channel, code_mark, created_at, ends_at, tries_left, proved_at, used_at)
      values (gen_random_uuid(), 'recover', '\\x01', 'sms', '\\x01', now(), now() + interval '5 minutes', 3, ${used}, ${used})`);
  }
  await rows("insert into sign_in_ticket values ('\\x01', 1, '\\x01', now(), now() + interval '5 minutes', 5)");
  await rows("insert into passkey_challenge values ('\\x01', 'sign_in', '\\x01', now(), now() + interval '5 minutes')");
  await rows(
    "insert into eid_request values ('\\x01', '\\x01', '\\x01', null, '', now(), now() + interval '5 minutes')",
  );
  for (const accepted of ["null, null", "now(), (select staff_id from who)"]) {
    await rows(`with who as (insert into staff (username, full_name, password_hash, password_set_on)
        values (gen_random_uuid()::text, 'Đầu Mối Thử', 'x', '2026-11-01') returning staff_id)
      insert into drive_invitation (invitation_id, unit_code, full_name, email, code_mark, invited_by, invited_at, ends_at, accepted_at, staff_id)
      select gen_random_uuid(), 'DV71', 'Đầu Mối Mới', 'moi@example.vn', gen_random_uuid()::text::bytea, staff_id, '2026-11-20',
             now() + interval '14 days', ${accepted} from who`);
  }
  for (const [hash, until] of [
    ["issued", "now() + interval '3 days'"],
    ["chosen", "null"],
  ]) {
    await rows(`with who as (${person})
      insert into account (person_id, password_hash, password_kind, password_set_on, issued_until, activated_at)
      select person_id, '${hash}', '${hash}', '2026-11-20', ${until}, now() from who`);
  }
}

describe("what lets somebody in without a password of their own", () => {
  it("ends with a restore: used, ended or replaced after the restored moment, it would open again", async () => {
    await aUnit(house, "DV71");
    await secretsOfEveryKind();
    const { ended } = await careFor(house, place(), async () => undefined);
    expect(ended).toEqual({
      ...{ sessions: 1, codes: 1, tickets: 1, challenges: 1, eidRequests: 1, invitations: 1, activations: 1 },
    });
    const now = `timestamptz '${house.clock.now().toISOString()}'`;
    expect(await rows(`select ended_at <= ${now} as is_over from session`)).toEqual([{ is_over: true }]);
    expect(await rows("select used_at is not null as was_used from one_time_code")).toEqual([{ was_used: true }]);
    for (const table of ["sign_in_ticket", "passkey_challenge", "eid_request"]) {
      expect(await rows(`select 1 from ${table}`), table).toEqual([]);
    }
    expect(
      await rows(
        `select accepted_at is null as was_open, ends_at <= ${now} as is_over from drive_invitation order by 1`,
      ),
    ).toEqual([
      { was_open: false, is_over: false },
      { was_open: true, is_over: true },
    ]);
    expect(await rows(`select password_hash, issued_until <= ${now} as is_over from account order by 1`)).toEqual([
      { password_hash: "chosen", is_over: null },
      { password_hash: "issued", is_over: true },
    ]);
  });
});

describe("what may have gone out before the restore", () => {
  const one = (key: string, change = "fence = 1") =>
    rows(`insert into notice (dedupe_key, class, channel, template, lang, recipient, created_at, queued_at, due_at, next_at)
      select '${key}', 'reminder', 'email', 'password_due', 'vi', 'a@example.vn', day, day, day + 1, day from (values (date '2026-11-01')) as made (day);
      update notice set ${change} where dedupe_key = '${key}'`);
  const states = () => rows("select dedupe_key, state from notice order by 1");

  it("is held, whether or not anybody knows how it went, and no report of delivery is waited for", async () => {
    await one("queued");
    await one("sending", "state = 'sending', lease_owner = 'a worker', fence = 1");
    await one("sent", "state = 'sent', sent_at = now(), awaits_receipt = true, sealed_fields = '\\x01'");
    await one("unknown", "state = 'unknown'");
    const { heldNotices } = await careFor(house, place(), async () => undefined);
    expect(heldNotices).toBe(3);
    expect(await rows("select dedupe_key, state, awaits_receipt, sealed_fields from notice order by 1")).toEqual([
      ...["queued", "sending"].map((key) => ({ dedupe_key: key, state: "failed", ...nothingAwaited })),
      { dedupe_key: "sent", state: "sent", ...nothingAwaited },
      { dedupe_key: "unknown", state: "failed", ...nothingAwaited },
    ]);
  });

  it("is sent once the operator releases it, but no code past its time; what failed before stays", async () => {
    const until = (time: string) => `class = 'code', due_at = timestamptz '${house.clock.now().toISOString()}' ${time}`;
    await one("code in time", until("+ interval '1 minute'"));
    await one("code too late", until("- interval '1 minute'"));
    await one("failed before", "state = 'failed', last_error = 'no such mailbox', ended_at = now()");
    await one("reminder");
    await careFor(house, place(), async () => undefined);
    expect(await releaseHeld(house)).toBe(2);
    expect(await states()).toEqual([
      { dedupe_key: "code in time", state: "queued" },
      { dedupe_key: "code too late", state: "failed" },
      { dedupe_key: "failed before", state: "failed" },
      { dedupe_key: "reminder", state: "queued" },
    ]);
    const told = await rows("select detail from audit_event where action = 'backup.notices_released'");
    expect(told).toEqual([{ detail: { released: 2 } }]);
  });
});

describe("what happens by itself after a restore", () => {
  it("where some of it fails, its messages are held and the restore is recorded, and then it is said", async () => {
    const writeAndFail = async () => {
      await insertNotice(house, "late");
      throw new Error("lapse-due: no such table");
    };
    await expect(careFor(house, place(), writeAndFail)).rejects.toThrow("lapse-due");
    expect((await house.pool.query("select state, last_error from notice")).rows).toEqual([
      { state: "failed", last_error: "held_after_restore" },
    ]);
    const recorded = await house.pool.query("select detail from audit_event where action = 'backup.restored'");
    expect(recorded.rows).toMatchObject([{ detail: { heldNotices: 1 } }]);
  });
});
