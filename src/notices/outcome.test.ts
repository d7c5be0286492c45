import { describe, expect, it } from "vitest";
import { type Answer, type Attempt, decide, keptOpen } from "./outcome.ts";
import { allowedActs, isLate, laneOf, mayFollow, type NoticeState, noticeStates } from "./rules.ts";

const now = new Date("2026-11-23T02:00:00Z");
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const attempt: Attempt = {
  noticeId: "1",
  fence: 1,
  class: "outcome",
  queuedAt: now,
  dueAt: inSeconds(900),
  tries: 1,
  reportsDelivery: false,
  isRepeatable: false,
};

describe("what follows from an answer", () => {
  it("accepted: sent, and the secret goes", () => {
    const mark = decide(attempt, { kind: "accepted", references: ["a1"] }, now, 0.5);
    expect(mark).toMatchObject({ state: "sent", wipesSecret: true, references: ["a1"], error: null, tries: 1 });
  });

  it("accepted by one of several providers: the secret stays until the handset's network has reported", () => {
    const answer: Answer = { kind: "accepted", references: ["a1"] };
    const said = { state: "sent", awaitsReceipt: true };
    expect(decide({ ...attempt, reportsDelivery: true }, answer, now, 0.5)).toMatchObject({
      ...said,
      wipesSecret: true,
    });
    const repeatable = { ...attempt, reportsDelivery: true, isRepeatable: true };
    expect(decide(repeatable, answer, now, 0.5)).toMatchObject({ ...said, wipesSecret: false });
  });

  it("refused for good: failed and shown with its reason; the secret stays for a resend", () => {
    const mark = decide(attempt, { kind: "refused", error: "smtp_550" }, now, 0.5);
    expect(mark).toMatchObject({ state: "failed", error: "smtp_550", wipesSecret: false });
  });

  it("not now: queued again by the schedule", () => {
    const mark = decide(attempt, { kind: "later", error: "smtp_451", isDown: false }, now, 0.5);
    expect(mark).toMatchObject({ state: "queued", nextAt: inSeconds(5), tries: 1 });
  });

  it("not now, and told when: not before that, though a try is spent", () => {
    const answer = { kind: "later", error: "push_429", isDown: false } as const;
    expect(decide(attempt, { ...answer, notBefore: inSeconds(120) }, now, 0.5).nextAt).toEqual(inSeconds(120));
    expect(decide(attempt, { ...answer, notBefore: inSeconds(1) }, now, 0.5).nextAt).toEqual(inSeconds(5));
    const tooLate = { ...attempt, dueAt: inSeconds(-4 * 86_400), queuedAt: inSeconds(-4 * 86_400) };
    expect(decide(tooLate, { ...answer, notBefore: inSeconds(120) }, now, 0.5).state).toBe("failed");
  });

  it("given up, while the clock is not believed: tried again in a minute, the secret kept", () => {
    const old = { ...attempt, dueAt: inSeconds(-4 * 86_400), queuedAt: inSeconds(-4 * 86_400) };
    const given = decide(old, { kind: "later", error: "smtp_451", isDown: false }, now, 0.5);
    expect(given).toMatchObject({ state: "failed", error: "gave_up:smtp_451" });
    expect(keptOpen(given, now)).toMatchObject({ state: "queued", error: "smtp_451", nextAt: inSeconds(60) });
    const refused = decide(attempt, { kind: "refused", error: "smtp_550" }, now, 0.5);
    expect(keptOpen(refused, now)).toBe(refused);
  });

  it("asked to slow down: tried a second later, and no try is spent", () => {
    const mark = decide(attempt, { kind: "throttled", error: "smpp_0x58" }, now, 0.5);
    expect(mark).toMatchObject({ state: "queued", nextAt: inSeconds(1), tries: 0 });
  });

  it("no answer: unknown, and not sent again within 20 seconds", () => {
    const mark = decide(attempt, { kind: "unknown", error: "no_answer" }, now, 0.5);
    expect(mark).toMatchObject({ state: "unknown", nextAt: inSeconds(20), wipesSecret: false });
  });

  it("not at this hour: queued until the morning as one that was not taken, and no try is spent", () => {
    const mark = decide(attempt, { kind: "wait", error: "night", until: inSeconds(3600) }, now, 0.5);
    const kept = { state: "queued", nextAt: inSeconds(3600), tries: 0, wipesSecret: false };
    expect(mark).toMatchObject({ ...kept, outcome: "later", awaitsReceipt: false });
  });

  it("no longer true: ended unsent, and the secret goes", () => {
    const mark = decide(attempt, { kind: "overtaken", error: "came_further" }, now, 0.5);
    expect(mark).toMatchObject({ outcome: "overtaken", state: "overtaken", wipesSecret: true, awaitsReceipt: false });
  });

  it("waits a tenth as long in a window of a tenth", () => {
    const quick = { ...attempt, dueAt: inSeconds(90) };
    const nextAt = (kind: "throttled" | "unknown") => decide(quick, { kind, error: "x" }, now, 0.5, 0.1).nextAt;
    expect(nextAt("throttled")).toEqual(inSeconds(0.1));
    expect(nextAt("unknown")).toEqual(inSeconds(2));
    const old = { ...attempt, class: "code", dueAt: inSeconds(-1) } as const;
    const given = decide(old, { kind: "later", error: "x", isDown: false }, now, 0.5);
    expect(keptOpen(given, now, 0.1)).toMatchObject({ nextAt: inSeconds(6), wipesSecret: false });
  });

  it("one failure of any kind never ends a message that is due", () => {
    for (const kind of ["later", "throttled", "unknown"] as const) {
      const answer = { kind, error: "x", isDown: true };
      expect(decide(attempt, answer, inSeconds(899), 0.5).state).not.toBe("failed");
      expect(decide(attempt, answer, inSeconds(5000), 0.5).state).not.toBe("failed");
    }
  });

  it("a code that did not get through in its time ends, and its secret goes", () => {
    const code: Attempt = { ...attempt, class: "code", dueAt: inSeconds(300) };
    const mark = decide(code, { kind: "later", error: "no_route", isDown: true }, inSeconds(300), 0.5);
    expect(mark).toMatchObject({ state: "failed", error: "gave_up:no_route", wipesSecret: true });
  });
});

describe("the life of a message", () => {
  it("delivered is final", () => {
    for (const state of noticeStates) expect(mayFollow("delivered", state)).toBe(false);
  });

  it("a message that is out never waits again, except when a failed one is sent again by hand", () => {
    const back = noticeStates.filter((from) => mayFollow(from, "queued"));
    expect(back).toEqual(["sending", "failed"]);
  });

  it("every state but the last can still become delivered: a receipt counts whenever it comes", () => {
    const open = noticeStates.filter((state): state is NoticeState => state !== "delivered");
    expect(open.every((state) => mayFollow(state, "delivered"))).toBe(true);
  });

  it("late is what was not accepted by its deadline, however it ended", () => {
    const dueAt = inSeconds(900);
    expect(isLate({ state: "queued", dueAt, sentAt: null }, inSeconds(900))).toBe(false);
    expect(isLate({ state: "queued", dueAt, sentAt: null }, inSeconds(901))).toBe(true);
    expect(isLate({ state: "sent", dueAt, sentAt: inSeconds(899) }, inSeconds(9999))).toBe(false);
    expect(isLate({ state: "delivered", dueAt, sentAt: inSeconds(901) }, inSeconds(9999))).toBe(true);
  });

  it("only a failed message can be sent again, and never a code or one whose secret is gone", () => {
    expect(allowedActs({ state: "failed", class: "outcome", lacksSecret: false })).toEqual(["resend"]);
    expect(allowedActs({ state: "failed", class: "outcome", lacksSecret: true })).toEqual([]);
    expect(allowedActs({ state: "failed", class: "code", lacksSecret: false })).toEqual([]);
    for (const state of noticeStates.filter((other) => other !== "failed")) {
      expect(allowedActs({ state, class: "outcome", lacksSecret: false })).toEqual([]);
    }
  });

  it("outcomes and codes go before reminders, reminders before campaigns", () => {
    expect(laneOf).toEqual({ outcome: 1, code: 1, reminder: 2, campaign: 3 });
  });
});
