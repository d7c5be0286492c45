import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrolPerson } from "../../src/account/account.fixture.ts";
import { addCodes } from "../../src/batch/add.ts";
import { openBatch } from "../../src/batch/open.ts";
import { removeFromBatch } from "../../src/batch/remove.ts";
import type { Batch } from "../../src/batch/store.ts";
import { anyone, type Staff } from "../../src/kernel/actor.ts";
import { Conflict, Failure } from "../../src/kernel/failures.ts";
import { confirmMerge } from "../../src/register/confirm-merge.ts";
import { proposeMerge } from "../../src/register/propose-merge.ts";
import { undoMerge } from "../../src/register/undo-merge.ts";
import { typedAnswers } from "../../src/registration/answers.fixture.ts";
import { confirm } from "../../src/registration/confirm.ts";
import { declareWhole } from "../../src/registration/draft.ts";
import { lapseDue } from "../../src/registration/lapse-due.ts";
import { moveDue } from "../../src/registration/move-due.ts";
import { printForm } from "../../src/registration/print.ts";
import { redeclare } from "../../src/registration/redeclare.ts";
import { remindDue } from "../../src/registration/remind-due.ts";
import { statusOf } from "../../src/registration/rules.ts";
import { eventsOf, getByCode } from "../../src/registration/store.ts";
import { withdraw } from "../../src/registration/withdraw.ts";
import { accept } from "../../src/review/accept.ts";
import { bring } from "../../src/review/bring.ts";
import { aStaff, sameAsDeclared } from "../../src/review/counter.fixture.ts";
import { handOver } from "../../src/review/hand-over.ts";
import { propose } from "../../src/review/propose.ts";
import { readAgain, receive } from "../../src/review/receive.ts";
import { refuse } from "../../src/review/refuse.ts";
import { release } from "../../src/review/release.ts";
import { secondLook } from "../../src/review/second-look.ts";
import { take } from "../../src/review/take.ts";
import { type Dice, dice } from "../dice.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { walk } from "../unit/diagram.ts";

/**
 * The same game as test/unit/life-of-a-file.test.ts, by the verbs on a real database: people declare, confirm,
 * withdraw and come back, officers receive and decide, sweeps run, days pass. VSSID_SEED plays another game and
 * VSSID_ACTS a longer one; the seed is in the name of the test.
 */
const SEED = Number(process.env.VSSID_SEED ?? 330);
const ACTS = Number(process.env.VSSID_ACTS ?? 1200);
const PEOPLE = 30;

let house: TestHouse;
let staff: Staff[];
beforeAll(async () => {
  house = await openTestHouse();
  staff = [
    await aStaff(house, "Trần Thị Lan"),
    await aStaff(house, "Lê Văn Minh"),
    await aStaff(house, "Phạm Thị Cúc", "supervisor"),
    { ...(await aStaff(house, "Bùi Thị Xa")), roles: [{ role: "officer", officeCode: "52T02" }] },
    { ...(await aStaff(house, "Vi Văn Soát")), roles: [{ role: "supervisor", officeCode: "52T02" }] },
  ];
  for (let nth = 0; nth < PEOPLE; nth += 1) {
    const { insurance_number, paper_number } = numbersOf(nth);
    await enrolPerson(house, "Nguyễn Thị Diễm Hương", insurance_number, paper_number);
  }
});
afterAll(() => house.close());

const numbersOf = (nth: number) => {
  const tail = String(nth).padStart(6, "0");
  return { paper_number: `052190${tail}`, insurance_number: `5290${tail}`, phone: `09${tail.slice(1)}011` };
};

const sentence = { grounds: ["form_not_signed"], sentence: "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp." };

const WAITS = "status = 'confirmed'";
const LIES = "status = 'received'";

type Play = (codes: string[], dice: Dice) => Promise<unknown>;

const personOf = (nth: number) => ({ ...numbersOf(nth), ...namesOf(nth) });

/** Some declare a name that is not the register's: their files need two persons at the desk. */
const namesOf = (nth: number) => (nth % 3 === 0 ? { full_name: "Nguyễn Thị Diễm Hường" } : {});

const byPerson =
  (run: (code: string) => Promise<unknown>): Play =>
  (codes, { pick }) =>
    run(pick(codes.slice(-25)));
/** Mostly on files that wait for just that, by somebody of their office; now and then on whatever, by whomever. */
const atDesk =
  (waiting: string, run: (officer: Staff, code: string) => Promise<unknown>, role = "officer"): Play =>
  async (codes, { pick, roll }) => {
    const { rows } = await house.pool.query<{ code: string; office: string }>(
      `select code, office_code as office from declaration where ${waiting} order by code`,
    );
    if (rows.length === 0 || roll() < 0.15) return run(pick(staff), pick(codes.slice(-25)));
    const { code, office } = pick(rows);
    const fitting = staff.filter(({ roles }) => roles.some((one) => one.officeCode === office && one.role === role));
    return run(pick(fitting), code);
  };
const ticks = { name: { trusted: "paper", reason: "Đã xem giấy khai sinh" } } as const;
const elsewhere = (officer: Staff) => (officer.roles[0]?.officeCode === "52T01" ? "52T02" : "52T01");
const look = (verdict: "confirm" | "send_back") =>
  atDesk(
    "proposed_by is not null and status = 'received'",
    (officer, code) => secondLook(house, officer, { code, verdict, words: "Xem lại giấy tờ" }),
    "supervisor",
  );

/** One batch of each office is open at a time; it is full at some point, and then another is opened. */
const batches = new Map<string, Batch>();
async function scan(officer: Staff, code: string): Promise<unknown> {
  const office = officer.roles[0]?.officeCode ?? "";
  const batch = batches.get(office) ?? (await openBatch(house, officer, { unit_name: "Trường Thử" }));
  batches.set(office, batch);
  try {
    const [line] = await addCodes(house, officer, batch.id, code);
    if (line?.outcome !== "taken") throw new Conflict("not_taken");
    return line;
  } catch (failure) {
    if (failure instanceof Conflict && failure.code === "batch_full") batches.delete(office);
    throw failure;
  }
}

async function scannedByMistake(_: string[], { pick }: Dice): Promise<unknown> {
  const { rows } = await house.pool.query<{ code: string; id: string; office: string }>(
    `select d.code, b.batch_id as id, b.office_code as office
       from batch_line l join batch b using (batch_id) join declaration d using (declaration_id)
      where d.status = 'confirmed' and d.batched_at is not null and l.removed_at is null order by d.code`,
  );
  if (rows.length === 0) throw new Conflict("nothing_scanned");
  const { code, id, office } = pick(rows);
  const fitting = staff.filter(({ roles }) => roles[0]?.officeCode === office);
  return removeFromBatch(house, pick(fitting), id, code);
}

/** Records are merged by whoever may, wrongly too: the way back is part of the game. */
async function merge(_: string[], { pick, below }: Dice): Promise<unknown> {
  const { rows } = await house.pool.query<{ id: string }>("select public_id as id from person order by person_id");
  const [survivor, merged] = [rows[below(rows.length)]?.id ?? "", rows[below(rows.length)]?.id ?? ""];
  const proposal = { survivor, merged, reason: "Hai mã số của một người" };
  const { id } = await proposeMerge(house, staff[0] as Staff, proposal);
  return confirmMerge(house, pick(staff.slice(2, 3)), id);
}

async function part(_: string[], { pick }: Dice): Promise<unknown> {
  const { rows } = await house.pool.query<{ id: string }>(
    "select merge_id as id from person_merge where status = 'merged' order by merge_id",
  );
  if (rows.length === 0) throw new Conflict("nothing_merged");
  return undoMerge(house, staff[2] as Staff, pick(rows).id, "Hai người khác nhau");
}

const now = () => house.clock.now();
const by = (code: string) => ({ code, actor: anyone, now: now() });

/** What may happen, and how often among a hundred. */
const PLAYS: [weight: number, what: string, play: Play][] = [
  [12, "declare", async (codes, { below }) => {
    const fields = { ...typedAnswers(), ...personOf(below(PEOPLE)) };
    codes.push((await declareWhole(house, { fields, lang: "vi", actor: anyone, now: now() })).code);
  }],
  [18, "confirm", byPerson((code) => confirm(house, by(code)))],
  [5, "withdraw", byPerson((code) => withdraw(house, by(code)))],
  [6, "redeclare", async (codes, { pick }) => {
    const again = await redeclare(house, by(pick(codes.slice(-25))));
    if (!codes.includes(again.code)) codes.push(again.code);
  }],
  [2, "print", byPerson((code) => printForm(house, by(code)))],
  [17, "receive", atDesk(WAITS, async (officer, code) => receive(house, officer, code, sameAsDeclared(await getByCode(house.db, code))))],
  [5, "read again", atDesk(LIES, async (officer, code) => readAgain(house, officer, code, sameAsDeclared(await getByCode(house.db, code))))],
  [4, "take", atDesk(LIES, (officer, code) => take(house, officer, { code, isTakeOver: true, reason: "Thay ca" }))],
  [5, "release", atDesk(LIES, (officer, code) => release(house, officer, code))],
  [7, "accept", atDesk(LIES, (officer, code) => accept(house, officer, { code, note: "Đã xem" }))],
  [8, "refuse", atDesk(LIES, (officer, code) => refuse(house, officer, { code, ...sentence }))],
  [7, "propose", atDesk(LIES, (officer, code) => propose(house, officer, { code, note: "Đã xem", ticks }))],
  [5, "confirm the proposal", look("confirm")],
  [5, "send back", look("send_back")],
  [3, "hand over", atDesk(LIES, (officer, code) => handOver(house, officer, { code, office: elsewhere(officer), reason: "Địa bàn kia" }))],
  [2, "bring", atDesk(WAITS, (officer, code) => bring(house, officer, { code, reason: "Người khai đến đây" }))],
  [6, "scan into a batch", atDesk(WAITS, scan)],
  [6, "take out of the batch", scannedByMistake],
  [1, "merge records", merge],
  [1, "part records", part],
  [7, "time", async (_, { below }) => house.clock.moveTo(new Date(now().getTime() + below(60) * 3_600_000))],
  [2, "lapse", () => lapseDue(house)],
  [1, "remind", () => remindDue(house)],
  [1, "move", () => moveDue(house)],
]; // biome-ignore format: a table

async function wrongIn(code: string): Promise<string | undefined> {
  const file = await getByCode(house.db, code);
  const events = await eventsOf(house.db, file.id);
  const told = events.map(({ kind }) => kind).join(" → ");
  if (statusOf(events) !== file.status) return `${code} is ${file.status}, its events say ${statusOf(events)}: ${told}`;
  if (walk(events.map(({ kind }) => kind)) !== file.status) return `${code} left the diagram: ${told}`;
  if (events.length - 1 !== file.seq) return `${code} counts ${file.seq} steps: ${told}`;
  const end = file.lapsesAt;
  const inBatch = events.findLast(({ kind }) => kind === "batched" || kind === "unbatched")?.kind === "batched";
  if (inBatch && file.status === "lapsed") return `${code} lapsed in a batch: ${told}`;
  const handedIn = events.find(({ kind }) => kind === (inBatch ? "batched" : "received"));
  const late = handedIn && end && handedIn.at >= end;
  return late ? `${code} was received after its last instant: ${told}` : undefined;
}

/** Rows that may never be, over all files at once. */
async function wrongAnywhere(): Promise<string[]> {
  const checks: Record<string, string> = {
    "two open files of one number":
      "select 1 from declaration where status in ('confirmed', 'received') group by insurance_number having count(*) > 1",
    "two accounts of one file": "select 1 from account group by declaration_id having count(*) > 1",
    "an account without its acceptance":
      "select 1 from account a left join declaration d using (declaration_id) where d.status is distinct from 'accepted'",
    "an acceptance without its account":
      "select 1 from declaration d left join account a using (declaration_id) where d.status = 'accepted' and a.person_id is null",
    "two people behind one number": "select 1 from person_key where kind = 'bhxh' group by key having count(*) > 1",
    "a decision without its message, or with two": `select 1 from declaration d where d.status in ('accepted', 'refused') and 2 <>
         (select count(*) from notice n where n.declaration_id = d.declaration_id and n.class = 'outcome')`,
    "a message of a decision that was not made": `select 1 from notice n join declaration d using (declaration_id)
        where n.class = 'outcome' and d.status not in ('accepted', 'refused')`,
    "an open account of a record that was merged away":
      "select 1 from account a join person p using (person_id) where p.merged_into is not null and a.status <> 'closed'",
    "a key that leads to a record that was merged away":
      "select 1 from person_key k join person p using (person_id) where p.merged_into is not null",
    "a file accepted by the one who proposed it": `select 1 from declaration where seconded_by = proposed_by
        or (status = 'accepted' and proposed_by is not null and seconded_by is null)`,
    "an acceptance after a lapse": `select 1 from declaration_event a join declaration_event l using (declaration_id)
        where a.kind = 'accepted' and l.kind = 'lapsed'`,
    "a desk with more than three files":
      "select 1 from declaration where status = 'received' and held_by is not null group by held_by having count(*) > 3",
  };
  const found: string[] = [];
  for (const [says, query] of Object.entries(checks)) {
    if ((await house.pool.query(`${query} limit 1`)).rowCount) found.push(says);
  }
  return found;
}

describe("the life of a file on the real database, played at random", () => {
  it(`stays inside the diagram for ${ACTS} acts (seed ${SEED})`, { timeout: 3_600_000 }, async () => {
    const game = dice(SEED);
    const bag = PLAYS.flatMap(([weight, what, play]) => Array.from({ length: weight }, () => ({ what, play })));
    const codes: string[] = [];
    const done = new Map<string, number>();
    const missing = () => PLAYS.map(([, what]) => what).filter((what) => !done.get(what));
    // Codes and hours are not of the dice: a rare act may need some more.
    for (let nth = 0; nth < ACTS || (missing().length > 0 && nth < 3 * ACTS); nth += 1) {
      const { what, play } = codes.length
        ? game.pick(bag)
        : { what: "declare", play: (PLAYS[0] as (typeof PLAYS)[0])[2] };
      try {
        await play(codes, game);
        done.set(what, (done.get(what) ?? 0) + 1);
      } catch (error) {
        if (!(error instanceof Failure)) throw new Error(`seed ${SEED}, act ${nth}: ${what}`, { cause: error });
      }
      if (nth % 100 === 99) expect(await wrongAnywhere(), `seed ${SEED}, act ${nth}`).toEqual([]);
    }
    for (const code of codes) expect(await wrongIn(code), `seed ${SEED}`).toBeUndefined();
    expect(await wrongAnywhere(), `seed ${SEED}`).toEqual([]);
    // The game was played: every act has succeeded at least once.
    expect(missing()).toEqual([]);
  });
});
