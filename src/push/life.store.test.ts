import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf, enter, firstChoice, hoaNumbers, settleHoa } from "../account/account.fixture.ts";
import { browserOn, visible } from "../account/browser.fixture.ts";
import { endOneSession, endOtherSessions } from "../account/end-sessions.ts";
import { besideOthers, deviceCookie, knownDevice, newDevice } from "../account/marks.ts";
import { signOut } from "../account/sign-out.ts";
import { signOutEverywhere } from "../account/sign-out-everywhere.ts";
import { inTransaction } from "../db/transaction.ts";
import { aChild, aDesk, aParent, link } from "../guardian/guardian.fixture.ts";
import { closeAccount } from "../holder/end-account.ts";
import { tellState } from "../holder/note-event.ts";
import { type Citizen, officesOf } from "../kernel/actor.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { queue } from "../notices/notices.fixture.ts";
import { audiencesOf } from "./audience.ts";
import { hasPush } from "./has-push.ts";
import { DEVICES_MOST } from "./rules.ts";
import { devicesOf } from "./store.ts";
import { subscribe } from "./subscribe.ts";
import { aSubscription } from "./subscription.fixture.ts";

let house: TestHouse;
let hoa: string;
beforeAll(async () => {
  house = await openTestHouse();
  hoa = await settleHoa(house);
});
afterAll(() => house.close());

const turnOn = (citizen: Citizen, subscription = aSubscription()) =>
  subscribe(house, citizen, { subscription, label: "Chrome · Android", now: house.clock.now() });
const count = async (personId: string) => (await devicesOf(house.db, [personId])).length;

/** Hòa signed in on a device of hers, with notices on there. */
async function onDevice(deviceCookie?: string) {
  const session = await enter(house, hoaNumbers.insurance, firstChoice, deviceCookie);
  const citizen = await citizenOf(house, session.token);
  return { ...session, citizen };
}

describe("switching notices on", () => {
  it("keeps address and keys where nobody can read them", async () => {
    const { citizen } = await onDevice();
    await turnOn(citizen, aSubscription("https://fcm.googleapis.com/fcm/send/secret-address"));
    const rows = await house.db.selectFrom("push_subscription").selectAll().execute();
    const shown = JSON.stringify(rows) + rows.map((row) => row.sealed_subscription.toString("latin1")).join();
    expect(shown).not.toContain("secret-address");
    expect(await hasPush(house, hoa)).toBe(true);
    await signOut(house, citizen, house.clock.now());
    expect(await hasPush(house, hoa)).toBe(false);
  });

  it("twice on one device is one device; the eleventh device is refused with a way on", async () => {
    const { citizen } = await onDevice();
    const endpoint = `https://fcm.googleapis.com/fcm/send/${randomUUID()}`;
    await Promise.all([turnOn(citizen, aSubscription(endpoint)), turnOn(citizen, aSubscription(endpoint))]);
    expect(await count(hoa)).toBe(1);
    for (let n = 1; n < DEVICES_MOST; n += 1) await turnOn(citizen);
    await expect(turnOn(citizen)).rejects.toThrow(Invalid);
    expect(await count(hoa)).toBe(DEVICES_MOST);
    await inTransaction(house.db, (tx) => signOutEverywhere(tx, hoa, house.clock.now()));
    expect(await count(hoa)).toBe(0);
  });

  it("on a telephone that somebody else used before takes it over from them", async () => {
    const [before, after] = [await aParent(house), await aParent(house)];
    const endpoint = `https://fcm.googleapis.com/fcm/send/${randomUUID()}`;
    await turnOn(before.citizen, aSubscription(endpoint));
    await turnOn(after.citizen, aSubscription(endpoint));
    expect([await count(before.personId), await count(after.personId)]).toEqual([0, 1]);
  });

  it("is not there while the house has no keys", async () => {
    const parent = await aParent(house);
    const { push } = house.settings;
    house.settings.push = undefined;
    await expect(turnOn(parent.citizen)).rejects.toThrow(NotFound);
    const more = await house.app.inject({ url: "/app/more", cookies: parent.cookies });
    expect(more.body).not.toContain("/account/push");
    expect((await house.app.inject({ url: "/account/push", cookies: parent.cookies })).statusCode).toBe(404);
    house.settings.push = push;
    expect((await house.app.inject({ url: "/app/more", cookies: parent.cookies })).body).toContain("/account/push");
  });
});

describe("notices end on a device", () => {
  it("when it is signed out from another one, and only there", async () => {
    const [phone, tablet] = [await onDevice(), await onDevice()];
    await turnOn(phone.citizen);
    await turnOn(tablet.citizen);
    await endOneSession(house, tablet.citizen, phone.sessionId, house.clock.now());
    expect(await count(hoa)).toBe(1);
    await endOtherSessions(house, tablet.citizen, house.clock.now());
    expect(await count(hoa)).toBe(1);
    await signOut(house, tablet.citizen, house.clock.now());
    expect(await count(hoa)).toBe(0);
  });

  it("when an officer closes the account", async () => {
    const { officer } = await aDesk(house);
    const parent = await aParent(house);
    await turnOn(parent.citizen);
    const officeCode = officesOf(officer, "officer")[0] ?? "";
    const closing = { personId: parent.personId, officeCode, grounds: "abused" as const, now: house.clock.now() };
    await closeAccount(house, officer, closing);
    expect(await count(parent.personId)).toBe(0);
    const told = await house.db
      .selectFrom("notice")
      .select("channel")
      .where("person_id", "=", parent.personId)
      .execute();
    expect(told.map(({ channel }) => channel)).toEqual(["sms"]);
  });

  it("not when its session ends by itself; a lost telephone is ended with all others", async () => {
    const lost = await onDevice();
    await turnOn(lost.citizen);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 13 * 3600_000));
    expect(await hasPush(house, hoa)).toBe(true);
    const here = await onDevice();
    await turnOn(here.citizen);
    await endOtherSessions(house, here.citizen, house.clock.now());
    expect(await count(hoa)).toBe(1);
  });

  it("not when the same person signs in there again, and with the last of its sessions", async () => {
    const first = await onDevice();
    await inTransaction(house.db, (tx) => signOutEverywhere(tx, hoa, house.clock.now()));
    const again = await onDevice(first.deviceCookie);
    await turnOn(again.citizen);
    const third = await onDevice(again.deviceCookie);
    await signOut(house, again.citizen, house.clock.now(), third);
    expect(await count(hoa)).toBe(1);
    await signOut(house, third.citizen, house.clock.now());
    expect(await count(hoa)).toBe(0);
  });

  it("not when somebody else signs in there; signing out there still ends them afterwards", async () => {
    const browser = browserOn(() => house.app);
    const signIn = () => browser.fill("/sign-in", { login: hoaNumbers.insurance, password: firstChoice });
    const session = () => citizenOf(house, browser.cookies.get("vssid_session") ?? "");
    await signIn();
    await turnOn(await session());
    for (let other = 1; other < 4; other += 1) {
      const theirs = deviceCookie(house, `person:-${other}`, newDevice());
      browser.cookies.set("vssid_device", besideOthers(theirs, browser.cookies.get("vssid_device")));
    }
    browser.cookies.delete("vssid_session");
    await signIn();
    expect(knownDevice(house, "person:-3", browser.cookies.get("vssid_device"))).not.toBe("");
    await signOut(house, await session(), house.clock.now());
    expect(await count(hoa)).toBe(0);
  });
});

describe("guardians", () => {
  it("are told on their devices of what concerns their ward, while the link holds; a stranger never", async () => {
    const desk = await aDesk(house);
    const [mother, stranger, child] = [await aParent(house), await aParent(house), await aChild(house)];
    await turnOn(mother.citizen);
    await turnOn(stranger.citizen);
    const audience = (now = house.clock.now()) =>
      inTransaction(
        house.db,
        async (tx) => (await audiencesOf(tx, [{ personId: child.personId, withGuardians: true }], now))[0],
      );
    expect(await audience()).toEqual([]);
    await link(house, desk, child, mother);
    expect(await audience()).toMatchObject([{ personId: mother.personId, isGuardian: true }]);
    const state = { personId: child.personId, state: "closed", reference: "1", lang: "vi" } as const;
    await inTransaction(house.db, (tx) => tellState(tx, house, { ...state, now: house.clock.now() }));
    const told = () =>
      house.db
        .selectFrom("notice")
        .select(["person_id", "fields", "template"])
        .where("channel", "=", "push")
        .orderBy("notice_id")
        .execute();
    const both = [
      { person_id: mother.personId, fields: {}, template: "guardian_link" },
      { person_id: mother.personId, fields: { ward: "yes" }, template: "account_state" },
    ];
    expect(await told()).toEqual(both);
    expect(await audience(new Date("2050-01-01"))).toEqual([]);
    await queue(house, {
      template: "password_changed",
      fields: { at: "x" },
      secrets: undefined,
      personId: child.personId,
    });
    expect(await told()).toEqual(both);
  });
});

describe("the page", () => {
  it("says plainly what is needed, lists the devices, and stops each; bad input keeps the page", async () => {
    const parent = await aParent(house);
    const browser = browserOn(() => house.app);
    browser.cookies.set("vssid_session", parent.token);
    const shown = await browser.get("/account/push");
    expect(visible(shown.body)).toContain("Chưa có máy nào nhận thông báo.");
    expect(visible(shown.body)).toContain("cần JavaScript");
    const bad = await browser.fill("/account/push", { subscription: "" });
    expect([bad.statusCode, visible(bad.body)]).toEqual([422, expect.stringContaining("Xin bấm lại nút")]);
    const elsewhere = await browser.fill("/account/push", { subscription: aSubscription("https://10.0.0.1/x") });
    expect([elsewhere.statusCode, visible(elsewhere.body)]).toEqual([422, expect.stringContaining("trình duyệt khác")]);
    const on = await browser.fill("/account/push", { subscription: aSubscription() });
    expect(on.headers.location).toBe("/account/push");
    const after = await browser.get("/account/push");
    expect(visible(after.body)).toContain("Máy này đang nhận thông báo.");
    const id = /name="device" value="([^"]+)"/.exec(after.body)?.[1] ?? "";
    const stranger = await aParent(house);
    const other = browserOn(() => house.app);
    other.cookies.set("vssid_session", stranger.token);
    await other.fill("/account/push", { device: id }, "/account/push/ending");
    expect(await count(parent.personId)).toBe(1);
    await browser.fill("/account/push", { device: "' or true" }, "/account/push/ending");
    expect(await count(parent.personId)).toBe(1);
    await browser.fill("/account/push", { device: id }, "/account/push/ending");
    expect(await count(parent.personId)).toBe(0);
  });
});
