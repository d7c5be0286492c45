import { expect, test } from "vitest";
import { plainDate } from "../kernel/calendar.ts";
import { addsToYear, ownChoiceCare } from "./rules-own-choice.ts";

const entry = (validFrom: string, share: string, adds: boolean) => ({
  ...{ code: "1.13", validFrom, validTo: null },
  detail: { own_choice: true, adds_to_year: adds, outpatient_pct_of_card_rate: share },
});

test("a row that an operator adds goes before the one that is still open", () => {
  const list = [entry("2026-12-01", "70", true), entry("2026-07-01", "50", false)];
  expect(addsToYear(list, "1.13", "2026-11-30")).toBe(false);
  expect(addsToYear(list, "1.13", "2026-12-01")).toBe(true);
  expect(ownChoiceCare(list, plainDate("2026-12-01")).outpatient).toEqual([70]);
});
