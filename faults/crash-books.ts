/** What is written of people before and after an act, and whether the difference is one that the act may make. */

/** How often each line is there: "record password_changed": 1. */
export type Books = Readonly<Record<string, number>>;

/** Undefined where the books moved by exactly one of the steps; else how they differ from the first of them. */
export function misfit(before: Books, after: Books, steps: readonly Books[]): string | undefined {
  const moved = difference(before, after);
  const apart = steps.map((step) => difference(step, moved));
  if (apart.some((lines) => Object.keys(lines).length === 0)) return undefined;
  return Object.keys(apart[0] ?? {})
    .map((line) => `${line}: ${moved[line] ?? 0} and not ${steps[0]?.[line] ?? 0}`)
    .join(", ");
}

function difference(before: Books, after: Books): Books {
  const lines = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return Object.fromEntries(
    lines.map((line) => [line, (after[line] ?? 0) - (before[line] ?? 0)] as const).filter(([, by]) => by !== 0),
  );
}

/** The same lines so many times. */
export const timesOf = (books: Books, times: number): Books =>
  Object.fromEntries(Object.entries(books).map(([line, count]) => [line, count * times]));

/** All lines of one sort that are there go. */
export const without = (books: Books, ...lines: readonly string[]): Books =>
  Object.fromEntries(lines.map((line) => [line, -(books[line] ?? 0)]));
