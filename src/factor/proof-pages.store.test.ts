import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf } from "../account/account.fixture.ts";
import { hiddenIn } from "../account/browser.fixture.ts";
import { proofsOf, raise } from "../account/proof.ts";
import type { Citizen } from "../kernel/actor.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { giveHerPasskey, later, newDevice, provedHoa, signedInHoa } from "./factor.fixture.ts";
import { askForPasskey, relyingParty } from "./passkey-ask.ts";
import { signInByPasskey } from "./passkey-proof.ts";
import { dropOwnPassword } from "./passkeys.ts";
import { routes } from "./proof-pages.tsx";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const now = () => house.clock.now();
const MINUTE_MS = 60_000;

const visitor = { vssid_visitor: "may-cua-hoa" };

/** Where a reload of this answer leads. */
const seenAt = (html: string) => /id="stay" data-answers="([^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");

/** Which ways the page offers to whoever needs one, or two. */
async function offered(citizen: Citizen, two: boolean): Promise<string[]> {
  const web = await openWeb(house, routes, [citizen]);
  const next = "/account/proof?next=%2Faccount%2Fcontact%2Fphone";
  const host = new URL(relyingParty(house).origin).host;
  const { body } = await web.inject({ url: `${next}${two ? "&two=1" : ""}`, headers: { ...as(0), host } });
  await web.close();
  return [...body.matchAll(/action="\/account\/proof\/(\w+)"/g)].map(([, way]) => way ?? "");
}

/** Signed in by passkey; the password is dropped. */
async function byPasskeyAlone(): Promise<Citizen> {
  const { citizen } = await provedHoa(house);
  const device = newDevice(house);
  await giveHerPasskey(house, citizen, device);
  await dropOwnPassword(house, citizen, now());
  const response = device.sign(await askForPasskey(house, { purpose: "sign_in", boundTo: "browser", now: now() }));
  const asked = { response, boundTo: "browser", kind: "cookie", device: "", now: now() } as const;
  return citizenOf(house, (await signInByPasskey(house, asked)).token);
}

describe("the page that asks for another proof", () => {
  it("takes the password that opened the session as half of two, and as nothing where one is asked for", async () => {
    const { citizen } = await signedInHoa(house);
    expect(await offered(citizen, true)).toEqual(["code"]);
    expect(await offered(citizen, false)).toEqual(["password", "code"]);
  });

  it("offers every way again when two that were given before are no longer fresh", async () => {
    const { citizen } = await provedHoa(house);
    await raise(house.db, citizen, "code", now());
    later(house, 11 * MINUTE_MS);
    expect(await offered(citizen, true)).toEqual(["password", "code"]);
  });

  it("offers the passkey again, which alone counts as two, and keeps it in sight after the other way", async () => {
    const citizen = await byPasskeyAlone();
    later(house, 11 * MINUTE_MS);
    expect(await offered(citizen, true)).toEqual(["passkey", "code"]);
    await raise(house.db, citizen, "code", now());
    expect(await proofsOf(house.db, citizen, now())).toMatchObject({
      proofs: ["code"],
      isFresh: true,
      isTwoFactor: false,
    });
    expect(await offered(citizen, true)).toEqual(["passkey"]);
    await raise(house.db, citizen, "passkey", now());
    expect(await proofsOf(house.db, citizen, now())).toMatchObject({ isTwoFactor: true });
  });

  it("is found again in the other language and by a reload, with where to go on and the box for the code that is out", async () => {
    const { citizen } = await signedInHoa(house);
    const web = await openWeb(house, routes, [citizen]);
    const send = async (way: string, fields: Record<string, string>) => {
      const { body } = await web.inject({
        url: "/account/proof?next=%2Faccount%2Fdata",
        headers: as(0),
        cookies: visitor,
      });
      const payload = new URLSearchParams({ ...fields, next: "/account/data", _token: hiddenIn(body)._token ?? "" });
      const headers = { ...as(0), "content-type": "application/x-www-form-urlencoded" };
      const url = `/account/proof/${way}`;
      return web.inject({ method: "POST", url, headers, cookies: visitor, payload: payload.toString() });
    };
    const wrong = await send("password", { password: "khong phai mat khau" });
    expect(wrong.statusCode).toBe(422);
    expect(seenAt(wrong.body)).toBe("/account/proof?next=%2Faccount%2Fdata");
    const sent = await send("code", {});
    const { codeId = "" } = hiddenIn(sent.body);
    expect(seenAt(sent.body)).toBe(`/account/proof?next=%2Faccount%2Fdata&code=${codeId}`);
    const again = await web.inject({ url: `${seenAt(sent.body)}&lang=en`, headers: as(0) });
    expect(again.statusCode).toBe(200);
    expect(hiddenIn(again.body).codeId).toBe(codeId);
    await web.close();
  });
});
