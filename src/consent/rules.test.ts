import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { dueNotice, NOTICES, noticeOn } from "./rules.ts";

const at = (day: string) => new Date(`${day}T03:00:00Z`);

describe("the privacy notice", () => {
  it("of a day is the newest that is in force on it", () => {
    expect(noticeOn(plainDate("2026-11-15")).version).toBe(1);
    expect(noticeOn(plainDate("2026-11-16")).version).toBe(2);
  });

  it("versions follow one another in number and day, and each newer one says what is new in both languages", () => {
    expect(NOTICES.map(({ version }) => version)).toEqual(NOTICES.map((_, index) => index + 1));
    expect(NOTICES.map(({ from }) => from)).toEqual(NOTICES.map(({ from }) => from).toSorted());
    for (const { news } of NOTICES.slice(1)) {
      expect(news.vi.length).toBeGreaterThan(0);
      expect(news.en).toHaveLength(news.vi.length);
    }
  });

  it("that was in force is never edited: people were told this", () => {
    const hashOf = (version: number) => {
      const notice = NOTICES[version - 1];
      const text = JSON.stringify([notice?.from, notice?.text("vi"), notice?.text("en")]);
      return createHash("sha256").update(text).digest("hex").slice(0, 16);
    };
    expect([hashOf(1), hashOf(2)]).toEqual(["abac0abc00def0a0", "c07c59ef1de4a2ba"]);
  });

  it.each([
    ["registered under the one before, never shown the new one", "2026-01-05", undefined, "2026-11-23", 2],
    ["registered under the one before, shown the new one", "2026-01-05", 2, "2026-11-23", undefined],
    ["registered under the new one", "2026-11-20", undefined, "2026-11-23", undefined],
    ["the new one is not in force yet", "2026-01-05", undefined, "2026-11-10", undefined],
  ])("is shown at sign-in when it is new: %s", (_, activated, seenVersion, today, version) => {
    expect(dueNotice({ activatedAt: at(activated), seenVersion }, plainDate(today))?.version).toBe(version);
  });
});
