import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enrolPerson, issueTo } from "../../src/account/account.fixture.ts";
import { createApp } from "../../src/app.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { makeFileCode } from "../../src/kernel/file-code.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

/**
 * R21: who asks with a number or code learns nothing of whether anybody has it. Status, headers, cookies and body
 * of pages and API are compared to the byte; what is random in every answer is made the same first.
 */
const PAIRS = 20;
const stopped: Clock = { now: () => new Date("2026-11-23T02:00:00.000Z") };
const insurance = (n: number, isKnown: boolean) => `${isKnown ? "71" : "72"}${String(n).padStart(8, "0")}`;

let house: TestHouse;
let app: Awaited<ReturnType<typeof createApp>>;
beforeAll(async () => {
  house = await openTestHouse();
  app = await createApp({ ...house, clock: stopped });
  for (let n = 1; n <= PAIRS; n += 1) {
    const tail = String(n).padStart(3, "0");
    const personId = await enrolPerson(house, `Nguyễn Thử ${n}`, insurance(n, true), `052190001${tail}`);
    await issueTo(house, personId, `09${String(n).padStart(5, "0")}000`);
  }
});
afterAll(async () => {
  await app.close();
  await house.close();
});

interface Reply {
  statusCode: number;
  headers: Record<string, unknown>;
  cookies: unknown;
  body: string;
}

/** Everything that an asker could compare, but for what is random or was typed. */
function neutral({ statusCode, headers, cookies, body }: Reply, typed: readonly string[]): string {
  const { date, ...others } = headers;
  const whole = typed.reduce(
    (text, value) => text.replaceAll(value, "TYPED"),
    JSON.stringify({ statusCode, headers: others, cookies, body }),
  );
  return whole
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "ID")
    .replace(/BD-\w{4}-\w{4}(\.\d+\.[\w-]+)?/g, "CODE")
    .replace(/(name=\\"_token\\" value=\\")[^"\\]+/g, "$1TOKEN")
    .replace(/(vssid_visitor[="][^;,}]*?value":"|vssid_visitor=)[^";]+/g, "$1VISITOR");
}

let asked = 0;
/** Each request from a network of its own: the limiter's countdown would differ by the order of asking. */
function nextAddress(): string {
  asked += 1;
  return `10.${asked >> 8}.${asked & 255}.1`;
}

async function post(path: string, payload: object, headers: Record<string, string> = {}): Promise<Reply> {
  return app.inject({ method: "POST", url: path, payload, headers, remoteAddress: nextAddress() });
}

/** The page's form, opened and sent by a browser of its own. */
async function send(page: string, action: string, fields: Record<string, string>): Promise<Reply> {
  const shown = await app.inject({ url: page });
  const visitor = shown.cookies.find((one) => one.name === "vssid_visitor")?.value ?? "";
  const _token = /name="_token" value="([^"]+)"/.exec(shown.body)?.[1] ?? "";
  return app.inject({
    method: "POST",
    url: action,
    remoteAddress: nextAddress(),
    cookies: { vssid_visitor: visitor },
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ _token, ...fields }).toString(),
  });
}

async function differing(ask: (n: number, isKnown: boolean) => Promise<{ reply: Reply; typed: string[] }>) {
  const unequal: string[] = [];
  for (let n = 1; n <= PAIRS; n += 1) {
    const [known, unknown] = [await ask(n, true), await ask(n, false)];
    const [one, other] = [neutral(known.reply, known.typed), neutral(unknown.reply, unknown.typed)];
    if (one !== other) unequal.push(`${n}: ${firstDifference(one, other)}`);
  }
  return unequal;
}

function firstDifference(one: string, other: string): string {
  const at = [...one].findIndex((sign, index) => sign !== other[index]);
  return `${one.slice(at - 60, at + 60)} | ${other.slice(at - 60, at + 60)}`;
}

describe("R21: known and unknown are answered alike to the byte", () => {
  test("signing in, by API and on the page, from the first try to the lock", async () => {
    const login = (n: number, isKnown: boolean) => insurance(((n - 1) % 3) + 1, isKnown);
    const api = await differing(async (n, isKnown) => {
      const typed = login(n, isKnown);
      return { reply: await post("/api/v1/session", { login: typed, password: "sai nhưng đủ dài" }), typed: [typed] };
    });
    const page = await differing(async (n, isKnown) => {
      const typed = insurance(((n - 1) % 3) + 4, isKnown);
      const fields = { login: typed, password: "sai nhưng đủ dài", next: "" };
      return { reply: await send("/sign-in", "/sign-in", fields), typed: [typed] };
    });
    expect([api, page]).toEqual([[], []]);
  });

  test("asking for a code of recovery, by SMS and e-mail, up to the budget and beyond", async () => {
    const api = await differing(async (n, isKnown) => {
      const typed = insurance(((n - 1) % 4) + 1, isKnown);
      const channel = n % 2 ? "sms" : "email";
      return { reply: await post("/api/v1/account/recovery", { login: typed, channel }), typed: [typed] };
    });
    const page = await differing(async (n, isKnown) => {
      const typed = insurance(n, isKnown);
      return {
        reply: await send("/account/recovery", "/account/recovery", { login: typed, channel: "sms" }),
        typed: [typed],
      };
    });
    expect([api, page]).toEqual([[], []]);
  });

  test("guessing the code of a recovery", async () => {
    const unequal = await differing(async (n, isKnown) => {
      const typed = insurance(n, isKnown);
      const asked = await post("/api/v1/account/recovery", { login: typed, channel: "sms" });
      const { request } = JSON.parse(asked.body);
      const guess = { code: "00000000", newPassword: "thuyền nan lướt qua bốn bến" };
      for (let at = 0; at < 2; at += 1) await post(`/api/v1/account/recovery/${request}`, guess);
      return { reply: await post(`/api/v1/account/recovery/${request}`, guess), typed: [typed, request] };
    });
    expect(unequal).toEqual([]);
  });

  test("setting a password by the digits of an authenticator, from the first try to the lock", async () => {
    const unequal = await differing(async (n, isKnown) => {
      const typed = insurance(((n - 1) % 3) + 10, isKnown);
      const digits = n % 2 ? { code: "123456", nextCode: "654321" } : { code: "abcde-fghjk", nextCode: "" };
      const fields = { login: typed, newPassword: "thuyền nan lướt qua bốn bến", ...digits };
      const at = "/account/recovery/authenticator";
      return { reply: await send(at, at, fields), typed: [typed] };
    });
    expect(unequal).toEqual([]);
  });

  test("confirming a declaration in another's number, or in nobody's", async () => {
    const unequal = await differing(async (n, isKnown) => {
      const typed = insurance(n, isKnown);
      const tail = String(n).padStart(5, "0");
      const [idNumber, phone] = [`0521${isKnown ? 1 : 2}0${tail}0`, `08${isKnown ? 1 : 2}0${tail}0`];
      const drafted = await post("/api/v1/declarations", {
        for: "self",
        paper: { kind: "cccd", number: idNumber },
        fullName: "Trần Thị Khác",
        sex: 2,
        birth: "1991-02-03",
        insuranceNumber: typed,
        phone,
        address: { communeCode: "21952", street: "Thôn Mẫu 2" },
        officeCode: "52T01",
      });
      expect(drafted.statusCode, drafted.body).toBe(201);
      const { code, accessToken } = JSON.parse(drafted.body);
      const reply = await post(`/api/v1/declarations/${code}/confirmation`, {}, { "x-file-token": accessToken });
      return { reply, typed: [typed, idNumber, phone] };
    });
    expect(unequal).toEqual([]);
  });

  test("confirming with numbers that have an account, an open declaration, or one by another paper", async () => {
    const tailOf = (n: number) => String(n).padStart(3, "0");
    const declared = (n: number, some: object) => ({
      for: "self",
      paper: { kind: "cccd", number: `052190002${tailOf(n)}` },
      fullName: "Nguyễn Thị Đã Có",
      sex: 2,
      birth: "1990-01-15",
      insuranceNumber: `76${String(n).padStart(8, "0")}`,
      address: { communeCode: "21952", street: "Thôn Mẫu 2" },
      officeCode: "52T01",
      ...some,
    });
    const confirmed = async (body: object) => {
      const drafted = await post("/api/v1/declarations", body);
      expect(drafted.statusCode, drafted.body).toBe(201);
      const { code, accessToken } = JSON.parse(drafted.body);
      return post(`/api/v1/declarations/${code}/confirmation`, {}, { "x-file-token": accessToken });
    };
    for (let n = 1; n <= PAIRS; n += 1) {
      const { fullName, insuranceNumber, paper } = declared(n, {});
      await issueTo(house, await enrolPerson(house, fullName, insuranceNumber, paper.number), `0850${tailOf(n)}000`);
    }
    const phone = (side: number, n: number) => `084${side}0${tailOf(n)}00`;
    const others = (n: number) => ({
      fullName: "Trần Thị Khác",
      paper: { kind: "cccd", number: `052160000${tailOf(n)}` },
      insuranceNumber: `74${String(n).padStart(8, "0")}`,
    });
    const unequal = await differing(async (n, hasAccount) => {
      if (hasAccount) return { reply: await confirmed(declared(n, { phone: phone(1, n) })), typed: [] };
      const open = await confirmed(declared(n, { ...others(n), phone: phone(2, n) }));
      expect(open.statusCode, open.body).toBe(200);
      const again =
        n % 2
          ? { insuranceNumber: `75${String(n).padStart(8, "0")}` }
          : { paper: { kind: "cccd", number: `052170000${tailOf(n)}` } };
      return { reply: await confirmed(declared(n, { ...others(n), ...again, phone: phone(3, n) })), typed: [] };
    });
    expect(unequal).toEqual([]);
    const told = await confirmed(declared(1, { phone: phone(4, 1) }));
    expect([told.statusCode, JSON.parse(told.body).faults]).toEqual([422, [{ field: "", key: "standing_unclear" }]]);
  });

  test("opening a file with a code that is somebody's and a wrong birth date, or with nobody's code", async () => {
    const drafts: string[] = [];
    for (let n = 0; n < PAIRS; n += 1) {
      const draft = { for: "self", fullName: "Trần Thị Khác", sex: 2, birth: "1991-02-03" };
      const reply = await post("/api/v1/declarations", {
        ...draft,
        paper: { kind: "cccd", number: `05214000${String(n).padStart(4, "0")}` },
        insuranceNumber: `73${String(n).padStart(8, "0")}`,
        phone: `0830000${String(n).padStart(3, "0")}`,
        address: { communeCode: "21952", street: "Thôn Mẫu 2" },
        officeCode: "52T01",
      });
      drafts.push(JSON.parse(reply.body).code);
    }
    const codeOf = (n: number, isKnown: boolean) =>
      isKnown ? (drafts[n - 1] ?? "") : makeFileCode(Buffer.from([n, 2, 3, 4, 5, 6, 7, 8]));
    const api = await differing(async (n, isKnown) => {
      const code = codeOf(n, isKnown);
      const reply = await post(`/api/v1/declarations/${code}/access`, { birth: "1980-01-01" });
      return { reply, typed: [code] };
    });
    const page = await differing(async (n, isKnown) => {
      const code = codeOf(((n - 1) % 2) + 1, isKnown);
      const fields = { code, birth_day: "1", birth_month: "1", birth_year: "1980" };
      return { reply: await send("/register/resume", "/register/resume", fields), typed: [code] };
    });
    expect([api, page]).toEqual([[], []]);
  });
});
