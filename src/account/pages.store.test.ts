import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { routes as factorPages } from "../factor/citizen.tsx";
import { pageRoute } from "../web/route.ts";
import { createWeb } from "../web/server.ts";
import {
  enrolHoa,
  enrolPerson,
  firstChoice,
  hoaNumbers,
  issueTo,
  lastCode,
  seatOfficer,
  secondChoice,
  settleHoa,
} from "./account.fixture.ts";
import { routes as api } from "./api.ts";
import { browserOn, hiddenIn, visible } from "./browser.fixture.ts";
import { routes as citizenPages } from "./citizen.tsx";
import { identify } from "./identify.ts";
import { routes as officerPages } from "./officer.tsx";

let house: TestHouse;
let web: FastifyInstance;
let issued: { login: string; password: string };
const start = "2026-11-23T02:00:00.000Z";

beforeAll(async () => {
  house = await openTestHouse({ at: start });
  web = await createWeb(house, [...citizenPages, ...factorPages, ...officerPages, ...api], identify);
  issued = await issueTo(house, await enrolHoa(house));
});
afterAll(async () => {
  await web.close();
  await house.close();
});

const browser = () => browserOn(() => web);

describe("signing in on a page", () => {
  const hoa = browser();

  test("the page asks for number and password, lets both be pasted, and warns of fraud", async () => {
    const { body, statusCode } = await hoa.get("/sign-in");
    expect(statusCode).toBe(200);
    expect(body).toContain('autocomplete="current-password"');
    expect(visible(body)).toContain("BHXH không gọi điện hay nhắn Zalo hỏi mật khẩu");
    expect(body).toContain('href="/account/recovery"');
    expect(body).toContain('href="/register"');
  });

  test("the issued password leads to the change page, wherever the person wanted to go", async () => {
    const reply = await hoa.fill("/sign-in?next=/app/visits", {
      login: issued.login,
      password: issued.password,
      next: "/app/visits",
    });
    expect(reply.statusCode).toBe(303);
    expect(reply.headers.location).toBe("/account/password?next=%2Fapp%2Fvisits");
    const cookie = reply.cookies.find((one) => one.name === "vssid_session");
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  });

  test("until it is changed, other pages of the account lead back to the change page", async () => {
    const reply = await hoa.get("/account/devices");
    expect(reply.statusCode).toBe(303);
    expect(reply.headers.location).toBe("/account/password");
  });

  test("the change page says why it opened and shows the rules before anything is typed", async () => {
    const { body } = await hoa.get("/account/password");
    const text = visible(body);
    expect(text).toContain("Mã kích hoạt chỉ để mở tài khoản lần đầu");
    expect(text).toContain("Ít nhất 15 ký tự");
    expect(text).not.toContain("Có lỗi");
  });

  test("a bad choice comes back with its reason and without a letter of what was typed", async () => {
    const reply = await hoa.fill("/account/password", {
      currentPassword: issued.password,
      newPassword: "dangthihoa15011990",
    });
    expect(reply.statusCode).toBe(422);
    expect(visible(reply.body)).toContain("ghép từ thông tin của chính mình");
    expect(reply.body).not.toContain("dangthihoa15011990");
    expect(reply.body).not.toContain(issued.password);
  });

  test("a good choice leads to the offer of an easier way, which may be skipped to the page asked for at first", async () => {
    const fields = { currentPassword: issued.password, newPassword: firstChoice, next: "/account/devices" };
    const reply = await hoa.fill("/account/password?next=/account/devices", fields);
    expect(reply.headers.location).toBe("/account/ways/offer?next=%2Faccount%2Fdevices");
    const offer = await hoa.get(String(reply.headers.location));
    expect(offer.body).toContain('href="/account/devices">Để sau');
    const devices = await hoa.get("/account/devices");
    expect(devices.statusCode).toBe(200);
    expect(visible(devices.body)).toContain("thiết bị này");
  });

  test("signing out ends the session and goes to the sign-in page", async () => {
    const reply = await hoa.fill("/account/devices", {}, "/sign-out");
    expect(reply.headers.location).toBe("/sign-in");
    expect(hoa.cookies.has("vssid_session")).toBe(false);
    expect((await hoa.get("/account/devices")).headers.location).toBe("/sign-in?next=%2Faccount%2Fdevices");
  });

  test("ends other sessions only for whoever proves again to be the owner, who goes on under a new token", async () => {
    const [here, there] = [browser(), browser()];
    for (const one of [here, there]) await one.fill("/sign-in", { login: issued.login, password: firstChoice });
    const before = here.cookies.get("vssid_session") ?? "";
    const endOthers = () => here.fill("/account/devices", {}, "/account/devices/ending");
    expect((await endOthers()).headers.location).toBe("/account/proof?next=%2Faccount%2Fdevices");
    expect((await there.get("/account/devices")).statusCode).toBe(200);
    const proof = { password: firstChoice, next: "/account/devices" };
    const proved = await here.fill("/account/proof?next=/account/devices", proof, "/account/proof/password");
    expect(proved.headers.location).toBe("/account/devices");
    expect(here.cookies.get("vssid_session")).not.toBe(before);
    expect((await identify(house, { cookie: before })).kind).toBe("anyone");
    expect((await endOthers()).headers.location).toBe("/account/devices");
    expect((await there.get("/account/devices")).statusCode).toBe(303);
  });

  test("known and unknown numbers get the same page to the last byte, from the first try to the lock", async () => {
    // One stopped moment for all answers, so that no minute can pass between them.
    const stopped = new Date(start);
    const own = { ...house, clock: { now: () => stopped } };
    const still = await createWeb(own, citizenPages, identify);
    try {
      const page = async (login: string, n: number) => {
        const first = await still.inject({ url: "/sign-in" });
        const visitor = first.cookies.find((one) => one.name === "vssid_visitor")?.value ?? "";
        const _token = /name="_token" value="([^"]+)"/.exec(first.body)?.[1] ?? "";
        const reply = await still.inject({
          method: "POST",
          url: "/sign-in",
          cookies: { vssid_visitor: visitor },
          headers: { "content-type": "application/x-www-form-urlencoded" },
          payload: new URLSearchParams({ _token, login, password: `không phải ${n}` }).toString(),
        });
        const { date, ...headers } = reply.headers;
        const neutral = (text: string) => text.replaceAll(_token, "T").replaceAll(login, "N");
        return neutral(JSON.stringify({ status: reply.statusCode, headers, cookies: reply.cookies, body: reply.body }));
      };
      for (let n = 0; n < 7; n += 1) {
        expect(await page("8888888888", n)).toBe(await page(issued.login, n));
      }
    } finally {
      await still.close();
    }
  });

  test("the locked page says until when, and where to get a new password at once", async () => {
    const { body, statusCode } = await browser().fill("/sign-in", { login: issued.login, password: firstChoice });
    expect(statusCode).toBe(429);
    expect(visible(body)).toMatch(/Thử lại sau \d+ phút, từ 09:1\d/);
    expect(visible(body)).toContain("lấy lại ngay được");
  });
});

describe("a forgotten password on pages", () => {
  test("number, code, new password, sign-in: without script", async () => {
    const own = browser();
    const asked = await own.fill("/account/recovery", { login: issued.login, channel: "sms" });
    expect(asked.headers.location).toBe("/account/recovery/code");
    const wrong = await own.fill("/account/recovery/code", { code: "123", newPassword: "ngắn" });
    expect(wrong.statusCode).toBe(422);
    expect(visible(wrong.body)).toContain("Nhập đủ 8 chữ số");
    expect(wrong.body).not.toContain('value="123"');
    const code = await lastCode(house);
    const short = await own.fill("/account/recovery/code", { code, newPassword: "ngắn" });
    expect([short.statusCode, short.body.includes(`value="${code}"`)]).toEqual([422, true]);
    const done = await own.fill("/account/recovery/code", {
      code: `${code.slice(0, 4)} ${code.slice(4)}`,
      newPassword: secondChoice,
    });
    expect(done.headers.location).toBe("/sign-in");
    const reply = await own.fill("/sign-in", { login: issued.login, password: secondChoice });
    expect(reply.headers.location).toBe("/app");
  });

  test("a code does not work in a browser that did not ask for it", async () => {
    await browser().fill("/account/recovery", { login: issued.login, channel: "sms" });
    const reply = await browser().fill("/account/recovery/code", {
      code: await lastCode(house),
      newPassword: firstChoice,
    });
    expect(visible(reply.body)).toContain("Mã đã hết hạn hoặc đã nhập sai hết số lần thử");
  });
});

describe("the API", () => {
  const call = (method: "POST" | "PUT" | "DELETE", url: string, payload?: object, token?: string) =>
    web.inject({
      method,
      url,
      ...(payload ? { payload } : {}),
      ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
    });

  test("sign in, change the password, sign out", async () => {
    const lan = await issueTo(
      house,
      await enrolPerson(house, "Trịnh Thị Lan", "5221730950", "052190000150"),
      "0987650046",
    );
    const opened = await call("POST", "/api/v1/session", lan);
    expect(opened.statusCode).toBe(201);
    const { token, mustChangePassword, expiresAt } = opened.json();
    expect(mustChangePassword).toBe(true);
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.parse(start));
    expect(opened.cookies.find((one) => one.name === "vssid_session")?.value).toBe(token);
    const fields = { currentPassword: lan.password, newPassword: "ngắn quá" };
    const refused = await call("PUT", "/api/v1/account/password", fields, token);
    expect(refused.statusCode).toBe(422);
    expect(refused.json().faults).toEqual([{ field: "newPassword", key: "password_short" }]);
    const changed = await call("PUT", "/api/v1/account/password", { ...fields, newPassword: firstChoice }, token);
    expect(changed.statusCode).toBe(204);
    expect((await call("DELETE", "/api/v1/session", undefined, token)).statusCode).toBe(204);
    expect((await call("DELETE", "/api/v1/session", undefined, token)).statusCode).toBe(401);
    const again = await call("POST", "/api/v1/session", { login: lan.login, password: firstChoice });
    expect(again.json().mustChangePassword).toBe(false);
  });

  test("a wrong password is a problem document that says nothing of the number", async () => {
    const [known, unknown] = await Promise.all(
      ["5221730950", "7777777777"].map((login) =>
        call("POST", "/api/v1/session", { login, password: "không phải mật khẩu này" }),
      ),
    );
    expect(known?.statusCode).toBe(401);
    expect(known?.headers["content-type"]).toContain("application/problem+json");
    expect(known?.body).toBe(unknown?.body);
  });

  test("the API document describes every operation with its fields", async () => {
    const { paths } = (await web.inject({ url: "/api/openapi.json" })).json();
    expect(Object.keys(paths).sort()).toEqual([
      "/api/v1/account/password",
      "/api/v1/account/recovery",
      "/api/v1/account/recovery/{request}",
      "/api/v1/session",
    ]);
    const { post } = paths["/api/v1/session"];
    expect(Object.keys(post.requestBody.content["application/json"].schema.properties)).toEqual([
      "login",
      "password",
      "code",
    ]);
    expect(post.requestBody.content["application/json"].schema.required).toEqual(["login", "password"]);
    expect(Object.keys(post.responses["201"].content["application/json"].schema.properties)).toContain(
      "mustChangePassword",
    );
    expect(paths["/api/v1/account/password"].put.responses["204"]).toBeDefined();
  });

  test("asking for a code answers 202 with a request, whoever asks for whatever number", async () => {
    for (const login of ["5221730950", "7777777777"]) {
      const reply = await call("POST", "/api/v1/account/recovery", { login });
      expect(reply.statusCode).toBe(202);
      expect(Object.keys(reply.json())).toEqual(["request"]);
    }
    const { request } = (await call("POST", "/api/v1/account/recovery", { login: "5221730950" })).json();
    const code = await lastCode(house);
    const used = await call("POST", `/api/v1/account/recovery/${request}`, { code, newPassword: secondChoice });
    expect(used.statusCode).toBe(204);
    const again = await call("POST", `/api/v1/account/recovery/${request}`, { code, newPassword: firstChoice });
    expect(again.json().faults).toEqual([{ field: "code", key: "code_ended" }]);
  });
});

describe("the counter", () => {
  test("an officer signs in, compares the paper and prints a slip that works", async () => {
    await house.clean();
    await settleHoa(house);
    const { token } = await seatOfficer(house);
    const desk = browser();
    desk.cookies.set("vssid_session", token);
    const found = await desk.fill("/console/reissue", { login: hoaNumbers.insurance });
    expect(visible(found.body)).toContain("Đặng Thị Hòa");
    expect(found.body).not.toContain(hoaNumbers.phone);
    const fields = { login: hoaNumbers.insurance, paper: "cccd" };
    const unchecked = await desk.fill("/console/reissue", { ...fields, checks: ["seen"] }, "/console/reissue/slip");
    expect(unchecked.statusCode).toBe(422);
    const slip = await desk.fill(
      "/console/reissue",
      { ...fields, handOver: "slip", checks: ["seen", "face"] },
      "/console/reissue/slip",
    );
    expect(slip.headers["cache-control"]).toContain("no-store");
    const password = /[a-z]{4}-[a-z]{4}-[a-z]{4}-\d{4}/.exec(slip.body)?.[0] ?? "";
    const reply = await browser().fill("/sign-in", { login: hoaNumbers.insurance, password });
    expect(reply.headers.location).toContain("/account/password");
    expect((await desk.get("/console/reissue/slip")).headers.location).toBe("/console/reissue");
    expect((await browser().get("/console/reissue")).headers.location).toContain("/console/sign-in");
  });

  test("the staff page says what is missing and what is wrong, and lets nobody in", async () => {
    const empty = await browser().fill("/console/sign-in", { username: "", password: "" });
    expect(empty.statusCode).toBe(422);
    expect(visible(empty.body)).toContain("Nhập tên đăng nhập");
    const wrong = await browser().fill("/console/sign-in", {
      username: "khong.co",
      password: "không phải mật khẩu này",
    });
    expect(visible(wrong.body)).toContain("Còn 4 lần thử");
  });
});

describe("a form that comes after the session has ended", () => {
  const page = {
    method: "GET",
    path: "/account/proverb",
    who: ["citizen"],
    purpose: "account",
    handle: ({ form }: { form: Record<string, string> }) => ({
      kind: "bytes" as const,
      type: "text/plain; charset=utf-8",
      bytes: `đã nhận: ${form.says}`,
    }),
  } as const;
  let late: FastifyInstance;
  beforeAll(async () => {
    await house.clean();
    await settleHoa(house);
    const proverb = [pageRoute(page), pageRoute({ ...page, method: "POST" })];
    late = await createWeb(house, [...citizenPages, ...factorPages, ...proverb], identify);
  });
  afterAll(() => late.close());

  const says = 'Uống nước nhớ nguồn, "ăn quả" nhớ kẻ trồng cây';
  const typedLate = async () => {
    const hoa = browserOn(() => late);
    await hoa.fill("/sign-in", { login: hoaNumbers.insurance, password: firstChoice });
    await house.pool.query("update session set idle_until = $1", [new Date(house.clock.now().getTime() - 1)]);
    return { hoa, ended: await hoa.fill("/sign-in", { says }, "/account/proverb") };
  };

  test("keeps what was typed through a wrong password and the right one, and is sent by one press", async () => {
    const { hoa, ended } = await typedLate();
    expect(ended.statusCode).toBe(401);
    expect(visible(ended.body)).toContain("Nội dung vừa nhập vẫn còn");
    const signIn = await hoa.send("/sign-in", hiddenIn(ended.body));
    const wrong = await hoa.send("/sign-in", {
      ...hiddenIn(signIn.body),
      login: hoaNumbers.insurance,
      password: "sai",
    });
    const right = { ...hiddenIn(wrong.body), login: hoaNumbers.insurance, password: firstChoice };
    const inside = await hoa.send("/sign-in", right);
    expect(inside.statusCode).toBe(200);
    const sent = await hoa.send("/account/proverb", hiddenIn(inside.body));
    expect(sent.body).toBe(`đã nhận: ${says}`);
  });

  test("that was written while acting for a ward is not sent to one's own record", async () => {
    const hoa = browserOn(() => late);
    await hoa.get("/sign-in");
    const reply = await hoa.send("/account/proverb", { _token: `${"a".repeat(43)}.${"b".repeat(43)}`, says });
    expect(reply.statusCode).toBe(409);
    expect(reply.body).not.toContain("Uống nước");
  });
});

test("every page of the feature stands in English too", async () => {
  for (const url of ["/sign-in", "/account/recovery", "/account/recovery/code", "/console/sign-in"]) {
    const { body } = await browser().get(`${url}?lang=en`);
    expect(body).toContain('<html lang="en"');
    expect(visible(body)).toMatch(/password/i);
  }
});
