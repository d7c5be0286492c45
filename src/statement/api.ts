import { z } from "zod";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { readerOf } from "../me/reader.ts";
import { apiRoute, csvAnswer, pdfAnswer, type Route } from "../web/route.ts";
import { checkStatement } from "./check.ts";
import { makeCsv } from "./csv.ts";
import { makeStatement } from "./make.ts";
import { KINDS, parseWish, standingOf } from "./rules.ts";
import { type Statement, statementsOf } from "./store.ts";
import { withdrawStatement } from "./withdraw.ts";
import { shownLines } from "./words.ts";

const kind = z.enum(KINDS);
const year = z.coerce.number().int().min(1990).max(2200).optional().describe("Of visits: the year of admission");
const withPrivate = z.boolean().default(false).describe("Name the illnesses that are private");
const standing = z.enum(["good", "ended", "withdrawn"]);
const own = { who: ["citizen"], purpose: "own_record", sensitive: true } as const;

const listed = z.object({
  id: z.uuid(),
  kind,
  year: z.number().int().nullable(),
  madeAt: z.string(),
  expiresOn: z.string().describe("Last day on which the check answers"),
  standing,
  codeEnd: z.string().describe("Last four signs of the check code"),
  checks: z.number().int().describe("How often third parties checked it"),
  checkedAt: z.string().nullable(),
});

const line = z.object({ key: z.string(), value: z.string() });
const checkReply = z.object({
  standing: z.enum(["good", "ended", "withdrawn", "unknown"]),
  kind: kind.optional(),
  year: z.number().int().nullable().optional(),
  madeAt: z.string().optional(),
  expiresOn: z.string().optional(),
  lines: z.array(line).optional().describe("Initials, masked number and totals, in words: to compare with the paper"),
});

/** The same parser serves page and API. */
function wishOf(typed: { kind: string; year?: number | undefined; withPrivate?: boolean }) {
  const parsed = parseWish({ ...typed, year: typed.year === undefined ? "" : String(typed.year) });
  if (!parsed.ok) throw new Invalid(parsed.faults);
  return parsed.value;
}

export const routes: Route[] = [
  apiRoute({
    ...own,
    method: "GET",
    path: "/api/v1/me/statements",
    summary: "The papers that were made of my record, newest first, a page at a time, and how often each was checked",
    queryOf: z.object({ cursor: z.uuid().optional().describe("`next` of the page before") }),
    replies: { 200: z.object({ statements: z.array(listed), next: z.uuid().nullable() }) },
    async handle({ house, actor, now, query }) {
      const { papers, next } = await statementsOf(house.db, readerOf(actor).personId, query.cursor);
      const statements = papers.map((paper) => shownInList(paper, now));
      return { status: 200, body: { statements, next: next ?? null } };
    },
  }),
  apiRoute({
    ...own,
    method: "POST",
    path: "/api/v1/me/statements",
    summary: "Make a paper of my record: a PDF that bears a check code, once only",
    bodyOf: z.object({ kind, year, withPrivate }),
    // The paper is not kept anywhere, and so not for a second answer either.
    isIdempotent: false,
    replies: { 201: pdfAnswer("The paper; its id and code stand in headers") },
    async handle(ask) {
      const made = await makeStatement(ask.house, readerOf(ask.actor), wishOf(ask.body), ask);
      const headers = { "vssid-statement-id": made.statementId, "vssid-statement-code": made.code };
      return { status: 201, body: made.pdf, headers };
    },
  }),
  apiRoute({
    ...own,
    method: "POST",
    path: "/api/v1/me/statements/{id}/withdrawal",
    summary: "Take a paper back: its check says so from now on",
    params: z.object({ id: z.uuid() }),
    replies: { 204: z.undefined() },
    async handle(ask) {
      await withdrawStatement(ask.house, readerOf(ask.actor), ask.params.id, ask.now);
      return { status: 204 };
    },
  }),
  apiRoute({
    ...own,
    method: "GET",
    path: "/api/v1/me/statements/{kind}.csv",
    summary: "The rows of my record as CSV (UTF-8 with byte-order mark): participation, or visits of a year",
    params: z.object({ kind }),
    queryOf: z.object({ year, withPrivate: z.stringbool().default(false) }),
    replies: { 200: csvAnswer("A line for each row, under a head") },
    async handle(ask) {
      const body = await makeCsv(ask.house, readerOf(ask.actor), wishOf({ ...ask.params, ...ask.query }), ask);
      return { status: 200, body };
    },
  }),
  apiRoute({
    method: "POST",
    path: "/api/v1/paper-checks",
    who: ["anyone"],
    purpose: "paper_check",
    rate: "guess",
    summary: "Is a paper genuine? By its check code, for whoever holds it",
    bodyOf: z.object({ code: z.string().max(64) }),
    isIdempotent: false,
    replies: { 200: checkReply },
    async handle({ house, body, lang, now }) {
      const answer = await checkStatement(house, { code: body.code }, now);
      if (answer.standing !== "good") return { status: 200, body: answer };
      const { standing: good, kind: of, year: when, madeAt, expiresOn, shown } = answer;
      const told = { standing: good, kind: of, year: when, madeAt: madeAt.toISOString(), expiresOn };
      return { status: 200, body: { ...told, lines: shownLines(shown, lang) } };
    },
  }),
];

function shownInList(paper: Statement, now: Date) {
  return {
    id: paper.statementId,
    kind: paper.kind,
    year: paper.year,
    madeAt: paper.madeAt.toISOString(),
    expiresOn: paper.expiresOn,
    standing: standingOf(paper, dayOf(now)),
    codeEnd: paper.codeEnd,
    checks: paper.checks,
    checkedAt: paper.checkedAt?.toISOString() ?? null,
  };
}
