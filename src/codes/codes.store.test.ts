import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { placesOf } from "../../test/places.ts";
import { inTransaction } from "../db/transaction.ts";
import { Invalid } from "../kernel/failures.ts";
import type { Policy } from "../kernel/policy.ts";
import { enqueue } from "../notices/enqueue.ts";
import { openSecrets } from "../notices/secrets.ts";
import { setPolicy } from "../policy/set.ts";
import { type CodeAsked, issueCode } from "./issue.ts";
import { proveCode } from "./prove.ts";
import { blockRest, codeBudget, messageCeiling, unreadInBlock, wrongMost } from "./rules.ts";
import { useCode } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const boundTo = "declaration:BD-2222-2222";
const asked = (some: Partial<CodeAsked> = {}): CodeAsked => ({
  purpose: "confirm_phone",
  boundTo,
  subject: boundTo,
  channel: "sms",
  recipient: "0912345678",
  lang: "vi",
  now: house.clock.now(),
  ...some,
});

const issue = (some: Partial<CodeAsked> = {}) => inTransaction(house.db, (tx) => issueCode(tx, house, asked(some)));

async function issued(some: Partial<CodeAsked> = {}): Promise<{ codeId: string; code: string }> {
  const sent = await issue(some);
  if (!sent) throw new Error("the budget is spent");
  return opened(sent.codeId, some.channel);
}

async function opened(codeId: string, channel = "sms"): Promise<{ codeId: string; code: string }> {
  const key = `one_time_code:${codeId}:${channel}`;
  const notice = await house.db
    .selectFrom("notice")
    .select("sealed_fields")
    .where("dedupe_key", "=", key)
    .executeTakeFirstOrThrow();
  const { code = "" } = openSecrets(house.vault, key, notice.sealed_fields ?? Buffer.alloc(0));
  return { codeId, code };
}

const prove = (codeId: string, code: string, some: { boundTo?: string; purpose?: CodeAsked["purpose"] } = {}) =>
  proveCode(house, { codeId, code, purpose: "confirm_phone", boundTo, now: house.clock.now(), ...some });

async function keyOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "right";
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return error.faults[0]?.key ?? "";
  }
}
const set = <T>(policy: Policy<T>, value: T) => setPolicy(house, policy, { value, from: "2026-11-01", by: "test" });
const otherThan = (code: string) => String((Number(code) + 1) % 1e6).padStart(6, "0");

describe("a one-time code", () => {
  it("R23: is right once proved, and does what it is for exactly once among a hundred at the same moment", async () => {
    const { codeId, code } = await issued();
    expect(await keyOf(prove(codeId, ` ${code.slice(0, 3)} ${code.slice(3)}`))).toBe("right");
    const uses = await Promise.all(
      Array.from({ length: 100 }, () => inTransaction(house.db, (tx) => useCode(tx, codeId, house.clock.now()))),
    );
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await keyOf(prove(codeId, code))).toBe("code_ended");
  });

  it("opens nothing for another request or another purpose", async () => {
    const { codeId, code } = await issued();
    expect(await keyOf(prove(codeId, code, { boundTo: "declaration:BD-3333-3333" }))).toBe("code_ended");
    expect(await keyOf(prove(codeId, code, { purpose: "confirm_email" }))).toBe("code_ended");
    expect(await keyOf(prove("no id at all", code))).toBe("code_ended");
    expect(await keyOf(prove(codeId, code))).toBe("right");
  });

  it("C15: is right at the third try as at the first", async () => {
    const { codeId, code } = await issued();
    for (let n = 0; n < 2; n += 1) expect(await keyOf(prove(codeId, otherThan(code)))).toBe("code_wrong");
    expect(await keyOf(prove(codeId, code))).toBe("right");
  });

  it("C15: of a right and a wrong one at the same moment, at the last try, one is looked at", async () => {
    const { codeId, code } = await issued();
    for (let n = 0; n < 2; n += 1) await keyOf(prove(codeId, otherThan(code)));
    const said = await Promise.all([keyOf(prove(codeId, code)), keyOf(prove(codeId, otherThan(code)))]);
    expect(said[1]).toBe("code_ended");
    // The wrong one took the last try: then the right one was not looked at, and never will be.
    if (said[0] !== "right") {
      expect(said[0]).toBe("code_ended");
      expect(await keyOf(prove(codeId, code))).toBe("code_ended");
    }
  });

  it("ends after three wrong tries, and of eight at the same moment three are looked at", async () => {
    const { codeId, code } = await issued();
    const said = await Promise.all(Array.from({ length: 8 }, () => keyOf(prove(codeId, otherThan(code)))));
    expect(said.filter((key) => key === "code_wrong")).toHaveLength(2);
    expect(await keyOf(prove(codeId, code))).toBe("code_ended");
  });

  it("ends after five minutes, and when a newer one was sent for the same request", async () => {
    const first = await issued();
    const second = await issued();
    expect(await keyOf(prove(first.codeId, first.code))).toBe("code_ended");
    house.clock.moveTo(new Date(house.clock.now().getTime() + 5 * 60_000));
    expect(await keyOf(prove(second.codeId, second.code))).toBe("code_ended");
  });

  it("is not sent when the telephone, the file or the whole system has had its share", async () => {
    for (let at = 0; at < 3; at += 1) expect(await issue({ boundTo: `declaration:${at}` })).toBeDefined();
    expect(await issue()).toBeUndefined();
    for (let at = 0; at < 2; at += 1) expect(await issue({ recipient: `0900${at}00000` })).toBeDefined();
    expect(await issue({ recipient: "0900900000" })).toBeUndefined();
    await set(codeBudget, { subjectADay: 100, recipientAnHour: 100, allAnHour: 5 });
    expect(await issue({ recipient: "0900900000", subject: "person:9", boundTo: "session:9" })).toBeUndefined();
  });

  it("cannot be read in the database, nor can its recipient", async () => {
    const { code } = await issued();
    expect(await placesOf(house, code)).toEqual([]);
    expect(await placesOf(house, "0912345678")).toEqual(["public.notice"]);
  });

  it("T10: has one try instead of three once guessing all over the system has spent its budget", async () => {
    await set(wrongMost, 4);
    for (let n = 0; n < 2; n += 1) {
      const { codeId, code } = await issued({ recipient: `0912${n}45000`, boundTo: `session:${n}` });
      for (let at = 0; at < 2; at += 1)
        expect(await keyOf(prove(codeId, otherThan(code), { boundTo: `session:${n}` }))).toBe("code_wrong");
    }
    const late = await issued({ recipient: "0987154321", subject: "person:5", boundTo: "session:5" });
    const honest = await issued({ recipient: "0987254321", subject: "person:6", boundTo: "session:6" });
    expect(await keyOf(prove(late.codeId, otherThan(late.code), { boundTo: "session:5" }))).toBe("code_ended");
    expect(await keyOf(prove(late.codeId, late.code, { boundTo: "session:5" }))).toBe("code_ended");
    expect(await keyOf(prove(honest.codeId, honest.code, { boundTo: "session:6" }))).toBe("right");
    house.clock.moveTo(new Date(house.clock.now().getTime() + 61 * 60_000));
    const after = await issued({ recipient: "0987354321", subject: "person:7", boundTo: "session:7" });
    expect(await keyOf(prove(after.codeId, otherThan(after.code), { boundTo: "session:7" }))).toBe("code_wrong");
  });
});

/** Of people whose telephones lie in one block. */
const at = (n: number) => ({
  recipient: `0912345${String(n).padStart(3, "0")}`,
  subject: `p:${n}`,
  boundTo: `s:${n}`,
});

describe("R34, T9: somebody who makes the system send messages", () => {
  it("gets none to a foreign or fixed number", async () => {
    for (const recipient of ["+14155552671", "02838123456", "19009068"]) {
      expect(await issue({ recipient, subject: recipient, boundTo: recipient })).toBeUndefined();
    }
    expect(await house.db.selectFrom("notice").select("notice_id").execute()).toHaveLength(0);
  });

  it("gets few telephones to ring: of fifty blocks asked through again and again each one, while others of the prefix read theirs in", async () => {
    let sent = 0;
    let served = 0;
    for (let n = 0; n < 500; n += 1) {
      const recipient = `09123${String(n % 50).padStart(2, "0")}${String(n).padStart(3, "0")}`;
      if (await issue({ recipient, subject: `person:${n}`, boundTo: `session:${n}` })) sent += 1;
      if (n % 5 > 0) continue;
      const bound = `session:${1000 + n}`;
      const honest = { recipient: `0912${500 + n / 5}123`, subject: `person:${1000 + n}`, boundTo: bound };
      const { codeId, code } = await issued(honest);
      if ((await keyOf(prove(codeId, code, { boundTo: bound }))) === "right") served += 1;
    }
    expect(sent).toBe(50);
    expect(served).toBe(100);
  });

  it("gets no second code to a telephone either, once three blocks of its prefix have held somebody back", async () => {
    const first = (block: number) => ({
      recipient: `09123${block}0001`,
      subject: `person:${block}`,
      boundTo: `a:${block}`,
    });
    const other = (block: number) => ({
      recipient: `09123${block}0002`,
      subject: `other:${block}`,
      boundTo: `b:${block}`,
    });
    for (let block = 0; block < 4; block += 1) expect(await issue(first(block))).toBeDefined();
    expect(await issue(other(0))).toBeUndefined();
    expect(await issue(other(1))).toBeUndefined();
    expect(await issue(first(3))).toBeDefined();
    expect(await issue(other(2))).toBeUndefined();
    expect(await issue(first(3))).toBeUndefined();
    expect(await issue({ recipient: "0912790001", subject: "person:9", boundTo: "c:9" })).toBeDefined();
  });

  it("begins a block's rest anew with each asking; a block that is left alone opens after a quarter of an hour", async () => {
    const later = (minutes: number) => house.clock.moveTo(new Date(house.clock.now().getTime() + minutes * 60_000));
    expect(await issue(at(1))).toBeDefined();
    for (let n = 2; n < 5; n += 1) {
      later(10);
      expect(await issue(at(n))).toBeUndefined();
    }
    later(16);
    expect(await issue(at(5))).toBeDefined();
  });

  it("holds nothing back where the operator gives no rest, whatever the clock was before", async () => {
    await set(blockRest, 0);
    expect(await issue(at(1))).toBeDefined();
    house.clock.moveTo(new Date(house.clock.now().getTime() - 60_000));
    expect(await issue(at(2))).toBeDefined();
  });

  it("holds no one back who is signed in and proves a telephone of their own", async () => {
    expect(await issue(at(1))).toBeDefined();
    expect(await issue(at(2))).toBeUndefined();
    expect(await issue({ ...at(3), purpose: "prove_self" })).toBeDefined();
  });

  it("lets colleagues with numbers in a row through: one, then two, then six, as they read theirs in", async () => {
    let waiting = Array.from({ length: 12 }, (_, n) => n);
    const rounds: number[] = [];
    while (waiting.length > 0) {
      const got: { n: number; codeId: string; code: string }[] = [];
      const turnedAway: number[] = [];
      for (const n of waiting) {
        const sent = await issue(at(n));
        if (sent) got.push({ n, ...(await opened(sent.codeId)) });
        else turnedAway.push(n);
      }
      for (const { n, codeId, code } of got)
        expect(await keyOf(prove(codeId, code, { boundTo: at(n).boundTo }))).toBe("right");
      rounds.push(got.length);
      waiting = turnedAway;
    }
    expect(rounds).toEqual([1, 2, 6, 3]);
  });

  it("leaves whoever proves themselves their own three an hour, whatever strangers sent to the telephone", async () => {
    for (let n = 0; n < 3; n += 1) await issue({ subject: `declaration:${n}`, boundTo: `declaration:${n}` });
    const hers = { purpose: "prove_self", subject: "person:7", boundTo: "session:7" } as const;
    const sent = [];
    for (let n = 0; n < 4; n += 1) sent.push((await issue(hers)) !== undefined);
    expect(sent).toEqual([true, true, true, false]);
  });

  it("gets at most twenty telephones of one block to ring even where most codes of its prefix come back", async () => {
    await set(blockRest, 0);
    let sent = 0;
    for (let n = 0; n < 30; n += 1) {
      const recipient = `0912345${String(n).padStart(3, "0")}`;
      if (await issue({ recipient, subject: `person:${n}`, boundTo: `session:${n}` })) sent += 1;
    }
    expect(sent).toBe(20);
    expect(await issue({ recipient: "0912346001", subject: "person:1001", boundTo: "session:1001" })).toBeDefined();
  });

  it("does not close a block whose people give their codes back: forty of one workplace in an hour", async () => {
    for (let n = 0; n < 40; n += 1) {
      const here = { boundTo: `session:${n}` };
      const { codeId, code } = await issued({ recipient: `09123450${n + 10}`, subject: `person:${n}`, ...here });
      expect(await keyOf(prove(codeId, code, here))).toBe("right");
    }
  });

  it("stops at the day's ceiling less what is kept for outcomes, and outcomes still go", async () => {
    await set(messageCeiling, { allADay: 9, keptForOutcomes: 5 });
    await set(unreadInBlock, 100);
    const asks = Array.from({ length: 12 }, (_, n) => n);
    const sent: unknown[] = [];
    for (const n of asks) {
      sent.push(await issue({ recipient: `09${n + 10}345678`, subject: `person:${n}`, boundTo: `session:${n}` }));
    }
    expect(sent.filter(Boolean)).toHaveLength(4);
    const outcome = await inTransaction(house.db, (tx) =>
      enqueue(tx, house.vault, {
        dedupeKey: "declaration:1:outcome",
        class: "outcome",
        template: "declaration_refused",
        lang: "vi",
        phone: "0912345678",
        fields: { code: "BD-2222-2222", reason: "Chữ ký chưa có" },
        dueAt: new Date(house.clock.now().getTime() + 15 * 60_000),
        now: house.clock.now(),
      }),
    );
    expect(outcome).toBe(1);
  });

  it("who asks for a number that nobody has spends only that number's budget", async () => {
    await set(messageCeiling, { allADay: 2, keptForOutcomes: 1 });
    for (let n = 0; n < 6; n += 1) {
      const asked = {
        recipient: "0900000000",
        subject: `bhxh:999999999${n}`,
        boundTo: `recovery:${n}`,
        isReached: false,
      };
      expect(await issue(asked)).toBeDefined();
    }
    expect(await issue()).toBeDefined();
    expect(await house.db.selectFrom("notice").select("notice_id").execute()).toHaveLength(1);
  });
});
