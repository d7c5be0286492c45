import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDb, createPool } from "../../src/db/pool.ts";
import { anyone, type Staff } from "../../src/kernel/actor.ts";
import { MovableClock } from "../../src/kernel/clock.ts";
import { Failure } from "../../src/kernel/failures.ts";
import { confirmMerge } from "../../src/register/confirm-merge.ts";
import { proposeMerge } from "../../src/register/propose-merge.ts";
import { findPersonByKey, getPerson } from "../../src/register/store.ts";
import { undoMerge } from "../../src/register/undo-merge.ts";
import { confirm } from "../../src/registration/confirm.ts";
import { lapse } from "../../src/registration/lapse.ts";
import { lapseDue } from "../../src/registration/lapse-due.ts";
import { redeclare } from "../../src/registration/redeclare.ts";
import { remindDue } from "../../src/registration/remind-due.ts";
import { statusOf } from "../../src/registration/rules.ts";
import { type Declaration, eventsOf, getByCode } from "../../src/registration/store.ts";
import { withdraw } from "../../src/registration/withdraw.ts";
import { accept } from "../../src/review/accept.ts";
import { aConfirmed, aReceived, aStaff, countOf, itsPerson, sameAsDeclared } from "../../src/review/counter.fixture.ts";
import { handOver } from "../../src/review/hand-over.ts";
import { propose } from "../../src/review/propose.ts";
import { receive } from "../../src/review/receive.ts";
import { refuse } from "../../src/review/refuse.ts";
import { secondLook } from "../../src/review/second-look.ts";
import { take } from "../../src/review/take.ts";
import { dice } from "../dice.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { walk } from "../unit/diagram.ts";

/**
 * Many at once on one file, on both databases: one outcome, one account at most, one set of messages. The seed of each
 * round is in its complaint; VSSID_SEED draws other orders, VSSID_RACES more rounds at the last moment.
 */
const SEED = Number(process.env.VSSID_SEED ?? 330);
const RACES = Number(process.env.VSSID_RACES ?? 60);
const END = new Date("2026-12-03T17:00:00Z");
const lastInstant = new Date(END.getTime() - 1);
/** 23:59:59.9 of the last day. */
const lastTenth = new Date(END.getTime() - 100);

let house: TestHouse;
let close: () => Promise<void>;
let lan: Staff;
let minh: Staff;
let cuc: Staff;
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
  cuc = await aStaff(house, "Phạm Thị Cúc", "supervisor");
});
afterAll(() => close());

/** The same house at another moment: each of those who race has a watch of their own. */
/** Set on purpose, and standing still. */
class StillClock extends MovableClock {
  readonly #at: Date;

  constructor(at: Date) {
    super(at);
    this.#at = at;
  }

  override now(): Date {
    return this.#at;
  }
}
const at = (now: Date): TestHouse => ({ ...house, clock: new StillClock(now) });

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

describe("two hundred at once, by everybody who may touch a file", () => {
  it.each([1, 2, 3])(
    "second look, hand-over and take-over beside all the ends: one outcome (round %i)",
    async (round) => {
      house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
      const { id, code } = await aReceived(house, lan, { register: { name: "Nguyễn Thị Diễm Hường" } });
      const ticks = { name: { trusted: "paper", reason: "Đã xem giấy khai sinh" } } as const;
      await propose(house, lan, { code, note: "Đã xem", ticks });
      const second = (verdict: "confirm" | "send_back") => () =>
        secondLook(house, cuc, { code, verdict, words: "Xem lại giấy tờ" });
      const mixed = dice(SEED + 20 * round).shuffled([
        ...times(40, "accepted", second("confirm")),
        ...times(15, "sent back", second("send_back")),
        ...times(15, "taken", () => take(house, minh, { code, isTakeOver: true, reason: "Thay ca" })),
        ...times(15, "proposed", () => propose(house, minh, { code, note: "Đã xem", ticks })),
        ...times(15, "handed over", () => handOver(house, minh, { code, office: "52T02", reason: "Địa bàn kia" })),
        ...times(25, "refused", () => refuse(house, minh, { code, ...sentence })),
        ...times(25, "accepted", () => accept(house, lan, { code, note: "" })),
        ...times(25, "withdrawn", () => withdraw(house, { code, actor: anyone, now: house.clock.now() })),
        ...times(25, "left", () => lapse(house, id, END)),
      ]);
      expect(mixed).toHaveLength(200);
      const won = await race(mixed);
      await release();
      const { status, personId, proposedBy, secondedBy } = await getByCode(house.db, code);
      const kinds = (await eventsOf(house.db, id)).map(({ kind }) => kind);
      expect([walk(kinds), statusOf(kinds.map((kind) => ({ kind })))], kinds.join(" → ")).toEqual([status, status]);
      const ends = await endsOf(id);
      expect(ends, `seed ${SEED + 20 * round}`).toEqual(status === "received" ? [] : [status]);
      expect(won.filter((what) => what === "accepted" || what === "refused")).toEqual(ends);
      expect(await countOf(house, "account where declaration_id = $1", id)).toBe(status === "accepted" ? 1 : 0);
      expect(await toldOf(id)).toEqual(ends.length === 1 ? both(`declaration_${status}`) : []);
      if (status !== "accepted") return;
      expect(secondedBy).toBe(cuc.staffId);
      expect(proposedBy).not.toBe(secondedBy);
      expect(await countOf(house, "account where person_id = $1", personId)).toBe(1);
    },
  );

  it.each([1, 2, 3])(
    "records merged and parted under an acceptance: one account, where the keys lead (round %i)",
    async (round) => {
      house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
      const file = await aReceived(house, lan);
      const { id, code, insuranceNumber } = file;
      await release();
      const publicIdOf = async (personId: string) => (await getPerson(house.db, personId)).publicId;
      const other = { ...file.answers, insurance: { number: `5299${id.padStart(6, "0")}` } };
      const twin = await itsPerson(house, { ...file, answers: other }, { only: "insurance" });
      const own = (await findPersonByKey(house.db, "bhxh", insuranceNumber ?? ""))?.personId ?? "";
      const [survivor, merged] = [await publicIdOf(twin), await publicIdOf(own)];
      const { id: mergeId } = await proposeMerge(house, lan, { survivor, merged, reason: "Hai mã số của một người" });
      const mixed = dice(SEED + 30 * round).shuffled([
        ...times(60, "merged", () => confirmMerge(house, cuc, mergeId)),
        ...times(40, "parted", () => undoMerge(house, cuc, mergeId, "Hai người khác nhau")),
        ...times(40, "accepted", () => accept(house, lan, { code, note: "" })),
        ...times(30, "refused", () => refuse(house, minh, { code, ...sentence })),
        ...times(30, "withdrawn", () => withdraw(house, { code, actor: anyone, now: house.clock.now() })),
      ]);
      expect(mixed).toHaveLength(200);
      await race(mixed);
      const { status } = await getByCode(house.db, code);
      expect(await endsOf(id), `seed ${SEED + 30 * round}`).toEqual([status]);
      expect(await toldOf(id)).toEqual(both(`declaration_${status}`));
      expect(await countOf(house, "account where person_id in ($1, $2)", own, twin)).toBe(
        status === "accepted" ? 1 : 0,
      );
      const key = await findPersonByKey(house.db, "bhxh", insuranceNumber ?? "");
      expect(key?.mergedInto).toBeNull();
      expect(await countOf(house, "account where person_id = $1", key?.personId)).toBe(status === "accepted" ? 1 : 0);
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
      const handIn: Attempt = ["received", () => receive(at(lastTenth), lan, code, sameAsDeclared(file))];
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
    expect(await toldOf(id)).toEqual(["declaration_withdrawn email"]);
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
    // The telephone had its receipt of this hour with the file before (decision 48).
    expect(await countOf(house, "notice where declaration_id = $1", id)).toBe(1);
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
