import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { countNotices, enrolPerson, hoaEmail, hoaNumbers, issueTo } from "../account/account.fixture.ts";
import { identify } from "../account/identify.ts";
import { raise } from "../account/proof.ts";
import { withdrawConsent } from "../consent/withdraw-consent.ts";
import { keyOf, later, provedHoa } from "../factor/factor.fixture.ts";
import { setPolicy } from "../policy/set.ts";
import { contactsOf } from "../register/store.ts";
import { applyDue } from "./apply-due.ts";
import { askChange } from "./ask-change.ts";
import { changeAddress } from "./change-address.ts";
import { codeIn, saidIn, seat, toldTo, twiceProvedHoa } from "./contact.fixture.ts";
import { askAtCounter, confirmChange, proveAtCounter } from "./counter-change.ts";
import { proveChange } from "./prove-change.ts";
import { type ContactKind, coolingHours, maskContact, parseAddress } from "./rules.ts";
import { stopChangeAtCounter, stopChangeByCode, stopOwnChange } from "./stop-change.ts";
import { openChangesOf } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const now = () => house.clock.now();
const HOUR_MS = 60 * 60_000;
const newPhone = "0987654321";

type Citizen = Parameters<typeof askChange>[1];

async function asks(citizen: Citizen, typed: string, kind: ContactKind = "phone"): Promise<string> {
  const asked = await askChange(house, citizen, { kind, typed, lang: "vi", now: now() });
  if (typeof asked === "string") throw new Error(asked);
  return asked.changeId;
}
const proves = (citizen: Citizen, changeId: string, code: string) =>
  proveChange(house, citizen, { changeId, code, now: now() });

async function waits(citizen: Citizen, typed = newPhone, kind: ContactKind = "phone"): Promise<string> {
  const changeId = await asks(citizen, typed, kind);
  await proves(citizen, changeId, await codeIn(house, "one_time_code"));
  return changeId;
}

async function reachedAt(personId: string): Promise<Record<string, string>> {
  return Object.fromEntries((await contactsOf(house.db, personId)).map(({ kind, value }) => [kind, value]));
}

describe("a change of telephone by the person", () => {
  it("T17: needs two different proofs, asked for again when the code comes", async () => {
    const { citizen } = await provedHoa(house);
    const asked = { kind: "phone", typed: newPhone, lang: "vi", now: now() } as const;
    expect(await keyOf(askChange(house, citizen, asked))).toBe("two_proofs_needed");
    await raise(house.db, citizen, "code", now());
    const changeId = await asks(citizen, newPhone);
    later(house, 11 * 60_000);
    expect(await keyOf(proves(citizen, changeId, "123456"))).toBe("two_proofs_needed");
  });

  it("T17: is refused while the password is one that an SMS alone has set again", async () => {
    const { citizen } = await twiceProvedHoa(house);
    const asked = { kind: "phone", typed: newPhone, lang: "vi", now: now() } as const;
    const limited = { ...citizen, limitedUntil: new Date(now().getTime() + HOUR_MS) };
    expect(await keyOf(askChange(house, limited, asked))).toBe("limited_after_reset");
    expect(await keyOf(proves(limited, await asks(citizen, newPhone), "123456"))).toBe("limited_after_reset");
  });

  it("begins with a code that is told to nobody", async () => {
    const { citizen } = await twiceProvedHoa(house);
    await asks(citizen, newPhone);
    expect((await saidIn(house, newPhone)).at(-1)).toContain("Khong dua cho ai");
  });

  it("S9: the same number is no change, tells nobody and sends no code", async () => {
    const { citizen } = await twiceProvedHoa(house);
    for (const typed of [hoaNumbers.phone, "+84 913 274 608", "0913.274.608"]) {
      expect(await askChange(house, citizen, { kind: "phone", typed, lang: "vi", now: now() })).toBe("same");
    }
    expect(await countNotices(house, "one_time_code")).toBe(0);
    expect(await countNotices(house, "contact_changing")).toBe(0);
  });

  it("S9: is proved at the new number, told to the old ones, holds a day later, and ends no session", async () => {
    const { citizen, personId } = await twiceProvedHoa(house, hoaEmail);
    await waits(citizen);
    expect(await toldTo(house, "one_time_code")).toEqual([newPhone]);
    expect((await toldTo(house, "contact_changing")).toSorted()).toEqual([hoaNumbers.phone, hoaEmail].toSorted());
    later(house, 24 * HOUR_MS - 1000);
    expect(await applyDue(house)).toEqual({ applied: 0, refused: 0 });
    expect(await reachedAt(personId)).toMatchObject({ phone: hoaNumbers.phone });
    later(house, 1000);
    expect(await applyDue(house)).toEqual({ applied: 1, refused: 0 });
    expect(await reachedAt(personId)).toMatchObject({ phone: newPhone, email: hoaEmail });
    expect((await toldTo(house, "contact_changed")).toSorted()).toEqual(
      [hoaNumbers.phone, hoaEmail, newPhone].toSorted(),
    );
    const sessions = await house.db
      .selectFrom("session")
      .select("ended_at")
      .where("person_id", "=", personId)
      .execute();
    expect(sessions.length).toBeGreaterThan(0);
    expect(sessions.filter(({ ended_at: endedAt }) => endedAt !== null)).toEqual([]);
  });

  it("frees the old number for somebody else, and takes none that serves another account", async () => {
    const { citizen, personId } = await twiceProvedHoa(house);
    const other = await enrolPerson(house, "Lê Thị Sen", "5221730950", "052190000124");
    await issueTo(house, other, "0977000111");
    await waits(citizen, "0977000111");
    later(house, 24 * HOUR_MS);
    expect(await applyDue(house)).toEqual({ applied: 0, refused: 1 });
    expect(await reachedAt(personId)).toMatchObject({ phone: hoaNumbers.phone });
  });

  it("is refused once the account is no longer open, as after a death: telephone and messages stay", async () => {
    const { citizen, personId } = await twiceProvedHoa(house);
    await waits(citizen);
    await house.pool.query("update account set status = 'suspended' where person_id = $1", [personId]);
    later(house, 24 * HOUR_MS);
    expect(await applyDue(house)).toEqual({ applied: 0, refused: 1 });
    expect(await reachedAt(personId)).toMatchObject({ phone: hoaNumbers.phone });
    expect(await countNotices(house, "contact_changed")).toBe(0);
  });

  it("counts once when its code comes ten times at the same moment", async () => {
    const { citizen } = await twiceProvedHoa(house);
    const changeId = await asks(citizen, newPhone);
    const code = await codeIn(house, "one_time_code");
    const said = await Promise.all(Array.from({ length: 10 }, () => keyOf(proves(citizen, changeId, code))));
    expect(said.filter((key) => key === "right")).toHaveLength(1);
    expect(await countNotices(house, "contact_changing")).toBe(1);
  });

  it("is applied once by two workers at the same moment", async () => {
    const { citizen } = await twiceProvedHoa(house);
    await waits(citizen);
    later(house, 24 * HOUR_MS);
    const counts = await Promise.all([applyDue(house), applyDue(house)]);
    expect(counts.map(({ applied }) => applied).toSorted()).toEqual([0, 1]);
  });

  it("waits for nothing where the policy says so", async () => {
    await setPolicy(house, coolingHours, { value: 0, from: "2026-01-01", by: "thử" });
    const { citizen, personId } = await twiceProvedHoa(house);
    const changeId = await asks(citizen, newPhone);
    expect(await proves(citizen, changeId, await codeIn(house, "one_time_code"))).toMatchObject({ isDone: true });
    expect(await reachedAt(personId)).toMatchObject({ phone: newPhone });
  });

  it("is not lost to an asking that hung on its way and came after it", async () => {
    const { citizen, personId } = await twiceProvedHoa(house);
    const hung = { kind: "phone", typed: "0977000222", lang: "vi", now: new Date(now().getTime() - 3000) } as const;
    const changeId = await asks(citizen, newPhone);
    expect(await keyOf(askChange(house, citizen, hung))).toBe("change_overtaken");
    expect(await countNotices(house, "one_time_code")).toBe(1);
    await proves(citizen, changeId, await codeIn(house, "one_time_code"));
    later(house, 24 * HOUR_MS);
    await applyDue(house);
    expect(await reachedAt(personId)).toMatchObject({ phone: newPhone });
  });

  it("is over when another is asked for, also by a clock that was set back meanwhile", async () => {
    const { citizen } = await twiceProvedHoa(house);
    const first = await asks(citizen, newPhone);
    const code = await codeIn(house, "one_time_code");
    const setBack = {
      kind: "phone",
      typed: "0977000222",
      lang: "vi",
      now: new Date(now().getTime() - HOUR_MS),
    } as const;
    expect(await keyOf(askChange(house, citizen, setBack))).toBe("right");
    expect(await keyOf(proves(citizen, first, code))).not.toBe("right");
  });

  it("a second one is not begun while the first waits", async () => {
    const { citizen } = await twiceProvedHoa(house);
    await waits(citizen);
    expect(await keyOf(asks(citizen, "0977000222"))).toBe("change_waiting");
  });
});

describe("a change of e-mail by the person", () => {
  it("is proved in the new mailbox and told to the old one and to the telephone", async () => {
    const { citizen, personId } = await twiceProvedHoa(house, hoaEmail);
    await waits(citizen, "Hoa.Moi@Example.vn", "email");
    expect(await toldTo(house, "one_time_code")).toEqual(["hoa.moi@example.vn"]);
    expect((await toldTo(house, "contact_changing")).toSorted()).toEqual([hoaNumbers.phone, hoaEmail].toSorted());
    later(house, 24 * HOUR_MS);
    await applyDue(house);
    expect(await reachedAt(personId)).toMatchObject({ email: "hoa.moi@example.vn", phone: hoaNumbers.phone });
  });

  it("takes no effect once consent to e-mail was taken back, neither one that waits nor one that is to be proved", async () => {
    const { citizen, personId } = await twiceProvedHoa(house, hoaEmail);
    await waits(citizen, newPhone);
    await waits(citizen, "hoa.moi@example.vn", "email");
    await withdrawConsent(house, citizen, "email", now());
    const changeId = await asks(citizen, "hoa.khac@example.vn", "email");
    const code = await codeIn(house, "one_time_code");
    await withdrawConsent(house, citizen, "email", now());
    expect(await keyOf(proves(citizen, changeId, code))).toBe("code_ended");
    later(house, 24 * HOUR_MS);
    expect(await applyDue(house)).toEqual({ applied: 1, refused: 0 });
    expect(await reachedAt(personId)).toEqual({ phone: newPhone });
  });
});

describe("a change that waits", () => {
  it("T17: is stopped by whoever holds the old telephone, and every session ends", async () => {
    const { citizen, personId, token } = await twiceProvedHoa(house);
    await waits(citizen);
    const code = await codeIn(house, "contact_changing");
    await stopChangeByCode(house, { login: hoaNumbers.personalId, code, now: now() });
    expect((await identify(house, { cookie: token })).kind).toBe("anyone");
    later(house, 25 * HOUR_MS);
    expect(await applyDue(house)).toEqual({ applied: 0, refused: 0 });
    expect(await reachedAt(personId)).toMatchObject({ phone: hoaNumbers.phone });
  });

  it("answers a wrong code, a number without a change and an unknown number alike, however often", async () => {
    const { citizen } = await twiceProvedHoa(house);
    await waits(citizen);
    const code = await codeIn(house, "contact_changing");
    const wrong = String((Number(code) + 1) % 1e8).padStart(8, "0");
    const stop = (login: string, typed: string) => keyOf(stopChangeByCode(house, { login, code: typed, now: now() }));
    expect(await stop(hoaNumbers.insurance, wrong)).toBe("stop_wrong");
    const said: string[] = [];
    for (let turn = 0; turn < 7; turn += 1) said.push(await stop("9999999999", code));
    for (let turn = 0; turn < 7; turn += 1) said.push(await stop(hoaNumbers.insurance, wrong));
    expect(new Set(said)).toEqual(new Set(["stop_wrong"]));
    expect(await stop(hoaNumbers.insurance, code), "no stranger keeps the owner from stopping it").toBe("right");
    expect(await stop(hoaNumbers.insurance, code), "once").toBe("stop_wrong");
  });

  it("is stopped by the person and at the counter", async () => {
    const { citizen, personId } = await twiceProvedHoa(house);
    await stopOwnChange(house, citizen, await waits(citizen), now());
    const changeId = await waits(citizen, "0977000333");
    const { staff, officeCode } = await seat(house, "le.minh", "officer");
    await stopChangeAtCounter(house, staff, { personId, changeId, officeCode, now: now() });
    later(house, 25 * HOUR_MS);
    expect(await applyDue(house)).toEqual({ applied: 0, refused: 0 });
  });
});

describe("a change of telephone at the counter", () => {
  async function passedOn() {
    const { personId } = await provedHoa(house);
    const { staff, officeCode } = await seat(house, "le.minh", "officer");
    const asked = await askAtCounter(house, staff, {
      personId,
      typed: newPhone,
      lang: "vi",
      now: now(),
      officeCode,
      paper: "cccd",
    });
    if (typeof asked === "string") throw new Error(asked);
    const { changeId } = asked;
    const code = await codeIn(house, "one_time_code");
    await proveAtCounter(house, staff, { personId, changeId, code, officeCode, now: now() });
    return { personId, changeId, staff, officeCode };
  }

  it("begins with a code whose message says that it is read to the officer and to nobody else", async () => {
    await passedOn();
    expect((await saidIn(house, newPhone)).at(0)).toContain("Chi doc cho can bo o quay");
  });

  it("takes two people: the officer's word alone changes nothing", async () => {
    const { personId, changeId, staff } = await passedOn();
    later(house, 23 * HOUR_MS);
    await applyDue(house);
    expect(await reachedAt(personId)).toMatchObject({ phone: hoaNumbers.phone });
    const both = { ...staff, roles: [...staff.roles, { ...staff.roles[0], role: "supervisor" as const }] };
    const asked = { personId, changeId, isRight: true, now: now() };
    expect(await keyOf(confirmChange(house, staff, asked))).toBe("forbidden");
    expect(await keyOf(confirmChange(house, both, asked)), "not by the same person in another role").toBe("forbidden");
    const elsewhere = await seat(house, "tran.xa", "supervisor", 1);
    expect(await keyOf(confirmChange(house, elsewhere.staff, asked))).toBe("forbidden");
  });

  it("holds at once when the supervisor confirms, once among two, and old and new are told", async () => {
    const { personId, changeId } = await passedOn();
    const { staff: supervisor } = await seat(house, "pham.soat", "supervisor");
    const asked = { personId, changeId, isRight: true, now: now() };
    const said = await Promise.all([1, 2].map(() => keyOf(confirmChange(house, supervisor, asked))));
    expect(said.toSorted()).toEqual(["not_allowed", "right"]);
    expect(await reachedAt(personId)).toMatchObject({ phone: newPhone });
    expect((await toldTo(house, "contact_changed")).toSorted()).toEqual([hoaNumbers.phone, newPhone].toSorted());
    const events = await house.db
      .selectFrom("audit_event")
      .select("action")
      .where("person_id", "=", personId)
      .execute();
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["phone_change_asked", "phone_change_proved", "phone_changed"]),
    );
  });

  it("waits over the days on which no supervisor is there, and ends with another asking", async () => {
    const { personId, changeId, staff, officeCode } = await passedOn();
    later(house, 66 * HOUR_MS);
    await applyDue(house);
    expect(await openChangesOf(house.db, personId)).toMatchObject([{ change_id: changeId, state: "second" }]);
    const anew = { personId, typed: "0977000222", lang: "vi", now: now(), officeCode, paper: "cccd" } as const;
    await askAtCounter(house, staff, anew);
    expect(await openChangesOf(house.db, personId)).toMatchObject([{ state: "asked", new_value: "0977000222" }]);
    later(house, 24 * HOUR_MS + 1);
    await applyDue(house);
    expect(await openChangesOf(house.db, personId), "a code that never came back").toEqual([]);
  });

  it("stays as it was when the supervisor does not confirm", async () => {
    const { personId, changeId } = await passedOn();
    const { staff: supervisor } = await seat(house, "pham.soat", "supervisor");
    await confirmChange(house, supervisor, { personId, changeId, isRight: false, now: now() });
    expect(await reachedAt(personId)).toMatchObject({ phone: hoaNumbers.phone });
  });
});

describe("the address for contact", () => {
  it("holds at once, after a fresh proof, with a number; the same one is no change", async () => {
    const { citizen, personId } = await provedHoa(house);
    expect(await changeAddress(house, citizen, "  Thôn Mẫu 3,  xã Tuy Phước ", now())).toBe(true);
    expect(await changeAddress(house, citizen, "Thôn Mẫu 3, xã Tuy Phước", now())).toBe(false);
    expect(await reachedAt(personId)).toMatchObject({ address: "Thôn Mẫu 3, xã Tuy Phước" });
    const events = await house.db.selectFrom("account_event").selectAll().execute();
    expect(events).toMatchObject([{ kind: "address_changed", reference: expect.stringMatching(/^GD-\w{4}-\w{4}$/) }]);
    later(house, 11 * 60_000);
    expect(await keyOf(changeAddress(house, citizen, "Thôn Mẫu 4", now()))).toBe("proof_needed");
  });

  it("T17: stays while the password is one that an SMS alone has set again", async () => {
    const { citizen, personId } = await provedHoa(house);
    const limited = { ...citizen, limitedUntil: new Date(now().getTime() + HOUR_MS) };
    expect(await keyOf(changeAddress(house, limited, "Thôn Mẫu 3", now()))).toBe("limited_after_reset");
    expect(await reachedAt(personId)).not.toHaveProperty("address");
  });
});

describe("how contacts are written", () => {
  it("masks what it shows and reads what is typed", () => {
    expect(maskContact("phone", "0913274608")).toBe("•••••••608");
    expect(maskContact("email", "hoa@example.vn")).toBe("h•••@example.vn");
    expect(parseAddress("x").ok).toBe(false);
  });
});
