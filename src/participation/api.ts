import { z } from "zod";
import { readUnlessHeld } from "../me/kept-bodies.ts";
import { ownLook } from "../me/own-look.ts";
import { layoutFor, readerOf } from "../me/reader.ts";
import { knownVersion, unchanged, versioned, versionHeader } from "../me/versioned.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { FUNDS, totalsOf } from "./rules.ts";
import { type ParticipationRow, readParticipation } from "./store.ts";

const LAYOUT = "p1";
const month = z.string().describe("YYYY-MM");
const amount = z.string().nullable().describe("Exact decimal");

const totalsReply = z.object({
  fund: z.enum(FUNDS),
  paidMonths: z.number().int().describe("A month counts once a fund; unpaid months are never added"),
  unpaidMonths: z.number().int(),
  refundedMonths: z.number().int().describe("Taken back as a lump sum"),
  gaps: z.array(z.object({ from: month, to: month, months: z.number().int() })),
});

const periodReply = z.object({
  fund: z.enum(FUNDS),
  from: month,
  to: month.describe("YYYY-MM, counted too"),
  status: z.enum(["paid", "unpaid", "refunded"]),
  unit: z.object({ code: z.string(), name: z.string() }),
  title: z.string().nullable(),
  workplace: z.string().nullable(),
  salaryKind: z.enum(["vnd", "coefficient"]),
  salary: amount,
  contributionBase: amount,
  rate: amount,
  objectType: z.string().nullable(),
});

export const routes: Route[] = [
  apiRoute({
    method: "GET",
    path: "/api/v1/me/participation",
    who: ["citizen"],
    purpose: "own_record",
    summary: "My participation by fund: totals, gaps and every period",
    headersOf: versionHeader,
    replies: { 200: z.object({ totals: z.array(totalsReply), periods: z.array(periodReply) }), ...unchanged },
    async handle(ask) {
      const actor = readerOf(ask.actor);
      const layout = layoutFor(actor, LAYOUT);
      const look = ownLook(actor, "read_participation", ask.now);
      const read = await readUnlessHeld(ask.house, knownVersion(ask.headers, layout), look, () =>
        readParticipation(ask.house.pool, actor.personId),
      );
      return versioned(read.version, layout, read.rows && bodyOf(read.rows));
    },
  }),
];

function bodyOf(rows: readonly ParticipationRow[]): string {
  const shortMonth = (iso: string) => iso.slice(0, 7);
  return JSON.stringify({
    totals: FUNDS.map((fund) => {
      const totals = totalsOf(rows, fund);
      return {
        fund,
        paidMonths: totals.paid,
        unpaidMonths: totals.unpaid,
        refundedMonths: totals.refunded,
        gaps: totals.gaps.map((gap) => ({
          from: shortMonth(gap.fromMonth),
          to: shortMonth(gap.toMonth),
          months: gap.months,
        })),
      };
    }),
    periods: rows.map((row) => ({
      fund: row.fund,
      from: shortMonth(row.fromMonth),
      to: shortMonth(row.toMonth),
      status: row.status,
      unit: { code: row.unitCode, name: row.unitName },
      title: row.title ?? null,
      workplace: row.workplace ?? null,
      salaryKind: row.salaryKind,
      salary: row.salary ?? null,
      contributionBase: row.contributionBase ?? null,
      rate: row.rate ?? null,
      objectType: row.objectType ?? null,
    })),
  });
}
