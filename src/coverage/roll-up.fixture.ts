import { randomUUID } from "node:crypto";
import type { Dice } from "../../test/dice.ts";
import type { TestHouse } from "../../test/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { type Counts, MOMENTS, officeScope } from "./rules-moments.ts";

/** Units and people of the roll-out for tests, random acts upon them, and a recount that shares nothing with the product's. */

interface UnitRow {
  unit_code: string;
  kind: string;
  parent_code: string | null;
  office_code: string;
  valid_from: string;
  valid_to: string | null;
}

export async function addUnit(house: TestHouse, unit: Partial<UnitRow> & { unit_code: string }): Promise<string> {
  const row = {
    kind: "commune",
    parent_code: null,
    office_code: "52T01",
    valid_from: "2026-01-01",
    valid_to: null,
    ...unit,
  };
  await house.pool.query(
    `insert into drive_unit (unit_code, kind, name, folded_name, parent_code, office_code, province_code, valid_from, valid_to)
     values ($1, $2, $3, lower($3), $4, $5, '52', $6, $7)`,
    [
      row.unit_code,
      row.kind,
      `Đơn vị ${row.unit_code}`,
      row.parent_code,
      row.office_code,
      row.valid_from,
      row.valid_to,
    ],
  );
  return row.unit_code;
}

type Line = { unit: string; person?: string | null; joined?: string } & Partial<
  Record<"left" | (typeof MOMENTS)[number], string>
>;

/** A line of a roster; days as yyyy-mm-dd, at noon in Viet Nam. */
export async function addLine(house: TestHouse, line: Line): Promise<string> {
  const id = randomUUID();
  const at = (day: string | undefined) => (day ? `${day}T05:00:00Z` : null);
  await house.pool.query(
    `insert into roster_person (unit_code, line_id, full_name, folded_name, match, person_id, joined_at, left_at,
       declared_at, handed_in_at, approved_at, signed_in_at, installed_at)
     values ($1, $2, 'Người Mẫu', 'nguoi mau', $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      line.unit,
      id,
      line.person ? "found" : "none",
      line.person ?? null,
      at(line.joined ?? "2026-10-01"),
      at(line.left),
      ...MOMENTS.map((moment) => at(line[moment])),
    ],
  );
  return id;
}

interface Scene {
  ask(text: string, values?: unknown[]): Promise<unknown>;
  dice: Dice;
  units: readonly string[];
  /** Lines of whoever has not left. */
  lines: readonly { unit_code: string; line_id: string; person_id: string | null }[];
  unit: string;
  person: string;
  /** Unit and id of the line that the act is about. */
  mine: readonly [string, string];
  /** A moment of the day, or of one before it. */
  on(back?: number): Date;
}

const stands = ({ lines }: Scene, unit: string | undefined, person: string | null) =>
  person !== null && lines.some((one) => one.unit_code === unit && one.person_id === person);
const ofMine = "where unit_code = $1 and line_id = $2";

async function join(scene: Scene): Promise<void> {
  const { ask, dice, unit, person, on } = scene;
  const known = dice.roll() < 0.7 && !stands(scene, unit, person);
  await ask(
    `insert into roster_person (unit_code, line_id, full_name, folded_name, match, person_id, joined_at, declared_at)
     values ($1, $2, 'Người Mẫu', 'nguoi mau', $3, $4, $5, $6)`,
    [unit, randomUUID(), known ? "found" : "none", known ? person : null, on(), dice.roll() < 0.3 ? on(40) : null],
  );
}

async function comeFurther({ ask, dice, mine, on }: Scene): Promise<void> {
  await ask(`update roster_person set ${dice.pick(MOMENTS)}_at = $3 ${ofMine}`, [...mine, on(dice.below(3) * 10)]);
}

async function leave({ ask, mine, on }: Scene): Promise<void> {
  await ask(`update roster_person set left_at = greatest(joined_at, $3) ${ofMine}`, [...mine, on()]);
}

async function beFound(scene: Scene): Promise<void> {
  const { ask, mine, person } = scene;
  if (stands(scene, mine[0], person)) return;
  await ask(`update roster_person set person_id = $3, match = 'found' ${ofMine}`, [...mine, person]);
}

/** All lines of one person become another's; of two in one unit, one leaves. */
async function merge({ ask, dice, person, on }: Scene): Promise<void> {
  const other = personFrom(dice);
  await ask(
    `update roster_person l set left_at = greatest(joined_at, $3) where person_id = $1 and left_at is null
      and exists (select from roster_person o where o.unit_code = l.unit_code and o.person_id = $2 and o.left_at is null)`,
    [person, other, on()],
  );
  if (person !== other) await ask("update roster_person set person_id = $2 where person_id = $1", [person, other]);
}

async function move(scene: Scene): Promise<void> {
  const { ask, lines, mine, unit, on } = scene;
  const person = lines.find(({ line_id }) => line_id === mine[1])?.person_id ?? null;
  if (stands(scene, unit, person)) return;
  const at = on();
  await ask(`update roster_person set left_at = greatest(joined_at, $3) ${ofMine}`, [...mine, at]);
  await ask(
    `insert into roster_person (unit_code, line_id, full_name, folded_name, match, person_id, joined_at, declared_at, approved_at)
     select $3, $4, full_name, folded_name, match, person_id, greatest(joined_at, $5), declared_at, approved_at
       from roster_person ${ofMine}`,
    [...mine, unit, randomUUID(), at],
  );
}

async function endUnit({ ask, units, unit, on }: Scene): Promise<void> {
  if (units.length <= 6) return;
  await ask("update drive_unit set valid_to = $2 where unit_code = $1 and parent_code is not null", [
    unit,
    dayOf(on()).toString(),
  ]);
}

/** For all its days, or from this one on. */
async function moveUnit({ ask, dice, units, unit, on }: Scene): Promise<void> {
  const to = dice.pick(units);
  if (to >= unit) return;
  if (dice.roll() < 0.5) {
    await ask(
      `insert into drive_unit_past_parent (unit_code, valid_to, parent_code)
       select unit_code, $2, parent_code from drive_unit u
        where unit_code = $1 and not exists (
          select from drive_unit_past_parent p where p.unit_code = u.unit_code and p.valid_to >= $2)`,
      [unit, dayOf(on()).subtract({ days: 1 }).toString()],
    );
  }
  await ask("update drive_unit set parent_code = $2 where unit_code = $1", [unit, to]);
}

async function forget({ ask, mine }: Scene): Promise<void> {
  await ask(`delete from roster_person ${ofMine}`, [...mine]);
}

const acts = [join, join, join, comeFurther, comeFurther, comeFurther, leave, beFound, merge, move, endUnit, moveUnit];
const personFrom = (dice: Dice) => String(9000 + dice.below(60));

/** One act of a drive, on its so-manieth day. True when a line is gone without a trace. */
export async function act(house: TestHouse, dice: Dice, day: number): Promise<boolean> {
  const ask = (text: string, values: unknown[] = []) => house.pool.query(text, values);
  const units = (await ask("select unit_code from drive_unit where valid_to is null order by 1")).rows;
  const open = await ask(
    "select unit_code, line_id, person_id from roster_person where left_at is null order by joined_at, folded_name, line_id",
  );
  const lines: Scene["lines"] = open.rows;
  const line = lines.length > 0 ? dice.pick(lines) : undefined;
  const scene: Scene = {
    ask,
    dice,
    units: units.map(({ unit_code }) => unit_code),
    lines,
    unit: dice.pick(units).unit_code,
    person: personFrom(dice),
    mine: line ? [line.unit_code, line.line_id] : ["", randomUUID()],
    on: (back = 0) => new Date(Date.UTC(2026, 9, 1 + Math.max(0, day - back), dice.below(24), dice.below(60))),
  };
  const chosen = line ? (dice.below(100) < 3 ? forget : dice.pick(acts)) : join;
  await chosen(scene);
  return chosen === forget;
}

/** Days of a game: on any of them a unit may end, or stand elsewhere. */
const LIVED = Array.from({ length: 60 }, (_, at) => new Date(Date.UTC(2026, 8, 29 + at)).toISOString().slice(0, 10));

/** Every scope on every day, from the rows as they are: person by person, day by day. */
export async function recount(house: TestHouse, days: readonly string[]): Promise<Map<string, Counts>> {
  const units = new Map<string, UnitRow>(
    (await house.pool.query("select * from drive_unit")).rows.map((row) => [row.unit_code, row]),
  );
  const lines = (await house.pool.query("select * from roster_person")).rows;
  const isAlive = (unit: UnitRow, day: string) =>
    unit.valid_from <= day && (unit.valid_to === null || unit.valid_to >= day);
  const past = (await house.pool.query("select * from drive_unit_past_parent order by valid_to")).rows;
  const parentOn = (unit: UnitRow, day: string): string | null => {
    const before = past.find((one) => one.unit_code === unit.unit_code && one.valid_to >= day);
    return before ? before.parent_code : unit.parent_code;
  };
  const chain = (code: string, day: string): UnitRow[] => {
    const unit = units.get(code) as UnitRow;
    const parent = parentOn(unit, day);
    return parent ? [unit, ...chain(parent, day)] : [unit];
  };
  const found = new Map<string, string[]>();
  const scopesOn = (code: string, day: string): string[] => {
    const known = found.get(`${code} ${day}`) ?? scopesOf(code, day);
    found.set(`${code} ${day}`, known);
    return known;
  };
  const scopesOf = (code: string, day: string): string[] => {
    const [own, ...above] = chain(code, day);
    if (!own || !isAlive(own, day)) return [];
    const counting = [own, ...above].filter((one) => isAlive(one, day));
    return counting.flatMap((one) => [one.unit_code, officeScope(one.office_code)]);
  };
  const ever = new Map([...units.keys()].map((code) => [code, new Set(LIVED.flatMap((day) => scopesOn(code, day)))]));
  const on = (at: Date | null) => (at ? dayOf(at).toString() : "9999");
  const answer = new Map<string, Counts>();
  for (const day of days) {
    const present = new Map<string, Set<string>>();
    const come = new Map<string, Set<string>>();
    for (const line of lines) {
      const key = line.person_id ? `p${line.person_id}` : `l${line.line_id}`;
      const isHere = on(line.joined_at) <= day && on(line.left_at) > day;
      for (const scope of isHere ? scopesOn(line.unit_code, day) : []) {
        present.set(scope, (present.get(scope) ?? new Set()).add(key));
      }
      for (const moment of MOMENTS.filter((one) => on(line[`${one}_at`]) <= day)) {
        for (const scope of ever.get(line.unit_code) ?? []) {
          come.set(`${scope} ${moment}`, (come.get(`${scope} ${moment}`) ?? new Set()).add(key));
        }
      }
    }
    for (const [scope, people] of present) {
      const count = (moment: string) => [...people].filter((key) => come.get(`${scope} ${moment}`)?.has(key)).length;
      const moments = Object.fromEntries(MOMENTS.map((moment) => [moment, count(moment)]));
      answer.set(`${scope} ${day}`, { people: people.size, ...moments } as Counts);
    }
  }
  return answer;
}
