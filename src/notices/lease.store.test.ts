import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { startDelivery } from "./deliver.ts";
import { attemptsOf, emptyOutbox, everything, queue, quick, rowOf, soon } from "./notices.fixture.ts";
import { accept, fakeSmsc } from "./providers.fixture.ts";
import { matchEarlyReceipts, takeReceipts } from "./receipts.ts";
import { type Claim, claim, endChannel, type MarkRow, mark } from "./store.ts";
import { sweepOutbox } from "./sweep.ts";

const sweeping = { ...quick, hasOther: false, wasPutBack: false };
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ settings: { smtpUrl: "", smppUrl: "" } });
});
afterEach(() => emptyOutbox(house));
afterAll(() => house.close());

const inSeconds = (seconds: number) => new Date(house.clock.now().getTime() + seconds * 1000);
const move = (seconds: number) => house.clock.moveTo(inSeconds(seconds));

function want(changes: Partial<Claim> = {}): Claim {
  return {
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
  };
}

const sentMark = (noticeId: string, fence: number, references: string[] = []): MarkRow => ({
  notice_id: noticeId,
  provider: "smpp:test",
  fence,
  outcome: "accepted",
  error: null,
  references,
  state: "sent",
  next_at: house.clock.now(),
  tries: 1,
  wipes_secret: true,
  awaits_receipt: false,
});
const write = async (row: MarkRow) => (await mark(house.db, [row], house.clock.now())).moved;

describe("a lease", () => {
  it("is given to one sender only, whoever asks at the same time", async () => {
    for (let n = 0; n < 40; n += 1) await queue(house);
    const claims = await Promise.all(["a", "b", "c", "d"].map((owner) => claim(house.db, want({ owner, limit: 10 }))));
    const ids = claims.flat().map((row) => row.notice_id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await claim(house.db, want({ limit: 40 }))).toHaveLength(40 - ids.length);
  });

  it("writes the attempt before the call: a sender that dies leaves its trace", async () => {
    const key = await queue(house);
    await claim(house.db, want());
    const row = await rowOf(house, key);
    expect(row).toMatchObject({ state: "sending", lease_owner: "a", fence: 1, tries: 1 });
    expect(await attemptsOf(house, row.notice_id)).toMatchObject([{ attempt_no: 1, outcome: null, ended_at: null }]);
  });

  it("of a message that is gone holds up no mark of the others", async () => {
    const key = await queue(house);
    const [claimed] = await claim(house.db, want());
    if (!claimed) throw new Error("nothing was claimed");
    const rows = [sentMark("999999999", 1, ["r0"]), sentMark(claimed.notice_id, 1, ["r1"])];
    const { moved } = await mark(house.db, rows, house.clock.now());
    expect(moved).toBe(1);
    expect(await rowOf(house, key)).toMatchObject({ state: "sent" });
  });

  it("of a killed sender runs out after 30 seconds, and another one sends the message", async () => {
    const key = await queue(house);
    await claim(house.db, want({ owner: "killed" }));
    expect(await claim(house.db, want({ owner: "b", now: inSeconds(29) }))).toHaveLength(0);
    move(31);
    const smsc = await fakeSmsc(accept);
    house.settings.smppUrl = smsc.url;
    const delivery = startDelivery(house, quick);
    await soon(async () => expect((await rowOf(house, key)).state).toBe("sent"));
    await delivery.stop();
    await smsc.stop();
    house.settings.smppUrl = "";
    expect(smsc.submits).toHaveLength(1);
    expect(await attemptsOf(house, (await rowOf(house, key)).notice_id)).toMatchObject([
      { attempt_no: 1, outcome: "unknown", error: "lease_ended" },
      { attempt_no: 2, outcome: "accepted" },
    ]);
  });

  it("that has ended gives no right to mark: the late mark is refused, only its attempt learns the truth", async () => {
    const key = await queue(house);
    const [early] = await claim(house.db, want({ owner: "paused" }));
    move(60);
    const [second] = await claim(house.db, want({ owner: "b" }));
    expect(second?.fence).toBe(2);
    expect(await write(sentMark(early?.notice_id ?? "", 1, ["r1"]))).toBe(0);
    expect(await rowOf(house, key)).toMatchObject({ state: "sending", lease_owner: "b", fence: 2, sent_at: null });
    expect(await attemptsOf(house, early?.notice_id ?? "")).toMatchObject([{ outcome: "accepted" }, { outcome: null }]);
  });

  it("whose late message was delivered after all makes it delivered, and the second sender's mark changes nothing", async () => {
    const key = await queue(house);
    const [early] = await claim(house.db, want());
    move(60);
    const [second] = await claim(house.db, want({ owner: "b" }));
    await write(sentMark(early?.notice_id ?? "", 1, ["r1"]));
    await takeReceipts(house, [{ provider: "smpp:test", reference: "r1", receipt: "delivered", detail: null }]);
    expect(await rowOf(house, key)).toMatchObject({ state: "delivered", sealed_fields: null, lease_owner: null });
    expect(await write(sentMark(second?.notice_id ?? "", 2, ["r2"]))).toBe(0);
    await takeReceipts(house, [{ provider: "smpp:test", reference: "r2", receipt: "undelivered", detail: null }]);
    expect((await rowOf(house, key)).state).toBe("delivered");
  });

  it("is not taken twice by one process, even when its clock was moved by a day", async () => {
    await queue(house);
    const [mine] = await claim(house.db, want());
    const tomorrow = want({ now: inSeconds(86_400), leaseUntil: inSeconds(86_430), inFlight: [mine?.notice_id ?? ""] });
    expect(await claim(house.db, tomorrow)).toHaveLength(0);
  });
});

describe("the order of leaving", () => {
  it("is by lane and then by deadline: outcomes and codes, reminders, campaigns", async () => {
    const dueIn = (seconds: number) => ({ dueAt: inSeconds(seconds) });
    const campaign = await queue(house, { class: "campaign", ...dueIn(10) });
    const reminder = await queue(house, { class: "reminder", ...dueIn(20) });
    const relaxed = await queue(house, { class: "outcome", ...dueIn(900) });
    const hasty = await queue(house, { class: "code", ...dueIn(60) });
    const order = (await claim(house.db, want())).map((row) => row.dedupe_key);
    expect(order).toEqual([hasty, relaxed, reminder, campaign].map((key) => `${key}:sms`));
  });

  it("leaves half of the window to urgent messages, however many campaign messages wait", async () => {
    let open = 0;
    let mostBulk = 0;
    const smsc = await fakeSmsc((session, pdu, count) => {
      open += 1;
      mostBulk = Math.max(mostBulk, open);
      setTimeout(() => {
        open -= 1;
        accept(session, pdu, count);
      }, 30);
    });
    for (let n = 0; n < 60; n += 1) await queue(house, { class: "campaign", dueAt: inSeconds(86_400) });
    house.settings.smppUrl = smsc.url;
    const delivery = startDelivery(house, quick);
    await soon(() => expect(smsc.submits.length).toBe(60));
    await delivery.stop();
    await smsc.stop();
    house.settings.smppUrl = "";
    expect(mostBulk).toBeLessThanOrEqual(8);
  });

  it("two workers send 200 messages once each", async () => {
    const smsc = await fakeSmsc(accept);
    for (let n = 0; n < 200; n += 1)
      await queue(house, { fields: { code: `BD-${n}`, login: "7912345678", until: "09:00 24/11/2026" } });
    house.settings.smppUrl = smsc.url;
    const workers = [startDelivery(house, quick), startDelivery(house, quick)];
    const left = () => house.db.selectFrom("notice").select("notice_id").where("state", "<>", "sent").execute();
    await soon(async () => expect(await left()).toHaveLength(0));
    await Promise.all(workers.map((worker) => worker.stop()));
    await smsc.stop();
    house.settings.smppUrl = "";
    expect(new Set(smsc.submits.map(({ text }) => text)).size).toBe(200);
    expect(smsc.submits).toHaveLength(200);
  });
});

describe("what the sweep does", () => {
  it("ends a code past its time unsent, and its secret goes", async () => {
    const code = {
      template: "one_time_code",
      class: "code",
      fields: { what: "đặt lại mật khẩu", minutes: 5, tell: "Không đưa cho ai" },
      secrets: { code: "48159263" },
    } as const;
    const key = await queue(house, { ...code, dueAt: inSeconds(300) });
    move(301);
    expect(await claim(house.db, want())).toHaveLength(0);
    await sweepOutbox(house, sweeping);
    expect(await rowOf(house, key)).toMatchObject({ state: "failed", last_error: "outlived", sealed_fields: null });
  });

  it("whose sender died over it ends with its time, too, and takes its secret along", async () => {
    const dueAt = inSeconds(60);
    const key = await queue(house, { class: "code", dueAt });
    await claim(house.db, want());
    move(61);
    await sweepOutbox(house, sweeping);
    expect(await rowOf(house, key)).toMatchObject({ state: "failed", last_error: "outlived", sealed_fields: null });
  });

  it("matches a receipt that crossed the answer to its own message in two transactions", async () => {
    const key = await queue(house);
    const [mine] = await claim(house.db, want());
    await write(sentMark(mine?.notice_id ?? "", 1, ["r9"]));
    await house.pool.query(
      "insert into notice_receipt (provider, reference, receipt, arrived_at) values ('smpp:test', 'r9', 'delivered', $1)",
      [house.clock.now()],
    );
    expect((await rowOf(house, key)).state).toBe("sent");
    expect(await matchEarlyReceipts(house)).toBe(1);
    expect((await rowOf(house, key)).state).toBe("delivered");
    expect(await matchEarlyReceipts(house)).toBe(0);
  });

  it("wipes the secret of a failed message after three days, when a resend is of no use any more", async () => {
    const key = await queue(house);
    const [mine] = await claim(house.db, want());
    await write({ ...sentMark(mine?.notice_id ?? "", 1), outcome: "refused", state: "failed", wipes_secret: false });
    move(71 * 3600);
    await sweepOutbox(house, sweeping);
    expect((await rowOf(house, key)).sealed_fields).not.toBeNull();
    move(2 * 3600);
    await sweepOutbox(house, sweeping);
    expect((await rowOf(house, key)).sealed_fields).toBeNull();
  });

  it("wipes the secret of a message whose way was closed after three days as well", async () => {
    const key = await queue(house);
    await endChannel(house.db, "sms", house.clock.now());
    expect(await rowOf(house, key)).toMatchObject({ state: "overtaken", sealed_fields: expect.any(Buffer) });
    move(73 * 3600);
    await sweepOutbox(house, sweeping);
    expect((await rowOf(house, key)).sealed_fields).toBeNull();
  });
});

describe("a text in parts", () => {
  it("is delivered only when each part is, however their receipts meet", async () => {
    const key = await queue(house);
    const [mine] = await claim(house.db, want());
    await write(sentMark(mine?.notice_id ?? "", 1, ["p1", "p2"]));
    const came = (reference: string) =>
      takeReceipts(house, [{ provider: "smpp:test", reference, receipt: "delivered", detail: null }]);
    await came("p2");
    expect((await rowOf(house, key)).state).toBe("sent");
    await Promise.all([came("p1"), came("p2"), came("p1")]);
    expect((await rowOf(house, key)).state).toBe("delivered");
  });

  it("of which one part is lost is failed", async () => {
    const key = await queue(house);
    const [mine] = await claim(house.db, want());
    await write(sentMark(mine?.notice_id ?? "", 1, ["p1", "p2"]));
    await takeReceipts(house, [{ provider: "smpp:test", reference: "p1", receipt: "delivered", detail: null }]);
    await takeReceipts(house, [
      { provider: "smpp:test", reference: "p2", receipt: "undelivered", detail: "EXPIRED 001" },
    ]);
    expect(await rowOf(house, key)).toMatchObject({ state: "failed", last_error: "undelivered" });
  });
});

describe("what the database refuses by itself", () => {
  it.each([
    ["a deadline before creation", "update notice set due_at = created_at"],
    ["a deadline years away", "update notice set due_at = created_at + interval '2 years'"],
    ["sent without a time", "update notice set state = 'sent', sealed_fields = null"],
    ["sent with its secret still there", "update notice set state = 'sent', sent_at = created_at"],
    ["sending without a lease", "update notice set state = 'sending'"],
    ["failed without an end", "update notice set state = 'failed'"],
  ])("%s", async (_, statement) => {
    await queue(house);
    await expect(house.pool.query(statement)).rejects.toThrow(/violates check constraint "notice_/);
  });
});
