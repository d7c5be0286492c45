import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { hold } from "../../test/held.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { insertKeys } from "../db/data-keys.ts";
import { setPolicy } from "../policy/set.ts";
import type { Declaration } from "../registration/store.ts";
import { accept } from "../review/accept.ts";
import { aReceived, aStaff, countOf } from "../review/counter.fixture.ts";
import { openHold, releaseHold } from "./hold.ts";
import { proveRetention } from "./prove.ts";
import { CLASSES, type RetentionClass, RULES } from "./rules.ts";
import { planRetention, runRetention } from "./run.ts";
import { classRows } from "./store-classes.ts";

let house: TestHouse;
let file: Declaration;
let personId: string;
let staffId: string;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

beforeEach(async () => {
  await house.clean();
  const staff = await aStaff(house, "Trần Thị Lưu Trữ");
  staffId = staff.staffId;
  file = await aReceived(house, staff);
  personId = (await accept(house, staff, { code: file.code, note: "" })).personId ?? "";
});

const setDays = (name: RetentionClass, days: number) =>
  setPolicy(house, RULES[name].days, { value: days, from: "2026-11-01", by: "Quyết định thử" });

async function aCopy(): Promise<string> {
  const copyId = randomUUID();
  const { sealed, dataKeyId, dataKey } = await house.vault.sealOwn("id-paper", Buffer.from("ảnh"), copyId);
  await insertKeys(house.db, [dataKey], house.clock.now());
  await house.pool.query(
    `insert into id_paper_copy (copy_id, declaration_id, side, media_type, width, height, sha256, sealed, key_id, data_key_id, filed_at, filed_by)
     values ($1::uuid, $2, 'front', 'image/jpeg', 1, 1, decode(md5($1::uuid::text), 'hex'), $3, 'test', $4, $6, $5)`,
    [copyId, file.id, sealed, dataKeyId, staffId, house.clock.now()],
  );
  return copyId;
}

async function aDispute(status: "open" | "answered"): Promise<void> {
  await house.pool.query(
    `insert into dispute (person_id, dispute_id, kind, fact_kind, fact_id, says, status, created_at, answered_at, answer)
     values ($1, gen_random_uuid(), 'wrong', 'visit', gen_random_uuid()::text, 'sai', $2, $3::timestamptz,
             case when $2 = 'answered' then $3::timestamptz end, case when $2 = 'answered' then 'đã sửa' end)`,
    [personId, status, house.clock.now()],
  );
}

const later = (days: number) => house.clock.moveTo(new Date(house.clock.now().getTime() + days * 86_400_000));
const proofOf = async (name: RetentionClass) => (await proveRetention(house)).find((one) => one.class === name);

describe("a class of data", () => {
  it("without a period is refused and said so, however old its rows are", async () => {
    await aCopy();
    later(20_000);
    expect(await runRetention(house)).toEqual({ deleted: {}, refused: [...CLASSES] });
    expect((await planRetention(house)).every(({ days }) => days === null)).toBe(true);
    expect(await countOf(house, "id_paper_copy")).toBe(1);
  });

  it("goes when its period is over, the keys with it, in batches, with its proof and its line on record", async () => {
    await setDays("id_papers", 10);
    for (let n = 0; n < 5; n += 1) await aCopy();
    later(9);
    expect((await runRetention(house)).deleted).toEqual({});
    later(2);
    expect((await planRetention(house)).find((one) => one.class === "id_papers")).toMatchObject({ due: 5, held: 0 });
    expect(await proofOf("id_papers")).toMatchObject({ left: 5, isGood: false });
    expect((await runRetention(house, 2)).deleted).toEqual({ id_papers: 5 });
    expect(await countOf(house, "id_paper_copy")).toBe(0);
    expect(await countOf(house, "data_key")).toBe(0);
    expect(await countOf(house, "retention_proof where class = 'id_papers' and rule_from = '2026-11-01'")).toBe(3);
    expect(await proofOf("id_papers")).toMatchObject({ left: 0, deleted: 5, unmatched: 0, isGood: true });
  });

  it("whose proof stands without its line on record is no proof", async () => {
    await house.pool.query(
      `insert into retention_proof (class, rule_from, days, deleted, first_at, last_at, ids_sha256, at)
       values ('calls', '2026-01-01', 1, 1, now(), now(), '\\x00', now())`,
    );
    expect(await proofOf("calls")).toMatchObject({ unmatched: 1, isGood: false });
  });

  it("of every kind can be looked for and counted", async () => {
    for (const name of CLASSES) await setDays(name, 1);
    await house.pool.query(
      `insert into contact_change (person_id, change_id, kind, new_value, source, state, asked_at, ended_at)
       values ($1, gen_random_uuid(), 'phone', '0912', 'counter', 'done', $2, $2)`,
      [personId, house.clock.now()],
    );
    await aDispute("answered");
    later(2);
    expect((await runRetention(house)).deleted).toEqual({ disputes: 1, contact_changes: 1 });
    expect((await proveRetention(house)).every(({ isGood, left }) => isGood && left === 0)).toBe(true);
  });
});

it("what fails of one class keeps no other from its end, and the run says so", async () => {
  await setDays("id_papers", 1);
  await setDays("disputes", 1);
  await aCopy();
  await aDispute("answered");
  later(2);
  vi.spyOn(classRows.id_papers, "remove").mockRejectedValueOnce(new Error("no luck"));
  await expect(runRetention(house)).rejects.toThrow("id_papers: no luck");
  expect([await countOf(house, "id_paper_copy"), await countOf(house, "dispute")]).toEqual([1, 0]);
  expect((await runRetention(house)).deleted).toEqual({ id_papers: 1 });
});

describe("a hold", () => {
  it("by an open report of a wrong fact keeps everything of its person until it is answered", async () => {
    await setDays("id_papers", 1);
    await aCopy();
    await aDispute("open");
    later(2);
    expect((await runRetention(house)).deleted).toEqual({});
    expect(await proofOf("id_papers")).toMatchObject({ left: 1, held: 1, isGood: true });
    await house.pool.query("update dispute set status = 'answered', answer = 'x', answered_at = now()");
    expect((await runRetention(house)).deleted).toEqual({ id_papers: 1 });
  });

  it("of a file keeps what is its person's, also where the person was found after it", async () => {
    const staff = await aStaff(house, "Trần Thị Lưu Trữ");
    const later = await aReceived(house, staff);
    await openHold(house, later.code, "lawsuit");
    const found = (await accept(house, staff, { code: later.code, note: "" })).personId ?? "";
    await setDays("disputes", 1);
    await house.pool.query(
      `insert into dispute (person_id, dispute_id, kind, fact_kind, fact_id, says, status, created_at, answered_at, answer)
       select unnest($1::bigint[]), gen_random_uuid(), 'wrong', 'visit', gen_random_uuid()::text, 'sai', 'answered', $2, $2, 'đã sửa'`,
      [[found, personId], house.clock.now()],
    );
    house.clock.moveTo(new Date(house.clock.now().getTime() + 2 * 86_400_000));
    await runRetention(house);
    const left = await house.pool.query("select person_id as id from dispute");
    expect(left.rows).toEqual([{ id: found }]);
    await releaseHold(house, later.code);
    await runRetention(house);
    expect(await countOf(house, "dispute")).toBe(0);
  });

  it.each([
    ["answered", "decided_at = now(), decided_by = $1, outcome = 'done', answer = 'đã làm'"],
    ["taken back", "withdrawn_at = now() where $1 <> '0'"],
  ])("by an open request over their data keeps everything of its person until it is %s", async (_, end) => {
    await setDays("id_papers", 1);
    await aCopy();
    await house.pool.query(
      `insert into data_request (person_id, request_id, kind, says, opened_at, answer_by, due_on, office_code)
       values ($1, gen_random_uuid(), 'supply', 'x', $2, '2026-11-25', '2026-12-07', '52T01')`,
      [personId, house.clock.now()],
    );
    later(2);
    expect((await runRetention(house)).deleted).toEqual({});
    expect(await proofOf("id_papers")).toMatchObject({ left: 1, held: 1, isGood: true });
    await house.pool.query(`update data_request set ${end}`, [staffId]);
    expect((await runRetention(house)).deleted).toEqual({ id_papers: 1 });
  });

  it("by an open report to the hotline about the file alone keeps the file until it is closed", async () => {
    await setDays("id_papers", 1);
    await aCopy();
    await house.pool.query(
      `insert into ticket (code, category, priority, channel, opened_at, opened_by, declaration_id, lang, says)
       values ('HT-2222-4444', 'other', 'low', 'call', $1, $2, $3, 'vi', 'x')`,
      [house.clock.now(), staffId, file.id],
    );
    later(2);
    expect((await runRetention(house)).deleted).toEqual({});
    expect(await proofOf("id_papers")).toMatchObject({ left: 1, held: 1, isGood: true });
    await house.pool.query("update ticket set state = 'closed'");
    expect((await runRetention(house)).deleted).toEqual({ id_papers: 1 });
  });

  it("by an investigation keeps a file until it is released, key and all", async () => {
    await setDays("id_papers", 1);
    await aCopy();
    await openHold(house, file.code, "investigation");
    await expect(openHold(house, file.code, "lawsuit")).rejects.toMatchObject({ code: "held_already" });
    later(2);
    expect((await runRetention(house)).deleted).toEqual({});
    expect(await countOf(house, "data_key")).toBe(1);
    await releaseHold(house, file.code);
    expect((await runRetention(house)).deleted).toEqual({ id_papers: 1 });
  });
});

describe("a hold that is put on", () => {
  it("while a run destroys keys is confirmed when that is done, and keeps no picture that nobody can read", async () => {
    await setDays("id_papers", 10);
    await aCopy();
    later(12);
    const keys = await hold(house, "select from data_key for update");
    const running = runRetention(house);
    await keys.waiting(1);
    const holding = openHold(house, file.code, "lawsuit");
    await keys.waiting(2);
    expect(await countOf(house, "retention_hold")).toBe(0);
    await keys.letGo();
    expect((await running).deleted).toEqual({ id_papers: 1 });
    expect(await holding).toBe(0);
    expect(await countOf(house, "id_paper_copy")).toBe(0);
  });

  it("after a run was cut off says how many pictures nobody can read any more", async () => {
    await aCopy();
    await aCopy();
    await house.pool.query("delete from data_key where key_id = (select data_key_id from id_paper_copy limit 1)");
    expect(await openHold(house, file.code, "lawsuit")).toBe(1);
  });
});
