import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type PushService, startPushService } from "../../test/push-service.ts";
import { aParent, type Parent } from "../guardian/guardian.fixture.ts";
import { devicesOf } from "../push/store.ts";
import { subscribe } from "../push/subscribe.ts";
import { type Delivery, startDelivery } from "./deliver.ts";
import type { NewNotice } from "./enqueue.ts";
import { attemptsOf, emptyOutbox, queue, quick, rowOf, soon } from "./notices.fixture.ts";
import { type FakeSmsc, fakeSmsc } from "./providers.fixture.ts";
import { sweepOutbox } from "./sweep.ts";

let house: TestHouse;
let service: PushService;
let centre: FakeSmsc;
let delivery: Delivery | undefined;
beforeAll(async () => {
  house = await openTestHouse({ settings: { smtpUrl: "", smppUrl: "" } });
  centre = await fakeSmsc();
  house.settings.smppUrl = centre.url;
});
afterEach(async () => {
  await delivery?.stop();
  delivery = undefined;
  await emptyOutbox(house);
  await service.stop();
});
afterAll(async () => {
  await centre.stop();
  await house.close();
});

const push = () => {
  if (!house.settings.push) throw new Error("push is off");
  return house.settings.push;
};

/** Somebody with one browser behind a fresh push service, and the messages under way from now on. */
async function start(answer?: PushService["answer"]): Promise<Parent & { device: string }> {
  service = await startPushService();
  if (answer) service.answer = answer;
  house.settings.push = { ...push(), hosts: [service.host] };
  const person = await aParent(house);
  const device = await addBrowser(person);
  delivery = startDelivery(house, quick);
  return { ...person, device };
}

async function addBrowser(person: Parent): Promise<string> {
  const { subscription } = service.browser(push().publicKey);
  const given = { subscription: JSON.stringify(subscription), label: "Chrome · Android", now: house.clock.now() };
  await subscribe(house, person.citizen, given);
  return (await devicesOf(house.db, [person.personId])).at(-1)?.subscription_id ?? "";
}

const changed = { template: "password_changed", fields: { at: "09:00 23/11/2026" }, secrets: undefined } as const;
const tell = (person: Parent, more: Partial<NewNotice> = {}) =>
  queue(house, { ...changed, personId: person.personId, phone: person.phone, ...more });
const deviceRow = (key: string, device: string) => rowOf(house, `${key}:${device}`, "push");
const becomes = (key: string, device: string, like: object) =>
  soon(async () => expect(await deviceRow(key, device)).toMatchObject(like));
const inSeconds = (seconds: number) => new Date(house.clock.now().getTime() + seconds * 1000);
const move = (seconds: number) => house.clock.moveTo(inSeconds(seconds));

describe("a notice on a device", () => {
  it("is sealed for the device, signed by us, and says no more than that something happened", async () => {
    const person = await start();
    const key = await tell(person, {
      template: "declaration_accepted",
      fields: { code: "BD-4F7K-92QX", login: "7912345678", until: "09:00 24/11/2026" },
      secrets: { password: "bake-metu-haga-4729" },
    });
    await becomes(key, person.device, { state: "sent", sealed_fields: null, fields: { code: "BD-4F7K-92QX" } });
    expect(service.faults).toEqual([]);
    expect(service.received).toHaveLength(1);
    const [{ payload, urgency, claims } = { payload: {}, urgency: "", claims: { sub: "" } }] = service.received;
    expect(payload).toMatchObject({
      title: "VssID",
      body: "Hồ sơ …92QX đã được chấp nhận. Mở ứng dụng để xem.",
      url: "/app",
      lang: "vi",
    });
    expect([urgency, claims.sub]).toEqual(["high", "mailto:vssid@example.vn"]);
    expect(JSON.stringify(payload)).not.toMatch(/4F7K|7912345678|bake|0911/);
  });

  it("comes beside the SMS in one step, and a second call of the same meaning adds neither", async () => {
    const person = await start();
    const key = await tell(person);
    await tell(person, { dedupeKey: key });
    await soon(async () => expect((await rowOf(house, key)).state).toBe("sent"));
    await becomes(key, person.device, { state: "sent" });
    expect(service.received).toHaveLength(1);
    const rows = await house.db.selectFrom("notice").select("channel").execute();
    expect(rows.map(({ channel }) => channel).sort()).toEqual(["push", "sms"]);
  });

  it("is never made of a code, nor of a message to somebody without a device", async () => {
    const person = await start();
    const other = await aParent(house);
    await tell(other);
    await tell(person, {
      template: "one_time_code",
      class: "code",
      fields: { what: "thử", minutes: 5, tell: "Không đưa cho ai" },
      secrets: { code: "123456" },
    });
    const rows = await house.db.selectFrom("notice").select("channel").execute();
    expect(rows.map(({ channel }) => channel)).toEqual(["sms", "sms"]);
  });

  it("goes to each of the person's devices once", async () => {
    const person = await start();
    await addBrowser(person);
    await tell(person);
    await soon(() => expect(new Set(service.received.map(({ browser }) => browser)).size).toBe(2));
    expect(service.received).toHaveLength(2);
  });

  it("is kept by the service until its deadline at least; a reminder takes the place of the one before", async () => {
    const person = await start();
    const warn = (days: number, more: Partial<NewNotice> = {}) =>
      tell(person, { class: "reminder", template: "password_warning", fields: { until: `0${days}/12/2026` }, ...more });
    await warn(3);
    await warn(1, { dueAt: inSeconds(3 * 86_400) });
    await tell(person);
    await soon(() => expect(service.received).toHaveLength(3));
    const [first, second] = service.received.filter(({ urgency }) => urgency === "normal");
    const [outcome] = service.received.filter(({ urgency }) => urgency === "high");
    expect(first?.topic).toBe(second?.topic);
    expect(first?.topic).not.toBe(outcome?.topic);
    expect(Math.max(first?.ttl ?? 0, second?.ttl ?? 0)).toBe(3 * 86_400);
    expect(Math.min(first?.ttl ?? 0, second?.ttl ?? 0)).toBe(86_400);
    expect(outcome?.ttl).toBe(3 * 86_400);
  });
});

describe("a push service that says", () => {
  it.each([404, 410])("%i: the device is forgotten and the message is no longer needed", async (status) => {
    const person = await start(() => ({ status }));
    const key = await tell(person);
    await becomes(key, person.device, { state: "overtaken", last_error: "push_gone" });
    expect(await devicesOf(house.db, [person.personId])).toEqual([]);
    expect(
      await house.db.selectFrom("push_endpoint").selectAll().where("person_id", "=", person.personId).execute(),
    ).toEqual([]);
    await tell(person);
    expect(service.calls).toBe(1);
  });

  it("413: the message has failed, is not tried again, and the device stays", async () => {
    const person = await start(() => ({ status: 413 }));
    const key = await tell(person);
    await becomes(key, person.device, { state: "failed", last_error: "push_413", tries: 1 });
    expect(await devicesOf(house.db, [person.personId])).toHaveLength(1);
  });

  it("429 with Retry-After: nothing goes there before that, not even another message; then each comes once", async () => {
    const person = await start((_, count) =>
      count === 1 ? { status: 429, headers: { "retry-after": "120" } } : { status: 201 },
    );
    const key = await tell(person);
    await becomes(key, person.device, { state: "queued", last_error: "push_429" });
    expect((await deviceRow(key, person.device)).next_at.getTime()).toBeGreaterThanOrEqual(inSeconds(119).getTime());
    const second = await tell(person);
    await becomes(second, person.device, { state: "queued", last_error: "push_host_out" });
    expect(service.calls).toBe(1);
    await soon(async () => expect((await rowOf(house, second)).state).toBe("sent"));
    move(125);
    await becomes(key, person.device, { state: "sent" });
    await becomes(second, person.device, { state: "sent" });
    expect(service.received).toHaveLength(2);
  });

  it("500, then takes it: tried again by the ladder", async () => {
    const person = await start((_, count) => ({ status: count === 1 ? 500 : 201 }));
    const key = await tell(person);
    await becomes(key, person.device, { state: "queued", last_error: "push_500" });
    move(10);
    await becomes(key, person.device, { state: "sent", tries: 2 });
    expect(service.received).toHaveLength(1);
  });

  it("301: nobody is followed", async () => {
    const person = await start(() => ({ status: 301, headers: { location: "http://127.0.0.1:1/" } }));
    const key = await tell(person);
    await becomes(key, person.device, { state: "failed", last_error: "push_301" });
    expect(service.calls).toBe(1);
  });

  it("nothing at all: sent once more under the same topic, and SMS have long gone", async () => {
    const person = await start((_, count) => (count === 1 ? undefined : { status: 201 }));
    const before = centre.submits.length;
    const key = await tell(person);
    for (let n = 0; n < 20; n += 1) await tell(person, { personId: undefined });
    await soon(() => expect(centre.submits.length - before).toBe(21), 2000);
    await becomes(key, person.device, { state: "unknown", last_error: "push_no_answer" });
    move(30);
    await becomes(key, person.device, { state: "sent" });
    const attempts = await attemptsOf(house, (await deviceRow(key, person.device)).notice_id);
    expect(attempts.map(({ outcome, after_unknown }) => [outcome, after_unknown])).toEqual([
      ["unknown", false],
      ["accepted", true],
    ]);
    expect(service.received).toHaveLength(1);
  });

  it("nothing to anybody: it is left alone after five, and what waits stays queued", async () => {
    const person = await start(() => undefined);
    const keys: string[] = [];
    for (let n = 0; n < 30; n += 1) keys.push(await tell(person));
    await soon(async () => {
      // Which of them were under way when the fifth went unanswered is the machine's affair.
      const rows = await Promise.all(keys.map((key) => deviceRow(key, person.device)));
      const left = rows.filter(({ last_error }) => last_error === "push_host_out");
      expect(left.length).toBeGreaterThanOrEqual(5);
      expect([...new Set(left.map(({ state }) => state))]).toEqual(["queued"]);
    }, 60_000);
    expect(service.calls).toBeLessThan(25);
  });
});

describe("just before it goes out", () => {
  it("a device that was switched off, or trusts another key, is told nothing", async () => {
    const person = await start();
    await delivery?.stop();
    const key = await tell(person);
    await house.db.updateTable("push_subscription").set({ server_key: "another" }).execute();
    delivery = startDelivery(house, quick);
    await becomes(key, person.device, { state: "overtaken", last_error: "push_stopped" });
    expect(service.calls).toBe(0);
  });

  it("a service that is on the list no longer gets nothing", async () => {
    const person = await start();
    await delivery?.stop();
    const key = await tell(person);
    house.settings.push = { ...push(), hosts: ["fcm.googleapis.com"] };
    delivery = startDelivery(house, quick);
    await becomes(key, person.device, { state: "failed", last_error: "push_host" });
    expect(service.calls).toBe(0);
  });

  it("what nobody needs to know any more is not told", async () => {
    const person = await start();
    await delivery?.stop();
    const key = await tell(person);
    move(4 * 86_400);
    delivery = startDelivery(house, quick);
    await becomes(key, person.device, { state: "overtaken", last_error: "push_outlived" });
    expect(service.calls).toBe(0);
  });

  it("without keys whatever waits for devices ends, and nobody needs to look after it", async () => {
    const person = await start();
    await delivery?.stop();
    const key = await tell(person);
    const kept = push();
    house.settings.push = undefined;
    await sweepOutbox(house, { ...quick, hasOther: false, wasPutBack: false });
    expect(await deviceRow(key, person.device)).toMatchObject({ state: "overtaken", last_error: "push_off" });
    expect((await rowOf(house, key)).state).toBe("queued");
    house.settings.push = kept;
  });
});
