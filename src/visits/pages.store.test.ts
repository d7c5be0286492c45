import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { routes as disputePages } from "../dispute/citizen.tsx";
import { addCard, addFacility, addPerson, addVisit, type MadeUpPerson } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes } from "./citizen.tsx";

let house: TestHouse;
let web: FastifyInstance;
let often: MadeUpPerson;
let privateId: string;

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  await addFacility(house.db, "99Z02", "Trạm Y tế Mẫu");
  await addFacility(house.db, "99Z03", "Bệnh viện Tâm thần Mẫu");
  often = await addPerson(house.db, { full_name: "Bùi Thường Khám Mẫu" });
  const { personId } = often;
  await addCard(house.db, personId);
  for (let at = 1; at <= 22; at += 1) {
    const day = `2026-02-${String(at).padStart(2, "0")} 08:20:00`;
    await addVisit(house.db, personId, day, at <= 3 ? { facility_code: "99Z02", main_code: "I10" } : {});
  }
  privateId = await addVisit(house.db, personId, "2026-03-03 09:00:00", {
    ...{ is_sensitive: true, main_code: "F32", diagnosis: "Giai đoạn trầm cảm", facility_code: "99Z03" },
  });
  await addVisit(house.db, personId, "2025-01-01 09:00:00", { entitlement_code: "3.1" });
  const alone = await addPerson(house.db, { full_name: "Ngô Văn Trống" });
  const guardian = { personId, publicId: "w", name: "x", relation: "mother", until: undefined, hidesSensitive: true };
  web = await openWeb(
    house,
    [...routes, ...disputePages],
    [often.citizen, alone.citizen, { ...alone.citizen, actingFor: guardian }, (await aLongStay()).citizen],
  );
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

/** Over New Year, on a card after a break in which the five years of the one before were lost. */
async function aLongStay(): Promise<MadeUpPerson> {
  const person = await addPerson(house.db, { full_name: "Đỗ Nằm Viện Mẫu" });
  const card = { card_number: "DN4529900000001", form: "card15", five_year_on: "2015-01-01" };
  await addCard(house.db, person.personId, { ...card, valid_from: "2010-01-01", valid_to: "2019-12-31" });
  await addCard(house.db, person.personId, { valid_from: "2023-05-01", valid_to: null, five_year_on: "2028-05-01" });
  await addVisit(house.db, person.personId, "2025-12-28 08:00:00", {
    ...{ discharged_at: "2026-01-09 10:00:00", care_type: "03", co_paid: "16000000" },
  });
  return person;
}

/** What a reader sees: no tags, no styles, single spaces. */
async function read(url: string, who = 0): Promise<{ text: string; links: string[] }> {
  const { statusCode, body } = await web.inject({ url, headers: as(who) });
  expect(statusCode).toBe(200);
  const text = body
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/[\s\u00a0]+/g, " ");
  return { text, links: [...body.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&")) };
}
const visitLinks = (links: readonly string[]) => links.filter((href) => /^\/app\/visits\/[0-9a-f-]{36}$/.test(href));

describe("the list of a year", () => {
  test("opens at the last year with visits, and sums that whole year, whatever page is shown", async () => {
    const { text, links } = await read("/app/visits");
    expect(text).toContain("Năm 2026: 23 lần khám. Tổng 16.711.812 đ.");
    expect(text).toContain("Cứ 10 đồng chi phí, quỹ BHYT trả khoảng 7 đồng.");
    expect(text).toContain("Lần 1 đến 20, trong 23 lần");
    expect(visitLinks(links)).toHaveLength(20);
  });

  test("is paged by cursor: older to the end without loss or repetition, and newer back", async () => {
    const first = await read("/app/visits?year=2026");
    const older = first.links.find((href) => href.includes("cursor=")) ?? "";
    const second = await read(older);
    expect(second.text).toContain("Lần 21 đến 23, trong 23 lần");
    expect(new Set([...visitLinks(first.links), ...visitLinks(second.links)]).size).toBe(23);
    expect(second.links).toContain("/app/visits?year=2026");
    expect(second.links.filter((href) => href.includes("cursor=") && !href.includes("lang="))).toEqual([]);
  });

  test("is narrowed to a facility; years, pages and the sum keep to it", async () => {
    const { text, links } = await read("/app/visits?year=2026&facility=99Z02");
    expect(text).toContain("Năm 2026, tại Trạm Y tế Mẫu: 3 lần khám.");
    expect(visitLinks(links)).toHaveLength(3);
    expect(links).toContain("/app/visits?year=2026");
    const most = await read("/app/visits?year=2026&facility=99Z01");
    expect(most.text).toContain("19 lần khám");
    const none = await read("/app/visits?year=2025&facility=99Z02");
    expect(none.text).toContain("Năm 2025 không có lần khám nào ở cơ sở đã chọn.");
  });

  test("a private visit tells neither illness nor place, in the list, in the choices or in what is newest", async () => {
    const { text } = await read("/app/visits?year=2026");
    expect(text).toContain("Nội dung riêng tư");
    expect(text).not.toMatch(/tâm thần|trầm cảm|F32/i);
    expect(text).toContain("Trạm Y tế Mẫu (3 lần)");
  });

  test("what is no year, facility or cursor of ours asks for nothing", async () => {
    const { text } = await read("/app/visits?year=20&facility=%3Cb%3E&cursor=x");
    expect(text).toContain("Lần 1 đến 20, trong 23 lần");
  });

  test("the way to the record of a child is among what narrows it", async () => {
    expect((await read("/app/visits", 1)).links).toContain("/app/family?to=visits");
  });
});

describe("the co-payments of the year", () => {
  test("stand in one sentence and one bar, with what is left to six base wages", async () => {
    const { text } = await read("/app/visits?year=2026");
    expect(text).toContain("Năm 2026 đã cùng chi trả 3.040.602 đ. Lương cơ sở đã đổi trong năm:");
    expect(text).toContain("mức cả năm, sau quy đổi, là 14.933.113 đ.");
    expect(text).toContain("Còn 11.892.511 đ nữa thì tới mức đó.");
  });

  test("count a stay over New Year in the year in which it ended, also where nothing else stands there", async () => {
    const last = (await read("/app/visits?year=2025", 3)).text;
    expect(last).not.toContain("Năm 2025 đã cùng chi trả");
    const { text } = await read("/app/visits?year=2026", 3);
    expect(text).toContain("Năm 2026 đã cùng chi trả 16.000.000 đ.");
    expect(text).toContain("Chưa có lần khám nào trong năm 2026.");
  });

  test("are found from the list: their year stands among the years and is the first that opens, where it is the last", async () => {
    const { text, links } = await read("/app/visits", 3);
    expect(text).toContain("Năm 2026 đã cùng chi trả 16.000.000 đ.");
    expect(text).toContain("Chưa có lần khám nào trong năm 2026. Đợt điều trị qua năm mới đứng ở năm vào viện.");
    expect(links).toContain("/app/visits?year=2025");
    expect((await read("/app/visits?year=2025", 3)).links).toContain("/app/visits?year=2026");
  });

  test("free nobody whose five years were those of a card from before a break", async () => {
    const { text } = await read("/app/visits?year=2026", 3);
    expect(text).toContain("Cần thêm điều kiện đủ 5 năm liên tục để được miễn cùng chi trả.");
    expect(text).not.toContain("Có thể được miễn");
  });

  test("are not told to a guardian from whom private visits are kept: the sum would be wrong", async () => {
    const ward = await read("/app/visits?year=2026", 2);
    expect(ward.text).toContain("22 lần khám");
    expect(ward.text).not.toContain("Cùng chi trả trong năm");
  });
});

describe("a visit that is wrong", () => {
  test("is reported with the visit attached and the day of the answer promised before it is sent", async () => {
    const { links } = await read("/app/visits?year=2026&facility=99Z02");
    const visit = await read(visitLinks(links)[0] ?? "");
    expect(visit.text).toContain("Từng khoản ở trên có thật sự nhận không?");
    const report = visit.links.find((href) => href.includes("kind=not_mine")) ?? "";
    const form = (await read(report)).text;
    expect(form).toContain("Lần khám 03/02/2026, Trạm Y tế Mẫu");
    expect(form).toMatch(/Gửi hôm nay thì được trả lời chậm nhất ngày \d\d\/\d\d\/2026/);
  });

  test("and private tells its day alone there, and its title tells nothing", async () => {
    const report = (await read(`/app/disputes/new?about=visit&fact=${privateId}`)).text;
    expect(report).toContain("Lần khám 03/03/2026, nội dung riêng tư");
    expect(report).not.toMatch(/tâm thần|trầm cảm/i);
    const { body } = await web.inject({ url: `/app/visits/${privateId}`, headers: as(0) });
    expect(/<title>([^<]*)/.exec(body)?.[1]).toBe("Lần khám 03/03/2026 – VssID");
  });
});
