import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { SmsProvider } from "../db/house.ts";
import { type Delivery, startDelivery } from "./deliver.ts";
import { callbackUrl } from "./hooks.ts";
import { attemptsOf, emptyOutbox, queue, quick, rowOf, soon } from "./notices.fixture.ts";
import { accept, type FakeSmsc, fakeSmsc, type OnSubmit } from "./providers.fixture.ts";

let house: TestHouse;
let delivery: Delivery | undefined;
const centres: FakeSmsc[] = [];
beforeAll(async () => {
  house = await openTestHouse({ settings: { smtpUrl: "", smppUrl: "" } });
});
afterEach(async () => {
  await delivery?.stop();
  delivery = undefined;
  for (const centre of centres.splice(0)) await centre.stop();
  await emptyOutbox(house);
});
afterAll(() => house.close());

interface Start {
  weights?: [number, number];
  /** A tenth of the time between two tries, where nothing else takes time. */
  scale?: number;
}

/** Two providers of which each does what it is told. */
async function start(first: OnSubmit, second: OnSubmit, { weights = [50, 50], scale = 1 }: Start = {}) {
  const [a, b] = [await fakeSmsc(first), await fakeSmsc(second)];
  centres.push(a, b);
  house.settings.smsProviders = [a, b].map(({ url }, at): SmsProvider => {
    return { kind: "smpp", name: "ab"[at] ?? "", weight: weights[at] ?? 1, receipts: true, url };
  });
  delivery = startDelivery(house, { ...quick, stepMs: 50, scale });
  return [a, b] as const;
}

async function queued(count: number): Promise<string[]> {
  const keys: string[] = [];
  for (let n = 0; n < count; n += 1) keys.push(await queue(house));
  return keys;
}
const allSent = (keys: readonly string[]) =>
  soon(async () => {
    const states = await Promise.all(keys.map(async (key) => (await rowOf(house, key)).state));
    expect(states.filter((state) => state !== "sent")).toEqual([]);
  }, 90_000);

const refuse: OnSubmit = (session, pdu) => void session.send(pdu.response({ command_status: 0x04 }));
const fail: OnSubmit = (session, pdu) => void session.send(pdu.response({ command_status: 0x08 }));

describe("two SMS providers", () => {
  it("share the messages by weight", async () => {
    const [a, b] = await start(accept, accept, { weights: [80, 20] });
    await allSent(await queued(100));
    expect(a.submits.length + b.submits.length).toBe(100);
    expect(a.submits.length).toBeGreaterThan(60);
    expect(b.submits.length).toBeGreaterThan(5);
  });

  it("of which one is not there: the other sends all, each once", async () => {
    const [a, b] = await start(accept, accept);
    await a.stop();
    const keys = await queued(40);
    await allSent(keys);
    expect(b.submits.length).toBe(40);
    expect(a.submits.length).toBeLessThanOrEqual(0);
  });

  it("of which one refuses everything: its messages go to the other at the next try, and it is left alone", async () => {
    const [a, b] = await start(refuse, accept, { scale: 0.1 });
    const keys = await queued(60);
    await allSent(keys);
    expect(b.submits.length).toBe(60);
    expect(a.submits.length).toBeLessThan(40);
    const later = await queued(20);
    await allSent(later);
    expect(b.submits.length).toBe(80);
  });

  it("send the second try elsewhere than the first, and say so in the attempts", async () => {
    const [a, b] = await start(fail, fail);
    const [key = ""] = await queued(1);
    await soon(async () => expect(await rowOf(house, key)).toMatchObject({ tries: 1, state: "queued" }));
    house.clock.moveTo(new Date(house.clock.now().getTime() + 8_000));
    await soon(async () => expect(await rowOf(house, key)).toMatchObject({ tries: 2, state: "queued" }));
    const attempts = await attemptsOf(house, (await rowOf(house, key)).notice_id);
    expect(new Set(attempts.map(({ provider }) => provider))).toEqual(new Set(["a", "b"]));
    expect(attempts.map(({ after_unknown }) => after_unknown)).toEqual([false, false]);
    expect(a.submits.length + b.submits.length).toBe(2);
  });

  it("of which one takes a message and never answers: it is sent once more elsewhere, and that choice is written down", async () => {
    const [a, b] = await start(() => undefined, accept, { weights: [999, 1] });
    const [key = ""] = await queued(1);
    await soon(async () => expect((await rowOf(house, key)).state).toBe("unknown"));
    expect(b.submits).toHaveLength(0);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 30_000));
    await allSent([key]);
    expect([a.submits.length, b.submits.length]).toEqual([1, 1]);
    const attempts = await attemptsOf(house, (await rowOf(house, key)).notice_id);
    expect(attempts.map(({ provider, outcome, after_unknown }) => [provider, outcome, after_unknown])).toEqual([
      ["a", "unknown", false],
      ["b", "accepted", true],
    ]);
  });
});

describe("an HTTP gateway's report of delivery", () => {
  const named = {
    kind: "gateway",
    name: "esms",
    gateway: "esms",
    weight: 1,
    receipts: true,
    url: "http://127.0.0.1:1/",
    key: "k",
  } as const;

  async function sentThrough(provider: string): Promise<string> {
    const key = await queue(house);
    const { notice_id } = await rowOf(house, key);
    await house.db
      .insertInto("notice_attempt")
      .values({ notice_id, attempt_no: 1, provider, started_at: house.clock.now() })
      .execute();
    await house.db
      .insertInto("notice_part")
      .values({ notice_id, attempt_no: 1, part_no: 1, provider, reference: "sms-1" })
      .execute();
    await house.pool.query("update notice set state = 'sent', sent_at = $1, sealed_fields = null", [house.clock.now()]);
    return key;
  }

  it("at its own address marks the message as delivered; at any other it finds nothing", async () => {
    house.settings.smsProviders = [{ ...named, secret: "s" }];
    const key = await sentThrough("esms");
    const address = callbackUrl(house, "esms").replace(house.settings.baseUrl, "");
    const wrong = await house.app.inject(`${address.slice(0, -1)}?SMSID=sms-1&SendStatus=5&SendSuccess=1`);
    expect(wrong.statusCode).toBe(404);
    const pending = await house.app.inject(`${address}?SMSID=sms-1&SendStatus=7`);
    expect([pending.statusCode, (await rowOf(house, key)).state]).toEqual([204, "sent"]);
    const told = await house.app.inject(`${address}?SMSID=sms-1&SendStatus=5&SendSuccess=1&phonenumber=0912345678`);
    expect([told.statusCode, (await rowOf(house, key)).state]).toEqual([204, "delivered"]);
  });

  it("may come by POST as JSON, twice, and changes nothing the second time", async () => {
    house.settings.smsProviders = [{ ...named, name: "spare", gateway: "speedsms", secret: "" }];
    const key = await sentThrough("spare");
    const url = callbackUrl(house, "spare").replace(house.settings.baseUrl, "");
    const payload = { type: "report", tranId: "sms-1", phone: "84912345678", status: 0 };
    for (let n = 0; n < 2; n += 1) {
      const told = await house.app.inject({ method: "POST", url, payload });
      expect(told.statusCode).toBe(204);
    }
    expect((await rowOf(house, key)).state).toBe("delivered");
  });
});
