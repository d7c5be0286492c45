import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { SmsProvider } from "../db/house.ts";
import { type Delivery, startDelivery } from "./deliver.ts";
import { emptyOutbox, queue, quick, rowOf, soon } from "./notices.fixture.ts";
import { accept, type FakeSmsc, fakeSmsc, type OnSubmit, receiptOf } from "./providers.fixture.ts";
import { receiptWait } from "./rules-receipts.ts";
import { outboxState } from "./store-read.ts";
import { sweepOutbox } from "./sweep.ts";

let house: TestHouse;
let delivery: Delivery | undefined;
const centres: FakeSmsc[] = [];
beforeAll(async () => {
  house = await openTestHouse({ settings: { smtpUrl: "", smppUrl: "" } });
});
afterEach(async () => {
  await delivery?.stop();
  for (const centre of centres.splice(0)) await centre.stop();
  await emptyOutbox(house);
});
afterAll(() => house.close());

const WAIT_SECONDS = receiptWait.values[0]?.value ?? 0;
const moveSeconds = (seconds: number) => house.clock.moveTo(new Date(house.clock.now().getTime() + seconds * 1000));
const swallow: OnSubmit = accept;
const deliver: OnSubmit = (session, pdu, count) => {
  accept(session, pdu, count);
  session.deliver_sm(receiptOf(`m${count}`, "DELIVRD"));
};
const sweep = (hasOther: boolean) => sweepOutbox(house, { ...quick, hasOther, wasPutBack: false });

/** Provider a is far the heavier, so it gets the first try. */
async function start(scripts: readonly OnSubmit[], receipts = true): Promise<void> {
  for (const script of scripts) centres.push(await fakeSmsc(script));
  house.settings.smsProviders = centres.map(({ url }, at): SmsProvider => {
    return { kind: "smpp", name: "ab"[at] ?? "", weight: at === 0 ? 999 : 1, receipts, url };
  });
  delivery = startDelivery(house, quick);
}

const sent = (key: string) =>
  soon(async () => {
    const row = await rowOf(house, key);
    expect(row.state).toBe("sent");
    return row;
  });
const copyOf = (key: string) =>
  house.db.selectFrom("notice").selectAll().where("dedupe_key", "=", `${key}:sms:again`).executeTakeFirst();

describe("a text that was taken and never reported as delivered", () => {
  it("is shown as not confirmed after the wait, and goes once more through the other provider, with its password", async () => {
    await start([swallow, deliver]);
    const key = await queue(house);
    const first = await sent(key);
    moveSeconds(WAIT_SECONDS - 2);
    expect(await sweep(true)).toEqual([]);
    expect(await copyOf(key)).toBeUndefined();
    moveSeconds(3);
    await sweep(true);
    const again = await soon(async () => {
      const row = await copyOf(key);
      expect(row?.state).toBe("delivered");
      return row;
    });
    expect(again).toMatchObject({ repeat_of: first.notice_id, last_provider: "b", sealed_fields: null });
    expect([centres[0]?.submits.length, centres[1]?.submits.length]).toEqual([1, 1]);
    expect(centres[1]?.submits[0]?.text).toBe(centres[0]?.submits[0]?.text);
    const told = await rowOf(house, key);
    expect(told).toMatchObject({ state: "sent", sealed_fields: null, awaits_receipt: false });
    expect(told.unconfirmed_at).not.toBeNull();
    expect(await outboxState(house.db, house.clock.now())).toMatchObject({ unconfirmed: 1, perhapsTwice: 0, late: 0 });
    moveSeconds(WAIT_SECONDS * 3);
    await sweep(true);
    expect(centres.map(({ submits }) => submits.length)).toEqual([1, 1]);
  });

  it("goes no third time where the other provider reports nothing either", async () => {
    await start([swallow, swallow]);
    const refusal = {
      template: "declaration_refused",
      fields: { code: "BD-2222-2222", reason: "Khai lại." },
      secrets: {},
    } as const;
    const key = await queue(house, refusal);
    await sent(key);
    moveSeconds(WAIT_SECONDS + 1);
    await sweep(true);
    await soon(async () => expect((await copyOf(key))?.state).toBe("sent"));
    moveSeconds(WAIT_SECONDS * 2);
    expect(await sweep(true)).toEqual(["b"]);
    expect(await house.db.selectFrom("notice").select("notice_id").execute()).toHaveLength(2);
  });

  it("is not told again without its password, where the seal does not open", async () => {
    await start([swallow, deliver]);
    const key = await queue(house);
    const { notice_id: id } = await sent(key);
    await house.db
      .updateTable("notice")
      .set({ sealed_fields: Buffer.alloc(40) })
      .where("notice_id", "=", id)
      .execute();
    moveSeconds(WAIT_SECONDS + 1);
    await sweep(true);
    expect((await rowOf(house, key)).unconfirmed_at).not.toBeNull();
    expect(await copyOf(key)).toBeUndefined();
  });

  it("that is reported in time goes out once, and its password is gone", async () => {
    await start([deliver, deliver]);
    const key = await queue(house);
    await soon(async () => expect(await rowOf(house, key)).toMatchObject({ state: "delivered", sealed_fields: null }));
    moveSeconds(WAIT_SECONDS + 60);
    expect(await sweep(true)).toEqual([]);
    expect(await copyOf(key)).toBeUndefined();
  });

  it("and is a code is shown, and never sent twice", async () => {
    await start([swallow, deliver]);
    const code = {
      template: "one_time_code",
      class: "code",
      fields: { what: "x", minutes: 5, tell: "Không đưa cho ai" },
      secrets: { code: "4815" },
    } as const;
    const key = await queue(house, code);
    expect((await sent(key)).sealed_fields).toBeNull();
    moveSeconds(WAIT_SECONDS + 1);
    expect(await sweep(true)).toEqual(["a"]);
    expect((await rowOf(house, key)).unconfirmed_at).not.toBeNull();
    expect(await copyOf(key)).toBeUndefined();
  });

  it("by the only provider is shown, and never sent twice", async () => {
    await start([swallow]);
    const key = await queue(house);
    expect((await sent(key)).sealed_fields).toBeNull();
    moveSeconds(WAIT_SECONDS + 1);
    expect(await sweep(false)).toEqual(["a"]);
    expect(await copyOf(key)).toBeUndefined();
  });

  it("by a provider that reports nothing by contract is simply sent", async () => {
    await start([swallow, deliver], false);
    const key = await queue(house);
    expect(await sent(key)).toMatchObject({ awaits_receipt: false, sealed_fields: null });
    moveSeconds(WAIT_SECONDS + 1);
    expect(await sweep(true)).toEqual([]);
  });
});

describe("a clock that was put back", () => {
  it("does not make messages wait for the hour that it has lost", async () => {
    const key = await queue(house);
    moveSeconds(-3600);
    await start([deliver]);
    await soon(async () => expect((await rowOf(house, key)).state).toBe("delivered"));
  });
});
