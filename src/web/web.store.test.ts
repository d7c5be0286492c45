import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone } from "../kernel/actor.ts";
import { NotAllowed } from "../kernel/failures.ts";
import { sayTo } from "./raw.fixture.ts";
import { apiRoute, pageRoute, type Route, redirect } from "./route.ts";
import { createWeb } from "./server.ts";

let house: TestHouse;
let web: FastifyInstance;
let writes = 0;

const routes: Route[] = [
  pageRoute({
    method: "GET",
    path: "/form",
    who: ["anyone"],
    purpose: "none",
    handle: (ask) => ({ kind: "bytes", type: "text/plain", bytes: ask.formToken }),
  }),
  pageRoute({
    method: "POST",
    path: "/form",
    who: ["anyone"],
    purpose: "none",
    filesUpTo: 1000,
    handle: () => redirect("/form"),
  }),
  pageRoute({
    method: "GET",
    path: "/file",
    who: ["anyone"],
    purpose: "none",
    handle: () => ({ kind: "bytes", type: "image/jpeg", bytes: "x", name: 'a"\r\nset-cookie: b=c/../ảnh.jpg' }),
  }),
  pageRoute({ method: "GET", path: "/own", who: ["citizen"], purpose: "own_record", handle: () => redirect("/") }),
  apiRoute({
    method: "POST",
    path: "/api/v1/things",
    who: ["anyone"],
    purpose: "none",
    summary: "Make a thing",
    bodyOf: z.object({ name: z.string().min(2) }),
    replies: { 201: z.object({ number: z.number(), name: z.string() }) },
    handle: ({ body }) => ({ status: 201, body: { number: ++writes, name: body.name } }),
  }),
  apiRoute({
    method: "POST",
    path: "/api/v1/years",
    who: ["anyone"],
    purpose: "none",
    summary: "Keep a year, and refuse it where it is said so",
    bodyOf: z.object({ year: z.number(), isRefused: z.boolean().optional() }),
    replies: { 201: z.object({ year: z.number() }) },
    handle: async ({ house: its, body: { year, isRefused } }) => {
      await inTransaction(its.db, (tx) =>
        tx.insertInto("public_holiday_year").values({ year, source: "test" }).execute(),
      );
      if (isRefused) throw new NotAllowed("lapsed", []);
      return { status: 201, body: { year } };
    },
  }),
  apiRoute({
    method: "GET",
    path: "/api/v1/late",
    who: ["anyone"],
    purpose: "none",
    summary: "The database does not answer in time",
    replies: {},
    handle: async ({ house: its }) => {
      await its.pool.query("do $$ begin raise exception using errcode = 'query_canceled'; end $$");
      return { status: 204 };
    },
  }),
  apiRoute({
    method: "POST",
    path: "/api/v1/never",
    who: ["anyone"],
    purpose: "none",
    summary: "Always refused",
    replies: {},
    handle: () => {
      throw new NotAllowed("lapsed", ["redeclare"]);
    },
  }),
  apiRoute({
    method: "GET",
    path: "/api/v1/broken",
    who: ["anyone"],
    purpose: "none",
    summary: "A bug",
    replies: {},
    handle: () => {
      throw new Error("secret detail 0123456789");
    },
  }),
];

beforeAll(async () => {
  house = await openTestHouse();
  web = await createWeb(house, routes, async () => anyone);
});
afterAll(async () => {
  await web.close();
  await house.close();
});

async function openForm() {
  const answer = await web.inject("/form");
  const cookie = answer.cookies.find(({ name }) => name === "vssid_visitor");
  return { token: answer.body, cookies: { vssid_visitor: cookie?.value ?? "" } };
}

const post = (cookies: Record<string, string>, payload: string, headers: Record<string, string> = {}) =>
  web.inject({
    method: "POST",
    url: "/form",
    cookies,
    payload,
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
  });

describe("a form", () => {
  test("made for this visitor is taken", async () => {
    const { token, cookies } = await openForm();
    expect((await post(cookies, `_token=${token}&name=An`)).statusCode).toBe(303);
  });

  test("with the token of another session is refused and keeps what was typed", async () => {
    const mine = await openForm();
    const other = await openForm();
    const answer = await post(mine.cookies, `_token=${other.token}&name=Nguy%E1%BB%85n&password=bi-mat`);
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('name="name" value="Nguyễn"');
    expect(answer.body).not.toContain("bi-mat");
  });

  test("posted by another site is refused, whatever its token", async () => {
    const { token, cookies } = await openForm();
    const answer = await post(cookies, `_token=${token}`, { origin: "https://evil.example" });
    expect(answer.statusCode).toBe(403);
    const crossSite = await post(cookies, `_token=${token}`, { "sec-fetch-site": "cross-site" });
    expect(crossSite.statusCode).toBe(403);
  });

  test("whose Origin a browser has blanked is taken when the browser says it is ours", async () => {
    const { token, cookies } = await openForm();
    const ours = await post(cookies, `_token=${token}`, { origin: "null", "sec-fetch-site": "same-origin" });
    expect(ours.statusCode).toBe(303);
    expect((await post(cookies, `_token=${token}`, { origin: "null" })).statusCode).toBe(403);
  });

  test("with a NUL in a field is refused plainly", async () => {
    const { token, cookies } = await openForm();
    expect((await post(cookies, `_token=${token}&name=a%00b`)).statusCode).toBe(403);
  });

  test("with a file over the limit is answered 413", async () => {
    const { cookies } = await openForm();
    const payload = `--x\r\ncontent-disposition: form-data; name="f"; filename="a.jpg"\r\n\r\n${"a".repeat(2000)}\r\n--x--\r\n`;
    const answer = await post(cookies, payload, { "content-type": "multipart/form-data; boundary=x" });
    expect(answer.statusCode).toBe(413);
    expect(answer.body).toContain("Tệp quá lớn");
  });
});

describe("a write with an Idempotency-Key", () => {
  const make = (key: string, name: string) =>
    web.inject({ method: "POST", url: "/api/v1/things", payload: { name }, headers: { "idempotency-key": key } });

  test("answers the same bytes to the same key and does the work once", async () => {
    const first = await make("key-1-0123456789abcdefghij", "An");
    const again = await make("key-1-0123456789abcdefghij", "An");
    expect(first.statusCode).toBe(201);
    expect(again.statusCode).toBe(201);
    expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
  });

  test("refuses another body under the same key", async () => {
    await make("key-2-0123456789abcdefghij", "An");
    const other = await make("key-2-0123456789abcdefghij", "Bình");
    expect(other.statusCode).toBe(422);
    expect(other.json()).toMatchObject({ code: "other_body" });
  });

  test("of a stranger must be too long to be met by chance", async () => {
    expect((await make("short-key", "An")).statusCode).toBe(422);
  });

  test("has one effect when ten arrive at once", async () => {
    const before = writes;
    const answers = await Promise.all(Array.from({ length: 10 }, () => make("key-3-0123456789abcdefghij", "An")));
    expect(writes - before).toBe(1);
    expect(answers.filter(({ statusCode }) => statusCode === 201).length).toBeGreaterThanOrEqual(1);
    expect(answers.every(({ statusCode }) => statusCode === 201 || statusCode === 409)).toBe(true);
  });
});

describe("a write with an Idempotency-Key in the database", () => {
  const keep = (key: string, body: object) =>
    web.inject({ method: "POST", url: "/api/v1/years", payload: body, headers: { "idempotency-key": key } });
  const count = async (year: number) => {
    const rows = await house.db.selectFrom("public_holiday_year").select("year").where("year", "=", year).execute();
    return rows.length;
  };

  test("leaves nothing when its answer cannot be kept, and is done once by the next try", async () => {
    const seal = vi.spyOn(house.vault, "seal").mockImplementationOnce(() => {
      throw new Error("died between the work and its answer");
    });
    const key = "key-4-0123456789abcdefghij";
    expect((await keep(key, { year: 1904 })).statusCode).toBe(500);
    seal.mockRestore();
    expect(await count(1904)).toBe(0);
    expect((await keep(key, { year: 1904 })).statusCode).toBe(201);
    expect((await keep(key, { year: 1904 })).headers["idempotent-replay"]).toBe("true");
    expect(await count(1904)).toBe(1);
  });

  test("keeps what a refusal left on purpose, and the key may be used again", async () => {
    const key = "key-5-0123456789abcdefghij";
    expect((await keep(key, { year: 1905, isRefused: true })).statusCode).toBe(409);
    expect(await count(1905)).toBe(1);
    expect((await keep(key, { year: 1906 })).statusCode).toBe(201);
  });
});

describe("a failure", () => {
  test("of the database says when to ask again, and that it may have been done", async () => {
    const answer = await web.inject("/api/v1/late");
    expect(answer.statusCode).toBe(503);
    expect(answer.headers["retry-after"]).toBe("3");
    expect(answer.json()).toMatchObject({ code: "interrupted" });
    expect(answer.body).not.toContain("timeout");
  });

  test("of the state names the present one and what is possible", async () => {
    const answer = await web.inject({ method: "POST", url: "/api/v1/never" });
    expect(answer.statusCode).toBe(409);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.json()).toMatchObject({
      now: "lapsed",
      allowed: ["redeclare"],
      detail: expect.stringContaining("tự động hủy"),
    });
  });

  test("of the schema names the field, in Vietnamese, without the value", async () => {
    const answer = await web.inject({ method: "POST", url: "/api/v1/things", payload: { name: "Q" } });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().faults).toMatchObject([{ field: "name" }]);
    expect(answer.body).not.toContain('"Q"');
  });

  test("of ours tells a reference and nothing else", async () => {
    const answer = await web.inject("/api/v1/broken");
    expect(answer.statusCode).toBe(500);
    expect(answer.json().reference).toMatch(/^[0-9A-F]{8}$/);
    expect(answer.body).not.toContain("0123456789");
  });

  test("to be signed in sends a page to the sign-in and a program a 401", async () => {
    const page = await web.inject("/own");
    expect(page.statusCode).toBe(303);
    expect(page.headers.location).toBe("/sign-in?next=%2Fown");
  });

  test("to exist is a page of ours with the security headers", async () => {
    const answer = await web.inject("/nowhere");
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain("Không tìm thấy");
    expect(answer.headers["content-security-policy"]).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self' 'sha256-/,
    );
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });
});

describe("every answer", () => {
  let app: FastifyInstance;
  let port: number;
  beforeAll(async () => {
    const settings = { ...house.settings, baseUrl: "https://vssid.example.vn" };
    app = await createWeb({ ...house, settings }, routes, async () => anyone);
    await app.listen({ host: "127.0.0.1", port: 0 });
    port = (app.server.address() as AddressInfo).port;
  });
  afterAll(() => app.close());

  const say = (text: string) => sayTo(port, text);

  test.each([
    "/form",
    "/own",
    "/nowhere",
    "/api/v1/nowhere",
    "/api/v1/broken",
    "/healthz",
    "/%E0%A4%A",
    "/api/openapi.json",
  ])("%s carries the headers, whoever made it, none that counts aloud, and is kept by nobody", async (url) => {
    const { headers } = await app.inject(url);
    expect(headers).toMatchObject({
      "strict-transport-security": "max-age=63072000; includeSubDomains",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, no-store",
    });
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(headers["content-security-policy"]).toContain(part);
    }
    expect(headers).not.toHaveProperty("access-control-allow-origin");
    expect(Object.keys(headers).filter((name) => /^(server|x-powered-by|x-ratelimit-.*)$/.test(name))).toEqual([]);
    if (headers["content-type"]) expect(String(headers["content-type"])).toMatch(/charset=utf-8|^text\/plain$/);
  });

  test("is refused to a method that no address has: TRACE, OPTIONS, PATCH", async () => {
    for (const method of ["TRACE", "OPTIONS", "PATCH"]) {
      const said = await say(`${method} /form HTTP/1.1\r\nHost: a\r\nCookie: x=echo\r\nConnection: close\r\n\r\n`);
      expect(said, method).toMatch(/^HTTP\/1\.1 (404|405|400)/);
      expect(said, method).not.toContain("echo");
      expect(said, method).not.toMatch(/^access-control/im);
    }
  });

  test.each([
    ["with two ends", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n"],
    ["with two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"],
    ["with a disguised encoding", "Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\nabc"],
    ["with a bare line end in a header", "X-A: b\nContent-Length: 0\r\n\r\n"],
    ["with a head that does not end", `X-A: ${"a".repeat(20_000)}\r\n\r\n`],
  ])("is one refusal to a message %s: nothing of it is taken for a second request", async (_, rest) => {
    const said = await say(`POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${rest}`);
    expect(said).toMatch(/^HTTP\/1\.1 4(00|31)/);
    expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  test("names a file with letters, digits, dots and dashes alone", async () => {
    const { headers } = await app.inject("/file");
    expect(headers["content-disposition"]).toMatch(/^inline; filename="a___set-cookie__b_c_\.\._[\w.-]+\.jpg"$/);
    expect(headers).not.toHaveProperty("set-cookie.b");
  });

  test("takes a field that is named twice, or __proto__, for neither a text nor a field", async () => {
    const json = { "content-type": "application/json" };
    const twice = await app.inject({
      method: "POST",
      url: "/api/v1/things?name=xx&name=yy",
      payload: '{"name":["ab","cd"]}',
      headers: json,
    });
    expect(twice.statusCode).toBe(422);
    for (const payload of [
      '{"name":"abc","__proto__":{"isAdmin":true}}',
      '{"name":"abc","constructor":{"prototype":{}}}',
    ]) {
      const answer = await app.inject({ method: "POST", url: "/api/v1/things", payload, headers: json });
      expect(answer.statusCode, payload).toBe(400);
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test("of a refusal stands in the log with route and who, without address, query or a line break of the asker's", async () => {
    const lines = vi.spyOn(house.log, "info");
    await app.inject("/api/v1/nowhere?q=0912345678%0d%0aforged");
    expect(lines).toHaveBeenCalledWith(
      { status: 404, code: "not_found.page", route: "unknown", by: "anyone" },
      "request refused",
    );
    lines.mockRestore();
  });
});

test("only the machine in front is believed about whom it asks for", async () => {
  const told = pageRoute({
    method: "GET",
    path: "/address",
    who: ["anyone"],
    purpose: "none",
    handle: (ask) => ({ kind: "bytes", type: "text/plain", bytes: ask.address }),
  });
  const settings = { ...house.settings, proxies: ["127.0.0.1"] };
  const behind = await createWeb({ ...house, settings }, [told], async () => anyone);
  const open = await createWeb(house, [told], async () => anyone);
  try {
    const ask = (app: FastifyInstance, remoteAddress: string) =>
      app.inject({ url: "/address", remoteAddress, headers: { "x-forwarded-for": "203.0.113.7" } });
    expect((await ask(behind, "127.0.0.1")).body).toBe("203.0.113.7");
    expect((await ask(behind, "198.51.100.9")).body).toBe("198.51.100.9");
    expect((await ask(open, "127.0.0.1")).body).toBe("127.0.0.1");
  } finally {
    await behind.close();
    await open.close();
  }
});
