import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";

/** A result that reached the person by no way is told by the office, the same day. Pure. */

/** How the person was told; `arrived` is set by a late receipt, never by staff. */
export const HOWS = ["called", "met", "relative", "letter"] as const;
export type How = (typeof HOWS)[number] | "arrived";

export const NOTE_AT_MOST = 300;
const NOTE_AT_LEAST = 5;

export interface Told {
  how: (typeof HOWS)[number];
  note: string;
}

/** Who was told, and how. That somebody else took it, needs their name in the note. */
export function parseTold(form: Readonly<Record<string, string>>): Outcome<Told, Fault[]> {
  const how = HOWS.find((one) => one === form.how);
  const note = (form.note ?? "").normalize("NFC").replace(/\s+/gu, " ").trim();
  const faults: Fault[] = [
    ...(how ? [] : [{ field: "how", key: "how_missing" }]),
    ...(how === "relative" && note.length < NOTE_AT_LEAST ? [{ field: "note", key: "note_missing" }] : []),
    ...(note.length > NOTE_AT_MOST ? [{ field: "note", key: "note_long" }] : []),
  ];
  return how && faults.length === 0 ? good({ how, note }) : bad(faults);
}

/** ISO days: yesterday's task is late today. */
export const isLate = (dueOn: string, today: string) => dueOn < today;
