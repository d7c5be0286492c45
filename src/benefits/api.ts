import { z } from "zod";
import { readUnlessHeld } from "../me/kept-bodies.ts";
import { ownLook } from "../me/own-look.ts";
import { layoutFor, readerOf } from "../me/reader.ts";
import { knownVersion, unchanged, versioned, versionHeader } from "../me/versioned.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { BENEFIT_KINDS, type Benefit } from "./rules.ts";
import { readBenefits } from "./store.ts";
import { readPapers } from "./store-documents.ts";

const LAYOUT = "b1";
const PAPERS_LAYOUT = "d2";

const paperReply = z.object({
  id: z.guid(),
  kind: z.string().describe("LOAIHOSO: CT03 discharge, CT04 summary, CT06 rest in pregnancy, CT07 sick leave, …"),
  serial: z.string().optional(),
  issuedOn: z.string().optional(),
  fromOn: z.string().optional(),
  toOn: z.string().optional(),
  facilityCode: z.string(),
  facilityName: z.string().optional(),
  unitName: z.string().optional(),
  diagnosis: z.string().optional(),
  isSensitive: z.boolean().describe("Show the illness only when asked to"),
  fields: z.record(z.string(), z.string()).describe("What the facility filled in, by the names of TT 25/2025/TT-BYT"),
});

const benefitReply = z.object({
  kind: z.enum(BENEFIT_KINDS),
  decisionNo: z.string(),
  decidedOn: z.string().nullable(),
  from: z.string(),
  to: z.string().nullable(),
  regime: z.string(),
  amount: z.string().describe("Exact decimal in đồng; a month's amount for monthly and unemployment"),
  agency: z.string().nullable(),
  unitName: z.string().nullable(),
  paidBy: z.string().nullable(),
  bank: z.object({ name: z.string(), accountTail: z.string().nullable() }).nullable(),
  status: z.enum(["decided", "paid", "stopped"]),
});

export const routes: Route[] = [
  apiRoute({
    method: "GET",
    path: "/api/v1/me/benefits",
    who: ["citizen"],
    purpose: "own_record",
    summary: "Benefits that I received or receive, newest first",
    headersOf: versionHeader,
    replies: { 200: z.object({ benefits: z.array(benefitReply) }), ...unchanged },
    async handle(ask) {
      const actor = readerOf(ask.actor);
      const layout = layoutFor(actor, LAYOUT);
      const look = ownLook(actor, "read_benefits", ask.now);
      const read = await readUnlessHeld(ask.house, knownVersion(ask.headers, layout), look, () =>
        readBenefits(ask.house.pool, actor.personId),
      );
      return versioned(read.version, layout, read.benefits && bodyOf(read.benefits));
    },
  }),
  apiRoute({
    method: "GET",
    path: "/api/v1/me/papers",
    who: ["citizen"],
    purpose: "own_record",
    sensitive: true,
    summary: "Papers that care facilities gave me for benefits (sick leave, discharge, …), newest first",
    headersOf: versionHeader,
    replies: { 200: z.object({ papers: z.array(paperReply) }), ...unchanged },
    async handle({ house, now, headers, actor: asker }) {
      const actor = readerOf(asker);
      const layout = layoutFor(actor, PAPERS_LAYOUT);
      const look = ownLook(actor, "read_papers", now);
      const read = await readUnlessHeld(house, knownVersion(headers, layout), look, () =>
        readPapers(house.pool, actor),
      );
      return versioned(read.version, layout, read.papers && JSON.stringify({ papers: read.papers }));
    },
  }),
];

function bodyOf(benefits: readonly Benefit[]): string {
  return JSON.stringify({
    benefits: benefits.map((benefit) => ({
      kind: benefit.kind,
      decisionNo: benefit.decisionNo,
      decidedOn: benefit.decidedOn ?? null,
      from: benefit.fromOn,
      to: benefit.toOn ?? null,
      regime: benefit.regime,
      amount: benefit.amount,
      agency: benefit.agency ?? null,
      unitName: benefit.unitName ?? null,
      paidBy: benefit.paidBy ?? null,
      bank: benefit.bankName ? { name: benefit.bankName, accountTail: benefit.bankAccountTail ?? null } : null,
      status: benefit.status,
    })),
  });
}
