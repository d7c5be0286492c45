import type { Dice } from "../../test/dice.ts";
import type { TestHouse } from "../../test/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import type { Themes } from "./themes.ts";

/** Tickets opened and answered at random, with a ledger of them; what recurs is counted again from the ledger alone. */
export interface Opened {
  id: string;
  category: string;
  unit: string | null;
  at: Date;
  minutes: number | undefined;
}

const CATEGORIES = ["password", "not_arrived", "registration", "card"] as const;
const MINUTE_MS = 60_000;

export async function actOnTickets(house: TestHouse, dice: Dice, ledger: Opened[]): Promise<void> {
  const waiting = ledger.filter(({ minutes }) => minutes === undefined);
  if (waiting.length > 0 && dice.roll() < 0.4) {
    const one = dice.pick(waiting);
    one.minutes = 1 + dice.below(300);
    const at = new Date(one.at.getTime() + one.minutes * MINUTE_MS);
    await house.pool.query("update ticket set first_answered_at = $2 where ticket_id = $1", [one.id, at]);
    return;
  }
  const at = new Date(house.clock.now().getTime() - dice.below(8 * 7 * 24 * 60) * MINUTE_MS);
  const one = { category: dice.pick(CATEGORIES), unit: dice.pick(["DV73", "DV75", null]), at, minutes: undefined };
  const { rows } = await house.pool.query<{ id: string }>(
    `insert into ticket (code, category, priority, channel, opened_at, unit_code, lang, says)
     values (gen_random_uuid()::text, $1, 'normal', 'web', $2, $3, 'vi', 'x') returning ticket_id as id`,
    [one.category, at, one.unit],
  );
  ledger.push({ id: rows[0]?.id ?? "", ...one });
}

/** The Monday of an instant, as an ISO day of Viet Nam. */
const weekOf = (at: Date) =>
  dayOf(at)
    .subtract({ days: dayOf(at).dayOfWeek - 1 })
    .toString();

const medianOf = (values: readonly number[]) => {
  const inOrder = values.toSorted((a, b) => a - b);
  const middle = (inOrder.length - 1) / 2;
  return Math.round(((inOrder[Math.floor(middle)] ?? 0) + (inOrder[Math.ceil(middle)] ?? 0)) / 2);
};

/** One sentence a figure that is shown and is not the ledger's, or that is shown though it tells of few. */
export function differences({ weeks, rows, totals, byCategory, byUnit, least }: Themes, ledger: readonly Opened[]) {
  const seen = ledger.filter(({ at }) => weeks.includes(weekOf(at)));
  const faults: string[] = [];
  const compare = (what: string, shown: number | "hidden" | undefined, truth: number) => {
    if (shown === "hidden") return;
    if (shown !== truth) faults.push(`${what}: ${shown}, not ${truth}`);
    if (truth > 0 && truth < least) faults.push(`${what}: ${truth} is shown`);
  };
  weeks.forEach((week, at) => {
    const ofWeek = seen.filter((one) => weekOf(one.at) === week);
    compare(`all of ${week}`, totals[at], ofWeek.length);
    for (const { category, cells } of rows) {
      compare(`${category} of ${week}`, cells[at], ofWeek.filter((one) => one.category === category).length);
    }
  });
  const groups = [
    ...byCategory.map((group) => ({ group, own: seen.filter(({ category }) => category === group.of) })),
    ...byUnit.map((group) => ({ group, own: seen.filter(({ unit }) => unit === group.of) })),
  ];
  for (const { group, own } of groups) {
    compare(`${group.of}`, group.count, own.length);
    const told = own.flatMap(({ minutes }) => minutes ?? []);
    const median = group.medianMinutes;
    if (median !== undefined && median !== medianOf(told)) faults.push(`median of ${group.of}: ${median}`);
  }
  const answered = byCategory.reduce((sum, { count }) => (count === "hidden" ? sum : sum + count), 0);
  if (answered > seen.length) faults.push(`${answered} in all categories, not ${seen.length}`);
  return faults;
}
