import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type Actor, anyone } from "../kernel/actor.ts";
import { createWeb } from "../web/server.ts";
import { advance, onFile } from "./advance.ts";
import { routes } from "./api.ts";
import { aDraft, anOfficer, ownNumbers } from "./files.fixture.ts";

let house: TestHouse;
let app: FastifyInstance;
beforeAll(async () => {
  house = await openTestHouse();
  app = await createWeb(house, routes, async (_house, { bearer }): Promise<Actor> => (bearer ? anOfficer : anyone));
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await house.close();
});

function aBody(): Record<string, unknown> {
  const numbers = ownNumbers();
  return {
    for: "self",
    paper: { kind: "cccd", number: numbers.paper_number, issuedOn: "2022-02-13", issuedBy: "Nơi cấp thử" },
    fullName: "Nguyễn Thị Diễm Hương",
    sex: 2,
    birth: "1990-01-15",
    insuranceNumber: numbers.insurance_number,
    phone: numbers.phone,
    email: "huong@example.vn",
    address: { communeCode: "21952", street: "12 Đường Thử" },
    officeCode: "52T01",
  };
}

const call = (method: "GET" | "POST", path: string, payload?: object, headers: Record<string, string> = {}) =>
  app.inject({ method, url: `/api/v1/declarations${path}`, headers, ...(payload ? { payload } : {}) });

async function aCreated(): Promise<{ code: string; token: Record<string, string> }> {
  const { code, accessToken } = (await call("POST", "", aBody())).json();
  return { code, token: { "x-file-token": accessToken } };
}

describe("POST /api/v1/declarations", () => {
  it("makes a draft, tells its code and, once, the token that opens it", async () => {
    const response = await call("POST", "", aBody());
    expect(response.statusCode).toBe(201);
    const made = response.json();
    expect(made).toMatchObject({ status: "draft", allowed: ["confirm", "withdraw"], confirmedAt: null });
    expect(response.headers.location).toBe(`/api/v1/declarations/${made.code}`);
    const seen = await call("GET", `/${made.code}`, undefined, { "x-file-token": made.accessToken });
    expect(seen.statusCode).toBe(200);
    expect(seen.json()).not.toHaveProperty("accessToken");
    expect(seen.body).not.toContain("Hương");
  });

  it("names every wrong field of the body at once, in the body's own words, without the values", async () => {
    const wrong = {
      ...aBody(),
      paper: { kind: "cccd", number: "12" },
      birth: "1990-02-30",
      insuranceNumber: "521234567",
      phone: "123",
      address: { communeCode: "99999", street: "x" },
      officeCode: "52H14",
    };
    const response = await call("POST", "", wrong);
    expect(response.statusCode).toBe(422);
    expect(response.headers["content-type"]).toContain("application/problem+json");
    const fields = response.json().faults.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(["paper.number", "birth", "insuranceNumber", "phone", "address.communeCode", "officeCode"]);
    expect(response.body).not.toContain("521234567");
  });

  it("answers a repeated Idempotency-Key with the same file", async () => {
    const body = aBody();
    const headers = { "idempotency-key": "k-6a1f0c52-registration" };
    const [first, second] = [await call("POST", "", body, headers), await call("POST", "", body, headers)];
    expect(second.json().code).toBe(first.json().code);
    expect((await call("POST", "", aBody(), headers)).statusCode).toBe(422);
  });
});

describe("one declaration", () => {
  it("does not exist without its token, not even to say that it does", async () => {
    const { code } = await aCreated();
    const another = await aCreated();
    const answers = await Promise.all([
      call("GET", `/${code}`),
      call("GET", `/${code}`, undefined, another.token),
      call("GET", "/BD-2222-2222"),
      call("POST", `/${code}/confirmation`),
      call("POST", `/${code}/withdrawal`, undefined, another.token),
      call("GET", `/${code}/form.pdf`),
    ]);
    for (const answer of answers) {
      expect([answer.statusCode, answer.json().code]).toEqual([404, "not_found.declaration"]);
    }
  });

  it("is confirmed once however often it is asked, printed, and withdrawn", async () => {
    const { code, token } = await aCreated();
    expect((await call("GET", `/${code}/form.pdf`, undefined, token)).statusCode).toBe(409);
    const [one, two] = await Promise.all([1, 2].map(() => call("POST", `/${code}/confirmation`, undefined, token)));
    expect(one?.json()).toEqual(two?.json());
    expect(one?.json()).toMatchObject({ status: "confirmed", lastDay: "03/12/2026", daysLeft: 10 });
    const pdf = await call("GET", `/${code}/form.pdf`, undefined, token);
    expect([pdf.statusCode, pdf.rawPayload.subarray(0, 5).toString()]).toEqual([200, "%PDF-"]);
    expect((await call("POST", `/${code}/withdrawal`, undefined, token)).json()).toMatchObject({ status: "withdrawn" });
    const late = await call("POST", `/${code}/confirmation`, undefined, token);
    expect([late.statusCode, late.json()]).toMatchObject([409, { now: "withdrawn", allowed: ["redeclare"] }]);
  });

  it("that has ended is declared again with its answers, by its own token only, and twice leads to one draft", async () => {
    const { code, token } = await aCreated();
    expect((await call("POST", `/${code}/redeclaration`, undefined, token)).json()).toMatchObject({ now: "draft" });
    await call("POST", `/${code}/confirmation`, undefined, token);
    const withdrawn = (await call("POST", `/${code}/withdrawal`, undefined, token)).json();
    expect(withdrawn).toMatchObject({ allowed: ["redeclare"], answersKeptUntil: "2026-12-23", reason: null });
    expect((await call("POST", `/${code}/redeclaration`)).statusCode).toBe(404);
    const [one, two] = [
      await call("POST", `/${code}/redeclaration`, undefined, token),
      await call("POST", `/${code}/redeclaration`, undefined, token),
    ];
    expect(one.statusCode).toBe(201);
    expect(two.json().code).toBe(one.json().code);
    const own = { "x-file-token": one.json().accessToken };
    const again = await call("POST", `/${one.json().code}/confirmation`, undefined, own);
    expect(again.json()).toMatchObject({ status: "confirmed", daysLeft: 10 });
  });

  it("counts no days once the form was handed in with a batch", async () => {
    const { code, token } = await aCreated();
    await call("POST", `/${code}/confirmation`, undefined, token);
    const at = house.clock.now();
    await onFile(house, at, (tx) => advance(tx, code, { kind: "batched", actor: anOfficer, at }));
    const seen = (await call("GET", `/${code}`, undefined, token)).json();
    expect(seen).toMatchObject({ status: "confirmed", daysLeft: null, lapsesAt: null, lastDay: "03/12/2026" });
  });

  it("is opened again with its code and birth date, answered alike when either is wrong", async () => {
    const { code } = await aDraft(house);
    const opened = await call("POST", `/${code}/access`, { birth: "1990-01-15" });
    expect(opened.statusCode).toBe(201);
    const token = { "x-file-token": opened.json().accessToken };
    expect((await call("GET", `/${code}`, undefined, token)).statusCode).toBe(200);
    const wrong = [
      await call("POST", `/${code}/access`, { birth: "1990-01-16" }),
      await call("POST", "/BD-2222-2222/access", { birth: "1990-01-15" }),
    ].map((answer) => [answer.statusCode, answer.json().faults]);
    expect(wrong[0]).toEqual(wrong[1]);
    expect(wrong[0]?.[0]).toBe(422);
  });

  it("is shown to an officer once confirmed, who leaves a trace; a draft is not", async () => {
    const officer = { authorization: "Bearer officer" };
    const { code, token } = await aCreated();
    expect((await call("GET", `/${code}`, undefined, officer)).statusCode).toBe(404);
    await call("POST", `/${code}/confirmation`, undefined, token);
    expect((await call("GET", `/${code}`, undefined, officer)).statusCode).toBe(200);
    expect((await call("POST", `/${code}/withdrawal`, undefined, officer)).statusCode).toBe(404);
    const looks = await house.db
      .selectFrom("audit_event")
      .select("actor_id")
      .where("object_id", "=", code)
      .where("action", "=", "declaration.look")
      .execute();
    expect(looks).toEqual([{ actor_id: "1" }]);
  });
});
