import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf, enter, firstChoice, hoaNumbers, settleHoa } from "../account/account.fixture.ts";
import { type Browser, browserOn, visible } from "../account/browser.fixture.ts";
import { raise } from "../account/proof.ts";
import type { Citizen } from "../kernel/actor.ts";
import { setPolicy } from "../policy/set.ts";
import { aStaff } from "../review/counter.fixture.ts";
import { createWeb } from "../web/server.ts";
import { withdrawRequest } from "./ask-request.ts";
import { routes } from "./citizen.tsx";
import { routes as deskRoutes } from "./officer.tsx";
import { answerWorkingDays, eraseDays, rightTerms } from "./rules.ts";
import { requestsOf } from "./store.ts";

const AT = "/account/data";
const says = "Sửa giúp tôi quá trình đóng năm 2019 tại <công ty cũ>";
let house: TestHouse;
let personId: string;
let hoa: Citizen;
let web: Awaited<ReturnType<typeof createWeb>>;
let browser: Browser;

beforeAll(async () => {
  house = await openTestHouse();
  personId = await settleHoa(house);
  hoa = await citizenOf(house, (await enter(house, hoaNumbers.insurance, firstChoice)).token);
  await house.pool.query(
    `insert into declaration (code, status, office_code, person_id, created_at, decided_at)
     values ('BD-TEST-0001', 'accepted', '52T01', $1, $2, $2)`,
    [personId, now()],
  );
  web = await createWeb(house, routes, async () => hoa);
  browser = browserOn(() => web);
});
afterAll(async () => {
  await web.close();
  await house.close();
});

const now = () => house.clock.now();
const form = 'action="/account/data"';
const toProof = "/account/proof?next=%2Faccount%2Fdata";

describe("the form of a request over one's data", () => {
  it("is shown only after a fresh proof: nobody writes what cannot be sent", async () => {
    const before = (await browser.get(AT)).body;
    expect(before).not.toContain(form);
    expect(before).toContain(`href="${toProof}"`);
    await raise(house.db, hoa, "password", now());
    expect((await browser.get(AT)).body).toContain(form);
  });

  it("keeps choice, words and tick when the proof has grown old meanwhile, and is sent from there", async () => {
    await raise(house.db, hoa, "password", now());
    const typed = { kind: "correct", says, agree: "yes" };
    const opened = (await browser.get(AT)).body;
    house.clock.moveTo(new Date(now().getTime() + 11 * 60_000));
    const late = await browser.fill(AT, typed);
    expect(late.statusCode).toBe(422);
    expect(late.body).toContain("Sửa giúp tôi quá trình đóng năm 2019 tại &lt;công ty cũ>");
    expect(late.body).toMatch(/<input[^>]*value="correct"[^>]*checked/);
    expect(late.body).toMatch(/<input[^>]*name="agree"[^>]*checked/);
    expect(late.body).toMatch(/<a[^>]*href="\/account\/proof\?next=%2Faccount%2Fdata"[^>]*target="_blank"/);
    expect(opened).toContain(form);
    expect(await requestsOf(house.db, personId)).toEqual([]);
    await raise(house.db, hoa, "password", now());
    expect((await browser.fill(AT, typed)).statusCode).toBe(303);
    expect(await requestsOf(house.db, personId)).toMatchObject([{ kind: "correct", says }]);
  });
});

it("the terms that the pages name are those that the operator has set", async () => {
  const set = { from: "2021-01-02", by: "Quyết định thử" };
  const fifth = { days: 5, byThird: 6, more: 7 };
  const terms = { supply: { ...fifth, days: 1 }, correct: fifth, restrict: { ...fifth, days: 8 }, object: fifth };
  await setPolicy(house, answerWorkingDays, { value: 3, ...set });
  await setPolicy(house, eraseDays, { value: 12, ...set });
  await setPolicy(house, rightTerms, { value: terms, ...set });
  await raise(house.db, hoa, "password", now());
  const [request] = await requestsOf(house.db, personId);
  await withdrawRequest(house, hoa, request?.requestId ?? "", now());
  const mine = visible((await browser.get(AT)).body);
  for (const part of [
    "trong 3 ngày làm việc",
    "lần đăng nhập cũ (12 ngày)",
    "(1 ngày)",
    "sai (5 ngày)",
    "buộc (8 ngày)",
  ])
    expect(mine).toContain(part);
  const officer = await aStaff(house, "Cán bộ Thử");
  const desk = await createWeb(house, deskRoutes, async () => officer);
  const shown = await desk.inject({ url: "/console/data-requests?lang=vi" });
  await desk.close();
  expect(visible(shown.body)).toContain("Nhận xử lý trong 3 ngày làm việc.");
});

it("the readable copy tells codes in words, and the office of a declaration by its name", async () => {
  await raise(house.db, hoa, "password", now());
  const copy = visible((await browser.get(`${AT}/copy?lang=vi`)).body);
  const { rows } = await house.pool.query("select name from bhxh_office where office_code = '52T01'");
  for (const part of ["Mã số BHXH", "Trình duyệt", "Chấp nhận", rows[0].name]) expect(copy).toContain(part);
  expect(copy).not.toMatch(/52T01|personal_id|accepted|cookie/);
});
