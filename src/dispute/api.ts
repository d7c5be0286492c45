import { z } from "zod";
import { noteLook } from "../audit/record.ts";
import { Invalid } from "../kernel/failures.ts";
import { readerOf } from "../me/reader.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { openDispute } from "./open.ts";
import { DISPUTE_KINDS, FACT_KINDS, OUTCOMES, parseDispute, SAYS_MAX } from "./rules.ts";
import { type Dispute, disputesOf } from "./store.ts";

const PAGE_DEFAULT = 50;
const PAGE_MAX = 100;

const disputeReply = z.object({
  id: z.uuid(),
  kind: z.enum(DISPUTE_KINDS),
  fact: z.object({ kind: z.enum(FACT_KINDS), id: z.string() }),
  says: z.string(),
  status: z.enum(["open", "answered"]),
  createdAt: z.string(),
  answerDueOn: z.string().nullable().describe("Last day for the first answer: the third working day"),
  answer: z.string().nullable(),
  outcome: z.enum(OUTCOMES).nullable().describe("Set with the answer; the record is changed by its source alone"),
});

const shown = (dispute: Dispute) => ({
  id: dispute.disputeId,
  kind: dispute.kind,
  fact: dispute.fact,
  says: dispute.says,
  status: dispute.status,
  createdAt: dispute.createdAt.toISOString(),
  answerDueOn: dispute.answerDueOn ?? null,
  answer: dispute.answer ?? null,
  outcome: dispute.outcome ?? null,
});

export const routes: Route[] = [
  apiRoute({
    method: "GET",
    path: "/api/v1/me/disputes",
    who: ["citizen"],
    purpose: "own_record",
    summary: "What was reported as wrong, newest first, a page at a time",
    queryOf: z.object({
      cursor: z.uuid().optional().describe("`next` of the page before"),
      limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    }),
    replies: { 200: z.object({ disputes: z.array(disputeReply), next: z.string().nullable() }) },
    async handle(ask) {
      const { house, now } = ask;
      const actor = readerOf(ask.actor);
      const { cursor: after, limit } = ask.query;
      const { disputes, next } = await disputesOf(house.db, actor, { after, limit });
      noteLook(house, { at: now, actor, action: "read_disputes", purpose: "own_record", personId: actor.personId });
      return { status: 200, body: { disputes: disputes.map(shown), next: next ?? null } };
    },
  }),
  apiRoute({
    method: "POST",
    path: "/api/v1/me/disputes",
    who: ["citizen"],
    purpose: "own_record",
    summary: "Report a fact of my record as wrong, missing or not mine",
    bodyOf: z.object({
      kind: z.enum(DISPUTE_KINDS),
      fact: z.object({ kind: z.enum(FACT_KINDS), id: z.string().max(100).default("") }),
      says: z.string().max(SAYS_MAX).default(""),
    }),
    replies: { 201: disputeReply },
    async handle(ask) {
      const { kind, fact, says } = ask.body;
      const parsed = parseDispute({ about: fact.kind, fact: fact.id, kind, says });
      if (!parsed.ok) throw new Invalid(parsed.faults);
      const actor = readerOf(ask.actor);
      const opened = await openDispute(ask.house, { actor, answers: parsed.value, now: ask.now });
      return { status: 201, body: shown(opened) };
    },
  }),
];
