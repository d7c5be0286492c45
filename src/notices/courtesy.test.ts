import { describe, expect, it } from "vitest";
import { createCourtesy } from "./courtesy.ts";

const queued = new Date("2026-11-23T02:00:00Z");
const at = (seconds: number) => new Date(queued.getTime() + seconds * 1000);
const outcome = { class: "outcome", queued_at: queued, due_at: at(900) } as const;
const code = { class: "code", queued_at: queued, due_at: at(120) } as const;
const many = <T>(one: T, count: number) => Array<T>(count).fill(one);

/** Leases whatever it may at each quarter of a second, as the loop of a lane does. */
function leaseFor(courtesy: ReturnType<typeof createCourtesy>, fromMs: number, seconds: number): number {
  let leased = 0;
  for (let ms = fromMs; ms < fromMs + seconds * 1000; ms += 250) {
    const may = courtesy.allowance(ms);
    if (may === Number.POSITIVE_INFINITY) return may;
    courtesy.note(many(outcome, may), at(1), ms);
    leased += may;
  }
  return leased;
}

/** Seconds until nothing holds it, where nobody waits. */
function leasedUntilFree(courtesy: ReturnType<typeof createCourtesy>, fromMs: number): number {
  for (let ms = fromMs; ; ms += 500) {
    if (leaseFor(courtesy, ms, 0.5) === Number.POSITIVE_INFINITY) return (ms - fromMs) / 1000;
    courtesy.heard(false, ms + 500);
  }
}

describe("a burst of messages", () => {
  it("begins slowly, since nobody knows yet whether people wait, and is held no more after seconds in which nobody did", () => {
    const courtesy = createCourtesy();
    expect(courtesy.allowance(0)).toBe(75);
    const untilFree = leasedUntilFree(courtesy, 0);
    expect(untilFree).toBeGreaterThan(3);
    expect(untilFree).toBeLessThan(8);
  });

  it("begins slowly again after a rest", () => {
    const courtesy = createCourtesy();
    const ms = leasedUntilFree(courtesy, 0) * 1000;
    expect(courtesy.allowance(ms + 4000)).toBe(Number.POSITIVE_INFINITY);
    expect(courtesy.allowance(ms + 60_000)).toBe(75);
  });

  it("goes out at a hundred a second while people wait", () => {
    const courtesy = createCourtesy();
    courtesy.note(many(outcome, 500), at(1), 900);
    courtesy.heard(true, 1000);
    expect(leaseFor(courtesy, 1250, 10)).toBe(1000);
    courtesy.heard(true, 11_250);
    expect(leaseFor(courtesy, 11_250, 10)).toBe(1000);
  });

  it("does not save up what it left", () => {
    const courtesy = createCourtesy();
    courtesy.heard(true, 0);
    courtesy.note([outcome], at(1), 56_000);
    courtesy.heard(true, 56_000);
    expect(courtesy.allowance(60_000)).toBe(25);
  });

  it("becomes faster bit by bit once nobody waits, until nothing holds it", () => {
    const courtesy = createCourtesy();
    courtesy.heard(true, 0);
    const rates: number[] = [];
    for (let ms = 500; ms <= 10_000; ms += 500) {
      courtesy.heard(false, ms);
      rates.push(leaseFor(courtesy, ms, 0.5));
    }
    expect(rates[0]).toBeGreaterThan(0);
    expect(rates.slice(1).every((rate, nth) => rate >= (rates[nth] ?? 0))).toBe(true);
    expect(rates.at(-1)).toBe(Number.POSITIVE_INFINITY);
    courtesy.heard(true, 10_500);
    expect(leaseFor(courtesy, 10_500, 1)).toBeLessThanOrEqual(100);
  });

  it("is held no more once a third of its time has gone", () => {
    const courtesy = createCourtesy();
    courtesy.heard(true, 0);
    courtesy.note(many(outcome, 25), at(299), 250);
    expect(courtesy.allowance(500)).toBeLessThanOrEqual(25);
    for (const ms of [750, 1000, 1250]) courtesy.note(many(outcome, 4), at(300), ms);
    courtesy.heard(true, 1300);
    expect(courtesy.allowance(1300)).toBe(Number.POSITIVE_INFINITY);
  });

  it("is not hurried by a few that fail again and again until they are late", () => {
    const courtesy = createCourtesy();
    courtesy.heard(true, 0);
    for (let ms = 250; ms < 20_000; ms += 250) {
      courtesy.note([outcome], at(600), ms);
      expect(courtesy.allowance(ms)).toBeLessThanOrEqual(25);
    }
  });
});

it("codes are not counted, however many, and an old one hurries nothing else", () => {
  const courtesy = createCourtesy();
  courtesy.note([outcome], at(1), 0);
  courtesy.heard(true, 0);
  courtesy.note(many(code, 400), at(100), 250);
  expect(courtesy.allowance(250)).toBe(25);
});

it("whether people wait is asked only while messages go out", () => {
  const courtesy = createCourtesy();
  expect(courtesy.isAtWork()).toBe(false);
  courtesy.note([], queued, 0);
  expect(courtesy.isAtWork()).toBe(false);
  courtesy.note([outcome], queued, 0);
  expect(courtesy.isAtWork()).toBe(true);
  expect(courtesy.isAtWork()).toBe(false);
});
