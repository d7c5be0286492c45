/** Whoever was there before the simulation begins: passwords, copies and answers near their last days. */
import type { Dice } from "../test/dice.ts";
import type { FileRow, Tables } from "./simulate-tables.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ZONE_MS = 420 * MINUTE_MS;
const dayIn = (ms: number) => new Date(ms + ZONE_MS).toISOString().slice(0, 10);

/** A password of up to seven months, and a file that was refused or withdrawn. Answers whose. */
export function settleOld(tables: Tables, nth: number, nowMs: number, life: Dice): string {
  const ago = (days: number) => new Date(nowMs - life.below(days * DAY_MS));
  const [key, code, person] = [`old ${nth}`, `f${nth}`, `p${nth}`];
  const setOn = dayIn(ago(210).getTime());
  tables.accounts.set(person, { person, file: "", kind: "chosen", setOn, warnedDays: null });
  const event = (kind: FileRow["events"][number]["kind"], at: Date) => {
    tables.note(kind, key);
    return { kind, at, key };
  };
  if (life.below(2) === 0) {
    const ended = ago(29);
    const none = { confirmedAt: null, lapsesAt: null, receivedAt: null, decidedAt: null };
    const events = [event("drafted", ended), event("withdrawn", ended)];
    const keepUntil = dayIn(ended.getTime() + 30 * DAY_MS);
    tables.files.set(code, { code, status: "withdrawn", ...none, keepUntil, hasAnswers: true, events });
    return person;
  }
  const at = ago(19);
  const events = (["drafted", "confirmed", "received", "refused"] as const).map((kind) => event(kind, at));
  const dates = { confirmedAt: at, lapsesAt: new Date(at.getTime() + 10 * DAY_MS), receivedAt: at, decidedAt: at };
  tables.files.set(code, { code, status: "refused", ...dates, keepUntil: null, hasAnswers: true, events });
  tables.papers.set(code, { sha: `paper of ${code}` });
  const told = { key: `refused:${code}`, about: "refused", subject: code, class: "outcome", state: "sent" } as const;
  const dueAt = new Date(at.getTime() + 15 * MINUTE_MS);
  const rest = { lastDay: "", daysBefore: 0, madeAt: at, queuedAt: at, dueAt, nextAt: at, tries: 1, fence: 1 };
  tables.notices.set(told.key, { ...told, ...rest });
  return person;
}
