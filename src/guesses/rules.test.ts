import { describe, expect, it } from "vitest";
import type { House } from "../db/house.ts";
import { guessAlarm, isGuessing } from "./rules.ts";
import { guessesOf, noteAsk, noteMiss } from "./tally.ts";

const most = guessAlarm.values[0]?.value ?? { missed: 0, percent: 0 };

describe("R22: asks that lead nowhere", () => {
  it.each([
    [99, 99, false],
    [100, 100, true],
    [333, 100, true],
    [334, 100, false],
    [10_000, 370, false],
  ])("of %d asks %d missed raise the alarm: %s", (asked, missed, isRaised) => {
    expect(isGuessing({ asked, missed }, most)).toBe(isRaised);
  });

  it("are counted for five minutes, by house, whichever transaction notes them", () => {
    let now = Date.parse("2026-11-26T02:00:00Z");
    const house = { clock: { now: () => new Date(now) } } as House;
    for (let n = 0; n < 10; n += 1) noteAsk(house);
    noteMiss(house);
    now += 290_000;
    noteAsk(house);
    expect(guessesOf(house)).toEqual({ asked: 11, missed: 1 });
    now += 10_000;
    expect(guessesOf(house)).toEqual({ asked: 1, missed: 0 });
    expect(guessesOf({ clock: house.clock } as House)).toEqual({ asked: 0, missed: 0 });
  });
});
