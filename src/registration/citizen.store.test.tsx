import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { createWeb } from "../web/server.ts";
import { advance, onFile } from "./advance.ts";
import { everyBox, missingTexts, typedAnswers } from "./answers.fixture.ts";
import { PlainBrowser } from "./browser.fixture.ts";
import { routes } from "./citizen.tsx";
import { PASS_COOKIE } from "./file-pass.ts";
import { aConfirmed, aDraft, anOfficer, aPerson, ownNumbers } from "./files.fixture.ts";
import { QUESTIONS } from "./rules-answers.ts";
import { eventsOf, getByCode } from "./store.ts";

let house: TestHouse;
let app: FastifyInstance;
beforeAll(async () => {
  house = await openTestHouse();
  app = await createWeb(house, routes, async () => anyone);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const PERSONAL = ["Diễm Hương", "0912345678", "052190", "1990"];
const birth = { birth_day: "15", birth_month: "1", birth_year: "1990" };

/** Answers every question from the first page on, one page at a time. */
async function fillIn(browser: PlainBrowser, some: Record<string, string> = {}): Promise<PlainBrowser> {
  const fields = { ...typedAnswers(), ...ownNumbers(), ...some };
  await browser.open("/register");
  await browser.post("/register", fields);
  for (let page = 0; page < 8; page += 1) {
    if (browser.path === "/register/address") await browser.open("/register/address?province=52");
    await browser.post(browser.path.split("?")[0] ?? "", fields);
  }
  return browser;
}

async function comeBack(code: string): Promise<PlainBrowser> {
  const browser = await new PlainBrowser(app).open("/register/resume");
  return browser.post("/register/resume", { code, ...birth });
}

describe("form 01, one question a page, without script", () => {
  it("leads from the first page to the receipt over at most eleven pages", async () => {
    const browser = await fillIn(new PlainBrowser(app));
    expect(browser.path).toBe("/register/check");
    for (const shown of ["Nguyễn Thị Diễm Hương", "15/01/1990", "Xã Tuy Phước", "Bảo hiểm xã hội cơ sở Tuy Phước"]) {
      expect(browser.text).toContain(shown);
    }
    await browser.post("/register/confirmation");
    expect(browser.path).toBe("/register/receipt");
    for (const shown of [
      "thứ Năm, 03/12/2026",
      "còn 10 ngày",
      /BD-[2-9A-Z]{4}-[2-9A-Z]{4}/,
      "căn cước số •••••••••",
      "Giờ làm việc",
      "Vẫn nộp được, cán bộ sẽ đối chiếu.",
    ]) {
      expect(browser.text).toMatch(shown);
    }
    expect(new Set(browser.seen.map((path) => path.split("?")[0])).size).toBeLessThanOrEqual(11);
    expect(browser.text).not.toMatch(/05219\d{7}/);
  });

  it("confirmed twice, by F5 or by hand, gives the same receipt and one confirmation", async () => {
    const browser = await fillIn(new PlainBrowser(app));
    const both = await Promise.all([1, 2].map(() => browser.raw("POST", "/register/confirmation")));
    expect(both.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual([
      [303, "/register/receipt"],
      [303, "/register/receipt"],
    ]);
    const first = (await browser.open("/register/receipt")).text;
    expect((await browser.post("/register/confirmation")).text).toBe(first);
    const code = /BD-\w{4}-\w{4}/.exec(first)?.[0] ?? "";
    const file = await getByCode(house.db, code);
    expect((await eventsOf(house.db, file.id)).map(({ kind }) => kind)).toEqual(["drafted", "confirmed"]);
  });

  it("keeps what was typed and says what is wrong at the top and at the box", async () => {
    const browser = await new PlainBrowser(app).open("/register");
    await browser.post("/register", { for_whom: "self" });
    await browser.post("/register/paper", { paper_kind: "cccd", paper_number: "0521", issued_by: "Nơi cấp thử" });
    expect(browser.status).toBe(422);
    expect(browser.html).toContain('href="#paper_number"');
    expect(browser.html).toContain('value="0521"');
    expect(browser.html).toContain('value="Nơi cấp thử"');
    expect(browser.html).toContain("<title>Lỗi:");
  });

  it("shows every answer before it is confirmed, each with the way to change it", async () => {
    const browser = await fillIn(new PlainBrowser(app), everyBox);
    expect(browser.path).toBe("/register/check");
    const { answers } = await getByCode(house.db, /BD-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(browser.text)?.[0] ?? "");
    expect(missingTexts(answers, browser.text)).toEqual([]);
    expect(QUESTIONS.filter((question) => !browser.html.includes(`href="/register/${question}"`))).toEqual([]);
  });

  it("returns to the check after one answer is changed", async () => {
    const browser = await fillIn(new PlainBrowser(app));
    await browser.open("/register/email");
    expect(browser.html).toContain('value="huong@example.vn"');
    await browser.post("/register/email", { email: "" });
    expect(browser.path).toBe("/register/check");
    expect(browser.text).toContain("Thư điện tử Không có");
  });

  it("cannot be entered in the middle: a later page leads to the first open question", async () => {
    const browser = await new PlainBrowser(app).open("/register");
    await browser.post("/register", { for_whom: "self" });
    expect((await browser.open("/register/office")).path).toBe("/register/paper");
    expect((await browser.open("/register/check")).path).toBe("/register/paper");
    expect((await browser.post("/register/confirmation")).path).toBe("/register/paper");
    expect((await browser.open("/register/nothing")).status).toBe(404);
  });

  it("takes “tôi không biết” for the insurance number and an old address in words", async () => {
    const browser = await new PlainBrowser(app).open("/register");
    const typed = { ...typedAnswers(), ...ownNumbers() };
    await browser.post("/register", typed);
    for (const page of ["paper", "name", "birth"]) await browser.post(`/register/${page}`, typed);
    await browser.post("/register/insurance", { insurance_known: "no", insurance_number: "" });
    for (const page of ["phone", "email"]) await browser.post(`/register/${page}`, typed);
    await browser.post("/register/address", {
      address_kind: "old",
      old_address: "Thôn Thử, huyện Tuy Phước, Bình Định",
    });
    expect(browser.path).toBe("/register/office");
    await browser.open("/register/office?province=52");
    await browser.post("/register/office", typed);
    expect(browser.text).toContain("Không biết, nhờ cán bộ tra cứu");
    expect(browser.text).toContain("Thôn Thử, huyện Tuy Phước, Bình Định");
  });

  it("puts the office near the commune first and lets any other be chosen", async () => {
    const browser = await fillIn(new PlainBrowser(app));
    await browser.open("/register/office");
    const offered = [...browser.html.matchAll(/name="office" value="([^"]+)"/g)].map((match) => match[1]);
    expect(offered[0]).toBe("52T01");
    expect(offered.length).toBeGreaterThan(1);
    await browser.open("/register/office?province=01");
    expect(browser.html).toContain('value="01000"');
    await browser.post("/register/office", { office: "01000" });
    expect(browser.text).toContain("Bảo hiểm xã hội thành phố Hà Nội");
  });

  it("shows a refusal of the confirmation at the row that it concerns", async () => {
    const { phone = "", ...numbers } = ownNumbers();
    const browser = await fillIn(new PlainBrowser(app), { ...numbers, phone });
    await aPerson(house, { name: "Lê Thị Chủ", birthOn: "1980-01-01", accountPhone: phone });
    await browser.post("/register/confirmation");
    expect(browser.status).toBe(422);
    expect(browser.html).toContain('href="#phone"');
    expect(browser.html).toContain('id="phone"');
  });
});

describe("who sees a file", () => {
  it("nobody without its pass: every page leads to the door and shows nothing", async () => {
    const { code } = await aConfirmed(house);
    const stranger = new PlainBrowser(app);
    for (const path of [...QUESTIONS, "check", "receipt", "track", "withdrawal", "form.pdf"]) {
      await stranger.open(`/register/${path}`);
      expect(["/register", "/register/resume"]).toContain(stranger.path);
      for (const secret of PERSONAL) expect(stranger.text).not.toContain(secret);
    }
    await stranger.post("/register/withdrawal");
    expect((await getByCode(house.db, code)).status).toBe("confirmed");
  });

  it("not with a pass that was forged, is of another file, or is older than a day", async () => {
    const { code } = await aDraft(house);
    const browser = await comeBack(code);
    const pass = browser.cookie(PASS_COOKIE) ?? "";
    const other = (await aDraft(house)).code;
    for (const bad of [
      pass.replace(code, other),
      `${pass}A`,
      pass.replace(/\.(\d+)\./, (_all, end) => `.${Number(end) + 9}.`),
    ]) {
      const response = await app.inject({ url: "/register/check", headers: { cookie: `${PASS_COOKIE}=${bad}` } });
      expect(response.headers.location).toBe("/register/resume");
    }
    house.clock.moveTo(new Date(house.clock.now().getTime() + 25 * 3600_000));
    expect((await browser.open("/register/check")).path).toBe("/register/resume");
    house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
  });

  it("again from any device with code and birth date; a wrong one is told apart from nothing", async () => {
    const { code } = await aDraft(house);
    expect((await comeBack(code)).path).toBe("/register/check");
    const browser = await new PlainBrowser(app).open("/register/resume");
    await browser.post("/register/resume", { code, ...birth, birth_day: "16" });
    const wrong = browser.text.replaceAll(code, "");
    await browser.post("/register/resume", { code: "BD-2222-2222", ...birth, birth_day: "16" });
    expect([browser.status, browser.text]).toEqual([422, wrong]);
  });

  it("not the next visitor of a shared device, once it was left", async () => {
    const { code } = await aDraft(house);
    const browser = await comeBack(code);
    await browser.post("/register/leave");
    expect((await browser.open("/register/check")).path).toBe("/register/resume");
  });
});

describe("after confirming", () => {
  it("the form is a PDF, and the tracking page says what is done, what is now and what is next", async () => {
    const { code } = await aConfirmed(house);
    const browser = await comeBack(code);
    const pdf = await browser.raw("GET", "/register/form.pdf");
    expect([pdf.headers["content-type"], pdf.rawPayload.subarray(0, 5).toString()]).toEqual([
      "application/pdf",
      "%PDF-",
    ]);
    expect((await browser.open("/register/track")).text).toMatch(/Hạn: thứ Năm, 03\/12\/2026 \(còn \d+ ngày\)/);
    const at = new Date("2026-11-24T03:27:00Z");
    await onFile(house, at, (tx) => advance(tx, code, { kind: "received", actor: anOfficer, at }));
    expect((await browser.open("/register/track")).text).toContain("Ông/Bà sẽ nhận tin trước 10:42");
    await onFile(house, at, (tx) =>
      advance(tx, code, {
        kind: "refused",
        actor: anOfficer,
        at,
        detail: { grounds: ["form_not_signed"], sentence: "Tờ khai chưa ký. Ký rồi nộp lại." },
      }),
    );
    expect((await browser.open("/register/track")).text).toContain("Tờ khai chưa ký. Ký rồi nộp lại.");
    await browser.post("/register/again");
    expect(browser.path).toBe("/register/check");
  });

  it("a result that is due after midnight is told with its day, and one that is late says so and whom to ask", async () => {
    const { code } = await aConfirmed(house);
    const morning = house.clock.now();
    try {
      const at = new Date("2026-11-23T16:58:30Z");
      house.clock.moveTo(at);
      await onFile(house, at, (tx) => advance(tx, code, { kind: "received", actor: anOfficer, at }));
      const browser = await comeBack(code);
      const saidAtTrack = async () => (await browser.open("/register/track")).text;
      expect(await saidAtTrack()).toContain("Ông/Bà sẽ nhận tin trước 00:13 24/11/2026");
      house.clock.moveTo(new Date("2026-11-23T17:05:00Z"));
      expect(await saidAtTrack()).toMatch(/Ông\/Bà sẽ nhận tin trước 00:13(?! 24)/);
      house.clock.moveTo(new Date("2026-11-23T17:20:00Z"));
      expect(await saidAtTrack()).toContain("Lẽ ra đã có tin trước 00:13. Xin hỏi nơi nộp, hoặc gọi 1900 9068.");
    } finally {
      house.clock.moveTo(morning);
    }
  });

  it("a form that was handed in with a batch shows no deadline: its page leads to the form, and to withdrawing", async () => {
    const { code } = await aConfirmed(house);
    const browser = await comeBack(code);
    const at = house.clock.now();
    await onFile(house, at, (tx) => advance(tx, code, { kind: "batched", actor: anOfficer, at }));
    await browser.open("/register/receipt");
    expect(browser.path).toBe("/register/track");
    expect(browser.text).not.toMatch(/tự động hủy|còn \d+ ngày|Hạn|giấy hẹn/);
    for (const link of ["form.pdf", "withdrawal"]) expect(browser.html).toContain(`href="/register/${link}"`);
    expect((await browser.raw("GET", "/register/form.pdf")).statusCode).toBe(200);
  });

  it("withdrawing asks first, then leaves a way to declare again", async () => {
    const { code } = await aConfirmed(house);
    const browser = await comeBack(code);
    await browser.open("/register/withdrawal");
    expect(browser.text).toContain("Việc này không hoàn lại được.");
    await browser.post("/register/withdrawal");
    await browser.post("/register/withdrawal");
    expect(browser.text).toContain("Ông/Bà đã rút tờ khai");
    await browser.post("/register/again");
    await browser.post("/register/confirmation");
    expect(browser.path).toBe("/register/receipt");
  });

  it("the last day is still open at 23:59, and at 24:00 the file shows as lapsed before any sweep", async () => {
    const other = await openTestHouse();
    const web = await createWeb(other, routes, async () => anyone);
    const { code } = await aConfirmed(other);
    const browser = new PlainBrowser(web);
    other.clock.moveTo(new Date("2026-12-03T16:58:00Z"));
    await browser.open("/register/resume");
    await browser.post("/register/resume", { code, ...birth });
    expect(browser.text).toContain("hôm nay là ngày cuối");
    other.clock.moveTo(new Date("2026-12-03T17:00:00Z"));
    expect((await browser.open("/register/receipt")).text).toContain("Tờ khai đã tự động hủy");
    expect((await browser.raw("GET", "/register/form.pdf")).statusCode).toBe(409);
    expect((await browser.post("/register/again")).path).toBe("/register/check");
    expect((await getByCode(other.db, code)).status).toBe("lapsed");
    await web.close();
    await other.close();
  });
});

describe("an answer that is refused", () => {
  it("stands at the address of its page: a reload and the way back send nothing again", async () => {
    const helped = { for_whom: "helped", declarer: "Lê Thị Bà", declarer_as: "vợ" };
    const browser = await comeBack((await aDraft(house, helped)).code);
    for (const [sent, seen] of [
      ["/register/birth", "/register/birth"],
      ["/register/phone", "/register/phone"],
      ["/register/consent", "/register/check"],
    ] as const) {
      await browser.post(sent, { act: "prove", code: "1", phone: "123" });
      expect(browser.status, sent).toBe(422);
      expect(browser.html, sent).toContain(`id="stay" data-answers="${seen}"`);
      expect(browser.html, sent).toContain(`class="language" href="${seen}?lang=en"`);
    }
  });
});

describe("every page", () => {
  it.each(["vi", "en"])("in %s is whole, light and without holes", async (lang) => {
    const draft = await comeBack((await aDraft(house)).code);
    const open = await comeBack((await aConfirmed(house)).code);
    const pages: [PlainBrowser, string][] = [
      [new PlainBrowser(app), "/register"],
      [new PlainBrowser(app), "/register/resume"],
      ...[...QUESTIONS, "check"].map((page): [PlainBrowser, string] => [draft, `/register/${page}`]),
      ...["receipt", "track", "withdrawal"].map((page): [PlainBrowser, string] => [open, `/register/${page}`]),
    ];
    for (const [browser, path] of pages) {
      await browser.open(`${path}?lang=${lang}`);
      expect(browser.status, path).toBe(200);
      expect(browser.html).toContain(`<html lang="${lang}"`);
      expect(browser.text, path).not.toMatch(/undefined|NaN|Invalid Date|\[object|null|\{\{/);
      // Whatever is typed is held while there is no network, and stays when the text grows; the page is whole without.
      const withoutHold = browser.html.replaceAll('<script type="module" src="/hold.js"></script>', "");
      const plain = withoutHold.replace('<script type="module" src="/stay.js" id="stay"></script>', "");
      expect(plain, path).not.toMatch(/<script|\sstyle=/);
      expect(browser.html.match(/<h1/g), path).toHaveLength(1);
      expect(browser.weight, path).toBeLessThanOrEqual(14 * 1024);
    }
  });
});
