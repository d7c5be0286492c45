import { z } from "zod";
import { type Actor, officesAtWork, type Staff } from "../kernel/actor.ts";
import { Conflict, Invalid, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import type { Lang } from "../kernel/words.ts";
import { problemAnswerOf, problemOf } from "../web/problem.ts";
import { type ApiAsk, type ApiReply, apiRoute, type Route } from "../web/route.ts";
import { addCodes, CodesLeft } from "./add.ts";
import { BatchNotDone, finishBatch } from "./close.ts";
import { lookAtBatch } from "./look.ts";
import { openBatch } from "./open.ts";
import { type BatchLine, listBatches } from "./read.ts";
import { removeFromBatch } from "./remove.ts";
import { LINES_AT_MOST, progressOf, SCANS, STANDS } from "./rules.ts";
import { type Batch, getBatch, type Line } from "./store.ts";
import { words } from "./words.ts";

/** Batches for other programs of the agency: the same verbs, parsers and refusals as the pages. No name leaves here. */
const desk = { who: ["officer", "supervisor"], purpose: "review" } as const;
const LISTED = 50;
const path = "/api/v1/batches/{id}";
const params = z.object({ id: z.string().max(20).describe("Number of the batch") });

const batchShape = {
  id: z.string(),
  officeCode: z.string(),
  unitCode: z.string().nullable(),
  unitName: z.string().describe("Employer, school or commune that hands the forms in"),
  openedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  done: z.int().describe("Files that the office no longer has to work on"),
  of: z.int().describe("Files of the batch"),
};

const lineShape = {
  no: z.int().describe("Place in the order of scanning, from 1"),
  code: z.string().nullable().describe("null: what was sent is no code"),
  outcome: z.enum(SCANS).describe("taken: handed in now, and lapses no more. Anything else: why it was not taken"),
};

const codesLeft = problemAnswerOf({
  lines: z.array(z.object(lineShape)).optional().describe("What came of the codes before those left"),
  left: z
    .array(z.string())
    .optional()
    .describe("batch_full, batch_closed: the codes without a line, for another batch"),
});
const notDone = problemAnswerOf({
  open: z.array(z.string()).optional().describe("batch_not_done: codes of the files that have no result yet"),
});

const batchView = z.object({
  ...batchShape,
  lines: z.array(
    z.object({
      ...lineShape,
      at: z.iso.datetime(),
      removedAt: z.iso.datetime().nullable(),
      stand: z.enum(STANDS).nullable().describe("Where the file stands; null for lines that hold none"),
    }),
  ),
});

export const routes: Route[] = [
  apiRoute({
    ...desk,
    method: "GET",
    path: "/api/v1/batches",
    summary: `The batches of the asker's offices, open ones first; the newest ${LISTED}`,
    replies: { 200: z.object({ batches: z.array(z.object(batchShape)) }) },
    async handle({ house, actor }) {
      const { offices } = deskOf(actor);
      const batches = await listBatches(house.db, offices, LISTED);
      return { status: 200, body: { batches: batches.map((one) => viewOf(one, one)) } };
    },
  }),
  apiRoute({
    ...desk,
    method: "POST",
    path: "/api/v1/batches",
    summary: "Open a batch for a unit: by its code, or by name when it has none",
    bodyOf: z.object({
      unitCode: z.string().max(20).optional().describe("Code of the unit in the register"),
      unitName: z.string().max(250).optional().describe("Needed when no code is given"),
    }),
    replies: { 201: z.object(batchShape) },
    async handle({ house, actor, body }) {
      const { staff } = deskOf(actor);
      const form = { unit_code: body.unitCode ?? "", unit_name: body.unitName ?? "" };
      const batch = await inBodyTerms(openBatch(house, staff, form));
      return {
        status: 201,
        body: viewOf(batch, { done: 0, of: 0 }),
        headers: { location: `/api/v1/batches/${batch.id}` },
      };
    },
  }),
  apiRoute({
    ...desk,
    method: "GET",
    path,
    summary:
      "A batch with every code that was scanned, and where each file stands. Each file is decided on its own: /api/v1/declarations/{code}/reception, then acceptance, proposal or refusal",
    params,
    replies: { 200: batchView },
    handle: (ask) => shown(ask, 200),
  }),
  apiRoute({
    ...desk,
    method: "POST",
    path: `${path}/lines`,
    summary: "Take signed forms into a batch by their codes: each has an answer of its own, and none is lost",
    params,
    bodyOf: z.object({
      codes: z
        .array(z.string().min(1).max(200))
        .min(1)
        .max(LINES_AT_MOST)
        .describe("As scanned: BD-4F7K-92QX, with the number of the print or inside an address or not"),
    }),
    replies: { 201: z.object({ lines: z.array(z.object(lineShape)) }), 409: codesLeft },
    async handle({ house, actor, lang, params: { id }, body }) {
      const { staff, offices } = deskOf(actor);
      await getBatch(house.db, offices, id);
      const typed = body.codes.map((code) => code.replace(/\s+/gu, "")).join("\n");
      return orConflict({ id, lang, act: "lines" }, async () => ({
        status: 201,
        body: { lines: scanned(await addCodes(house, staff, id, typed)) },
      }));
    },
  }),
  apiRoute({
    ...desk,
    method: "POST",
    path: `${path}/removal`,
    summary: "Take out a form that was scanned by mistake: it waits for its person again, if its last day is not over",
    params,
    bodyOf: z.object({ code: z.string().max(40) }),
    replies: { 201: batchView, 409: problemAnswerOf({}) },
    async handle(ask) {
      const { staff, offices } = deskOf(ask.actor);
      await getBatch(ask.house.db, offices, ask.params.id);
      const code = parseFileCode(ask.body.code);
      if (!code) throw new NotFound("declaration");
      return orConflict({ id: ask.params.id, lang: ask.lang, act: "removal", code }, async () => {
        await removeFromBatch(ask.house, staff, ask.params.id, code);
        return shown(ask, 201);
      });
    },
  }),
  apiRoute({
    ...desk,
    method: "POST",
    path: `${path}/closing`,
    summary: "Close a batch whose files are all decided; a second time changes nothing",
    params,
    replies: { 201: batchView, 409: notDone },
    handle: (ask) =>
      orConflict({ id: ask.params.id, lang: ask.lang, act: "closing" }, async () => {
        await finishBatch(ask.house, deskOf(ask.actor).staff, ask.params.id);
        return shown(ask, 201);
      }),
  }),
];

function deskOf(actor: Actor): { staff: Staff; offices: string[] } {
  if (actor.kind !== "staff") throw new NotSignedIn();
  return { staff: actor, offices: officesAtWork(actor) };
}

const scanned = (lines: readonly Line[]) => lines.map(({ no, code, outcome }) => ({ no, code, outcome }));

interface Tried {
  id: string;
  lang: Lang;
  /** The last part of the address. */
  act: "lines" | "removal" | "closing";
  /** Of the form that it is about. */
  code?: string;
}

/** A conflict tells which batch and which codes, and what to do with them. */
async function orConflict(tried: Tried, work: () => Promise<ApiReply>): Promise<ApiReply> {
  try {
    return await work();
  } catch (failure) {
    const found = failure instanceof Conflict ? conflictOf(failure, tried) : undefined;
    if (!found) throw failure;
    const { title, body, more } = found;
    const { status, code } = failure as Conflict;
    const told = problemOf({ status, code, title, body }, `/api/v1/batches/${tried.id}/${tried.act}`);
    return { status, body: JSON.stringify({ ...told, ...more }) };
  }
}

function conflictOf(failure: Conflict, { id, lang, code = "" }: Tried) {
  const said = words(lang).conflicts;
  if (failure instanceof CodesLeft) {
    const { why, lines, left } = failure;
    const body = why === "batch_full" ? said.fullBody : said.closedBody;
    return { title: said[why], body: body(id, left.length), more: { lines: scanned(lines), left } };
  }
  if (failure instanceof BatchNotDone) {
    const { open } = failure;
    return { title: said.batch_not_done, body: said.notDoneBody(id, open.length), more: { open } };
  }
  if (failure.code !== "would_lapse") return undefined;
  return { title: said.would_lapse, body: said.wouldLapseBody(id, code), more: {} };
}

/** Faults name the fields of the body, not the boxes of the pages. */
async function inBodyTerms<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const named: Record<string, string> = { unit_code: "unitCode", unit_name: "unitName" };
    throw new Invalid(error.faults.map((fault) => ({ ...fault, field: named[fault.field] ?? fault.field })));
  }
}

async function shown(
  { house, actor, params: { id } }: Pick<ApiAsk<{ id: string }, unknown, unknown>, "house" | "actor" | "params">,
  status: number,
) {
  const { staff, offices } = deskOf(actor);
  const { batch, lines, files } = await lookAtBatch(house, staff, offices, id);
  const progress = progressOf(files.map(({ stand }) => stand));
  return { status, body: { ...viewOf(batch, progress), lines: lines.map(lineOf) } };
}

function viewOf(
  { id, officeCode, unitCode, unitName, openedAt, closedAt }: Batch,
  { done, of }: { done: number; of: number },
) {
  const times = { openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null };
  return { id, officeCode, unitCode, unitName, ...times, done, of };
}

const lineOf = ({ no, code, outcome, at, removedAt, entry }: BatchLine) => ({
  no,
  code,
  outcome,
  at: at.toISOString(),
  removedAt: removedAt?.toISOString() ?? null,
  stand: entry?.stand ?? null,
});
