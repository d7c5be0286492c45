import { describe, expect, it } from "vitest";
import { misfit, timesOf, without } from "../../faults/crash-books.ts";
import { Cast } from "../../faults/crash-people.ts";
import { passageAfter } from "../../faults/crash-walk.ts";

const before = { "record sign_in": 3, "session full": 2, "earlier password": 1 };
const change = { "record password_changed": 1, "session full": -1 };
const after = { ...before, "record password_changed": 1, "session full": 1 };

describe("R7: the books of an account around an act", () => {
  it.each([
    ["nothing where nothing may have been done yet", before, [{}, change]],
    ["all of it", after, [{}, change]],
    ["all of it where it is over", after, [change]],
  ])("fit when they moved by %s", (_, now, steps) => {
    expect(misfit(before, now, steps)).toBeUndefined();
  });

  it.each([
    ["a half", { ...before, "record password_changed": 1 }, [change], "session full: 0 and not -1"],
    ["two for one", { ...after, "record password_changed": 2 }, [change], "record password_changed: 2 and not 1"],
    [
      "nothing where it was answered",
      before,
      [change],
      "record password_changed: 0 and not 1, session full: 0 and not -1",
    ],
    ["something of which nobody spoke", { ...after, "event closed": 1 }, [change], "event closed: 1 and not 0"],
    ["something that went", { "record sign_in": 3, "session full": 2 }, [{}], "earlier password: -1 and not 0"],
  ])("do not fit when they moved by %s", (_, now, steps, says) => {
    expect(misfit(before, now, steps)).toBe(says);
  });

  it("count an act several times, and all of a line away", () => {
    expect(timesOf(change, 2)).toEqual({ "record password_changed": 2, "session full": -2 });
    expect(without(before, "session full")).toEqual({ "session full": -2 });
    expect(misfit(before, before, [without(before, "email")])).toBeUndefined();
  });
});

describe("R7: the passages that are struck", () => {
  it.each([
    [{ from: 1, every: 1 }, [1, 2, 3, 4]],
    [{ from: 1, every: 9 }, [1, 10, 19, 28]],
    [{ from: 4, every: 9 }, [1, 4, 13, 22]],
  ])("of %o are %o", (walk, struck) => {
    expect(struck.slice(1)).toEqual(struck.slice(0, -1).map((at) => passageAfter(at, walk)));
  });
});

describe("R7: a cast", () => {
  const drawn = (seed: number, isOfWorker = false) => {
    const cast = new Cast(seed, isOfWorker);
    return Array.from({ length: 50 }, (_, at) => (at % 5 === 0 ? cast.child() : cast.adult()));
  };

  it("is drawn again by its seed, and no two casts share a number", () => {
    expect(drawn(7)).toEqual(drawn(7));
    const casts = [drawn(1), drawn(2), drawn(1, true), drawn(2, true)];
    const numbers = casts.flat().flatMap(({ insurance, phone, paper }) => [insurance, phone, paper]);
    expect(new Set(numbers).size).toBe(600);
    expect(numbers.every((number) => /^\d{10}$|^\d{12}$/.test(number))).toBe(true);
  });
});
