import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { changeTo, enter, firstChoice, hoaNumbers, secondChoice } from "../account/account.fixture.ts";
import { signIn } from "../account/sign-in.ts";
import { beginAuthenticator, renewSpareCodes, switchOffAuthenticator, switchOnAuthenticator } from "./authenticator.ts";
import { giveHerAuthenticator, keyOf, later, provedHoa, signedInHoa } from "./factor.fixture.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import { proveTotp } from "./prove-totp.ts";
import { digitsAt, stepOf } from "./rules-totp.ts";
import { SecondFactorNeeded } from "./second-factor.ts";
import { spareSetOf } from "./store-totp.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const now = () => house.clock.now();
const STEP_MS = 30_000;
const at = (secret: string, steps = 0) => digitsAt(secret, stepOf(now()) + steps);

async function withAuthenticator() {
  const settled = await provedHoa(house);
  const given = await giveHerAuthenticator(house, settled.citizen);
  later(house, 2 * STEP_MS);
  return { ...settled, ...given };
}

async function ticketOf(): Promise<string> {
  try {
    await enter(house, hoaNumbers.insurance, firstChoice);
  } catch (error) {
    if (error instanceof SecondFactorNeeded) return error.ticket;
    throw error;
  }
  throw new Error("no second factor was asked for");
}

const finish = (ticket: string, code: string) =>
  finishSignIn(house, { ticket, code, kind: "cookie", device: "", now: now() });

describe("an authenticator", () => {
  it("asks for nothing until the first right digits, and only after a fresh proof", async () => {
    const { citizen } = await signedInHoa(house);
    expect(await keyOf(beginAuthenticator(house, citizen, now()))).toBe("proof_needed");
    await house.clean();
    const { citizen: proved } = await provedHoa(house);
    const secret = await beginAuthenticator(house, proved, now());
    const wrong = at(secret) === "000000" ? "111111" : "000000";
    expect(await keyOf(switchOnAuthenticator(house, proved, { code: wrong, now: now() }))).toBe("digits_wrong");
    await enter(house, hoaNumbers.insurance, firstChoice);
    const spare = await switchOnAuthenticator(house, proved, { code: at(secret), now: now() });
    expect(new Set(spare).size).toBe(8);
    expect(await keyOf(enter(house, hoaNumbers.insurance, firstChoice))).toBe("second_factor_needed");
  });

  it("lets in after password and digits, on the page and in one call of the API", async () => {
    const { secret, personId } = await withAuthenticator();
    expect((await finish(await ticketOf(), at(secret))).personId).toBe(personId);
    later(house, STEP_MS);
    const once = {
      login: hoaNumbers.insurance,
      password: firstChoice,
      kind: "bearer",
      device: "",
      now: now(),
    } as const;
    expect((await signIn(house, { ...once, code: at(secret) })).personId).toBe(personId);
  });

  it("takes the digits of one step once, and no older ones after it", async () => {
    const { secret, personId } = await withAuthenticator();
    const before = at(secret, -1);
    await proveTotp(house, personId, at(secret), now());
    expect(await keyOf(proveTotp(house, personId, at(secret), now()))).toBe("totp_wrong");
    expect(await keyOf(proveTotp(house, personId, before, now()))).toBe("totp_wrong");
    later(house, STEP_MS);
    expect(await keyOf(proveTotp(house, personId, at(secret), now()))).toBe("right");
  });

  it("takes one of twenty sent at the same moment", async () => {
    const { secret } = await withAuthenticator();
    const tickets = [await ticketOf(), await ticketOf(), await ticketOf(), await ticketOf()];
    const code = at(secret);
    const said = await Promise.all(tickets.map((ticket) => keyOf(finish(ticket, code))));
    expect(said.filter((key) => key === "right")).toHaveLength(1);
  });

  it("bears a clock that is one step off, either way, not two", async () => {
    const { secret, personId } = await withAuthenticator();
    const tries: string[] = [];
    for (const steps of [-2, 2, -1]) tries.push(await keyOf(proveTotp(house, personId, at(secret, steps), now())));
    later(house, 2 * STEP_MS);
    tries.push(await keyOf(proveTotp(house, personId, at(secret, 1), now())));
    expect(tries).toEqual(["totp_wrong", "totp_wrong", "right", "right"]);
  });

  it("is closed for a quarter of an hour after five wrong ones", async () => {
    const { secret, personId } = await withAuthenticator();
    const wrong = at(secret) === "000000" ? "111111" : "000000";
    const said: string[] = [];
    for (let turn = 0; turn < 5; turn += 1) said.push(await keyOf(proveTotp(house, personId, wrong, now())));
    expect(said).toEqual(["totp_wrong", "totp_wrong", "totp_wrong", "totp_wrong", "locked"]);
    expect(await keyOf(proveTotp(house, personId, at(secret), now()))).toBe("locked");
    later(house, 15 * 60_000);
    expect(await keyOf(proveTotp(house, personId, at(secret), now()))).toBe("right");
  });

  it("has spare codes that open once each", async () => {
    const { spare } = await withAuthenticator();
    const [first = "", second = ""] = spare;
    expect(await keyOf(finish(await ticketOf(), ` ${first.toUpperCase()} `))).toBe("right");
    expect(await keyOf(finish(await ticketOf(), first))).toBe("totp_wrong");
    expect(await keyOf(finish(await ticketOf(), second))).toBe("right");
  });

  it("gives new spare codes after a fresh proof: the earlier ones end, used or not, and without it there are none", async () => {
    const { spare, citizen, personId } = await withAuthenticator();
    const [first = "", second = ""] = spare;
    expect(await keyOf(finish(await ticketOf(), first))).toBe("right");
    later(house, 11 * 60_000);
    const set = await spareSetOf(house.db, personId);
    const renew = () => renewSpareCodes(house, citizen, { set, now: now() });
    expect(await keyOf(renew())).toBe("proof_needed");
    later(house, -11 * 60_000);
    const fresh = await renew();
    expect(new Set([...fresh, ...spare]).size).toBe(16);
    expect(await keyOf(finish(await ticketOf(), second))).toBe("totp_wrong");
    expect(await keyOf(finish(await ticketOf(), fresh[0] ?? ""))).toBe("right");
    expect(await keyOf(renew()), "an asking that hung on its way").toBe("codes_made_meanwhile");
    expect(await keyOf(finish(await ticketOf(), fresh[1] ?? ""))).toBe("right");
    await switchOffAuthenticator(house, citizen, now());
    expect(await keyOf(renew())).toBe("no_authenticator");
  });

  it("cannot be read in the database, nor can its spare codes", async () => {
    const { secret, spare, personId } = await withAuthenticator();
    const rows = JSON.stringify([
      await house.db.selectFrom("authenticator").selectAll().execute(),
      await house.db.selectFrom("spare_code").selectAll().execute(),
    ]);
    expect(rows).toContain(personId);
    for (const text of [secret, ...spare]) expect(rows).not.toContain(text);
    const sealed = (await house.db.selectFrom("authenticator").select("sealed_secret").executeTakeFirstOrThrow())
      .sealed_secret;
    expect(sealed.toString("latin1")).not.toContain(secret);
  });

  it("is switched off after a fresh proof, and then the password is enough", async () => {
    const { citizen } = await withAuthenticator();
    later(house, 11 * 60_000);
    expect(await keyOf(switchOffAuthenticator(house, citizen, now()))).toBe("proof_needed");
    later(house, -11 * 60_000);
    await switchOffAuthenticator(house, citizen, now());
    expect(await keyOf(enter(house, hoaNumbers.insurance, firstChoice))).toBe("right");
  });
});

describe("a sign-in that waits for its second half", () => {
  it("ends after five minutes, and is good for one session", async () => {
    const { secret } = await withAuthenticator();
    const ticket = await ticketOf();
    expect(await keyOf(finish(ticket, at(secret)))).toBe("right");
    later(house, STEP_MS);
    expect(await keyOf(finish(ticket, at(secret)))).toBe("ticket_ended");
    const late = await ticketOf();
    later(house, 5 * 60_000);
    expect(await keyOf(finish(late, at(secret)))).toBe("ticket_ended");
    expect(await keyOf(finish("no ticket", at(secret)))).toBe("ticket_ended");
  });

  it("ends when the password is changed meanwhile", async () => {
    const { secret, citizen } = await withAuthenticator();
    const ticket = await ticketOf();
    await changeTo(house, citizen, firstChoice, secondChoice);
    expect(await keyOf(finish(ticket, at(secret)))).toBe("ticket_ended");
  });
});
