import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import {
  addAcceptedFile,
  addBenefit,
  addCard,
  addFacility,
  addPerson,
  addVisit,
  type MadeUpPerson,
} from "../me/person.fixture.ts";
import { readerOf } from "../me/reader.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes as api } from "./api.ts";
import { routes as pages } from "./citizen.tsx";
import { openDispute } from "./open.ts";
import { disputesOf } from "./store.ts";

let house: TestHouse;
let web: FastifyInstance;
let reader: MadeUpPerson;
let other: MadeUpPerson;
let visitId: string;

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  reader = await addPerson(house.db);
  other = await addPerson(house.db, { full_name: "Lê Văn Giả Định" });
  await addAcceptedFile(house, reader.personId, "52T01");
  await addCard(house.db, reader.personId);
  await addBenefit(house.db, reader.personId);
  visitId = await addVisit(house.db, reader.personId, "2026-11-20 08:20:00");
  web = await openWeb(house, [...api, ...pages], [reader.citizen, other.citizen]);
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

const report = (payload: object, who = 0) =>
  web.inject({ method: "POST", url: "/api/v1/me/disputes", headers: as(who), payload });

describe("reporting a fact as wrong", () => {
  test("opens a case, promises the third working day, and leaves the record alone", async () => {
    const reply = await report({ kind: "not_mine", fact: { kind: "visit", id: visitId } });
    expect(reply.statusCode).toBe(201);
    expect(reply.json()).toMatchObject({ status: "open", answerDueOn: "2026-11-26", says: "" });
    const visit = await house.db.selectFrom("visit").select("visit_id").where("visit_id", "=", visitId).execute();
    expect(visit).toHaveLength(1);
  });

  test.each([
    ["in a text", "", { kind: "missing", fact: { kind: "participation", id: "bhxh" }, says: "Sai\0 ngày." }],
    ["in a value deep within", "", { kind: "missing", fact: { kind: "participation", id: "b\0" }, says: "Sai." }],
    ["in the query", "?a=%00", { kind: "missing", fact: { kind: "participation", id: "bhxh" }, says: "Sai." }],
    [
      "in a name of the query",
      "?%00=a",
      { kind: "missing", fact: { kind: "participation", id: "bhxh" }, says: "Sai." },
    ],
  ])("a sign that the database takes nowhere is refused as unreadable: %s", async (_, query, payload) => {
    const url = `/api/v1/me/disputes${query}`;
    const reply = await web.inject({ method: "POST", url, headers: as(0), payload });
    expect([reply.statusCode, reply.json().code]).toEqual([400, "bad_request"]);
  });

  test("about care is not among the cases of whoever is shown no private care", async () => {
    const other = { kind: "missing", fact: { kind: "participation", id: "bhtn" }, says: "Thiếu tháng 4." };
    expect((await report(other)).statusCode).toBe(201);
    const kinds = async (hidesSensitive: boolean) => {
      const owner = { personId: reader.personId, hidesSensitive };
      const { disputes } = await disputesOf(house.db, owner, { after: undefined, limit: 20 });
      return disputes.map(({ fact }) => fact.kind).toSorted();
    };
    expect(await kinds(false)).toEqual(["participation", "visit"]);
    expect(await kinds(true)).toEqual(["participation"]);
  });

  test("the same fact is not opened twice while it waits for an answer", async () => {
    const reply = await report({ kind: "wrong", fact: { kind: "visit", id: visitId }, says: "Sai ngày." });
    expect(reply.statusCode).toBe(409);
    expect(reply.json().code).toBe("dispute_open");
  });

  test("two at once make one case", async () => {
    const answers = { kind: "wrong", fact: { kind: "card", id: "2026-01-01" }, says: "Sai nơi khám." } as const;
    const open = () => openDispute(house, { actor: readerOf(reader.citizen), answers, now: house.clock.now() });
    const outcomes = await Promise.allSettled([open(), open(), open()]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test.each([
    { kind: "visit", id: "00000000-0000-4000-8000-000000000000" },
    { kind: "card", id: "2019-01-01" },
    { kind: "benefit", id: "monthly.2019-01-01" },
  ])("a fact that is not on the record is not found: $kind", async (fact) => {
    const reply = await report({ kind: "wrong", fact, says: "Sai." });
    expect(reply.statusCode).toBe(404);
  });

  test("another person's visit cannot be reported", async () => {
    expect((await report({ kind: "not_mine", fact: { kind: "visit", id: visitId } }, 1)).statusCode).toBe(404);
  });

  test("a benefit on the record, a missing one and an empty month can be reported", async () => {
    for (const body of [
      { kind: "wrong", fact: { kind: "benefit", id: "short_term.2026-03-02" }, says: "Sai số tiền." },
      { kind: "missing", fact: { kind: "benefit" }, says: "Thiếu thai sản." },
      { kind: "missing", fact: { kind: "participation", id: "bhxh.2020-02" }, says: "Có đi làm." },
    ]) {
      expect((await report(body)).statusCode).toBe(201);
    }
  });

  test("the opening is in the record of looks, without the person's words", async () => {
    const row = await house.db
      .selectFrom("audit_event")
      .selectAll()
      .where("action", "=", "open_dispute")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(row.person_id).toBe(reader.personId);
    expect(JSON.stringify(row.detail)).not.toContain("Sai");
  });

  test("the list over the API holds one's own cases only", async () => {
    const mine = await web.inject({ url: "/api/v1/me/disputes", headers: as(0) });
    const theirs = await web.inject({ url: "/api/v1/me/disputes", headers: as(1) });
    expect(mine.json().disputes.length).toBeGreaterThan(3);
    expect(theirs.json().disputes).toEqual([]);
  });
});

describe("the report's page", () => {
  const token = (body: string) => /name="_token" value="([^"]+)"/.exec(body)?.[1] ?? "";

  async function openForm(query: string) {
    const reply = await web.inject({ url: `/app/disputes/new?${query}`, headers: as(0) });
    const cookie = String(reply.headers["set-cookie"] ?? "").split(";")[0] ?? "";
    return { reply, cookie };
  }

  function post(form: Awaited<ReturnType<typeof openForm>>, fields: Record<string, string>) {
    return web.inject({
      method: "POST",
      url: "/app/disputes",
      headers: {
        ...as(0),
        cookie: form.cookie,
        origin: "http://127.0.0.1:8330",
        "content-type": "application/x-www-form-urlencoded",
      },
      payload: new URLSearchParams({ _token: token(form.reply.body), ...fields }).toString(),
    });
  }

  test("names the fact and keeps what was typed when something is missing", async () => {
    const form = await openForm("about=participation&fact=bhxh.2024-02");
    expect(form.reply.body).toContain("BHXH, tháng 02/2024");
    const reply = await post(form, { about: "participation", fact: "bhxh.2024-02", says: "Tôi làm từ 01/02" });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain("Hãy chọn điều không đúng.");
    expect(reply.body).toContain("Tôi làm từ 01/02");
    expect(reply.body).toContain("<title>Lỗi:");
  });

  test("sends the report and shows it in the list with its day", async () => {
    const form = await openForm("about=participation&fact=bhxh.2024-03");
    const reply = await post(form, { about: "participation", fact: "bhxh.2024-03", kind: "wrong", says: "Sai lương" });
    expect(reply.statusCode).toBe(303);
    expect(reply.headers.location).toBe("/app/disputes");
    const list = await web.inject({ url: "/app/disputes", headers: as(0) });
    expect(list.body).toContain("BHXH, tháng 03/2024");
    expect(list.body).toContain("Trả lời chậm nhất ngày 26/11/2026");
    expect(list.body).toContain("Lần khám 20/11/2026, Bệnh viện Đa khoa Mẫu");
  });

  test("a second report of the same fact leads to the first", async () => {
    const form = await openForm("about=participation&fact=bhxh.2024-03");
    const reply = await post(form, { about: "participation", fact: "bhxh.2024-03", kind: "wrong", says: "Sai" });
    expect(reply.statusCode).toBe(303);
  });

  test("about nothing on the record there is no form", async () => {
    expect((await openForm("about=card&fact=1999-01-01")).reply.statusCode).toBe(404);
    expect((await openForm("about=salary")).reply.statusCode).toBe(404);
  });
});
