import { describe, expect, it } from "vitest";
import { allowed, answersKeptUntil, isOverdue, KEEP_DAYS, keepUntil, STATUSES, statusAfter } from "./rules.ts";

const at = (day: string, time = "00:00:00.000") => new Date(`${day}T${time}+07:00`);
const ended = {
  status: "lapsed",
  decidedAt: null,
  keepUntil: "2027-01-02",
  forgottenAt: null,
} as const;
const until = (file: Parameters<typeof answersKeptUntil>[0], now: Date, shown = file.status) =>
  answersKeptUntil(file, shown, now)?.toString();

describe("the answers of a file that has ended", () => {
  it("begin a new one through the last of their days, and no longer", () => {
    expect(until(ended, at("2026-12-10"))).toBe("2027-01-02");
    expect(until(ended, at("2027-01-02", "23:59:59.999"))).toBe("2027-01-02");
    expect(until(ended, at("2027-01-03"))).toBeUndefined();
  });

  it("are gone once they are forgotten, and where nobody said how long they stay", () => {
    expect(until({ ...ended, forgottenAt: at("2026-12-01") }, at("2026-12-10"))).toBeUndefined();
    expect(until({ ...ended, keepUntil: null }, at("2026-12-10"))).toBeUndefined();
  });

  it("of a refused file are kept from its decision on", () => {
    const refused = { ...ended, status: "refused", decidedAt: at("2026-12-01", "23:30:00.000") } as const;
    expect(until(refused, at("2026-12-31"))).toBe("2026-12-31");
    expect(until(refused, at("2027-01-01"))).toBeUndefined();
    expect(until({ ...refused, decidedAt: null }, at("2026-12-10"))).toBeUndefined();
  });

  it("of a file that is over and that no sweep has met are kept from now on", () => {
    const overdue = { ...ended, status: "confirmed", keepUntil: null } as const;
    expect(until(overdue, at("2026-12-03", "23:59:59.999"))).toBeUndefined();
    expect(until(overdue, at("2026-12-04"), "lapsed")).toBe("2027-01-03");
  });

  it.each(["draft", "confirmed", "received", "accepted"] as const)(
    "are no answers of an ended file while it is %s",
    (status) => {
      expect(until({ ...ended, status }, at("2026-12-10"))).toBeUndefined();
    },
  );

  it("stay for thirty days", () => {
    expect(KEEP_DAYS).toBe(30);
    expect(keepUntil(at("2026-11-23", "23:00:00.000")).toString()).toBe("2026-12-23");
  });
});

describe("a file that is over", () => {
  const file = { status: "confirmed", lapsesAt: at("2026-12-04") } as const;

  it("is none that came with a batch, and none without a last day", () => {
    expect(isOverdue({ ...file, batchedAt: at("2026-12-01") }, at("2027-01-01"))).toBe(false);
    expect(isOverdue({ ...file, batchedAt: null }, at("2027-01-01"))).toBe(true);
    expect(isOverdue({ ...file, lapsesAt: null }, at("2027-01-01"))).toBe(false);
  });
});

describe("who may do what", () => {
  it("nobody but the person declares again, and only what has ended otherwise than by acceptance", () => {
    const again = STATUSES.filter((status) => allowed(status, "citizen").includes("redeclare"));
    expect(again).toEqual(["refused", "lapsed", "withdrawn"]);
    for (const status of STATUSES) expect(allowed(status, "staff")).not.toContain("redeclare");
  });

  it("an act that moves nothing leaves the status, and only where it is allowed", () => {
    expect(statusAfter("received", "taken", "staff")).toBe("received");
    expect(statusAfter("received", "taken", "citizen")).toBeUndefined();
    expect(statusAfter("confirmed", "taken", "staff")).toBeUndefined();
    expect(statusAfter("confirmed", "received", "staff")).toBe("received");
  });
});
