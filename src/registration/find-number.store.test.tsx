import type { FastifyInstance } from "fastify";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { placesOf } from "../../test/places.ts";
import { anyone } from "../kernel/actor.ts";
import { setPolicy } from "../policy/set.ts";
import { createWeb } from "../web/server.ts";
import { PlainBrowser } from "./browser.fixture.ts";
import { routes } from "./citizen.tsx";
import { sentTo } from "./codes.fixture.ts";
import { aDraft, aPerson } from "./files.fixture.ts";
import { forgetOld } from "./forget.ts";
import { numberRequests } from "./rules-find-number.ts";

const number = "5290777001";
const phone = "0388777001";
const hoa = {
  full_name: "Đặng Thị Hòa",
  birth_day: "15",
  birth_month: "3",
  birth_year: "1990",
  paper_kind: "cccd",
  paper_number: "052 190 777 001",
};

let house: TestHouse;
let app: FastifyInstance;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  await house.clean();
  app = await createWeb(house, routes, async () => anyone);
  await app.ready();
  await enrolled({ name: "Đặng Thị Hoà", personalId: "052190777001", number, phone });
});
afterEach(() => app.close());
afterAll(() => house.close());

async function enrolled(person: { name: string; personalId: string; number?: string; phone?: string }): Promise<void> {
  const id = await aPerson(house, { name: person.name, birthOn: "1990-03-15", personalId: person.personalId });
  if (person.number) {
    await house.pool.query("insert into person_number (person_id, kind, number) values ($1, 'bhxh', $2)", [
      id,
      person.number,
    ]);
  }
  if (!person.phone) return;
  await house.pool.query("insert into contact_point values ($1, 'phone', $2, $3, null, null, 'file')", [
    id,
    person.phone,
    house.clock.now(),
  ]);
}

const asks: [string, Record<string, string>][] = [
  ["the very person", hoa],
  ["a paper that nobody has", { ...hoa, paper_number: "052190777999" }],
  ["somebody else's name", { ...hoa, full_name: "Trần Thị Lạ" }],
  ["another birth date", { ...hoa, birth_day: "16" }],
  ["the year of birth alone", { ...hoa, birth_day: "", birth_month: "" }],
  ["a person without a phone", { ...hoa, full_name: "Lê Thị Vắng", paper_number: "052190777002" }],
  ["a person without a number", { ...hoa, full_name: "Lê Thị Mới", paper_number: "052190777003" }],
  ["the very person again", hoa],
  ["the very person, once too often", hoa],
  ["a passport that nobody has", { ...hoa, paper_kind: "passport", paper_number: "B1234567" }],
];

/** One request as it travels, with what cannot differ by person taken out, and how many statements it took. */
async function ask(fields: Record<string, string>) {
  const browser = await new PlainBrowser(app).open("/insurance-number");
  const statements = vi.spyOn(pg.Client.prototype, "query");
  const answer = await browser.raw("POST", "/insurance-number", fields);
  const count = statements.mock.calls.length;
  statements.mockRestore();
  const page = await browser.open(String(answer.headers.location));
  const { date, ...headers } = answer.headers;
  expect(date).toBeDefined();
  const html = page.html.replace(/name="_token" value="[^"]{43}"/g, "");
  return { status: answer.statusCode, headers, body: answer.body, html, text: page.text, count };
}

describe("a forgotten insurance number", () => {
  it("goes to the phone in the register and is on no page", async () => {
    const { html } = await ask(hoa);
    expect(await sentTo(house, phone)).toEqual([{ template: "insurance_number", secrets: { number } }]);
    expect(html).not.toContain(number);
    expect(html).not.toContain(phone.slice(-3));
  });

  it("is answered alike, byte for byte and statement for statement, whoever is asked for (H2, T6)", async () => {
    await enrolled({ name: "Lê Thị Vắng", personalId: "052190777002", number: "5290777002" });
    await enrolled({ name: "Lê Thị Mới", personalId: "052190777003", phone: "0388777003" });
    const answers = [];
    for (const [, fields] of asks) answers.push(await ask(fields));
    const [first] = answers;
    expect(first?.status).toBe(303);
    expect(first?.text).toContain("Yêu cầu đã được ghi nhận");
    for (const [at, answer] of answers.entries()) expect(answer, asks[at]?.[0]).toEqual(first);
    const sent = await house.db.selectFrom("notice").select("recipient").execute();
    expect(sent).toEqual([{ recipient: phone }, { recipient: phone }]);
  });

  it("that has ended, or whose person has died, is sent to nobody, and the answer is the same", async () => {
    const first = await ask(hoa);
    await enrolled({ name: "Lê Thị Gộp", personalId: "052190777004", number: "5290777004", phone: "0388777004" });
    await house.pool.query("update person_number set valid_to = '2026-01-01' where number = '5290777004'");
    await enrolled({ name: "Lê Thị Khuất", personalId: "052190777005", number: "5290777005", phone: "0388777005" });
    await house.pool.query("update person set died_on = '2026-10-01' where full_name = 'Lê Thị Khuất'");
    for (const [full_name, paper_number] of [
      ["Lê Thị Gộp", "052190777004"],
      ["Lê Thị Khuất", "052190777005"],
    ]) {
      expect(await ask({ ...hoa, full_name, paper_number } as Record<string, string>), full_name).toEqual(first);
    }
    for (const gone of ["0388777004", "0388777005"]) expect(await sentTo(house, gone)).toEqual([]);
  });

  it("leaves rows in which the known cannot be told from the unknown, and no number can be read", async () => {
    for (const [, fields] of asks.slice(0, 2)) await ask(fields);
    const rows = await house.db.selectFrom("number_request").selectAll().execute();
    const shape = rows.map((row) => Object.values(row).map((value) => (value instanceof Buffer ? value.length : "")));
    expect(shape[0]).toEqual(shape[1]);
    for (const secret of [number, "052190777001"]) {
      const places = await placesOf(house, secret);
      for (const table of ["number_request", "notice", "audit_event"]) expect(places).not.toContain(`public.${table}`);
    }
  });

  it("asked for twenty times at once is sent twice, and the answer stays the same", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const browser = await new PlainBrowser(app).open("/insurance-number");
        const { statusCode, headers } = await browser.raw("POST", "/insurance-number", hoa);
        return [statusCode, headers.location];
      }),
    );
    expect(new Set(answers.map(String))).toEqual(new Set(["303,/insurance-number/sent"]));
    expect(await sentTo(house, phone)).toHaveLength(2);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 25 * 3600_000));
    await ask(hoa);
    expect(await sentTo(house, phone)).toHaveLength(3);
  });

  it("is not looked for without end by one address, which is told so whomever it asks for", async () => {
    const said = new Set<string>();
    let refused = 0;
    const value = { recipientADay: 2, addressAnHour: 2, allAnHour: 100 };
    await setPolicy(house, numberRequests, { value, from: "2026-11-01", by: "test" });
    for (let at = 0; at < 3; at += 1) {
      const browser = await new PlainBrowser(app).open("/insurance-number");
      const fields = { ...hoa, paper_number: `05219077701${at}` };
      const answer = await browser.raw("POST", "/insurance-number", fields);
      if (answer.statusCode === 429) refused += 1;
      said.add(String(answer.statusCode));
    }
    expect([refused, [...said]]).toEqual([1, ["303", "429"]]);
    const known = await new PlainBrowser(app).open("/insurance-number");
    expect((await known.raw("POST", "/insurance-number", hoa)).statusCode).toBe(429);
    expect(await sentTo(house, phone)).toEqual([]);
  });

  it("says what cannot be a paper, a name or a date, and keeps what was typed", async () => {
    const browser = await new PlainBrowser(app).open("/insurance-number");
    await browser.post("/insurance-number", { ...hoa, paper_number: "12", birth_month: "13", full_name: "" });
    expect(browser.status).toBe(422);
    for (const field of ["paper_number", "birth", "full_name"]) expect(browser.html).toContain(`href="#${field}"`);
    expect(browser.html).toContain('value="12"');
  });

  it("is asked for from within a declaration with what was answered already, and leads back to it", async () => {
    const { code } = await aDraft(house, { insurance_number: number });
    const browser = await new PlainBrowser(app).open("/register/resume");
    await browser.post("/register/resume", { code, birth_day: "15", birth_month: "1", birth_year: "1990" });
    await browser.open("/register/insurance");
    expect(browser.html).toContain('href="/insurance-number"');
    await browser.open("/insurance-number");
    expect(browser.html).toContain('value="Nguyễn Thị Diễm Hương"');
    await browser.open("/insurance-number/sent");
    expect(browser.html).toContain('href="/register/insurance"');
  });

  it("is forgotten after two days", async () => {
    await ask(hoa);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 49 * 3600_000));
    await forgetOld(house);
    expect(await house.db.selectFrom("number_request").selectAll().execute()).toEqual([]);
  });
});
