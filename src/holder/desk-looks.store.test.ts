import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { enrolPerson, hoaNumbers, issueTo, settleHoa } from "../account/account.fixture.ts";
import { browserOn } from "../account/browser.fixture.ts";
import { findAccount } from "../account/store.ts";
import { seat } from "../contact/contact.fixture.ts";
import { ceilings } from "../looks/rules-policies.ts";
import { setPolicy } from "../policy/set.ts";

/** Forms of the counter that answer with an account: whoever sends one without having opened it looks at it, too. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

async function atTheCounter() {
  const { token } = await seat(house, "le.minh", "officer");
  const browser = browserOn(() => house.app);
  browser.cookies.set("vssid_session", token);
  return browser;
}

const looksAt = async (personId: string) => {
  const looks = house.db.selectFrom("audit_event").select("detail").where("action", "=", "account_seen");
  return (await looks.where("person_id", "=", personId).execute()).map(({ detail }) => detail);
};

describe("an account that a form of the counter shows", () => {
  it.each([
    ["/console/account/phone", { reason: "check", paper: "cccd" }],
    ["/console/account/phone/code", { reason: "check", paper: "cccd" }],
    ["/console/account/stopping", { reason: "check", paper: "cccd" }],
    ["/console/account/close", { reason: "check", paper: "cccd" }],
    ["/console/reissue/slip", {}],
    ["/console/reissue/slip", { paper: "cccd", handOver: "message", newPhone: "0987654321" }],
  ])("is a look on record: %s", async (action, fields) => {
    const personId = await settleHoa(house);
    const browser = await atTheCounter();
    const from = action.startsWith("/console/reissue") ? "/console/reissue" : "/console/account";
    const { body } = await browser.fill(from, { login: hoaNumbers.insurance, ...fields }, action);
    expect(body).toContain("Đặng Thị Hòa");
    expect(await looksAt(personId)).toMatchObject("reason" in fields ? [fields] : [{}]);
  });

  it("is neither shown nor changed once the officer has looked at as many as the ceiling lets", async () => {
    const small = { hour: { soft: 1, hard: 1 }, day: { soft: 1, hard: 1 } };
    const value = { ...ceilings.values[0]?.value, officer: small };
    await setPolicy(house, ceilings, { value, from: "2026-11-01", by: "Quyết định thử" });
    await settleHoa(house);
    const other = await enrolPerson(house, "Phạm Văn Trần", "5221730997", "052090000997");
    await issueTo(house, other, "0987654322");
    const browser = await atTheCounter();
    const sent = async (login: string, act: string, more: Record<string, string> = {}) => {
      const form = { login, reason: "check", paper: "cccd", checks: ["seen", "face"], ...more };
      return (await browser.fill("/console/account", form, `/console/account${act}`)).statusCode;
    };
    expect(await sent(hoaNumbers.insurance, "")).toBe(200);
    expect(await sent("5221730997", "/close", { grounds: "asked" })).toBe(403);
    expect(await findAccount(house.db, other)).toMatchObject({ status: "active" });
    expect(await sent(hoaNumbers.insurance, "/close", { grounds: "asked" })).toBe(200);
    const reissue = await browser.fill("/console/reissue", { login: "5221730997" }, "/console/reissue/slip");
    expect(reissue.statusCode).toBe(403);
    expect(reissue.body).not.toContain("Phạm Văn Trần");
  });
});
