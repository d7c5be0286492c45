/** The product's own pure rules as the simulation plays them, and the mistakes that it must be able to find. */
import { isPasswordOutlived } from "../src/account/rules.ts";
import { sessionMinutes } from "../src/account/rules-session.ts";
import { warningsOf } from "../src/account/rules-warning.ts";
import { ownValueOn } from "../src/kernel/policy.ts";
import { decide, keptOpen } from "../src/notices/outcome.ts";
import { mayFollow } from "../src/notices/rules.ts";
import { daysLeft, isOverdue, keepUntil, lapsesAt, noticeDueAt, statusAfter } from "../src/registration/rules.ts";
import { movedDeadline, reminderFor } from "../src/registration/rules-reminders.ts";
import { isUnusualSweep } from "../src/registration/rules-sweep.ts";
import { cutoffOf } from "../src/retention/rules.ts";
import { distrustOf } from "../src/timekeeping/rules.ts";

export const product = {
  statusAfter,
  lapsesAt,
  isOverdue,
  daysLeft,
  keepUntil,
  noticeDueAt,
  reminderFor,
  movedDeadline,
  isUnusualSweep,
  decide,
  keptOpen,
  mayFollow,
  isPasswordOutlived,
  warningsOf,
  cutoffOf,
  distrustOf,
  sessionMinutes: ownValueOn(sessionMinutes, "2026-11-26").value,
  /** What the stores add to the rules, each of which a mistake could leave out. */
  ways: {
    /** All of an act is written, or nothing. */
    isAtomic: true,
    remembersKeys: true,
    /** A condition is looked at again under the lock of the row. */
    looksAgain: true,
    hasFences: true,
    notesLooks: true,
    keepsPapersInside: true,
    asksGates: true,
    /** One reminder of a day, one warning of a password: their own key says so. */
    hasDedupeKeys: true,
  },
};
export type Rules = typeof product;

export interface Plant {
  name: string;
  /** The invariants of which any one shows it. */
  shows: readonly string[];
  rules: Rules;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const plant = (name: string, shows: readonly string[], changed: Partial<Rules>): Plant => ({
  ...{ name, shows },
  rules: { ...product, ...changed },
});
/** No day is a day off. */
const allDays: ReadonlySet<string> = Object.assign(new Set<string>(), { has: () => true });
const without = (way: keyof Rules["ways"]): Partial<Rules> => ({ ways: { ...product.ways, [way]: false } });

export const plants: readonly Plant[] = [
  plant(
    "acts are not whole: what was written before a crash stays",
    ["I1", "I2", "I3", "I4", "I5"],
    without("isAtomic"),
  ),
  plant("a request that comes again is done again", ["I5"], without("remembersKeys")),
  plant("a sweep ends a file without looking at it again", ["I1", "I7"], without("looksAgain")),
  plant("a sender that woke up late writes over the one after it", ["I2"], without("hasFences")),
  plant("looks at a file are not recorded", ["I4"], without("notesLooks")),
  plant("the copy of the paper is kept after the act, not in it", ["I3"], without("keepsPapersInside")),
  plant("a reminder leaves although the file was handed in", ["I2"], without("asksGates")),
  plant("two sweeps remind twice", ["I2"], without("hasDedupeKeys")),
  plant("a file may be accepted before it was received", ["I3", "I7"], {
    statusAfter: (status, kind, by) =>
      kind === "accepted" && status === "confirmed" ? "accepted" : statusAfter(status, kind, by),
  }),
  plant("a refused file may be accepted", ["I1", "I7"], {
    statusAfter: (status, kind, by) =>
      kind === "accepted" && status === "refused" ? "accepted" : statusAfter(status, kind, by),
  }),
  plant("the fifteen minutes run from the decision", ["I6"], {
    noticeDueAt: (receivedAt) => new Date(noticeDueAt(receivedAt).getTime() + MINUTE_MS),
  }),
  plant("no try follows a failed one for twenty minutes", ["I6"], {
    decide: (...given) => {
      const mark = decide(...given);
      const isWaiting = mark.state === "queued" || mark.state === "unknown";
      return isWaiting ? { ...mark, nextAt: new Date(mark.nextAt.getTime() + 20 * MINUTE_MS) } : mark;
    },
  }),
  plant("the ten days end at midnight of Greenwich", ["T1"], {
    lapsesAt: (at, calendar) => new Date(lapsesAt(at, calendar).getTime() - 17 * 60 * MINUTE_MS),
  }),
  plant("the tenth day does not move over a day off", ["T1"], {
    lapsesAt: (at) =>
      lapsesAt(at, { years: new Set([2026, 2027, 2028]), holidays: new Set(), workingWeekends: allDays }),
  }),
  plant("a clock that was set is believed", ["T1", "T2", "T3", "T4", "T6"], { distrustOf: () => undefined }),
  plant("six months are 182 days", ["T4"], {
    isPasswordOutlived: (setOn, now) => now.getTime() >= new Date(`${setOn}T00:00:00+07:00`).getTime() + 183 * DAY_MS,
  }),
  plant("what is kept is deleted a day early", ["T2"], {
    cutoffOf: (now, days) => cutoffOf(now, days - 1),
  }),
  plant("sessions never end unused", ["T5"], {
    sessionMinutes: { ...product.sessionMinutes, citizen: { ...product.sessionMinutes.citizen, idle: 12 * 60 } },
  }),
  plant("answers of an ended file go a day early", ["T3"], {
    keepUntil: (now) => keepUntil(now).subtract({ days: 2 }),
  }),
  plant("delivered gives way to a later report", ["I7"], {
    mayFollow: (from, to) => mayFollow(from, to) || (from === "delivered" && to === "failed"),
  }),
  plant("a password is warned about before its time", ["T4"], {
    warningsOf: (today, days) => warningsOf(today, days).map((one) => ({ ...one, setOn: one.setOn.add({ days: 3 }) })),
  }),
];
