import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { startDelivery } from "./deliver.ts";
import { attemptsOf, emptyOutbox, everything, queue, quick, rowOf, soon } from "./notices.fixture.ts";
import { accept, type FakeSmsc, fakeSmsc } from "./providers.fixture.ts";
import { SUSPECT_AFTER } from "./rules-suspects.ts";
import { type Claim, claim, mark, requeue } from "./store.ts";
import { hasSuspect, isolateKillers } from "./store-suspects.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ settings: { smtpUrl: "", smppUrl: "" } });
});
afterEach(() => emptyOutbox(house));
afterAll(() => house.close());

const inSeconds = (seconds: number) => new Date(house.clock.now().getTime() + seconds * 1000);

const want = (changes: Partial<Claim> = {}): Claim => ({
  channel: "sms",
  lanes: [1, 3],
  limit: 16,
  owner: "a",
  provider: "smpp:test",
  now: house.clock.now(),
  leaseUntil: inSeconds(30),
  inFlight: [],
  share: everything,
  mayTakeOver: true,
  suspects: false,
  ...changes,
});
const suspects = (changes: Partial<Claim> = {}) => want({ suspects: true, limit: 1, ...changes });

/** A sender leases and is heard of no more; then its lease is over. */
async function die(as: Claim): Promise<string[]> {
  const rows = await claim(house.db, as);
  house.clock.moveTo(inSeconds(31));
  return rows.map(({ notice_id }) => notice_id);
}

async function caught(): Promise<string> {
  const key = await queue(house);
  await die(want());
  await die(want());
  await die(suspects());
  return key;
}

describe("a message whose sender died twice in a row", () => {
  it("goes alone; what answers is a suspect no more, and what kills a third time is isolated, only that", async () => {
    for (let n = 0; n < 10; n += 1) await queue(house);
    expect([(await die(want())).length, await hasSuspect(house.db, suspects())]).toEqual([10, false]);
    expect([(await die(want())).length, await hasSuspect(house.db, suspects())]).toEqual([10, true]);
    expect(await claim(house.db, want())).toHaveLength(0);
    const [innocent] = await claim(house.db, suspects());
    await mark(house.db, [later(innocent?.notice_id ?? "")], house.clock.now());
    const [killer = ""] = await die(suspects());
    expect(killer).not.toBe(innocent?.notice_id);
    expect((await claim(house.db, want())).map(({ notice_id }) => notice_id)).toEqual([innocent?.notice_id]);
    expect(await isolateKillers(house.db, want())).toEqual([killer]);
    expect(await isolateKillers(house.db, want())).toEqual([]);
    const failed = house.db.selectFrom("notice").select(["notice_id", "last_error"]).where("state", "=", "failed");
    expect(await failed.execute()).toEqual([{ notice_id: killer, last_error: "isolated" }]);
    expect((await attemptsOf(house, killer)).map(({ error }) => error)).toEqual(Array(3).fill("lease_ended"));
  });

  it("is not isolated while its lease lasts, while this process has it, or just after the clock was set", async () => {
    const key = await caught();
    const { notice_id: id } = await rowOf(house, key);
    const early = new Date(house.clock.now().getTime() - 2000);
    for (const not of [{ now: early }, { inFlight: [id] }, { mayTakeOver: false }]) {
      expect(await isolateKillers(house.db, want(not))).toEqual([]);
    }
    expect(await isolateKillers(house.db, want())).toEqual([id]);
  });

  it("keeps the secret of a result for a resend once it is isolated, and none of a code", async () => {
    for (const [kind, isKept] of [
      ["outcome", true],
      ["code", false],
    ] as const) {
      const key = await caught();
      await house.pool.query("update notice set class = $2 where dedupe_key like $1 || '%'", [key, kind]);
      expect(await isolateKillers(house.db, want())).toHaveLength(1);
      expect((await rowOf(house, key)).sealed_fields !== null, kind).toBe(isKept);
    }
  });

  it("goes alone at once when an officer sends it again", async () => {
    const key = await caught();
    await isolateKillers(house.db, want());
    const { notice_id: id } = await rowOf(house, key);
    await inTransaction(house.db, (tx) => requeue(tx, id, house.clock.now()));
    expect(await claim(house.db, want())).toHaveLength(0);
    expect(await claim(house.db, suspects())).toHaveLength(1);
  });
});

const later = (noticeId: string) => ({
  notice_id: noticeId,
  provider: "smpp:test",
  fence: 3,
  outcome: "later",
  error: "no_line",
  references: [],
  state: "queued",
  next_at: house.clock.now(),
  tries: 3,
  wipes_secret: false,
  awaits_receipt: false,
});

describe("a sender with suspects", () => {
  it("has nothing else under way beside one, at any provider, and still sends everything", async () => {
    let open = 0;
    const beside: number[] = [];
    const suspectPhone = "0912000111";
    const slowly = (smsc: () => FakeSmsc | undefined) =>
      fakeSmsc((session, pdu, count) => {
        open += 1;
        if (smsc()?.submits.at(-1)?.to.endsWith(suspectPhone.slice(1))) beside.push(open);
        setTimeout(() => {
          open -= 1;
          accept(session, pdu, count);
        }, 20);
      });
    let [a, b]: FakeSmsc[] = [];
    a = await slowly(() => a);
    b = await slowly(() => b);
    const keys: string[] = [];
    for (let n = 0; n < 4; n += 1) keys.push(await queue(house, { phone: suspectPhone }));
    await house.db.updateTable("notice").set({ unanswered: SUSPECT_AFTER, state: "queued" }).execute();
    for (let n = 0; n < 60; n += 1) keys.push(await queue(house));
    house.settings.smsProviders = [a, b].map(({ url }, at) => {
      return { kind: "smpp", name: "ab"[at] ?? "", weight: 50, receipts: false, url };
    });
    const delivery = startDelivery(house, { ...quick, scale: 0.1, leaseMs: 300_000 });
    const left = () => house.db.selectFrom("notice").select("notice_id").where("state", "<>", "sent").execute();
    await soon(async () => expect(await left()).toHaveLength(0));
    await delivery.stop();
    await Promise.all([a.stop(), b.stop()]);
    house.settings.smsProviders = [];
    expect(beside).toEqual([1, 1, 1, 1]);
  });
});
