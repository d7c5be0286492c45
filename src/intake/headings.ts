/** Which rows of a sheet are its headings. Pure: titles stand above, and groups of columns have a row of their own. */
import { columnName } from "./csv.ts";

export interface Headings {
  /** Of each column, as headings are compared; "" where there is none. */
  names: string[];
  /** Place of the first row under them. */
  next: number;
}

const FEWEST_KNOWN = 2;

/** The row, or pair of rows, that holds most of the headings that are known; undefined when none holds two. */
export function findHeadings(
  rows: readonly { cells: readonly string[] }[],
  isKnown: (heading: string) => boolean,
): Headings | undefined {
  let best: Headings | undefined;
  let most = FEWEST_KNOWN - 1;
  rows.forEach(({ cells }, at) => {
    const below = rows[at + 1]?.cells;
    const choices = [{ names: cells.map(headingName), next: at + 1 }];
    if (below) choices.push({ names: joined(cells, below, isKnown), next: at + 2 });
    for (const choice of choices) {
      const known = new Set(choice.names.filter((name) => name !== "" && isKnown(name))).size;
      if (known > most) [best, most] = [choice, known];
    }
  });
  if (best && isCount(rows[best.next]?.cells ?? [])) return { ...best, next: best.next + 1 };
  return best;
}

/** A heading is short; of a longer cell no expression sees the rest. */
const HEADING_MOST = 500;

/** What stands in brackets explains the heading. */
function headingName(text: string): string {
  return columnName(text.slice(0, HEADING_MOST).replace(/\([^)]*\)/g, " ")) || columnName(text);
}

/** Two rows of headings: a group reaches to the right as far as the cells beneath it go. */
function joined(above: readonly string[], below: readonly string[], isKnown: (heading: string) => boolean): string[] {
  let group = "";
  return Array.from({ length: Math.max(above.length, below.length) }, (_, at) => {
    const top = headingName(above[at] ?? "");
    const bottom = headingName(below[at] ?? "");
    if (top !== "") group = top;
    if (bottom === "") {
      group = "";
      return top;
    }
    const both = [group, bottom].filter(Boolean).join("_");
    return !isKnown(both) && isKnown(bottom) && group === "" ? bottom : both;
  });
}

/** (1) (2) (3) or 1 2 3 under the headings. */
function isCount(cells: readonly string[]): boolean {
  const numbers = cells.filter(Boolean).map((cell) => /^\(?(\d{1,3})\)?$/.exec(cell)?.[1]);
  return (
    numbers.length > 2 &&
    numbers.every((number, at) => number !== undefined && Number(number) === at + Number(numbers[0]))
  );
}
