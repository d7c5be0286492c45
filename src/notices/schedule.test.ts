import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GIVE_UP_AFTER_DUE_MS, LADDER_SECONDS, nextTry, type Round } from "./schedule.ts";

const queuedAt = new Date("2026-11-23T02:00:00Z");
const seconds = (count: number) => new Date(queuedAt.getTime() + count * 1000);
const secondsOf = (at: Date | undefined) => at && (at.getTime() - queuedAt.getTime()) / 1000;
const outcome: Round = { class: "outcome", queuedAt, dueAt: seconds(900), tries: 1 };

/** Every try of a message that never gets through, as seconds from queueing. */
function triesOf(round: Omit<Round, "tries">, random: () => number, untilSeconds: number): number[] {
  const made = [0];
  for (;;) {
    const last = made.at(-1) ?? 0;
    const next = secondsOf(nextTry({ ...round, tries: made.length }, seconds(last), random()));
    if (next === undefined || next > untilSeconds) return made;
    made.push(next);
  }
}

describe("tries within the 15 minutes", () => {
  it("fall at 0, 5, 15, 30, 60 seconds and then each minute to 840, then once more just before the end", () => {
    expect(LADDER_SECONDS).toEqual([0, 5, 15, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 660, 720, 780, 840]);
    expect(triesOf(outcome, () => 0.5, 900)).toEqual([...LADDER_SECONDS, 898]);
  });

  it("vary by a fifth, so that messages of one outage do not come back together", () => {
    expect(secondsOf(nextTry(outcome, seconds(0), 0))).toBe(4);
    expect(secondsOf(nextTry(outcome, seconds(0), 0.999999))).toBe(6);
  });

  it("are never past due, and no gap is longer than 90 seconds, whatever the dice say", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 0.999999, noNaN: true })), (dice) => {
        const made = triesOf(outcome, () => dice.next().value as number, 900);
        const gaps = made.slice(1).map((at, index) => at - (made[index] ?? 0));
        return made.every((at) => at < 900) && gaps.every((gap) => gap > 0 && gap <= 90) && (made.at(-1) ?? 0) > 880;
      }),
      { numRuns: 300 },
    );
  });

  it("a decision taken with 5 seconds left is tried again just before they end", () => {
    const hasty = { ...outcome, dueAt: seconds(5) };
    expect(secondsOf(nextTry(hasty, seconds(0), 0.5))).toBe(3);
  });

  it("after a long wait the next try is the next rung, not all the missed ones", () => {
    expect(secondsOf(nextTry({ ...outcome, tries: 1 }, seconds(600), 0.5))).toBe(660);
  });

  it("a window of 90 seconds is a tenth of everything", () => {
    const compressed = { ...outcome, dueAt: seconds(90) };
    expect(secondsOf(nextTry(compressed, seconds(0), 0.5, 0.1))).toBe(0.5);
    expect(secondsOf(nextTry({ ...compressed, tries: 17 }, seconds(78), 0.5, 0.1))).toBe(84);
  });
});

describe("tries after the deadline", () => {
  it("an outcome is tried on, each 5 minutes for an hour and then each 30, for 72 hours", () => {
    expect(secondsOf(nextTry(outcome, seconds(899), 0.5))).toBe(900 + 300);
    expect(secondsOf(nextTry(outcome, seconds(1200), 0.5))).toBe(1500);
    expect(secondsOf(nextTry(outcome, seconds(900 + 3600), 0.5))).toBe(900 + 3600 + 1800);
    expect(nextTry(outcome, new Date(outcome.dueAt.getTime() + GIVE_UP_AFTER_DUE_MS), 0.5)).toBeUndefined();
  });

  it("is given up three days after it was due, or after it was sent again by hand", () => {
    expect(GIVE_UP_AFTER_DUE_MS).toBe(259_200_000);
    const again = { ...outcome, queuedAt: seconds(900 + 3 * 3600) };
    expect(secondsOf(nextTry(again, again.queuedAt, 0.5))).toBe(900 + 3 * 3600 + 300);
    expect(nextTry({ ...outcome, queuedAt: seconds(300_000) }, seconds(300_000), 0.5)).toBeDefined();
  });

  it("is a tenth of everything in a window of a tenth, and each half minute where the deadline is far", () => {
    expect(secondsOf(nextTry({ ...outcome, dueAt: seconds(90) }, seconds(490), 0.5, 0.1))).toBe(490 + 180);
    expect(secondsOf(nextTry({ ...outcome, dueAt: seconds(90_000) }, seconds(100), 0.5, 0.1))).toBe(130);
    expect(secondsOf(nextTry({ ...outcome, dueAt: seconds(90) }, seconds(6), 0.5, 0.1))).toBe(12);
  });

  it("a code is of no use after its time and is not tried again", () => {
    const code: Round = { class: "code", queuedAt, dueAt: seconds(300), tries: 1 };
    expect(secondsOf(nextTry(code, seconds(0), 0.5))).toBe(5);
    expect(nextTry(code, seconds(299), 0.5)).toBeUndefined();
    expect(nextTry(code, seconds(300), 0.5)).toBeUndefined();
  });

  it("a reminder with days to go is tried each 5 minutes once the ladder is spent", () => {
    const reminder: Round = { class: "reminder", queuedAt, dueAt: seconds(200_000), tries: 30 };
    expect(secondsOf(nextTry(reminder, seconds(1000), 0.5))).toBe(1300);
  });
});
