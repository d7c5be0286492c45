import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrolPerson } from "../../src/account/account.fixture.ts";
import { anyone, type Staff } from "../../src/kernel/actor.ts";
import { Failure } from "../../src/kernel/failures.ts";
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
import { aStaff, sameAsDeclared } from "../../src/review/counter.fixture.ts";
import { readAgain, receive } from "../../src/review/receive.ts";
import { refuse } from "../../src/review/refuse.ts";
import { release } from "../../src/review/release.ts";
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
const ACTS = Number(process.env.VSSID_ACTS ?? 2500);
const PEOPLE = 30;

let house: TestHouse;
let staff: Staff[];
beforeAll(async () => {
  house = await openTestHouse();
  staff = [
    await aStaff(house, "Trần Thị Lan"),
    await aStaff(house, "Lê Văn Minh"),
    await aStaff(house, "Phạm Thị Cúc", "supervisor"),
  ];
  for (let nth = 0; nth < PEOPLE; nth += 1) {
    const { insurance_number, paper_number } = numbersOf(nth);
    await enrolPerson(house, "Nguyễn Thị Diễm Hương", insurance_number, paper_number);
  }
}, 60_000);
afterAll(() => house.close());

const numbersOf = (nth: number) => {
  const tail = String(nth).padStart(6, "0");
  return { paper_number: `052190${tail}`, insurance_number: `5290${tail}`, phone: `0911${tail}` };
};

const sentence = { grounds: ["form_not_signed"], sentence: "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp." };

type Play = (codes: string[], dice: Dice) => Promise<unknown>;

const byPerson =
  (run: (code: string) => Promise<unknown>): Play =>
  (codes, { pick }) =>
    run(pick(codes.slice(-25)));
/** An officer works mostly on files that wait for that, and now and then on one that does not. */
const atDesk =
  (waiting: string, run: (officer: Staff, code: string) => Promise<unknown>): Play =>
  async (codes, { pick, roll }) => {
    const { rows } = await house.pool.query<{ code: string }>(
      "select code from declaration where status = $1 order by code",
      [waiting],
    );
    const fitting = roll() < 0.7 ? rows.map(({ code }) => code) : [];
    return run(pick(staff), pick(fitting.length > 0 ? fitting : codes.slice(-25)));
  };
const now = () => house.clock.now();
const by = (code: string) => ({ code, actor: anyone, now: now() });

/** What may happen, and how often among a hundred. */
const PLAYS: [weight: number, what: string, play: Play][] = [
  [12, "declare", async (codes, { below }) => {
    const fields = { ...typedAnswers(), ...numbersOf(below(PEOPLE)) };
    codes.push((await declareWhole(house, { fields, lang: "vi", actor: anyone, now: now() })).code);
  }],
  [18, "confirm", byPerson((code) => confirm(house, by(code)))],
  [5, "withdraw", byPerson((code) => withdraw(house, by(code)))],
  [6, "redeclare", async (codes, { pick }) => {
    const again = await redeclare(house, by(pick(codes.slice(-25))));
    if (!codes.includes(again.code)) codes.push(again.code);
  }],
  [2, "print", byPerson((code) => printForm(house, by(code)))],
  [17, "receive", atDesk("confirmed", async (officer, code) => receive(house, officer, code, sameAsDeclared(await getByCode(house.db, code))))],
  [5, "read again", atDesk("received", async (officer, code) => readAgain(house, officer, code, sameAsDeclared(await getByCode(house.db, code))))],
  [4, "take", atDesk("received", (officer, code) => take(house, officer, { code, isTakeOver: true, reason: "Thay ca" }))],
  [5, "release", atDesk("received", (officer, code) => release(house, officer, code))],
  [7, "accept", atDesk("received", (officer, code) => accept(house, officer, { code, note: "Đã xem" }))],
  [8, "refuse", atDesk("received", (officer, code) => refuse(house, officer, { code, ...sentence }))],
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
  const late = events.find(({ kind, at }) => kind === "received" && end && at >= end);
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
    for (let nth = 0; nth < ACTS; nth += 1) {
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
    expect(PLAYS.map(([, what]) => what).filter((what) => !done.get(what))).toEqual([]);
  });
});
