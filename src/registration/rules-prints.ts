import type { PlainDate } from "../kernel/calendar.ts";
import { lastDayOf } from "./rules.ts";

/** Which print of form 01 lies on the counter, and what stands otherwise on it today. Pure. */
export type PrintRead =
  | { kind: "present" }
  /** Nobody has printed such a form: the number was misread. */
  | { kind: "unknown"; present: number }
  | { kind: "old"; printed: number; present: number; lastDay: { printed: PlainDate; present: PlainDate } };

/** Answers never change under a code; a print grows old when the last day moves (Civil Code 2015, art. 148.5). */
export function readPrint(printed: number, moves: readonly { from: Date; to: Date }[]): PrintRead {
  const present = moves.length + 1;
  if (printed === present) return { kind: "present" };
  const [was, is] = [moves[printed - 1]?.from, moves.at(-1)?.to];
  if (!was || !is) return { kind: "unknown", present };
  return { kind: "old", printed, present, lastDay: { printed: lastDayOf(was), present: lastDayOf(is) } };
}

/** What stands on a form 01: the office to which it goes, and its lines. */
export interface PrintedForm {
  office: string;
  answers: readonly (readonly [label: string, words: string])[];
}

export interface LineChange {
  label: string;
  before: string;
  now: string;
}

/** Line by line of the printed form; both are the same form, so the labels tell which lines belong together. */
export function changedLines(old: PrintedForm, present: PrintedForm): LineChange[] {
  const numbered = (lines: PrintedForm) => [["Kính gửi", lines.office] as const, ...lines.answers];
  const before = numbered(old);
  return numbered(present).flatMap(([label, now], at) => {
    const [oldLabel, was] = before[at] ?? ["", ""];
    if (oldLabel === label && was === now) return [];
    const isRenamed = oldLabel !== label;
    return [{ label, before: isRenamed ? `${oldLabel}: ${was}` : was, now }];
  });
}
