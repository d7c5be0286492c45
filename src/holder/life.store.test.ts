import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { enrolPerson, enter, firstChoice, hoaNumbers, issueTo } from "../account/account.fixture.ts";
import { endOneSession, endOtherSessions } from "../account/end-sessions.ts";
import { identify } from "../account/identify.ts";
import { reissue } from "../account/reissue.ts";
import { sessionMinutes } from "../account/rules-session.ts";
import { setAccountStatus } from "../account/store.ts";
import { applyDue } from "../contact/apply-due.ts";
import { askChange } from "../contact/ask-change.ts";
import { codeIn, seat, toldTo, twiceProvedHoa } from "../contact/contact.fixture.ts";
import { askAtCounter } from "../contact/counter-change.ts";
import { proveChange } from "../contact/prove-change.ts";
import { inTransaction } from "../db/transaction.ts";
import {
  giveHerAuthenticator,
  giveHerPasskey,
  keyOf,
  later,
  newDevice,
  provedHoa,
  signedInHoa,
} from "../factor/factor.fixture.ts";
import { removeAllFactors } from "../factor/remove-all.ts";
import { setPolicy } from "../policy/set.ts";
import { contactsOf } from "../register/store.ts";
import { closeAccount, stopOwnAccount } from "./end-account.ts";
import { openHolder } from "./find-holder.ts";
import { reopenAccount } from "./reopen-account.ts";
import { actsOn } from "./rules.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const now = () => house.clock.now();
const kindOf = async (token: string, at: TestHouse = house) => (await identify(at, { cookie: token })).kind;

describe("an account that its owner stops using", () => {
  it("needs a fresh proof, gives a number and a day, tells telephone and e-mail, and ends every session", async () => {
    const { citizen } = await signedInHoa(house, "hoa@example.vn");
    expect(await keyOf(stopOwnAccount(house, citizen, "vi", now()))).toBe("proof_needed");
    await house.clean();
    const proved = await provedHoa(house, "hoa@example.vn");
    const elsewhere = await enter(house, hoaNumbers.insurance, firstChoice);
    const reference = await stopOwnAccount(house, proved.citizen, "vi", now());
    expect(reference).toMatch(/^GD-\w{4}-\w{4}$/);
    expect([await kindOf(proved.token), await kindOf(elsewhere.token)]).toEqual(["anyone", "anyone"]);
    expect((await toldTo(house, "account_state")).toSorted()).toEqual([hoaNumbers.phone, "hoa@example.vn"].toSorted());
  });

  it("says so only to who knows the password", async () => {
    const { citizen } = await provedHoa(house);
    await stopOwnAccount(house, citizen, "vi", now());
    expect(await keyOf(enter(house, hoaNumbers.insurance, "không phải mật khẩu này"))).toBe("wrong_login");
    expect(await keyOf(enter(house, hoaNumbers.insurance, firstChoice))).toBe("account_closed");
  });

  it("drops a change of telephone that was waiting", async () => {
    const { citizen } = await twiceProvedHoa(house);
    const asked = await askChange(house, citizen, { kind: "phone", typed: "0987654321", lang: "vi", now: now() });
    if (typeof asked === "string") throw new Error(asked);
    const code = await codeIn(house, "one_time_code");
    await proveChange(house, citizen, { changeId: asked.changeId, code, now: now() });
    await stopOwnAccount(house, citizen, "vi", now());
    later(house, 25 * 60 * 60_000);
    expect(await applyDue(house)).toEqual({ applied: 0, refused: 0 });
  });
});

describe("an account at the counter", () => {
  it("is closed with grounds and opened again with the paper; each is told with its number", async () => {
    const { personId, token } = await provedHoa(house);
    const { staff, officeCode } = await seat(house, "le.minh", "officer");
    const closing = { personId, officeCode, grounds: "abused", now: now() } as const;
    const twice = await Promise.all([1, 2].map(() => keyOf(closeAccount(house, staff, closing))));
    expect(twice.toSorted()).toEqual(["not_allowed", "right"]);
    expect(await kindOf(token)).toBe("anyone");
    await reopenAccount(house, staff, { personId, officeCode, paper: "cccd", now: now() });
    expect(await keyOf(enter(house, hoaNumbers.insurance, firstChoice))).toBe("right");
    expect(await kindOf(token), "an ended session stays ended").toBe("anyone");
    expect(await toldTo(house, "account_state")).toHaveLength(2);
    const events = await house.db.selectFrom("audit_event").selectAll().where("actor_kind", "=", "staff").execute();
    expect(events).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ action: "account_closed", office_code: officeCode, purpose: "account" }),
      ]),
    );
    expect(await keyOf(reopenAccount(house, staff, { personId, officeCode, paper: "cccd", now: now() }))).toBe(
      "not_allowed",
    );
  });

  it("frees its telephone for another account; opened again it asks for a new one, which takes two of staff", async () => {
    const { personId } = await provedHoa(house, "hoa@example.vn");
    const { staff, officeCode } = await seat(house, "le.minh", "officer");
    const other = await enrolPerson(house, "Phạm Văn Sau", "5221730999", "052090000999");
    const third = await enrolPerson(house, "Phạm Văn Chót", "5221730998", "052090000998");
    expect(await keyOf(issueTo(house, other, hoaNumbers.phone))).toBe("phone_taken");
    await closeAccount(house, staff, { personId, officeCode, grounds: "asked", now: now() });
    const both = await Promise.all([other, third].map((one) => keyOf(issueTo(house, one, hoaNumbers.phone))));
    expect(both.toSorted(), "one telephone, one account").toEqual(["phone_taken", "right"]);
    const told = (await toldTo(house, "account_state")).length;
    const reopened = await reopenAccount(house, staff, { personId, officeCode, paper: "cccd", now: now() });
    expect(reopened.hasLostPhone).toBe(true);
    const reached = (await contactsOf(house.db, personId)).map(({ kind }) => kind);
    expect(reached, "no code of hers goes to whoever has that telephone").toEqual(["email"]);
    expect((await toldTo(house, "account_state")).slice(told)).toEqual(["hoa@example.vn"]);
    const alone = { personId, officeCode, paper: "cccd", handOver: "slip", lang: "vi", now: now() } as const;
    expect(await keyOf(reissue(house, staff, { ...alone, newPhone: "0987654321" }))).toBe("two_people_needed");
    const asked = await askAtCounter(house, staff, { ...alone, typed: "0987654321" });
    expect(asked).toMatchObject({ changeId: expect.any(String) });
  });

  it("keeps its telephone when nobody took it meanwhile", async () => {
    const { personId } = await provedHoa(house);
    const { staff, officeCode } = await seat(house, "le.minh", "officer");
    await closeAccount(house, staff, { personId, officeCode, grounds: "asked", now: now() });
    const reopened = await reopenAccount(house, staff, { personId, officeCode, paper: "cccd", now: now() });
    expect(reopened.hasLostPhone).toBe(false);
    const other = await enrolPerson(house, "Phạm Văn Sau", "5221730999", "052090000999");
    expect(await keyOf(issueTo(house, other, hoaNumbers.phone))).toBe("phone_taken");
  });

  it("is not opened again for somebody who has died", async () => {
    const { personId } = await provedHoa(house);
    const { staff, officeCode } = await seat(house, "le.minh", "officer");
    await inTransaction(house.db, (tx) => setAccountStatus(tx, personId, "closed"));
    await house.db.updateTable("person").set({ died_on: "2026-11-01" }).where("person_id", "=", personId).execute();
    const asked = { personId, officeCode, paper: "cccd", now: now() } as const;
    expect(await keyOf(reopenAccount(house, staff, asked))).toBe("not_allowed");
  });

  it("shows which factors there are and never what they hold, and the look is written with its reason", async () => {
    const { personId, citizen } = await provedHoa(house);
    await giveHerPasskey(house, citizen, newDevice(house));
    const { secret } = await giveHerAuthenticator(house, citizen);
    const { staff, officeCode } = await seat(house, "le.minh", "officer");
    const asked = { login: hoaNumbers.insurance, reason: "access", paper: "cccd", officeCode, now: now() } as const;
    const holder = await openHolder(house, staff, asked);
    expect(holder).toMatchObject({ status: "active", passkeys: 1, hasAuthenticator: true, hasPassword: true });
    expect(JSON.stringify(holder)).not.toContain(secret);
    expect(JSON.stringify(holder)).not.toMatch(/argon2|sealed|public_key/);
    const look = await house.db
      .selectFrom("audit_event")
      .selectAll()
      .where("action", "=", "account_seen")
      .executeTakeFirst();
    expect(look).toMatchObject({
      person_id: personId,
      office_code: officeCode,
      detail: { reason: "access", paper: "cccd" },
    });
    expect(await openHolder(house, staff, { ...asked, login: "9999999999" })).toBeUndefined();
  });

  it("loses its factors for who has lost the telephone, opens by password again, and its owner is told everywhere", async () => {
    const { personId, citizen } = await provedHoa(house, "hoa@example.vn");
    await giveHerAuthenticator(house, citizen);
    const { staff, officeCode } = await seat(house, "le.minh", "officer");
    const before = (await toldTo(house, "factor_changed")).length;
    await removeAllFactors(house, staff, { personId, officeCode, paper: "cccd", now: now() });
    expect(await keyOf(enter(house, hoaNumbers.insurance, firstChoice))).toBe("right");
    const told = (await toldTo(house, "factor_changed")).slice(before);
    expect(told.toSorted()).toEqual([hoaNumbers.phone, "hoa@example.vn"].toSorted());
    const events = await house.db.selectFrom("account_event").select(["person_id", "kind"]).execute();
    expect(events).toContainEqual({ person_id: personId, kind: "factors_removed" });
  });

  it("offers only what its state allows", () => {
    expect(actsOn("active")).not.toContain("reopen");
    expect(actsOn("closed")).toEqual(["reopen"]);
    expect(actsOn("suspended")).toEqual(["reopen"]);
  });
});

describe("R31: sessions that end", () => {
  /** Another process on the same database: its own memory of who is signed in. */
  const neighbour = (): TestHouse => ({ ...house });

  it.each(["one by one", "all the others", "with the account"])(
    "%s are refused within five seconds, in every process",
    async (how) => {
      const { citizen, personId } = await provedHoa(house);
      const lost = await enter(house, hoaNumbers.insurance, firstChoice);
      const there = neighbour();
      expect([await kindOf(lost.token), await kindOf(lost.token, there)]).toEqual(["citizen", "citizen"]);
      if (how === "one by one") await endOneSession(house, citizen, lost.sessionId, now());
      if (how === "all the others") await endOtherSessions(house, citizen, now());
      if (how === "with the account") await inTransaction(house.db, (tx) => setAccountStatus(tx, personId, "closed"));
      if (how !== "with the account") expect(await kindOf(lost.token), "here at once").toBe("anyone");
      later(house, 5000);
      expect([await kindOf(lost.token), await kindOf(lost.token, there)]).toEqual(["anyone", "anyone"]);
    },
  );

  it("a session of somebody else is not ended by its name", async () => {
    const { citizen } = await provedHoa(house);
    const { token } = await seat(house, "le.minh", "officer");
    const staff = await identify(house, { cookie: token });
    if (staff.kind !== "staff") throw new Error("not signed in");
    await endOneSession(house, citizen, staff.sessionId, now());
    later(house, 5000);
    expect(await kindOf(token)).toBe("staff");
  });

  it("idle and whole life are the operator's, from the day they are set", async () => {
    const limits = { citizen: { idle: 5, whole: 20 }, staff: { idle: 15, whole: 480 } };
    await setPolicy(house, sessionMinutes, { value: limits, from: "2026-11-23", by: "thử" });
    const { token } = await provedHoa(house);
    later(house, 4 * 60_000);
    expect(await kindOf(token)).toBe("citizen");
    later(house, 4 * 60_000);
    expect(await kindOf(token), "woken at minute four").toBe("citizen");
    later(house, 6 * 60_000);
    expect(await kindOf(token), "six minutes unused").toBe("anyone");
  });
});

describe("a device that is new to an account", () => {
  it("is told of once, to the mailbox where there is one; the very first is no news", async () => {
    await signedInHoa(house, "hoa@example.vn");
    const before = (await toldTo(house, "new_device")).length;
    const first = await enter(house, hoaNumbers.insurance, firstChoice);
    await enter(house, hoaNumbers.insurance, firstChoice, first.deviceCookie);
    const told = (await toldTo(house, "new_device")).slice(before);
    expect(told).toEqual(["hoa@example.vn"]);
  });

  it("is told of three times a day at most, however often cookies are thrown away", async () => {
    await signedInHoa(house);
    for (let turn = 0; turn < 6; turn += 1) await enter(house, hoaNumbers.insurance, firstChoice);
    expect((await toldTo(house, "new_device")).length).toBeLessThanOrEqual(3);
  });
});
