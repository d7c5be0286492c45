import { describe, expect, test } from "vitest";
import type { Staff } from "../kernel/actor.ts";
import { dueFirst, nameOf, officesAnswered, type ReviewLine, readDecisions, readsAll, statesOf } from "./rules.ts";

const lan: ReviewLine = {
  ...{ staffId: "7", username: "lan", name: "Trần Thị Lan", held: "officer@52T01", what: "officer", isRole: true },
  ...{ since: "2026-01-05", lastSeenOn: null, stoppedOn: null, confirmedOn: null, confirmedBy: null },
  ...{ confirmedUntil: "2026-04-07", isDue: true, factors: [], looks: 0 },
};
const her: ReviewLine = { ...lan, held: "right:claims", what: "claims", isRole: false };

const holds = (...roles: Staff["roles"]): Staff => ({
  ...{ kind: "staff", staffId: "1", name: "K", sessionId: "00" },
  roles,
});

describe("who answers for an office", () => {
  test("supervisors and leaders of it do, officers and leaders of units do not", () => {
    expect(
      officesAnswered(holds({ role: "supervisor", officeCode: "A" }, { role: "leader", officeCode: "B" })),
    ).toEqual(["A", "B"]);
    expect(officesAnswered(holds({ role: "officer", officeCode: "A" }, { role: "leader", unitCode: "GL" }))).toEqual(
      [],
    );
  });

  test("auditors and operators read every office and decide in none", () => {
    for (const role of ["auditor", "operator"] as const) {
      expect([readsAll(holds({ role })), officesAnswered(holds({ role }))]).toEqual([true, []]);
    }
    expect(readsAll(holds({ role: "supervisor", officeCode: "A" }))).toBe(false);
  });
});

describe("what a form decides", () => {
  test("a right is kept, or ends with a reason", () => {
    const form = { "do-7-officer": "keep", "do-7-claims": "end", "why-7-claims": "  Đã chuyển sang\n bộ phận khác " };
    expect(readDecisions([lan, her], form)).toEqual({
      ok: true,
      value: [
        { line: lan, verdict: "keep", reason: null },
        { line: her, verdict: "end", reason: "Đã chuyển sang bộ phận khác" },
      ],
    });
  });

  test("an end without a reason of ten characters is refused at its own box, and so is one of 301", () => {
    for (const reason of ["", "Nghỉ việc", "x".repeat(301)]) {
      expect(readDecisions([lan], { "do-7-officer": "end", "why-7-officer": reason })).toEqual({
        ok: false,
        faults: [{ field: "why-7-officer", key: "reason_short" }],
      });
    }
  });

  test("what is left open, or named otherwise, is no decision; of nothing at all the form says so", () => {
    const form = { "do-7-officer": "keep", "do-8-officer": "end", "do-7-claims": "lift" };
    expect(readDecisions([lan, her], form)).toMatchObject({ ok: true, value: [{ line: lan }] });
    expect(readDecisions([lan, her], { "do-7-claims": "lift" })).toEqual({
      ok: false,
      faults: [{ field: "do-7-officer", key: "nothing_decided" }],
    });
  });
});

describe("how an office stands", () => {
  const quiet = { ...her, staffId: "8", isDue: false, confirmedUntil: "2026-09-30" };

  test("what is due comes first, and is counted with the day until which all was confirmed", () => {
    expect(dueFirst([quiet, lan])).toEqual([lan, quiet]);
    const at = (line: ReviewLine, officeCode: string) => ({ ...line, officeCode });
    expect(statesOf([at(quiet, "A"), at(lan, "A"), at(her, "A"), at(quiet, "B")])).toEqual([
      { officeCode: "A", members: 2, rights: 3, due: 2, until: "2026-04-07" },
      { officeCode: "B", members: 1, rights: 1, due: 0, until: "2026-09-30" },
    ]);
  });

  test("a role is named without its office, a right without its mark", () => {
    expect([nameOf("officer@52T01"), nameOf("right:claims")]).toEqual([
      { what: "officer", isRole: true },
      { what: "claims", isRole: false },
    ]);
  });
});
