import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import {
  changeTo,
  citizenOf,
  countNotices,
  enrolPerson,
  enter,
  firstChoice,
  hoaNumbers,
  issueTo,
  secondChoice,
} from "../account/account.fixture.ts";
import { identify } from "../account/identify.ts";
import { proofsOf, raise } from "../account/proof.ts";
import { findAccount, setAccountStatus } from "../account/store.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import type { Device } from "./device.fixture.ts";
import { giveHerPasskey, keyOf, later, newDevice, provedHoa, type Settled, signedInHoa } from "./factor.fixture.ts";
import { askForNewPasskey, askForPasskey } from "./passkey-ask.ts";
import { proveAgainByPasskey, provePasskey, signInByPasskey } from "./passkey-proof.ts";
import { addPasskey, dropOwnPassword, removePasskey } from "./passkeys.ts";
import { isCopied, parseName, relyingPartyOf } from "./rules.ts";
import { passkeysOf } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const now = () => house.clock.now();
const MINUTE_MS = 60_000;

async function ask(boundTo = "browser") {
  return askForPasskey(house, { purpose: "sign_in", boundTo, now: now() });
}
const answerWith = (response: string, boundTo = "browser") =>
  signInByPasskey(house, { response, boundTo, kind: "cookie", device: "", now: now() });

async function signIn(device: Device) {
  return answerWith(device.sign(await ask()));
}

async function withPasskey(isCounting = true): Promise<Settled & { device: Device }> {
  const settled = await provedHoa(house);
  const device = newDevice(house, isCounting);
  await giveHerPasskey(house, settled.citizen, device);
  return { ...settled, device };
}

describe("a passkey", () => {
  it("is added only after the person has proved themselves again, and they are told", async () => {
    const { citizen } = await signedInHoa(house);
    expect(await keyOf(giveHerPasskey(house, citizen, newDevice(house)))).toBe("proof_needed");
    await house.clean();
    const { citizen: proved, personId } = await provedHoa(house);
    await giveHerPasskey(house, proved, newDevice(house));
    expect(await passkeysOf(house.db, personId)).toMatchObject([{ name: "Máy của Hòa", copied_at: null }]);
    expect(await countNotices(house, "factor_changed")).toBe(1);
  });

  it("opens the account with nothing typed, fully, and counts as two factors", async () => {
    const { device, personId } = await withPasskey();
    const opened = await signIn(device);
    expect(opened).toMatchObject({ personId, mustChange: undefined });
    const actor = await identify(house, { cookie: opened.token });
    if (actor.kind !== "citizen") throw new Error("not signed in");
    expect(actor.scope).toBe("full");
    expect(await proofsOf(house.db, actor, now())).toMatchObject({ isFresh: true, isTwoFactor: true });
  });

  it("T15: answers one challenge once, in the browser that asked, within five minutes, for one purpose", async () => {
    const { device } = await withPasskey(false);
    const asked = await ask();
    const response = device.sign(asked);
    expect(await keyOf(answerWith(response, "another browser"))).toBe("passkey_refused");
    expect(await keyOf(answerWith(response)), "taken by the first answer, right or wrong").toBe("passkey_refused");
    const proof = device.sign(await ask());
    const asProof = provePasskey(house, { response: proof, purpose: "prove", boundTo: "browser", now: now() });
    expect(await keyOf(asProof)).toBe("passkey_refused");
    const late = device.sign(await ask());
    later(house, 5 * MINUTE_MS);
    expect(await keyOf(answerWith(late))).toBe("passkey_refused");
    expect(await keyOf(signIn(device))).toBe("right");
  });

  it("opens one session when the same answer comes twenty times at the same moment", async () => {
    const { device } = await withPasskey(false);
    const response = device.sign(await ask());
    const said = await Promise.all(Array.from({ length: 20 }, () => keyOf(answerWith(response))));
    expect(said.filter((key) => key === "right")).toHaveLength(1);
  });

  it("is refused from another address, without a screen lock, and with somebody else's handle", async () => {
    const { device } = await withPasskey(false);
    device.origin = "https://vssid.example.com";
    expect(await keyOf(signIn(device))).toBe("passkey_refused");
    device.origin = "http://localhost:8330";
    device.isVerified = false;
    expect(await keyOf(signIn(device))).toBe("passkey_refused");
    device.isVerified = true;
    const foreign = Buffer.alloc(16, 9).toString("base64url");
    expect(await keyOf(answerWith(device.sign(await ask(), foreign)))).toBe("passkey_refused");
    expect(await keyOf(signIn(newDevice(house)))).toBe("passkey_unknown");
    expect(await keyOf(answerWith("no answer at all"))).toBe("passkey_refused");
    expect(await keyOf(signIn(device))).toBe("right");
  });

  it("whose counter runs backwards is locked, and its owner is told", async () => {
    const { device } = await withPasskey();
    await signIn(device);
    device.counter = 0;
    expect(await keyOf(signIn(device))).toBe("passkey_copied");
    device.counter = 50;
    expect(await keyOf(signIn(device)), "locked for good").toBe("passkey_copied");
    expect(await countNotices(house, "factor_changed")).toBe(2);
  });

  it("whose answer hung on its way, and comes after the one that was asked for next, is nobody's copy", async () => {
    const { device } = await withPasskey();
    const hung = device.sign(await ask());
    later(house, 1000);
    expect(await keyOf(signIn(device))).toBe("right");
    expect(await keyOf(answerWith(hung))).toBe("passkey_refused");
    expect(await countNotices(house, "factor_changed")).toBe(1);
    expect(await keyOf(signIn(device)), "it opens as before").toBe("right");
  });

  it("is one person's, once", async () => {
    const { device, citizen } = await withPasskey();
    const asked = await askForNewPasskey(house, citizen, "browser", now());
    const again = { response: device.make(asked), name: "Hai", boundTo: "browser", lang: "vi", now: now() } as const;
    expect(await keyOf(addPasskey(house, citizen, again))).toBe("passkey_taken");
  });

  it("counts for the ten minutes in which it was shown: a code that comes later does not bring it back", async () => {
    const { device } = await withPasskey();
    const actor = await citizenOf(house, (await signIn(device)).token);
    later(house, 25 * MINUTE_MS);
    await raise(house.db, actor, "code", now());
    expect(await keyOf(changeTo(house, actor, "", secondChoice))).toBe("current_wrong");
    await raise(house.db, actor, "passkey", now());
    expect(await keyOf(changeTo(house, actor, "", secondChoice))).toBe("right");
  });

  it("proves nothing of anybody else's session, though it is a good one of its owner's", async () => {
    const { device } = await withPasskey(false);
    const personId = await enrolPerson(house, "Lê Thị Sen", "5221730951", "052190000125");
    const { login, password } = await issueTo(house, personId, "0913274609");
    const sen = await citizenOf(house, (await enter(house, login, password)).token);
    const prove = async (citizen: Citizen) => {
      const asked = await askForPasskey(house, { purpose: "prove", boundTo: "s", personId: sen.personId, now: now() });
      return keyOf(proveAgainByPasskey(house, citizen, { response: device.sign(asked), boundTo: "s", now: now() }));
    };
    expect(await prove(sen)).toBe("passkey_unknown");
    expect((await proofsOf(house.db, sen, now())).proofs).not.toContain("passkey");
    expect(await prove(await citizenOf(house, (await signIn(device)).token))).toBe("right");
  });

  it("is removed, and stands in a password's place, only within ten minutes of a proof", async () => {
    const { citizen, device, personId } = await withPasskey();
    later(house, 11 * MINUTE_MS);
    const credentialId = device.id.toString("base64url");
    expect(await keyOf(removePasskey(house, citizen, { credentialId, now: now() }))).toBe("proof_needed");
    expect(await keyOf(dropOwnPassword(house, citizen, now()))).toBe("proof_needed");
    expect(await passkeysOf(house.db, personId)).toHaveLength(1);
    expect((await enter(house, hoaNumbers.insurance, firstChoice)).mustChange).toBeUndefined();
  });

  it("shown more than ten minutes ago sets no new password without the present one", async () => {
    const { device, personId } = await withPasskey();
    const actor = await citizenOf(house, (await signIn(device)).token);
    const before = await findAccount(house.db, personId);
    later(house, 11 * MINUTE_MS);
    expect(await keyOf(changeTo(house, actor, "", secondChoice))).toBe("current_wrong");
    expect((await findAccount(house.db, personId))?.password_hash).toBe(before?.password_hash);
  });

  it("T16: of an account that was closed says so, and opens nothing", async () => {
    const { device, personId } = await withPasskey();
    await inTransaction(house.db, (tx) => setAccountStatus(tx, personId, "closed"));
    expect(await keyOf(signIn(device))).toBe("account_closed");
  });
});

describe("an account without a password", () => {
  it("needs a passkey first, opens by no password then, and nothing falls due after six months", async () => {
    const { citizen, personId } = await provedHoa(house);
    expect(await keyOf(dropOwnPassword(house, citizen, now()))).toBe("no_passkey");
    const device = newDevice(house);
    await giveHerPasskey(house, citizen, device);
    await dropOwnPassword(house, citizen, now());
    expect(await keyOf(enter(house, hoaNumbers.insurance, firstChoice))).toBe("wrong_login");
    later(house, 400 * 24 * 60 * MINUTE_MS);
    expect((await signIn(device)).mustChange).toBeUndefined();
    const account = await house.db
      .selectFrom("account")
      .selectAll()
      .where("person_id", "=", personId)
      .executeTakeFirst();
    expect(account?.password_hash).toMatch(/^\$argon2id\$/);
  });

  it("keeps its last passkey, even when the last two are removed at the same moment", async () => {
    const { citizen, device, personId } = await withPasskey();
    const second = newDevice(house);
    await giveHerPasskey(house, citizen, second, "Máy hai");
    await dropOwnPassword(house, citizen, now());
    const said = await Promise.all(
      [device, second].map(({ id }) =>
        keyOf(removePasskey(house, citizen, { credentialId: id.toString("base64url"), now: now() })),
      ),
    );
    expect(said.toSorted()).toEqual(["last_passkey", "right"]);
    expect(await passkeysOf(house.db, personId)).toHaveLength(1);
  });

  it("gets one again without the old one, for ten minutes after the passkey was shown", async () => {
    const { citizen, device } = await withPasskey();
    await dropOwnPassword(house, citizen, now());
    const opened = await signIn(device);
    const actor = await identify(house, { cookie: opened.token });
    if (actor.kind !== "citizen") throw new Error("not signed in");
    later(house, 11 * MINUTE_MS);
    expect(await keyOf(changeTo(house, actor, "", secondChoice))).toBe("proof_needed");
    later(house, -11 * MINUTE_MS);
    await changeTo(house, actor, "", secondChoice);
    expect((await enter(house, hoaNumbers.insurance, secondChoice)).mustChange).toBeUndefined();
  });
});

describe("rules of passkeys", () => {
  it("a counter must rise, unless the passkey never counts", () => {
    expect([isCopied(0, 0), isCopied(0, 1), isCopied(5, 6)]).toEqual([false, false, false]);
    expect([isCopied(5, 5), isCopied(5, 4), isCopied(5, 0)]).toEqual([true, true, true]);
  });

  it("names have one to forty letters", () => {
    expect(parseName("  Điện thoại   của Hòa ")).toBe("Điện thoại của Hòa");
    expect([parseName(" "), parseName("x".repeat(41)), parseName("a\u0000b")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("passkeys belong to a name on https, or to this machine", () => {
    expect(relyingPartyOf("https://vssid.example.vn")).toEqual({
      id: "vssid.example.vn",
      origin: "https://vssid.example.vn",
    });
    expect(relyingPartyOf("http://127.0.0.1:8330")).toEqual({ id: "localhost", origin: "http://localhost:8330" });
    expect(relyingPartyOf("http://vssid.example.vn")).toBeUndefined();
    expect(relyingPartyOf("https://10.0.0.4")).toBeUndefined();
  });
});
