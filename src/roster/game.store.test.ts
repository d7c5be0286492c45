import { afterAll, beforeAll, expect, test } from "vitest";
import { type Dice, dice } from "../../test/dice.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { enrolPerson } from "../account/account.fixture.ts";
import type { Staff } from "../kernel/actor.ts";
import { foldName } from "../kernel/names.ts";
import { followRosters, recountRosters } from "./follow.ts";
import { confirmLeavers } from "./leavers.ts";
import { aCoordinator, aUnit } from "./roster.fixture.ts";
import type { Moments } from "./rules.ts";
import { figuresOf, peopleOf } from "./store-list.ts";
import { takeRoster } from "./take-roster.ts";

/**
 * Random lists, files, accounts, merges, and a clock that also runs backward: in the end each person of each list has
 * just those moments that our own count says, and so have the figures of each unit. `npm run test:acts` plays ten
 * thousand, VSSID_SEED another game.
 */
const ACTS = Number(process.env.VSSID_ACTS ?? 200);
const SEED = Number(process.env.VSSID_SEED ?? 330);
const PEOPLE = 24;
const UNITS = ["DV71", "DV72"];

interface Player {
  name: string;
  number: string;
  paper: string;
  /** Of the register, the newest record last. */
  ids: string[];
  openFile: string | undefined;
  hasAccount: boolean;
  moments: Moments;
}

let house: TestHouse;
const staff = new Map<string, Staff>();
beforeAll(async () => {
  house = await openTestHouse();
  for (const unit of UNITS) {
    await aUnit(house, unit);
    staff.set(unit, await aCoordinator(house, unit));
  }
});
afterAll(() => house.close());

const none = (): Moments => ({ declared: null, handed_in: null, approved: null, signed_in: null, installed: null });

test(
  `${ACTS} random acts: the moments that were followed are the moments that came`,
  async () => {
    const drawn = dice(SEED);
    const letters = "ABCDEGHIKLMNOPQRSTUVXY";
    const players = Array.from({ length: PEOPLE }, (_, at): Player => {
      const tail = String(at).padStart(4, "0");
      const name = `Người ${letters[at % 22]}${letters[Math.floor(at / 22)]}`;
      const numbers = { number: `527171${tail}`, paper: `05219071${tail}` };
      return { name, ...numbers, ids: [], openFile: undefined, hasAccount: false, moments: none() };
    });
    for (let at = 0; at < ACTS; at += 1) await play(drawn, players);
    await followRosters(house);
    expect(await recountRosters(house), `seed ${SEED}`).toBe(0);
    let lines = 0;
    for (const unit of UNITS) {
      await figuresAgree(unit, players);
      for (const { fullName, moments } of await peopleOf(house.db, unit, { limit: 1000 })) {
        lines += 1;
        const expected = players.find(({ name }) => name === fullName)?.moments;
        expect(moments, `${fullName} in ${unit}, seed ${SEED}`).toEqual(expected);
      }
    }
    expect(lines).toBeGreaterThan(5);
  },
  60_000 + ACTS * 20,
);

/** Five counts that are never mixed, and how many stand at each stage: all people of a list are at one of the six. */
async function figuresAgree(unit: string, players: readonly Player[]): Promise<void> {
  const { rows } = await house.pool.query<{ name: string }>(
    "select full_name as name from roster_person where unit_code = $1 and left_at is null",
    [unit],
  );
  const own = rows.map(({ name }) => players.find((one) => one.name === name)?.moments ?? none());
  const order = ["installed", "signed_in", "approved", "handed_in", "declared"] as const;
  const stages = ["done", "to_install", "to_sign_in", "to_approve", "to_hand_in"];
  const stageOf = (moments: Moments) => stages[order.findIndex((one) => moments[one])] ?? "to_declare";
  const figures = await figuresOf(house.db, unit);
  expect(figures.all, `${unit}, seed ${SEED}`).toBe(own.length);
  for (const moment of order) {
    expect(figures.moments[moment], `${moment} in ${unit}, seed ${SEED}`).toBe(own.filter((one) => one[moment]).length);
  }
  for (const [stage, count] of Object.entries(figures.stages)) {
    expect(count, `${stage} in ${unit}, seed ${SEED}`).toBe(own.filter((one) => stageOf(one) === stage).length);
  }
}

type Act = (drawn: Dice, players: Player[], one: Player, now: Date) => Promise<unknown>;
const ask = (text: string, values: unknown[]) => house.pool.query(text, values);

async function play(drawn: Dice, players: Player[]): Promise<void> {
  const now = new Date(Math.floor(house.clock.now().getTime() / 1000) * 1000);
  await drawn.pick(acts)(drawn, players, drawn.pick(players), now);
  const step = drawn.below(10) === 0 ? -drawn.below(3600_000) : drawn.below(1800_000);
  house.clock.moveTo(new Date(now.getTime() + step));
}

const note = (one: Player, moment: keyof Moments, at: Date) => {
  const before = one.moments[moment];
  if (!before || at < before) one.moments[moment] = at;
};

const send: Act = async (drawn, players) => {
  const unitCode = drawn.pick(UNITS);
  const by = staff.get(unitCode) as Staff;
  const isWhole = drawn.below(3) === 0;
  const rows = drawn.shuffled(players).slice(0, 4 + drawn.below(8));
  const text = ["Họ tên,Ngày sinh,Mã số", ...rows.map(({ name, number }) => `${name},15/01/1990,${number}`)].join("\n");
  const bytes = new Uint8Array(Buffer.from(text));
  const upload = await takeRoster(house, by, { unitCode, bytes, isWhole, basis: "duty" });
  if (isWhole && drawn.below(2) === 0) await confirmLeavers(house, by, upload.uploadId);
};

const enrol: Act = async (_, __, one) => {
  if (one.ids.length === 0) one.ids.push(await enrolPerson(house, one.name, one.number, one.paper));
};

const declare: Act = async (_, __, one, now) => {
  if (one.openFile) return;
  one.openFile = `BD-${crypto.randomUUID()}`;
  await ask(
    `insert into declaration (code, status, folded_name, insurance_number, id_kind, id_number, matched_person_id,
       created_at, confirmed_at, lapses_at) values ($1, 'confirmed', $2, $3, 'cccd', $4, $5, $6, $6, $7)`,
    [
      one.openFile,
      foldName(one.name),
      one.number,
      one.paper,
      one.ids.at(-1) ?? null,
      now,
      new Date(now.getTime() + 9e8),
    ],
  );
  note(one, "declared", now);
};

const receive: Act = async (_, __, one, now) => {
  if (!one.openFile) return;
  const { rowCount } = await ask(
    `update declaration set status = 'received', received_at = $2, notice_due_at = $2 where code = $1 and status = 'confirmed'`,
    [one.openFile, now],
  );
  if (rowCount) note(one, "handed_in", now);
};

const decide: Act = async (drawn, players, one, now) => {
  if (!one.openFile) return;
  const isGood = drawn.below(3) > 0 && !one.hasAccount && one.moments.handed_in !== null;
  if (!isGood) await ask("update declaration set status = 'withdrawn' where code = $1", [one.openFile]);
  else {
    await enrol(drawn, players, one, now);
    await ask("update declaration set status = 'accepted', person_id = $2 where code = $1", [
      one.openFile,
      one.ids.at(-1),
    ]);
    await ask(
      `insert into account (person_id, password_hash, password_set_on, issued_until, activated_at)
       values ($1, 'x', '2026-11-01', '2099-01-01', $2)`,
      [one.ids.at(-1), now],
    );
    one.hasAccount = true;
    note(one, "approved", now);
  }
  one.openFile = undefined;
};

const first =
  (column: string, moment: "signed_in" | "installed"): Act =>
  async (_, __, one, now) => {
    if (!one.hasAccount) return;
    await ask(`update account set ${column} = $2 where person_id = any($1) and ${column} is null`, [one.ids, now]);
    if (!one.moments[moment]) note(one, moment, now);
  };

/** A second record of the same person was kept, and the first one is a tombstone; each person at most once. */
const merge: Act = async (_, __, one, now) => {
  if (one.ids.length !== 1 || one.openFile) return;
  const survivor = await enrolPerson(
    house,
    one.name,
    one.number.replace("5271", "5272"),
    one.paper.replace("0521", "0522"),
  );
  await ask("update person_key set person_id = $2 where person_id = $1", [one.ids[0], survivor]);
  await ask(
    `insert into person_merge (survivor_id, merged_id, status, office_code, reason, proposed_at, proposed_by, decided_at, decided_by)
     values ($1, $2, 'merged', '52T01', 'trùng hồ sơ', $3, 0, $3, 1)`,
    [survivor, one.ids[0], now],
  );
  one.ids.push(survivor);
};

const acts: readonly Act[] = [
  ...[send, send, enrol, declare, declare, declare, receive, receive, decide, decide],
  ...[first("first_signed_in_at", "signed_in"), first("installed_at", "installed"), merge],
  ...[() => followRosters(house), () => followRosters(house)],
];
