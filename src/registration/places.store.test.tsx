import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { plainDate } from "../kernel/calendar.ts";
import type { Policy } from "../kernel/policy.ts";
import { setPolicy } from "../policy/set.ts";
import { createWeb } from "../web/server.ts";
import { typedAnswers } from "./answers.fixture.ts";
import { PlainBrowser } from "./browser.fixture.ts";
import { routes } from "./citizen.tsx";
import { confirm } from "./confirm.ts";
import { declareWhole } from "./draft.ts";
import { aDraft, ownNumbers } from "./files.fixture.ts";
import { linesOf } from "./form01/lines.ts";
import { addressLine, isComplete } from "./rules-answers.ts";
import { type SubmissionMethod, submissionMethods } from "./rules-paper-policies.ts";
import { getByCode } from "./store.ts";

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

const birth = { birth_day: "15", birth_month: "1", birth_year: "1990" };

async function at(code: string, path: string): Promise<PlainBrowser> {
  const browser = await new PlainBrowser(app).open("/register/resume");
  await browser.post("/register/resume", { code, ...birth });
  return browser.open(path);
}

const addressOf = async (code: string) => (await getByCode(house.db, code)).answers.address;

describe("an address of before 01/07/2025", () => {
  it("leads by the old name, without marks and without script, to the commune of today; both are kept", async () => {
    const { code } = await aDraft(house);
    const browser = await at(code, "/register/address?old=phuoc+nghia%2C+tuy+phuoc");
    expect(browser.text).toContain("Xã Tuy Phước, Tỉnh Gia Lai");
    expect(browser.text).toContain("Trước 01/07/2025: Xã Phước Nghĩa, Huyện Tuy Phước, Tỉnh Bình Định");
    const link =
      /href="(\/register\/address\?province=52[^"]+)"/.exec(browser.html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    await browser.open(link);
    expect(browser.html).toMatch(/<option[^>]* value="21952"[^>]* selected|<option[^>]*selected[^>]* value="21952"/);
    expect(browser.html).toContain('name="old_commune" value="21979"');
    await browser.post("/register/address", {
      province: "52",
      commune: "21952",
      old_commune: "21979",
      street: "Thôn Mẫu",
    });
    const address = await addressOf(code);
    expect(address).toMatchObject({ communeCode: "21952", before: { code: "21979" } });
    expect(address && addressLine(address)).toBe(
      "Thôn Mẫu, Xã Tuy Phước, Tỉnh Gia Lai (trước 01/07/2025: Xã Phước Nghĩa, Huyện Tuy Phước, Tỉnh Bình Định)",
    );
    expect(browser.path).toBe("/register/check");
    expect(browser.text).toContain("trước 01/07/2025: Xã Phước Nghĩa");
    await browser.open("/register/address");
    expect(browser.html).toContain('name="old_commune" value="21979"');
  });

  it("is forgotten when another commune is chosen in the end", async () => {
    const { code } = await aDraft(house);
    const browser = await at(code, "/register/address");
    await browser.post("/register/address", {
      province: "52",
      commune: "21583",
      old_commune: "21979",
      street: "Thôn Mẫu",
    });
    expect(await addressOf(code)).not.toHaveProperty("before");
  });

  it("in the person's own words stays a whole answer, with today's commune beside it where the words leave no choice", async () => {
    const { code } = await aDraft(house);
    const browser = await at(code, "/register/address");
    const old = "Thôn Thử, xã Phước Nghĩa, huyện Tuy Phước, tỉnh Bình Định";
    await browser.post("/register/address", { address_kind: "old", old_address: old });
    expect(await addressOf(code)).toEqual({
      old,
      now: { communeCode: "21952", communeName: "Xã Tuy Phước", provinceName: "Tỉnh Gia Lai" },
    });
    expect(browser.text).toContain(`${old} (nay là Xã Tuy Phước, Tỉnh Gia Lai)`);
    await browser.open("/register/office");
    expect(/name="office" value="([^"]+)"/.exec(browser.html)?.[1]).toBe("52T01");
    await browser.post("/register/address", { address_kind: "old", old_address: "Ấp Không Rõ, huyện Tuy Phước" });
    expect(await addressOf(code)).toEqual({ old: "Ấp Không Rõ, huyện Tuy Phước" });
  });

  it("that is not found says so and keeps what was asked", async () => {
    const { code } = await aDraft(house);
    const browser = await at(code, "/register/address?old=Chẳng+Có+Nơi+Này");
    expect(browser.text).toContain("Không thấy tên này.");
    expect(browser.html).toContain('value="Chẳng Có Nơi Này"');
  });
});

describe("the camera page", () => {
  it("may run what reads pictures, and no script of anybody else", async () => {
    const { code } = await aDraft(house);
    const browser = await at(code, "/register/scan");
    const { headers } = await browser.raw("GET", "/register/scan");
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(browser.text).toContain("Trình duyệt này không quét được thẻ.");
    expect(browser.weight).toBeLessThanOrEqual(14 * 1024);
  });

  it("fills three answers at once, all or none, and keeps who issued the paper", async () => {
    const { code } = await aDraft(house);
    const browser = await at(code, "/register/scan");
    const read = {
      paper_kind: "cccd",
      paper_number: "099090000777",
      full_name: "Đặng Thị Ẵng Ừ",
      sex: "2",
      birth_day: "31",
      birth_month: "2",
      birth_year: "1990",
    };
    await browser.post("/register/scan", read);
    expect(browser.status).toBe(422);
    expect(browser.html).toContain('value="099090000777"');
    const before = (await getByCode(house.db, code)).answers;
    expect(before.name?.full).toBe("Nguyễn Thị Diễm Hương");
    await browser.post("/register/scan", { ...read, birth_day: "15", birth_month: "3" });
    expect(browser.path).toBe("/register/check");
    expect((await getByCode(house.db, code)).answers).toMatchObject({
      paper: { number: "099090000777", issuedBy: before.paper?.issuedBy },
      name: { full: "Đặng Thị Ẵng Ừ", sex: 2 },
      birth: { on: "1990-03-15" },
    });
  });

  it("opens for nobody without a draft", async () => {
    expect((await new PlainBrowser(app).open("/register/scan")).path).toBe("/register");
  });
});

describe("the office", () => {
  it("of any province is found by name, and may be chosen", async () => {
    const { code } = await aDraft(house);
    const browser = await at(code, "/register/office?named=dong+da");
    expect(browser.text).toContain("Bảo hiểm xã hội cơ sở Đống Đa");
    expect(browser.text).toContain("Thứ Hai–thứ Sáu, 7:30–11:30");
    await browser.post("/register/office", { office: "01D05" });
    expect((await getByCode(house.db, code)).answers.office).toEqual({ code: "01D05" });
    await browser.open("/register/office?named=khong+co+noi+nay");
    expect(browser.text).toContain("Không có nơi nào tên như vậy.");
  });

  it("that has ended is neither offered nor taken", async () => {
    const { code } = await aDraft(house);
    const browser = await at(code, "/register/office?named=huyen+tuy+phuoc");
    expect(browser.html).not.toContain('value="52H14"');
    await browser.post("/register/office", { office: "52H14" });
    expect(browser.status).toBe(422);
  });

  it("asks nothing about the way to hand in while there is one way only", async () => {
    const { code } = await aDraft(house);
    expect((await at(code, "/register/office")).html).not.toContain("submission_method");
  });
});

describe("the way to hand in, as the operator opened it by date", () => {
  const own: SubmissionMethod = {
    code: "mobile_team",
    vi: { name: "cho tổ lưu động", bring: "Chờ tổ lưu động đến thôn." },
    en: { name: "to the mobile team", bring: "Wait for the mobile team." },
  };
  const set = (value: SubmissionMethod[], from = "2026-11-01") =>
    setPolicy(house, submissionMethods as unknown as Policy<unknown>, { value, from, by: "Quyết định thử" });

  it("is asked on the page of the office, printed on form 01, told on the receipt; the last day stays", async () => {
    await set(["office", "batch", own]);
    const { code } = await aDraft(house);
    const browser = await at(code, "/register/office");
    expect(browser.html).toMatch(/name="submission_method" value="office"[^>]*checked/);
    await browser.post("/register/office", { office: "52T01", submission_method: "mobile_team" });
    expect(browser.text).toContain("cho tổ lưu động");
    await browser.post("/register/confirmation");
    for (const shown of ["Chờ tổ lưu động đến thôn.", "thứ Năm, 03/12/2026", "Cơ quan BHXH nhận hồ sơ"]) {
      expect(browser.text).toContain(shown);
    }
    const { answers } = await getByCode(house.db, code);
    if (!isComplete(answers)) throw new Error("the answers are whole");
    const lines = linesOf({ code, answers, officeName: "BHXH", lastDay: plainDate("2026-12-03") });
    expect(lines.answers.at(-1)).toEqual(["9. Hình thức nộp hồ sơ", "cho tổ lưu động"]);
    await set(["office"]);
    expect((await browser.open("/register/receipt")).text).toContain("cho tổ lưu động");
  });

  it("that is not open on that day is not taken; eID is offered only where it was switched on", async () => {
    await set(["office", "commune_desk"]);
    const { code } = await aDraft(house);
    const browser = await at(code, "/register/office");
    expect(browser.html).toContain('value="commune_desk"');
    expect(browser.html).not.toContain('value="eid"');
    await browser.post("/register/office", { office: "52T01", submission_method: "eid" });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain("Chọn cách nộp tờ khai đã ký.");
    await set(["office"]);
  });

  it("may be left out by a program, and is then the usual one", async () => {
    await set(["batch", "office"]);
    const fields = { ...typedAnswers(), ...ownNumbers() };
    const declared = { fields, lang: "vi", actor: anyone, now: house.clock.now() } as const;
    const { code, answers } = await declareWhole(house, declared);
    expect(answers.office).toEqual({ code: "52T01" });
    await confirm(house, { code, actor: anyone, now: house.clock.now() });
    await set(["office"]);
  });

  it.each([[[]], [["office", "office"]], [["fax"]], [[{ code: "A b", vi: {}, en: {} }]]])(
    "cannot be %j",
    async (value) => {
      await expect(set(value as SubmissionMethod[])).rejects.toMatchObject({ faults: [{ field: "value" }] });
    },
  );
});

describe("I5: a number of digits with letters that look like them", () => {
  it("is put right, shown at the check, and what was typed is kept", async () => {
    const { code } = await aDraft(house);
    const browser = await at(code, "/register/paper");
    await browser.post("/register/paper", { paper_kind: "cccd", paper_number: "O52.19O.0OO l23" });
    expect(browser.path).toBe("/register/check");
    expect(browser.text.replaceAll("\u00a0", " ")).toContain("052 190 000 123");
    expect((await getByCode(house.db, code)).answers.paper).toMatchObject({
      number: "052190000123",
      typed: "O52.19O.0OO l23",
    });
  });
});
