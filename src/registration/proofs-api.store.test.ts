import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { createWeb } from "../web/server.ts";
import { routes } from "./api.ts";
import { codeAt, otherThan } from "./codes.fixture.ts";
import { ownNumbers } from "./files.fixture.ts";

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

async function aFile(some: object = {}) {
  const numbers = ownNumbers();
  const payload = {
    for: "self",
    paper: { kind: "cccd", number: numbers.paper_number },
    fullName: "Nguyễn Thị Diễm Hương",
    sex: 2,
    birth: "1990-01-15",
    insuranceNumber: numbers.insurance_number,
    phone: numbers.phone,
    email: "huong@example.vn",
    address: { communeCode: "21952", street: "12 Đường Thử" },
    officeCode: "52T01",
    ...some,
  };
  const made = await app.inject({ method: "POST", url: "/api/v1/declarations", payload });
  const { code, accessToken } = made.json();
  const post = (resource: string, body: object = {}, token = accessToken) =>
    app.inject({
      method: "POST",
      url: `/api/v1/declarations/${code}/${resource}`,
      payload: body,
      headers: { "x-file-token": token },
    });
  return { code, phone: numbers.phone ?? "", post, made: made.json() };
}

describe("codes of a declaration, for programs", () => {
  it("prove the phone before confirming and the e-mail after it; neither is needed to confirm", async () => {
    const { phone, post, made } = await aFile();
    expect(made).toMatchObject({ phoneConfirmedAt: null, emailConfirmedAt: null, consent: null });
    const sent = await post("phone-code");
    expect(sent.statusCode).toBe(202);
    expect(sent.body).not.toContain(await codeAt(house, phone));
    const { requestId } = sent.json();
    const wrong = await post("phone-confirmation", { requestId, code: otherThan(await codeAt(house, phone)) });
    expect([wrong.statusCode, wrong.json().faults]).toEqual([422, [{ field: "code", key: "code_wrong" }]]);
    const right = await post("phone-confirmation", { requestId, code: await codeAt(house, phone) });
    expect([right.statusCode, right.json().phoneConfirmedAt]).toEqual([200, expect.any(String)]);
    expect((await post("confirmation")).json().status).toBe("confirmed");
    const mail = (await post("email-code")).json();
    const code = await codeAt(house, "huong@example.vn");
    const proved = await post("email-confirmation", { requestId: mail.requestId, code });
    expect(proved.json()).toMatchObject({ status: "confirmed", emailConfirmedAt: expect.any(String) });
  });

  it("let somebody who is helped agree; a program of before this resource confirms on paper", async () => {
    const help = { for: "helped", declarer: "Hồ Thị Giúp", declarerAs: "Đoàn thanh niên xã" };
    const { phone, post } = await aFile(help);
    const { requestId } = (await post("consent-code")).json();
    expect((await post("consent", { requestId, code: await codeAt(house, phone) })).json().consent).toBe("code");
    expect((await post("confirmation")).json()).toMatchObject({ status: "confirmed", consent: "code" });
    const older = await aFile({ for: "helped", declarer: "Hồ Thị Giúp" });
    expect((await older.post("confirmation")).json()).toMatchObject({ status: "confirmed", consent: "paper" });
  });

  it("are 429 when the telephone had its share, and 404 without the file's token", async () => {
    const { post } = await aFile();
    for (let at = 0; at < 3; at += 1) expect((await post("phone-code")).statusCode).toBe(202);
    const spent = await post("phone-code");
    expect([spent.statusCode, spent.json().code]).toEqual([429, "codes_spent"]);
    expect(spent.headers["retry-after"]).toBe("900");
    const other = await aFile();
    for (const resource of ["phone-code", "email-code", "consent-code"]) {
      expect((await post(resource, {}, other.made.accessToken)).statusCode).toBe(404);
    }
  });
});
