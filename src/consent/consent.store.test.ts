import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf, enter, firstChoice, hoaEmail, hoaNumbers, settleHoa } from "../account/account.fixture.ts";
import { browserOn } from "../account/browser.fixture.ts";
import { welcome } from "../account/cookies.ts";
import { raise } from "../account/proof.ts";
import { toldTo } from "../contact/contact.fixture.ts";
import { keyOf } from "../factor/factor.fixture.ts";
import type { Citizen } from "../kernel/actor.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { contactsOf } from "../register/store.ts";
import { createWeb } from "../web/server.ts";
import { routes } from "./citizen.tsx";
import { noteConsent } from "./note-consent.ts";
import { noteSeen } from "./notice-due.ts";
import { readConsents } from "./read.ts";
import { withdrawConsent } from "./withdraw-consent.ts";

let house: TestHouse;
let personId: string;
let hoa: Citizen;
let token: string;
let web: FastifyInstance;

beforeAll(async () => {
  house = await openTestHouse();
  personId = await settleHoa(house, hoaEmail);
  token = (await enter(house, hoaNumbers.insurance, firstChoice)).token;
  hoa = await citizenOf(house, token);
  web = await openWeb(house, routes, [hoa]);
});
afterAll(async () => {
  await web.close();
  await house.close();
});

const now = () => house.clock.now();
const stateOf = async (kind: string) => (await readConsents(house, personId)).now.find((one) => one.kind === kind);

describe("a new version of the privacy notice", () => {
  const signIn = async () => {
    const opened = await enter(house, hoaNumbers.insurance, firstChoice);
    return welcome(opened, "/app/visits", { cookies: {}, now: now() }).to;
  };

  it("is not shown to whoever registered under it", async () => {
    expect(await signIn()).toBe("/app/visits");
  });

  it("stands before the page of whoever registered under the one before, until they say that they have seen it", async () => {
    await house.pool.query("update account set activated_at = '2026-01-05' where person_id = $1", [personId]);
    expect(await signIn()).toBe("/account/notice?next=%2Fapp%2Fvisits");
    expect(await signIn()).toBe("/account/notice?next=%2Fapp%2Fvisits");
    const shown = await web.inject({ url: "/account/notice?next=/app/visits", headers: as(0) });
    expect(shown.body).toContain("không phải xin đồng ý");
    await noteSeen(house, hoa, now());
    await noteSeen(house, hoa, now());
    expect(await signIn()).toBe("/app/visits");
  });
});

describe("consent", () => {
  it("to the e-mail that was declared is an event, with the version of the notice and where it was given", async () => {
    expect(await stateOf("email")).toMatchObject({ isInUse: true, given: { version: 2, source: "declaration" } });
    expect(await stateOf("push")).toMatchObject({ isInUse: false, given: undefined });
  });

  it("T17: to e-mail is not taken back while the password is one that an SMS alone has set again", async () => {
    await raise(house.db, hoa, "password", now());
    const limited = { ...hoa, limitedUntil: new Date(now().getTime() + 60_000) };
    expect(await keyOf(withdrawConsent(house, limited, "email", now()))).toBe("limited_after_reset");
    const pages = await createWeb(house, routes, async () => limited);
    const at = "/account/consents";
    const sent = await browserOn(() => pages).fill(at, { kind: "email" }, `${at}/withdrawal`);
    await pages.close();
    expect([sent.statusCode, sent.headers.location]).toEqual([303, "/account/consents"]);
    expect(await stateOf("email")).toMatchObject({ isInUse: true });
    house.clock.moveTo(new Date(now().getTime() + 11 * 60_000));
  });

  it("taken back for e-mail ends the address at once, needs proof, and both events stay", async () => {
    await expect(withdrawConsent(house, hoa, "email", now())).rejects.toMatchObject({ code: "proof_needed" });
    await raise(house.db, hoa, "password", now());
    await withdrawConsent(house, hoa, "email", now());
    expect((await contactsOf(house.db, personId)).map(({ kind }) => kind)).not.toContain("email");
    const { events } = await readConsents(house, personId);
    expect(
      events
        .filter(({ kind }) => kind === "email")
        .map(({ isGiven }) => isGiven)
        .toSorted(),
    ).toEqual([false, true]);
    const { rows } = await house.pool.query("select detail from audit_event where action = 'consent.withdraw'");
    expect(rows).toEqual([{ detail: { kind: "email", ended: 1 } }]);
    expect((await toldTo(house, "contact_changed")).toSorted()).toEqual([hoaNumbers.phone, hoaEmail].toSorted());
  });

  it("taken back for e-mail once more ends nothing and tells nobody", async () => {
    await withdrawConsent(house, hoa, "email", now());
    expect(await toldTo(house, "contact_changed")).toHaveLength(2);
  });

  it("taken back for notices forgets every device; the same again is no second event", async () => {
    await house.db.transaction().execute(async (tx) => {
      const given = { personId, kind: "push", isGiven: true, source: "online", now: now() } as const;
      await noteConsent(tx, given);
      await noteConsent(tx, given);
    });
    await house.pool.query(
      `insert into push_subscription (person_id, subscription_id, endpoint_mark, device_mark, sealed_subscription, server_key, label, created_at)
       values ($1, gen_random_uuid(), 'e', 'd', 's', 'k', 'Chrome', $2)`,
      [personId, now()],
    );
    expect(await stateOf("push")).toMatchObject({ isInUse: true, given: { isGiven: true } });
    await withdrawConsent(house, hoa, "push", now());
    expect(await stateOf("push")).toMatchObject({ isInUse: false, given: undefined });
    expect((await readConsents(house, personId)).events.filter(({ kind }) => kind === "push")).toHaveLength(2);
  });

  it("no box is ticked beforehand on the page, and an unknown kind is not there", async () => {
    const { body } = await web.inject({ url: "/account/consents", headers: as(0) });
    expect(body).not.toMatch(/<input[^>]*checked/);
    expect(body).toContain("Rút lại");
  });
});
