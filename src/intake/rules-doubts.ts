/**
 * What only a whole column can tell of a table, and no cell: that its dates have the month first, or that its names were
 * written for an old font. Pure. Cells that look right are wrong there too, so the file is refused, and nothing is guessed.
 */
import { isOldFont } from "../kernel/names.ts";

/** With a date of this order; none of the other can be one. */
type DayOrder = "day_first" | "month_first" | "either" | undefined;

/** A name or two may be slips of the pen. */
const NAMES_MOST = 3;
/** Of a long file fewer than one in so many are slips, too. */
const NAMES_SHARE = 50;
const DAY_MOST = 12;

/** "3/14/1990" says that the month stands first, "14/3/1990" that the day does. */
export function dayOrder(cell: string): DayOrder {
  const [, first, second] = /^(\d{1,2})[/-](\d{1,2})[/-]\d{4}$/.exec(cell) ?? [];
  if (first === undefined || second === undefined) return undefined;
  if (Number(first) > DAY_MOST) return "day_first";
  if (Number(second) > DAY_MOST) return "month_first";
  // 01/01 is the same day either way.
  return Number(first) === Number(second) ? undefined : "either";
}

export interface Doubt {
  code: "month_first" | "old_font";
  column: string;
  line: number;
}

export class Doubts {
  readonly #dayFirst = new Set<string>();
  readonly #either = new Set<string>();
  readonly #monthFirst = new Map<string, number>();
  #oddNames = 0;
  #oddName: Doubt | undefined;

  /** Of a column of dates: is it still unknown how they are written? */
  isAskedOf(column: string): boolean {
    return !this.#dayFirst.has(column);
  }

  addDay(column: string, line: number, cell: string): void {
    const order = dayOrder(cell);
    if (order === "day_first") this.#dayFirst.add(column);
    else if (order === "either") this.#either.add(column);
    else if (order === "month_first" && !this.#monthFirst.has(column)) this.#monthFirst.set(column, line);
  }

  /** A name that was not taken. */
  addName(column: string, line: number, cell: string): void {
    if (!isOldFont(cell)) return;
    this.#oddNames += 1;
    if (this.#oddNames === NAMES_MOST) this.#oddName = { code: "old_font", column, line };
  }

  /** Once the whole table of so many rows has been read. */
  remainingOf(rows: number): Doubt | undefined {
    if (this.#oddName && this.#oddNames * NAMES_SHARE >= rows) return this.#oddName;
    const [found] = [...this.#monthFirst].filter(([column]) => this.isAskedOf(column) && this.#either.has(column));
    return found && { code: "month_first", column: found[0], line: found[1] };
  }
}
