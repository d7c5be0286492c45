import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { browserOn, visible } from "../account/browser.fixture.ts";
import { endOneSession, endOtherSessions } from "../account/end-sessions.ts";
import { openSession } from "../account/open-session.ts";
import { signOut } from "../account/sign-out.ts";
import { flushLooks } from "../audit/record.ts";
import { BROWSERS_KEEP_DAYS } from "../data-keys/note-secret.ts";
import { inTransaction } from "../db/transaction.ts";
import { behindDeskWall, behindWall } from "../db/wall.ts";
import { blockLink, endLink } from "../guardian/block-link.ts";
import { aChild, aDesk, again, aParent, courtDecision, link, type Parent } from "../guardian/guardian.fixture.ts";
import { closeAccount } from "../holder/end-account.ts";
import { type Citizen, officesOf } from "../kernel/actor.ts";
import { Forbidden } from "../kernel/failures.ts";
import { addCard, addFacility } from "../me/person.fixture.ts";
import { devicesOf } from "../push/store.ts";
import { subscribe } from "../push/subscribe.ts";
import { aSubscription } from "../push/subscription.fixture.ts";
import { forgetDevice, hasForgotten } from "./forget.ts";
import { keepCard } from "./keep.ts";
import { keptMark } from "./marks.ts";
import { mayKeep, renewCard } from "./renew.ts";
import { DEVICES_MOST } from "./rules.ts";
import { keptBy } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
});
afterAll(() => house.close());

const now = () => house.clock.now();
/** Behind the second wall, as a request of the parent is. */
const keep = (parent: Parent) =>
  behindWall([parent.personId], () =>
    keepCard(house, parent.citizen, { lock: "pin", label: "Chrome · Android", now: now() }),
  );
const isKept = async (handle: string) => (await mayKeep(house, handle, now())).mayKeep;
const devices = (parent: Parent) => keptBy(house.db, parent.personId);

async function withCard(): Promise<Parent> {
  const parent = await aParent(house);
  await addCard(house.db, parent.personId, { card_number: `DN499${parent.number}`, form: "card15" });
  return parent;
}

describe("what a telephone keeps", () => {
  it("is the card to show and the wards' cards, nothing of care or money; each look is noted", async () => {
    const [parent, child, desk] = [await withCard(), await aChild(house), await aDesk(house)];
    await addCard(house.db, parent.personId, {
      card_number: "HC4990000000000",
      form: "card15",
      valid_to: "2020-12-31",
      valid_from: "2020-01-01",
    });
    await link(house, desk, child, parent);
    const { handle, document } = await keep(parent);
    expect(document.people.map(({ name, cards }) => [name, cards.map(({ number }) => number)])).toEqual([
      ["Trần Thị Mẹ Mẫu", [`DN499${parent.number}`]],
      [child.name, [`TE152${child.number}`]],
    ]);
    expect(document.people[0]).toMatchObject({
      born: "15/01/1990",
      cards: [{ validTo: "2026-12-31", facility: "Bệnh viện Đa khoa Mẫu (99Z01)", fiveYearOn: "2024-01-01" }],
    });
    expect(JSON.stringify(document)).not.toMatch(/Lạ ho|Lạ kín|diagnos/);
    await flushLooks(house);
    const looks = await house.db
      .selectFrom("audit_event")
      .select("person_id")
      .where("action", "=", "read_cards")
      .where("actor_id", "=", parent.personId)
      .execute();
    expect(new Set(looks.map(({ person_id }) => person_id))).toEqual(new Set([parent.personId, child.personId]));
    house.clock.moveTo(new Date("2034-05-06T02:00:00.000Z"));
    const later = await again(house, parent);
    expect((await renewCard(house, later.citizen, handle, now())).people.map(({ name }) => name)).toEqual([
      "Trần Thị Mẹ Mẫu",
    ]);
    house.clock.moveTo(new Date("2026-11-23T02:00:00.000Z"));
  });

  it("of a ward is shown to the last day of the link, past the birthday from which private visits are hidden", async () => {
    const [parent, child, aunt, desk] = [
      await withCard(),
      await aChild(house, "2010-12-01"),
      await withCard(),
      await aDesk(house),
    ];
    await link(house, desk, child, parent);
    const lastDay = { last_day: "15", last_month: "3", last_year: "2027" };
    await link(house, desk, await aChild(house, "2010-12-01"), aunt, { ...courtDecision, ...lastDay });
    expect((await keep(parent)).document.people[1]?.until).toBe("2028-11-30T17:00:00.000Z");
    expect((await keep(aunt)).document.people[1]?.until).toBe("2027-03-15T17:00:00.000Z");
  });

  it("is renewed for its owner only; a handle that somebody made up names no device", async () => {
    const [parent, stranger] = [await withCard(), await withCard()];
    const { handle } = await keep(parent);
    expect((await renewCard(house, parent.citizen, handle, now())).people).toHaveLength(1);
    await expect(renewCard(house, stranger.citizen, handle, now())).rejects.toThrow(Forbidden);
    for (const wrong of ["", "x".repeat(80), `${handle.slice(0, -2)}AA`]) expect(await isKept(wrong)).toBe(false);
  });
});

/** What a telephone hears when it asks for the newest card; 404 alone makes it wipe what it keeps. */
async function renewal({ cookies }: Parent, handle: string): Promise<number> {
  const headers = { "content-type": "application/json" };
  const url = "/api/v1/me/kept-cards/renewal";
  return (await house.app.inject({ method: "POST", url, payload: { handle }, headers, cookies })).statusCode;
}

describe("a telephone may keep the card", () => {
  it("also when somebody else signs in on it; its owner's is wiped only when it was given up", async () => {
    const [owner, husband] = [await withCard(), await withCard()];
    const { handle } = await keep(owner);
    expect([await renewal(husband, handle), await isKept(handle)]).toEqual([403, true]);
    expect([await renewal(owner, handle), await renewal(owner, "x".repeat(80))]).toEqual([200, 404]);
    await hasForgotten(house, handle, now());
    expect(await renewal(owner, handle)).toBe(404);
  });

  it("also when its session has ended by itself; it learns nothing new then", async () => {
    const parent = await withCard();
    const { handle } = await keep(parent);
    house.clock.moveTo(new Date(now().getTime() + 13 * 3600_000));
    expect(await isKept(handle)).toBe(true);
    expect(await renewal(parent, handle)).toBe(401);
  });

  it("for as long as it is heard of: each contact and each look at the card renews the cookie by which both go on", async () => {
    const parent = await withCard();
    const { handle } = await keep(parent);
    const headers = { "content-type": "application/json" };
    const given = async (path: string, payload: object, cookies = {}) => {
      const asked = { method: "POST", url: `/api/v1/${path}`, payload, headers, cookies } as const;
      const [cookie] = (await house.app.inject(asked)).cookies.filter(({ name }) => name === "vssid_kept");
      return cookie && [cookie.value, cookie.maxAge];
    };
    // What only a mark vouches for lives no longer than a secret that was turned over is waited for.
    const anew = [keptMark(house, parent.personId), BROWSERS_KEEP_DAYS * 24 * 3600];
    expect(await given("me/kept-cards/renewal", { handle }, parent.cookies)).toEqual(anew);
    expect(await given("kept-cards/contact", { handle })).toEqual(anew);
    await hasForgotten(house, handle, now());
    expect(await given("kept-cards/contact", { handle })).toBeUndefined();
    expect(await given("me/kept-cards", { lock: "pin" }, parent.cookies)).toEqual(anew);
  });

  it("no longer when it signs out, or is signed out from elsewhere", async () => {
    const phone = await withCard();
    const tablet = await again(house, phone);
    const [first, second] = [await keep(phone), await keep(tablet)];
    await endOneSession(house, tablet.citizen, phone.citizen.sessionId, now());
    expect([await isKept(first.handle), await isKept(second.handle)]).toEqual([false, true]);
    await signOut(house, tablet.citizen, now());
    expect(await isKept(second.handle)).toBe(false);
  });

  it("no longer when all others are signed out, even after its own session", async () => {
    const lost = await withCard();
    const { handle } = await keep(lost);
    house.clock.moveTo(new Date(now().getTime() + 13 * 3600_000));
    const here = await again(house, lost);
    const own = await keep(here);
    await endOtherSessions(house, here.citizen, now());
    expect([await isKept(handle), await isKept(own.handle)]).toEqual([false, true]);
  });

  it("no longer when its owner gives it up from another one; a stranger cannot", async () => {
    const [parent, stranger] = [await withCard(), await withCard()];
    const { handle } = await keep(parent);
    const deviceId = (await devices(parent))[0]?.device_id ?? "";
    await forgetDevice(house, stranger.citizen, deviceId, now());
    await forgetDevice(house, parent.citizen, "' or true", now());
    expect(await isKept(handle)).toBe(true);
    await forgetDevice(house, parent.citizen, deviceId, now());
    expect(await isKept(handle)).toBe(false);
  });

  it("no longer when it says itself that it wiped it; kept again on one device it is one device", async () => {
    const parent = await withCard();
    const [first, second] = [await keep(parent), await keep(parent)];
    expect([await isKept(first.handle), await isKept(second.handle)]).toEqual([false, true]);
    await hasForgotten(house, second.handle, now());
    expect(await devices(parent)).toEqual([]);
  });

  it("no longer when its owner is blocked as a guardian, or the link is ended: the child's card lies in it", async () => {
    const desk = await aDesk(house);
    const { officer } = desk;
    const form = { reason: "Tòa án cấm tiếp xúc với trẻ", end_reason: "asked" };
    for (const act of [blockLink, endLink]) {
      const [parent, other, child] = [await withCard(), await withCard(), await aChild(house)];
      const linkId = await link(house, desk, child, parent);
      await link(house, desk, child, other, { relation: "father" });
      const [{ handle, document }, own] = [await keep(parent), await keep(other)];
      expect(document.people.map(({ name }) => name)).toContain(child.name);
      await behindDeskWall(officer.staffId, now(), () => act(house, officer, linkId, form));
      expect([await isKept(handle), await isKept(own.handle)]).toEqual([false, true]);
      const noted = await house.db
        .selectFrom("audit_event")
        .select(["actor_id", "office_code"])
        .where("action", "=", "card_forgotten")
        .where("person_id", "=", parent.personId)
        .execute();
      expect(noted).toEqual([{ actor_id: officer.staffId, office_code: officesOf(officer, "officer")[0] }]);
      expect((await keep(parent)).document.people.map(({ name }) => name)).toEqual(["Trần Thị Mẹ Mẫu"]);
    }
  });

  it("no longer with any guardian of a child whose account an office closed", async () => {
    const desk = await aDesk(house);
    const [parent, other, child] = [await withCard(), await withCard(), await aChild(house)];
    await link(house, desk, child, parent);
    const [kept, own] = [await keep(parent), await keep(other)];
    const officeCode = officesOf(desk.officer, "officer")[0] ?? "";
    const closing = { personId: child.personId, officeCode, grounds: "abused", now: now() } as const;
    await behindDeskWall(desk.officer.staffId, now(), () => closeAccount(house, desk.officer, closing));
    expect([await isKept(kept.handle), await isKept(own.handle)]).toEqual([false, true]);
    expect((await keep(parent)).document.people.map(({ name }) => name)).toEqual(["Trần Thị Mẹ Mẫu"]);
  });

  it("on so many devices at most: the one unused for longest gives way", async () => {
    const parent = await withCard();
    const handles: string[] = [];
    for (let n = 0; n <= DEVICES_MOST; n += 1) {
      house.clock.moveTo(new Date(now().getTime() + 60_000));
      handles.push((await keep(await again(house, parent))).handle);
    }
    expect(await devices(parent)).toHaveLength(DEVICES_MOST);
    expect([await isKept(handles[0] ?? ""), await isKept(handles.at(-1) ?? "")]).toEqual([false, true]);
  });
});

describe("the pages", () => {
  it("say what is kept, list the device among the others, and end it", async () => {
    const parent = await withCard();
    const browser = browserOn(() => house.app);
    browser.cookies.set("vssid_session", parent.token);
    expect(visible((await browser.get("/app/keep")).body)).toContain("cần JavaScript");
    await keep(parent);
    expect(visible((await browser.get("/app/keep")).body)).toContain("Máy này đang giữ thẻ.");
    const listed = await browser.get("/account/devices");
    expect(visible(listed.body)).toContain("Máy đang giữ thẻ");
    const device = /name="device" value="([^"]+)"/.exec(listed.body)?.[1] ?? "";
    const gone = await browser.fill("/account/devices", { device }, "/account/devices/card");
    expect(gone.headers.location).toBe("/account/devices");
    expect(await devices(parent)).toEqual([]);
    await keep(parent);
    const stopped = await browser.fill("/app/keep", {}, "/app/keep/removal");
    expect(stopped.headers["clear-site-data"]).toBe('"storage"');
    expect(await devices(parent)).toEqual([]);
  });

  it("end notices on the device with the card, for the browser forgets both, and say so; on others they stay", async () => {
    const parent = await withCard();
    const other = await again(house, parent);
    const turnOn = (citizen: Citizen) =>
      subscribe(house, citizen, { subscription: aSubscription(), label: "Chrome", now: now() });
    await turnOn(other.citizen);
    const elsewhere = await devicesOf(house.db, [parent.personId]);
    await turnOn(parent.citizen);
    await keep(parent);
    const browser = browserOn(() => house.app);
    browser.cookies.set("vssid_session", parent.token);
    await browser.fill("/app/keep", {}, "/app/keep/removal");
    expect(visible((await browser.get("/app/keep")).body)).toContain("Thông báo trên máy này cũng tắt theo");
    expect(await devices(parent)).toEqual([]);
    expect(await devicesOf(house.db, [parent.personId])).toEqual(elsewhere);
    expect(visible((await browser.get("/account/push")).body)).not.toContain("Máy này đang nhận thông báo.");
    await keep(parent);
    await browser.fill("/app/keep", {}, "/app/keep/removal");
    expect(visible((await browser.get("/app/keep")).body)).not.toContain("Thông báo trên máy này cũng tắt theo");
  });

  it("end it also where the telephone has lost the card by itself, which its script says, and nothing else with it", async () => {
    const parent = await withCard();
    await subscribe(house, parent.citizen, { subscription: aSubscription(), label: "Chrome", now: now() });
    await keep(parent);
    const browser = browserOn(() => house.app);
    browser.cookies.set("vssid_session", parent.token);
    expect((await browser.get("/app/keep")).body).toContain("/assets/kept");
    const answer = await browser.fill("/app/keep", { lost: "yes" }, "/app/keep/removal");
    expect(answer.headers["clear-site-data"]).toBeUndefined();
    expect(await devices(parent)).toEqual([]);
    expect(await devicesOf(house.db, [parent.personId])).toHaveLength(1);
    const page = visible((await browser.get("/app/keep")).body);
    expect(page).toContain("Thẻ không còn trên máy này. Có thể giữ lại ở trang này.");
    expect(page).toContain("Đặt mã mở thẻ");
  });

  it("let the browser forget at the sign-out what it kept, and leave other browsers alone", async () => {
    const parent = await withCard();
    const browser = browserOn(() => house.app);
    browser.cookies.set("vssid_session", parent.token);
    browser.cookies.set("vssid_kept", keptMark(house, parent.personId));
    const out = await browser.fill("/app/more", {}, "/sign-out");
    expect(out.headers["clear-site-data"]).toBe('"storage"');
    expect(browser.cookies.has("vssid_kept")).toBe(false);
    const other = await again(house, parent);
    browser.cookies.set("vssid_session", other.token);
    expect((await browser.fill("/app/more", {}, "/sign-out")).headers["clear-site-data"]).toBeUndefined();
  });

  it("leave the owner's card when somebody else signs out on the same telephone", async () => {
    const [owner, guest] = [await withCard(), await withCard()];
    const browser = browserOn(() => house.app);
    const mark = keptMark(house, owner.personId);
    browser.cookies.set("vssid_kept", mark);
    browser.cookies.set("vssid_session", guest.token);
    expect((await browser.get("/app")).body).not.toContain("/assets/renew");
    expect((await browser.fill("/app/more", {}, "/sign-out")).headers["clear-site-data"]).toBeUndefined();
    expect(browser.cookies.get("vssid_kept")).toBe(mark);
    browser.cookies.set("vssid_session", owner.token);
    expect((await browser.get("/app")).body).toContain("/assets/renew");
  });

  /** Pressed on a page that stood open until the session had idled out. */
  async function signedOutLate(parent: Parent, mark: string, forgets = false) {
    const browser = browserOn(() => house.app);
    browser.cookies.set("vssid_session", parent.token);
    browser.cookies.set("vssid_kept", mark);
    house.clock.moveTo(new Date(now().getTime() + 31 * 60_000));
    if (forgets) await house.pool.query("delete from session where person_id = $1", [parent.personId]);
    const { headers } = await browser.fill("/sign-in", {}, "/sign-out");
    expect(browser.cookies.has("vssid_session")).toBe(false);
    return { cleared: headers["clear-site-data"], mark: browser.cookies.get("vssid_kept") };
  }
  const given = { cleared: '"storage"', mark: undefined };

  it("give it up at the sign-out also after the session has ended by itself, the notices of the device with it", async () => {
    const parent = await withCard();
    await subscribe(house, parent.citizen, { subscription: aSubscription(), label: "Chrome", now: now() });
    const { handle } = await keep(parent);
    expect(await signedOutLate(parent, keptMark(house, parent.personId))).toEqual(given);
    expect(await isKept(handle)).toBe(false);
    expect(await devicesOf(house.db, [parent.personId])).toEqual([]);
  });

  it("leave the owner's card when a guest signs out whose session has ended by itself, or a member of staff", async () => {
    const [owner, guest, desk] = [await withCard(), await withCard(), await aDesk(house)];
    const { handle } = await keep(owner);
    const mark = keptMark(house, owner.personId);
    const stays = { cleared: undefined, mark };
    expect(await signedOutLate(guest, mark)).toEqual(stays);
    const opening = { scope: "full", kind: "cookie", device: "", now: now() } as const;
    const { staffId } = desk.officer;
    const { token } = await inTransaction(house.db, (tx) => openSession(tx, { staffId }, opening));
    expect(await signedOutLate({ ...guest, token }, mark)).toEqual(stays);
    expect(await isKept(handle)).toBe(true);
  });

  it("give it up at the sign-out where nothing tells any more whose session it was", async () => {
    const parent = await withCard();
    expect(await signedOutLate(parent, keptMark(house, parent.personId), true)).toEqual(given);
  });
});
