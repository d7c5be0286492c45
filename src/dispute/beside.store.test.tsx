/** Every page that shows a fact has its report beside it, and later what came of it. */
import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { routes as benefits } from "../benefits/citizen.tsx";
import { routes as papers } from "../benefits/papers.tsx";
import { routes as card } from "../card/citizen.tsx";
import { routes as home } from "../me/citizen.tsx";
import {
  addAcceptedFile,
  addBenefit,
  addCard,
  addFacility,
  addPaper,
  addPerson,
  type MadeUpPerson,
} from "../me/person.fixture.ts";
import { readerOf } from "../me/reader.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes as api } from "./api.ts";
import { routes as pages } from "./citizen.tsx";
import { factText } from "./fact-text.ts";
import { reportHref } from "./rules.ts";
import { disputesOf } from "./store.ts";

let house: TestHouse;
let web: FastifyInstance;
let reader: MadeUpPerson;
let other: MadeUpPerson;
let paperId: string;

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  reader = await addPerson(house.db);
  other = await addPerson(house.db, { full_name: "Lê Văn Giả Định" });
  const { personId } = reader;
  await addAcceptedFile(house, personId, "52T01");
  await addCard(house.db, personId);
  await addBenefit(house.db, personId);
  paperId = randomUUID();
  await addPaper(house.db, personId, { serial: "SR-330", document_id: paperId, issued_on: "2026-11-02" });
  const household = { person_id: personId, household_code: "HGD-77", source_file_id: 1 };
  await house.db
    .insertInto("person_household")
    .values([
      { ...household, member_no: 1, full_name: "Trần Thị Mẫu Đơn", relation: null, is_self: true },
      { ...household, member_no: 2, full_name: "Lê Văn Mẫu Con", relation: "Con", is_self: false },
    ])
    .execute();
  web = await openWeb(
    house,
    [...api, ...pages, ...home, ...card, ...benefits, ...papers],
    [reader.citizen, other.citizen],
  );
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

const bodyOf = async (url: string) => (await web.inject({ url, headers: as(0) })).body.replaceAll("&amp;", "&");
const report = (payload: object, who = 0) =>
  web.inject({ method: "POST", url: "/api/v1/me/disputes", headers: as(who), payload });

describe("beside the fact", () => {
  test.each([
    ["/app", () => ({ kind: "person", id: "identity" }) as const],
    ["/app/card", () => ({ kind: "card", id: "2026-01-01" }) as const],
    ["/app/card", () => ({ kind: "household", id: "members" }) as const],
    ["/app/benefits", () => ({ kind: "benefit", id: "short_term.2026-03-02" }) as const],
    ["/app/benefits/papers", () => ({ kind: "paper", id: paperId }) as const],
  ])("%s has the way to report it, then that it is being checked, then the answer", async (url, factOf) => {
    const fact = factOf();
    const before = await bodyOf(url);
    expect(before).toContain(reportHref(fact));
    expect((await bodyOf(reportHref(fact))).includes('name="says"')).toBe(true);
    const opened = await report({ kind: "wrong", fact, says: "Chưa đúng như vậy." });
    expect(opened.statusCode, opened.body).toBe(201);
    const being = await bodyOf(url);
    const times = (body: string) => body.split("Đã báo mục này chưa đúng ngày").length - 1;
    expect([times(before), times(being)]).toEqual([0, 1]);
    const says = "Nơi gửi đã gửi lại bản đúng.";
    await house.db
      .updateTable("dispute")
      .set({ status: "answered", answer: says, outcome: "corrected", answered_at: house.clock.now() })
      .where("dispute_id", "=", opened.json().id)
      .execute();
    expect(await bodyOf(url)).toContain(says);
  });

  test("a paper that is somebody else's is told as a paper, by its day, place and number and not by what it was for", async () => {
    const opened = await report({ kind: "not_mine", fact: { kind: "paper", id: paperId } });
    expect(opened.statusCode, opened.body).toBe(201);
    const list = await bodyOf("/app/disputes");
    expect(list).toContain("Giấy này không phải của tôi");
    const text = await factText(house, readerOf(reader.citizen), { kind: "paper", id: paperId }, "vi");
    expect(text).toMatch(/^Giấy cấp ngày \d\d\/\d\d\/\d{4}, Bệnh viện Đa khoa Mẫu, số SR-330$/);
    expect(list).toContain(text);
  });

  test("nobody else can report the paper, and who may not see private care does not see its reports", async () => {
    expect((await report({ kind: "not_mine", fact: { kind: "paper", id: paperId } }, 1)).statusCode).toBe(404);
    const seen = await disputesOf(
      house.db,
      { personId: reader.personId, hidesSensitive: true },
      { after: undefined, limit: 50 },
    );
    expect(seen.disputes.map(({ fact }) => fact.kind).toSorted()).toEqual(["benefit", "card", "household", "person"]);
  });

  test("reports of many years are read page by page, each once", async () => {
    const { personId } = other;
    await house.pool.query(
      `insert into dispute (person_id, dispute_id, kind, fact_kind, fact_id, says, status, created_at, answer, answered_at)
       select $1, gen_random_uuid(), 'wrong', 'person', 'identity', 'Sai số ' || n, 'answered',
              timestamptz '2026-01-01' + make_interval(mins => n / 3), 'Đã sửa cho đúng.', timestamptz '2026-02-01'
         from generate_series(1, 53) n`,
      [personId],
    );
    const seen: string[] = [];
    for (let url: string | undefined = "/app/disputes"; url; ) {
      const { body }: { body: string } = await web.inject({ url, headers: as(1) });
      seen.push(...[...body.matchAll(/Sai số (\d+)/g)].map(([, n = ""]) => n));
      url = /rel="next" href="([^"]+)"/.exec(body)?.[1] ?? /class="older"[^>]*href="([^"]+)"/.exec(body)?.[1];
    }
    expect([seen.length, new Set(seen).size]).toEqual([53, 53]);
    const list = async (query: string) =>
      (await web.inject({ url: `/api/v1/me/disputes${query}`, headers: as(1) })).json();
    const first = await list("?limit=30");
    const second = await list(`?limit=30&cursor=${first.next}`);
    expect([first.disputes.length, second.disputes.length, second.next]).toEqual([30, 23, null]);
    expect((await web.inject({ url: "/api/v1/me/disputes?cursor=x", headers: as(1) })).statusCode).toBe(422);
  });
});
