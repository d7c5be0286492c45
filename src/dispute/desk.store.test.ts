import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import type { Staff } from "../kernel/actor.ts";
import { addAcceptedFile, addFacility, addPerson, addVisit, type MadeUpPerson } from "../me/person.fixture.ts";
import { readerOf } from "../me/reader.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { aMember } from "../register/merge.fixture.ts";
import { routes as visits } from "../visits/citizen.tsx";
import { routes as pages } from "./citizen.tsx";
import { answerCase, askSource, openCase } from "./desk.ts";
import { openDispute } from "./open.ts";
import { casesOf } from "./store-desk.ts";

let house: TestHouse;
let web: FastifyInstance;
let reader: MadeUpPerson;
let visitId: string;
let officer: Staff;
let elsewhere: Staff;

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  reader = await addPerson(house.db);
  visitId = await addVisit(house.db, reader.personId, "2026-11-20 08:20:00");
  officer = await aMember(house, "Cán bộ Trả Lời", "officer");
  elsewhere = { ...officer, roles: [{ role: "officer", officeCode: "52T02" }] };
  await addAcceptedFile(house, reader.personId, "52T01");
  await addPhone();
  web = await openWeb(house, [...pages, ...visits], [reader.citizen]);
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

async function addPhone(): Promise<void> {
  const now = house.clock.now();
  await house.db
    .insertInto("contact_point")
    .values({ person_id: reader.personId, kind: "phone", value: "0912000330", source: "account", valid_from: now })
    .execute();
}

const report = async (month: string) => {
  const answers = { kind: "wrong", fact: { kind: "participation", id: `bhxh.${month}` }, says: "Sai lương." } as const;
  const opened = await openDispute(house, { actor: readerOf(reader.citizen), answers, now: house.clock.now() });
  return opened.disputeId;
};
const answer = { outcome: "stands", says: "Đã đối chiếu hợp đồng: đúng." };
const pageOf = async (url: string) => (await web.inject({ url, headers: as(0) })).body;

describe("a reported fact at the office", () => {
  test("lies at the office that accepted the person's file, and is not there for any other", async () => {
    const id = await report("2024-01");
    const found = await casesOf(house.db, ["52T01"], "open", 10);
    expect(found.map(({ disputeId }) => disputeId)).toEqual([id]);
    expect(await casesOf(house.db, ["52T02"], "open", 10)).toEqual([]);
    await expect(openCase(house, elsewhere, id)).rejects.toThrow("dispute");
    await expect(answerCase(house, elsewhere, { id, ...answer })).rejects.toThrow("dispute");
    await expect(openCase(house, officer, "1 or 1=1")).rejects.toThrow("dispute");
  });

  test("that the sender was asked, and the answer, stand where the person reads", async () => {
    const id = await report("2024-02");
    await askSource(house, officer, { id, says: "Đã hỏi Công ty Mẫu." });
    expect(await pageOf("/app/disputes")).toContain("Đã hỏi Công ty Mẫu.");
    await answerCase(house, officer, { id, ...answer });
    const list = await pageOf("/app/disputes");
    expect(list).toContain("Cơ quan BHXH kiểm tra: thông tin đúng");
    expect(list).toContain(answer.says);
  });

  test("beside the visit stands that it was reported, then what came of it; the visit is what it was", async () => {
    const before = await house.pool.query("select * from visit where visit_id = $1", [visitId]);
    const answers = { kind: "not_mine", fact: { kind: "visit", id: visitId }, says: "" } as const;
    const now = house.clock.now();
    const { disputeId: id } = await openDispute(house, { actor: readerOf(reader.citizen), answers, now });
    expect(await pageOf(`/app/visits/${visitId}`)).toContain("Đã báo mục này chưa đúng");
    const form = await pageOf(`/app/disputes/new?about=visit&fact=${visitId}`);
    expect(form).not.toContain('name="says"');
    await answerCase(house, officer, { id, outcome: "undecided", says: "Cơ sở chưa trả lời văn bản." });
    const shown = await pageOf(`/app/visits/${visitId}`);
    expect(shown).toContain("Chưa đủ căn cứ để sửa");
    expect(await pageOf(`/app/disputes/new?about=visit&fact=${visitId}`)).toContain('name="says"');
    const after = await house.pool.query("select * from visit where visit_id = $1", [visitId]);
    expect(after.rows).toEqual(before.rows);
  });

  test("one of two answers at once holds, and one message goes out: without the fact and without the answer", async () => {
    const id = await report("2024-03");
    const both = await Promise.allSettled([
      answerCase(house, officer, { id, ...answer }),
      answerCase(house, officer, { id, outcome: "corrected", says: "Đơn vị đã gửi lại dữ liệu." }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(askSource(house, officer, { id, says: "Hỏi lại đơn vị." })).rejects.toThrow("dispute_answered");
    const { rows } = await house.pool.query<{ fields: string }>(
      "select fields::text from notice where dedupe_key like $1",
      [`dispute:${id}:%`],
    );
    expect(rows).toEqual([{ fields: '{"day": "23/11/2026"}' }]);
  });

  test.each([
    [{ outcome: "maybe", says: answer.says }, "outcome choose_outcome"],
    [{ outcome: "stands", says: "ừ" }, "says say_more"],
    [{ outcome: "stands", says: "x".repeat(1001) }, "says too_long"],
  ])("an answer that is none changes nothing: %#", async (typed, told) => {
    const [open] = await casesOf(house.db, ["52T01"], "open", 1);
    const failed = await answerCase(house, officer, { id: open?.disputeId ?? "", ...typed }).catch((error) => error);
    expect(failed.faults.map((fault: { field: string; key: string }) => `${fault.field} ${fault.key}`)).toEqual([told]);
    expect((await casesOf(house.db, ["52T01"], "open", 1))[0]?.disputeId).toBe(open?.disputeId);
  });

  test("every look and act of the office is in the record of looks, without a word of either side", async () => {
    const [open] = await casesOf(house.db, ["52T01"], "open", 1);
    await openCase(house, officer, open?.disputeId ?? "");
    const { rows } = await house.pool.query<{ action: string; detail: string }>(
      "select action, detail::text from audit_event where action like 'dispute.%' and person_id = $1",
      [reader.personId],
    );
    expect(new Set(rows.map(({ action }) => action))).toEqual(
      new Set(["dispute.look", "dispute.ask", "dispute.answer"]),
    );
    expect(rows.map(({ detail }) => detail).join()).not.toMatch(/lương|hợp đồng|Công ty/);
  });
});
