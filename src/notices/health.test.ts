import { describe, expect, it } from "vitest";
import { createHealth } from "./health.ts";
import type { Answer } from "./outcome.ts";

const pace = { probeMs: 5000, slowMs: 2500, stepMs: 300_000 };
const accepted: Answer = { kind: "accepted", references: [] };
const down: Answer = { kind: "later", error: "no_line", isDown: true };
const unknown: Answer = { kind: "unknown", error: "no_answer" };

const takenOut = () => {
  const health = createHealth(50, pace);
  for (let n = 0; n < 5; n += 1) health.note(down, 10, 1000);
  return health;
};

describe("a provider", () => {
  it("is taken out after five failures among its last ten answers, and probed with one message each five seconds", () => {
    const health = createHealth(50, pace);
    for (let n = 0; n < 4; n += 1) {
      health.note(down, 10, 0);
      health.note(accepted, 10, 0);
    }
    expect([health.isIn(), health.allowance(16, 0)]).toEqual([true, 16]);
    health.note(unknown, 10, 1000);
    expect([health.isIn(), health.weight(1000)]).toEqual([false, 0]);
    expect(health.allowance(16, 5999)).toBe(0);
    expect(health.allowance(16, 6000)).toBe(1);
    expect(health.allowance(16, 6250)).toBe(0);
  });

  it("with one failure in a thousand stays in", () => {
    const health = createHealth(50, pace);
    for (let n = 0; n < 5000; n += 1) health.note(n % 1000 === 0 ? down : accepted, 10, n);
    expect(health.isIn()).toBe(true);
  });

  it("whose mailboxes are full or greylisted is not down", () => {
    const health = createHealth(50, pace);
    for (let n = 0; n < 50; n += 1) health.note({ kind: "later", error: "smtp_451", isDown: false }, 10, 0);
    for (let n = 0; n < 50; n += 1) health.note({ kind: "throttled", error: "smpp_0x58" }, 10, 0);
    expect(health.allowance(8, 0)).toBe(8);
  });

  it("that slows down for more than one answer in twenty is taken out; two slow ones in a hundred are nothing", () => {
    const patient = createHealth(50, pace);
    for (let n = 0; n < 100; n += 1) patient.note(accepted, n % 50 === 0 ? 4000 : 20, n);
    expect(patient.isIn()).toBe(true);
    const slow = createHealth(50, pace);
    for (let n = 0; n < 20; n += 1) slow.note(accepted, n % 3 === 0 ? 4000 : 20, n);
    expect(slow.isIn()).toBe(false);
  });

  it("forgets slowness of more than half a minute ago", () => {
    const health = createHealth(50, pace);
    for (let n = 0; n < 19; n += 1) health.note(accepted, 4000, n);
    for (let n = 0; n < 100; n += 1) health.note(accepted, 20, 31_000 + n);
    expect(health.isIn()).toBe(true);
  });

  it("comes back with a tenth of its share and gets another tenth each five minutes", () => {
    const health = takenOut();
    health.note(unknown, 10, 6000);
    expect(health.isIn()).toBe(false);
    health.note(accepted, 10, 11_000);
    expect([health.isIn(), health.weight(11_000)]).toEqual([true, 5]);
    expect([300_000, 900_000, 2_700_000, 9e9].map((ms) => health.weight(11_000 + ms))).toEqual([10, 20, 50, 50]);
  });
});
