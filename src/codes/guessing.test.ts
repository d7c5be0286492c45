import { randomInt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { vaultOfTests } from "../../test/vault.ts";
import { Random } from "../generate/random.ts";
import { codeMark } from "./marks.ts";
import {
  DIGITS,
  drawCode,
  isHeldBack,
  isWithinBudget,
  type Most,
  mayHaveReceipt,
  parseCode,
  spentPercent,
  TRIES,
} from "./rules.ts";

/** How many of a million accounts open to somebody who tries `tries` codes on each. */
function takenOf(accounts: number, purpose: "recover" | "confirm_phone", tries: number): number {
  // The same draws every time, so that a count of zero is not the luck of the day.
  const random = new Random(2026);
  const below = (n: number) => random.int(0, n - 1);
  let taken = 0;
  for (let account = 0; account < accounts; account += 1) {
    const code = drawCode(purpose, below);
    for (let at = 0; at < tries; at += 1) {
      if (parseCode(drawCode(purpose, below), purpose) === code) taken += 1;
    }
  }
  return taken;
}

describe("R23: guessing codes", () => {
  it("opens none of 1,000,000 accounts by the rules of recovery: eight digits, three tries", () => {
    expect([DIGITS.recover, TRIES]).toEqual([8, 3]);
    expect(takenOf(1_000_000, "recover", TRIES)).toBe(0);
  });

  it("would open some with six digits and five tries: the count can see a weak rule", () => {
    const taken = takenOf(1_000_000, "confirm_phone", 5);
    expect(taken).toBeGreaterThanOrEqual(1);
    expect(taken).toBeLessThanOrEqual(14);
  });

  it("with the code of another request succeeds in 0 of 10,000", () => {
    const house = { vault: vaultOfTests() };
    let opened = 0;
    for (let n = 0; n < 10_000; n += 1) {
      const code = drawCode("recover", (below) => randomInt(below));
      if (codeMark(house, `request-${n}`, code).equals(codeMark(house, `request-${n + 1}`, code))) opened += 1;
    }
    expect(opened).toBe(0);
  });

  it("draws every digit in every place about equally often", () => {
    const counts = new Map<string, number>();
    for (let n = 0; n < 100_000; n += 1) {
      for (const [place, digit] of [...drawCode("recover", (below) => randomInt(below))].entries()) {
        counts.set(`${place}:${digit}`, (counts.get(`${place}:${digit}`) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe(80);
    // Ten thousand each is expected, with a spread of 95: seven spreads are never met by chance.
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(665);
  });
});

describe("budgets of messages", () => {
  const most: Most = {
    subjectADay: 5,
    recipientAnHour: 3,
    allAnHour: 100,
    allADay: 1000,
    keptForOutcomes: 400,
    unreadInBlock: 5,
    siegeFrom: 2,
  };
  const none = {
    subjectToday: 0,
    recipientThisHour: 0,
    allThisHour: 0,
    allToday: 0,
    unreadThere: 0,
    unreadInBlock: 0,
    holdingInBlock: 0,
    readInBlock: 0,
    holdingBlocks: 0,
  };

  it.each([
    [{}, false],
    [{ unreadInBlock: 1, holdingInBlock: 1 }, true],
    [{ unreadInBlock: 1, holdingInBlock: 0 }, false],
    [{ unreadInBlock: 1, holdingInBlock: 1, readInBlock: 1 }, false],
    [{ unreadInBlock: 2, holdingInBlock: 1, readInBlock: 1 }, true],
    [{ unreadInBlock: 3, holdingInBlock: 3, readInBlock: 2 }, false],
    [{ unreadInBlock: 4, holdingInBlock: 4, readInBlock: 2 }, true],
  ])("R34: of a block with %o the next telephone is held back: %s", (some, isHeld) => {
    expect(isHeldBack({ ...none, ...some })).toBe(isHeld);
  });

  it("R34: under siege a telephone with an unread code gets no second one; before that it does", () => {
    const asked = { ...none, unreadThere: 1 };
    expect(isWithinBudget({ ...asked, holdingBlocks: 2 }, most)).toBe(true);
    expect(isWithinBudget({ ...asked, holdingBlocks: 3 }, most)).toBe(false);
    expect(isWithinBudget({ ...asked, unreadThere: 0, holdingBlocks: 3 }, most)).toBe(true);
  });

  it.each([
    [{ allThisHour: 0, allToday: 0 }, 0],
    [{ allThisHour: 80, allToday: 100 }, 80],
    [{ allThisHour: 10, allToday: 479 }, 79],
    [{ allThisHour: 10, allToday: 600 }, 100],
  ])("of the whole system's budget %o are %d percent", (sent, percent) => {
    expect(spentPercent(sent, most)).toBe(percent);
  });

  it.each([
    [{}, true],
    [{ unreadInBlock: 1 }, false],
    [{ unreadThere: 1 }, false],
    [{ subjectToday: 5 }, false],
  ])("R34: an unproved telephone gets a receipt with %o: %s", (some, gets) => {
    expect(mayHaveReceipt({ ...none, ...some }, { subjectADay: 5, unprovedInBlock: 1 })).toBe(gets);
  });

  it.each([
    ["subjectToday", 5],
    ["recipientThisHour", 3],
    ["allThisHour", 100],
    ["allToday", 600],
    ["unreadInBlock", 5],
  ] as const)("C15: by %s one less than %d goes out, that many and one more do not", (field, limit) => {
    expect([limit - 1, limit, limit + 1].map((count) => isWithinBudget({ ...none, [field]: count }, most))).toEqual([
      true,
      false,
      false,
    ]);
  });
});
