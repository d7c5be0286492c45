import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDb, createPool } from "../../src/db/pool.ts";
import { anyone, type Staff } from "../../src/kernel/actor.ts";
import { Failure } from "../../src/kernel/failures.ts";
import { confirm } from "../../src/registration/confirm.ts";
import { lapse } from "../../src/registration/lapse.ts";
import { lapseDue } from "../../src/registration/lapse-due.ts";
import { redeclare } from "../../src/registration/redeclare.ts";
import { remindDue } from "../../src/registration/remind-due.ts";
import { type Declaration, eventsOf, getByCode } from "../../src/registration/store.ts";
import { withdraw } from "../../src/registration/withdraw.ts";
import { accept } from "../../src/review/accept.ts";
import { aConfirmed, aReceived, aStaff, countOf, itsPerson, sameAsDeclared } from "../../src/review/counter.fixture.ts";
import { receive } from "../../src/review/receive.ts";
import { refuse } from "../../src/review/refuse.ts";
import { dice } from "../dice.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

/**
 * Many at once on one file, on both databases: one outcome, one account at most, one set of messages. The seed of each
 * round is in its complaint; VSSID_SEED draws other orders, VSSID_RACES more rounds at the last moment.
 */
const SEED = Number(process.env.VSSID_SEED ?? 330);
const RACES = Number(process.env.VSSID_RACES ?? 60);
const END = new Date("2026-12-03T17:00:00Z");
const lastInstant = new Date(END.getTime() - 1);

let house: TestHouse;
let close: () => Promise<void>;
let lan: Staff;
let minh: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  // As many connections as a busy office; the rest of the two hundred wait in line.
  const pool = createPool(house.connection, { log: house.log, size: 24, statementTimeoutMs: 30_000 });
  Object.assign(house, { pool, db: createDb(pool) });
  const own = house.close;
  close = async () => {
    await pool.end();
    await own();
  };
  lan = await aStaff(house, "Trần Thị Lan");
  minh = await aStaff(house, "Lê Văn Minh");
});
afterAll(() => close());

/** The same house at another moment: each of those who race has a watch of their own. */
const at = (now: Date): TestHouse => ({ ...house, clock: { now: () => now } as TestHouse["clock"] });

type Attempt = [what: string, run: () => Promise<unknown>];

/** All at once; answers what succeeded. Whoever loses is told so in words, never by a fault of ours. */
async function race(attempts: readonly Attempt[]): Promise<string[]> {
  const done = await Promise.allSettled(attempts.map(async ([what, run]) => [what, await run()] as const));
  for (const one of done) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(Failure);
  return done.flatMap((one) => (one.status === "fulfilled" ? [one.value[0]] : []));
}

const times = (count: number, what: string, run: () => Promise<unknown>): Attempt[] =>
  Array.from({ length: count }, () => [what, run]);

const release = () =>
  house.pool.query("update declaration set held_by = null, held_since = null where held_by is not null");
const sentence = { grounds: ["form_not_signed"], sentence: "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp." };

async function endsOf(id: string): Promise<string[]> {
  const ends = new Set(["accepted", "refused", "withdrawn", "lapsed"]);
  return (await eventsOf(house.db, id)).map(({ kind }) => kind).filter((kind) => ends.has(kind));
}

/** Channels told, by template: twice the same is a message too many. */
async function toldOf(id: string): Promise<string[]> {
  const rows = await house.db
    .selectFrom("notice")
    .select(["template", "channel"])
    .where("declaration_id", "=", id)
    .where("template", "!=", "declaration_confirmed")
    .execute();
  return rows.map(({ template, channel }) => `${template} ${channel}`).sort();
}

const both = (template: string) => [`${template} email`, `${template} sms`];

describe("two hundred at once", () => {
  it.each([1, 2, 3])("accept, refuse, withdraw and lapse a received file: one outcome (round %i)", async (round) => {
    house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
    const { id, code } = await aReceived(house, lan);
    await release();
    const mixed = dice(SEED + round).shuffled([
      ...times(50, "accepted", () => accept(house, lan, { code, note: "" })),
      ...times(50, "refused", () => refuse(house, minh, { code, ...sentence })),
      ...times(50, "withdrawn", () => withdraw(house, { code, actor: anyone, now: house.clock.now() })),
      ...times(50, "left", () => lapse(house, id, END)),
    ]);
    const won = (await race(mixed)).filter((what) => what !== "left");
    const { status, personId } = await getByCode(house.db, code);
    expect(won, `seed ${SEED + round}`).toEqual([status]);
    expect(await endsOf(id)).toEqual([status]);
    expect(["accepted", "refused"]).toContain(status);
    expect(await countOf(house, "account where declaration_id = $1", id)).toBe(status === "accepted" ? 1 : 0);
    expect(await toldOf(id)).toEqual(both(`declaration_${status}`));
    if (personId) expect(await countOf(house, "account where person_id = $1", personId)).toBe(1);
  });

  it.each([1, 2, 3])(
    "receive, withdraw and lapse a file in its last instant: one outcome (round %i)",
    async (round) => {
      house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
      const file = await aConfirmed(house);
      const { id, code } = file;
      await itsPerson(house, file);
      const mixed = dice(SEED + 10 * round).shuffled([
        ...times(50, "received", () => receive(at(lastInstant), lan, code, sameAsDeclared(file))),
        ...times(50, "withdrawn", () => withdraw(house, { code, actor: anyone, now: lastInstant })),
        ...times(50, "lapse", () => lapse(house, id, END)),
        ...times(50, "accepted", () => accept(at(lastInstant), lan, { code, note: "" })),
      ]);
      const won = await race(mixed);
      await release();
      const { status, receivedAt } = await getByCode(house.db, code);
      const kinds = (await eventsOf(house.db, id)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === "received").length, `seed ${SEED + 10 * round}`).toBe(receivedAt ? 1 : 0);
      expect(await endsOf(id)).toEqual(status === "received" ? [] : [status]);
      expect(won.filter((what) => what === "received")).toHaveLength(receivedAt ? 1 : 0);
      if (status === "lapsed" || status === "withdrawn") {
        expect(receivedAt).toBeNull();
        expect(await toldOf(id)).toEqual(both(`declaration_${status}`));
      }
      expect(await countOf(house, "account where declaration_id = $1", id)).toBe(status === "accepted" ? 1 : 0);
    },
  );
});

describe("the last moment (C6)", () => {
  it(`hand-in at the counter against the sweep, ${RACES} times: a receipt means not lapsed, and the messages agree`, {
    timeout: 600_000,
  }, async () => {
    const outcomes = { received: 0, lapsed: 0 };
    for (let round = 0; round < RACES; round += 1) {
      house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
      const file = await aConfirmed(house);
      const { id, code } = file;
      await itsPerson(house, file);
      const handIn: Attempt = ["received", () => receive(at(lastInstant), lan, code, sameAsDeclared(file))];
      const sweep: Attempt = ["sweep", () => lapseDue(at(END))];
      const won = await race(dice(SEED + round).shuffled([handIn, sweep]));
      await release();
      const { status } = await getByCode(house.db, code);
      const hasReceipt = won.includes("received");
      expect([round, status]).toEqual([round, hasReceipt ? "received" : "lapsed"]);
      expect(await toldOf(id)).toEqual(hasReceipt ? [] : both("declaration_lapsed"));
      outcomes[status as keyof typeof outcomes] += 1;
      // The desk is cleared, so that the next sweep meets nothing of this round.
      await house.pool.query(
        "update declaration set status = 'refused' where declaration_id = $1 and status = 'received'",
        [id],
      );
    }
    expect(outcomes.received + outcomes.lapsed).toBe(RACES);
  });

  it("at 23:59 the printed last day is taken at the desk, at 00:00 the next sweep ends it (T4, T14)", async () => {
    house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
    const [taken, late] = [await aConfirmed(house), await aConfirmed(house)];
    const at2359 = new Date("2026-12-03T16:59:00Z");
    expect((await receive(at(at2359), lan, taken.code, sameAsDeclared(taken))).status).toBe("received");
    await release();
    expect((await lapseDue(at(lastInstant))).lapsed).toBe(0);
    expect((await lapseDue(at(END))).lapsed).toBe(1);
    expect((await getByCode(house.db, late.code)).status).toBe("lapsed");
    expect((await getByCode(house.db, taken.code)).status).toBe("received");
  });
});

describe("the same act in parallel", () => {
  const twenty = <T>(run: () => Promise<T>) => Promise.allSettled(Array.from({ length: 20 }, run));
  const now = () => house.clock.now();

  it("withdrawn by twenty presses: every one is told that it is withdrawn, one message leaves (C14)", async () => {
    house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
    const { id, code } = await aConfirmed(house);
    const pressed = await twenty(() => withdraw(house, { code, actor: anyone, now: now() }));
    expect(pressed.map((one) => one.status === "fulfilled" && one.value.status)).toEqual(
      Array.from({ length: 20 }, () => "withdrawn"),
    );
    expect(await endsOf(id)).toEqual(["withdrawn"]);
    expect(await toldOf(id)).toEqual(both("declaration_withdrawn"));
  });

  it("confirmed by twenty presses: one file, one last day, one receipt (C1)", async () => {
    const withdrawn = await aConfirmed(house);
    await withdraw(house, { code: withdrawn.code, actor: anyone, now: now() });
    const { id, code } = await redeclare(house, { code: withdrawn.code, actor: anyone, now: now() });
    const pressed = await twenty(() => confirm(house, { code, actor: anyone, now: now() }));
    const files = pressed.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(new Set(files.map((file: Declaration) => `${file.code} ${file.lapsesAt?.toISOString()}`)).size).toBe(1);
    expect(files).toHaveLength(20);
    expect((await eventsOf(house.db, id)).map(({ kind }) => kind)).toEqual(["drafted", "confirmed"]);
    expect(await countOf(house, "notice where declaration_id = $1", id)).toBe(2);
  });

  it("declared again by twenty presses: one draft, to which every press leads (C1)", async () => {
    const { code } = await aConfirmed(house);
    await withdraw(house, { code, actor: anyone, now: now() });
    const pressed = await twenty(() => redeclare(house, { code, actor: anyone, now: now() }));
    expect(new Set(pressed.map((one) => one.status === "fulfilled" && one.value.code)).size).toBe(1);
  });

  it("received by twenty presses of two officers: one reception, the others hear who was first (C1)", async () => {
    const file = await aConfirmed(house);
    const crowd = [lan, minh];
    let nth = 0;
    const pressed = await twenty(() => {
      nth += 1;
      return receive(house, crowd[nth % 2] as Staff, file.code, sameAsDeclared(file));
    });
    expect(pressed.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await countOf(house, "declaration_event where declaration_id = $1 and kind = 'received'", file.id)).toBe(1);
    await release();
  });

  it("reminded by ten sweeps while forty people hand in: nobody twice, and nobody after the fact is told (N7)", async () => {
    house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
    const files: Declaration[] = [];
    for (let made = 0; made < 40; made += 1) files.push(await aConfirmed(house));
    const morning = new Date("2026-11-30T02:00:00Z");
    await Promise.all([
      ...Array.from({ length: 10 }, () => remindDue(at(morning))),
      ...files.map(({ code }) => withdraw(house, { code, actor: anyone, now: morning })),
    ]);
    await remindDue(at(morning));
    for (const { id } of files) {
      const told = (await toldOf(id)).filter((one) => one.startsWith("declaration_reminder"));
      expect([0, 2]).toContain(told.length);
    }
  });
});
