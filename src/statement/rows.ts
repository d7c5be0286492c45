/** What stands on a paper: rows and totals of one record, read once for PDF, CSV and check. */
import type { House } from "../db/house.ts";
import { newestReceipt } from "../intake/file-times.ts";
import type { RecordOwner } from "../kernel/actor.ts";
import type { Lang } from "../kernel/calendar.ts";
import { parseVnd, wholeVnd } from "../kernel/money.ts";
import { FUNDS, type Totals, totalsOf } from "../participation/rules.ts";
import { type ParticipationRow, readParticipation } from "../participation/store.ts";
import { illnessInWords } from "../visits/illness.ts";
import { type ShownCosts, shownCosts, type YearTotals, yearTotals } from "../visits/rules.ts";
import type { VisitHead } from "../visits/store.ts";
import { readOverview, visitsOfYear } from "../visits/store-year.ts";
import type { Figures } from "./rules.ts";

export interface ParticipationRecord {
  rows: readonly ParticipationRow[];
  totals: { fund: ParticipationRow["fund"]; totals: Totals }[];
  figures: Figures;
  freshAt: Date | undefined;
}

export async function participationOf(house: House, owner: RecordOwner): Promise<ParticipationRecord> {
  const { rows } = await readParticipation(house.pool, owner.personId);
  const sources = rows.map(({ sourceFileId }) => sourceFileId);
  const freshAt = await newestReceipt(house.db, sources);
  const totals = FUNDS.map((fund) => ({ fund, totals: totalsOf(rows, fund) }));
  const figures: Figures = {
    kind: "participation",
    funds: totals
      .filter(({ totals: one }) => one.firstMonth !== undefined)
      .map(({ fund, totals: one }) => ({ fund, paid: one.paid, unpaid: one.unpaid, last: lastPaid(rows, fund) })),
    rows: rows.length,
    base: newestBase(rows),
  };
  return { rows, totals, figures, freshAt };
}

function lastPaid(rows: readonly ParticipationRow[], fund: ParticipationRow["fund"]): string | undefined {
  const months = rows.filter((row) => row.fund === fund && row.status === "paid").map(({ toMonth }) => toMonth);
  return months.toSorted().at(-1);
}

/** What a lender looks at first, and so what is altered first. */
function newestBase(rows: readonly ParticipationRow[]) {
  const [newest] = rows
    .filter(({ fund, status, contributionBase }) => fund === "bhxh" && status === "paid" && contributionBase)
    .toSorted((a, b) => (a.toMonth < b.toMonth ? 1 : -1));
  const amount = newest?.contributionBase ? parseVnd(newest.contributionBase) : undefined;
  return newest && amount !== undefined ? { month: newest.toMonth, amount: String(wholeVnd(amount)) } : undefined;
}

export interface VisitRow {
  visit: VisitHead;
  costs: ShownCosts;
}

export interface VisitsRecord {
  year: number;
  /** Oldest first, as a year is read on paper. */
  rows: VisitRow[];
  totals: YearTotals;
  figures: Figures;
  freshAt: Date | undefined;
}

export async function visitsOf(house: House, owner: RecordOwner, year: number): Promise<VisitsRecord> {
  const [visits, { fresh }] = await Promise.all([visitsOfYear(house.db, owner, year), readOverview(house.db, owner)]);
  const rows = visits.toReversed().map((visit) => ({ visit, costs: shownCosts(visit.costs) }));
  const totals = yearTotals(visits.map(({ costs }) => costs));
  const { total, fund, co, self, other } = totals.costs;
  const last = visits[0]?.admittedAt.slice(0, 10);
  const parts = { fund: String(fund), co: String(co), self: String(self), other: String(other) };
  const figures: Figures = { kind: "visits", year, visits: rows.length, total: String(total), parts, last };
  return { year, rows, totals, figures, freshAt: fresh?.at };
}

/** In plain words; a private illness only where its owner ticked it. */
export function illnessOf(
  visit: Pick<VisitHead, "isSensitive" | "mainCode" | "diagnosis">,
  shown: { withPrivate: boolean; private: string },
  lang: Lang,
): string {
  if (visit.isSensitive && !shown.withPrivate) return shown.private;
  return illnessInWords(visit.mainCode, lang) ?? visit.diagnosis;
}
