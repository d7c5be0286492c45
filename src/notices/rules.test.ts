import { describe, expect, it } from "vitest";
import {
  FAILING_TRIES,
  isLate,
  isUnconfirmed,
  isWaiting,
  lacksSecret,
  maskRecipient,
  noticeStates,
  URGENT_LANE,
} from "./rules.ts";

describe("the state of a message", () => {
  it("waits while it may still go out", () => {
    expect(noticeStates.filter(isWaiting)).toEqual(["queued", "sending", "unknown"]);
  });

  it("is unconfirmed when it was taken and nobody said in time that it arrived", () => {
    const unconfirmedAt = new Date("2026-11-23T02:00:00Z");
    expect(isUnconfirmed({ state: "sent", unconfirmedAt })).toBe(true);
    expect(isUnconfirmed({ state: "sent", unconfirmedAt: null })).toBe(false);
    expect(isUnconfirmed({ state: "delivered", unconfirmedAt })).toBe(false);
  });

  it("is never late once it was overtaken, and not at its very deadline", () => {
    const dueAt = new Date("2026-11-23T02:15:00Z");
    expect(isLate({ state: "overtaken", dueAt, sentAt: null }, new Date("2026-11-24T00:00:00Z"))).toBe(false);
    expect(isLate({ state: "sent", dueAt, sentAt: dueAt }, new Date("2026-11-24T00:00:00Z"))).toBe(false);
  });

  it("lacks its secret where it needs one and has none, but never on a device", () => {
    expect(lacksSecret({ channel: "sms", needsSecret: true, hasSecret: false })).toBe(true);
    expect(lacksSecret({ channel: "sms", needsSecret: true, hasSecret: true })).toBe(false);
    expect(lacksSecret({ channel: "sms", needsSecret: false, hasSecret: false })).toBe(false);
    expect(lacksSecret({ channel: "push", needsSecret: true, hasSecret: false })).toBe(false);
  });

  it("stands among the failing from the third try on, and codes go first", () => {
    expect([FAILING_TRIES, URGENT_LANE]).toEqual([3, 1]);
  });
});

describe("a recipient is shown as far as one compares", () => {
  it.each([
    ["sms", "0912345678", "•••••••678"],
    ["email", "mau@example.vn", "m•••@example.vn"],
    ["push", "3f2a9c71", "•••9c71"],
    ["inbox", "12", ""],
  ] as const)("%s %s: %s", (channel, recipient, shown) => {
    expect(maskRecipient(channel, recipient)).toBe(shown);
  });
});
