import { z } from "zod";
import { record } from "../audit/record.ts";
import type { Actor } from "../kernel/actor.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { type Asked, codeParams, declarationPath, ownFile, reply } from "./api-file.ts";
import { routes as proofRoutes } from "./api-proofs.ts";
import { boxesFrom, createdView, declarationBody, declarationView, fieldsOf, pointerOf } from "./api-schemas.ts";
import { confirm } from "./confirm.ts";
import { declareWhole } from "./draft.ts";
import { issuePass, PASS_TOKEN_SECONDS } from "./file-pass.ts";
import { printForm } from "./print.ts";
import { resume } from "./resume.ts";
import { type Declaration, findByCode } from "./store.ts";
import { withdraw } from "./withdraw.ts";

/**
 * Form 01 for programs. A file is opened by the token given when it was made (`X-File-Token`), by a token
 * got with code and birth date, or by an officer; to everybody else it does not exist.
 */
const tokenNote = "Needs the file's token in X-File-Token, or an officer's session.";

/** An officer may look at what was confirmed, and leaves a trace. Confirming and withdrawing stay the person's. */
async function openFile(ask: Asked, given: string): Promise<Declaration> {
  if (!isOfficer(ask.actor)) return ownFile(ask, given);
  const file = await findByCode(ask.house.db, parseFileCode(given) ?? "");
  if (!file || file.status === "draft") throw new NotFound("declaration");
  await noteOfficersLook(ask, file);
  return file;
}

function isOfficer(actor: Actor): boolean {
  return actor.kind === "staff" && actor.roles.some(({ role }) => role === "officer" || role === "supervisor");
}

async function noteOfficersLook({ house, actor, now }: Asked, file: Declaration): Promise<void> {
  await record(house.db, {
    at: now,
    actor,
    action: "declaration.look",
    purpose: "review",
    object: { kind: "declaration", id: file.code },
    officeCode: file.officeCode ?? undefined,
  });
}

/** Faults name the fields of the body, not the boxes of the pages. */
async function inBodyTerms<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Invalid(error.faults.map((fault) => ({ ...fault, field: pointerOf(fault.field) })));
  }
}

const base = { who: ["anyone"], purpose: "registration" } as const;
const path = declarationPath;

export const routes: Route[] = [
  ...proofRoutes,
  apiRoute({
    ...base,
    method: "POST",
    path: "/api/v1/declarations",
    rate: "guess",
    summary: "Declare form 01: makes a draft with all answers",
    bodyOf: declarationBody,
    replies: { 201: createdView },
    handle: async ({ house, actor, now, body }) => {
      const declared = { fields: fieldsOf(body), lang: body.lang ?? ("vi" as const), actor, now };
      const draft = await inBodyTerms(declareWhole(house, declared));
      const accessToken = issuePass(house.vault, draft.code, now, PASS_TOKEN_SECONDS);
      const answer = reply(201, draft, now, { accessToken });
      return { ...answer, headers: { location: `/api/v1/declarations/${draft.code}` } };
    },
  }),
  apiRoute({
    ...base,
    method: "POST",
    path: `${path}/access`,
    rate: "guess",
    summary: "Open a file again with its code and birth date: answers with a new token",
    params: codeParams,
    bodyOf: z.object({ birth: z.string().max(10).describe("Birth date as declared: YYYY-MM-DD, YYYY-MM or YYYY") }),
    replies: { 201: createdView },
    isIdempotent: false,
    handle: async ({ house, now, params, body }) => {
      const file = await resume(house, { code: params.code, ...boxesFrom("birth", body.birth) }, now);
      return reply(201, file, now, { accessToken: issuePass(house.vault, file.code, now, PASS_TOKEN_SECONDS) });
    },
  }),
  apiRoute({
    ...base,
    method: "GET",
    path,
    summary: `Where a declaration stands. ${tokenNote}`,
    params: codeParams,
    replies: { 200: declarationView },
    handle: async (ask) => reply(200, await openFile(ask, ask.params.code), ask.now),
  }),
  apiRoute({
    ...base,
    method: "POST",
    path: `${path}/confirmation`,
    summary: "Confirm: freezes the answers and starts the ten days. Confirming again answers with the same file.",
    params: codeParams,
    replies: { 200: declarationView },
    handle: async (ask) => {
      const { code } = await ownFile(ask, ask.params.code);
      const file = await inBodyTerms(confirm(ask.house, { code, actor: ask.actor, now: ask.now }));
      return reply(200, file, ask.now);
    },
  }),
  apiRoute({
    ...base,
    method: "POST",
    path: `${path}/withdrawal`,
    summary: "Withdraw before the office has received it",
    params: codeParams,
    replies: { 200: declarationView },
    handle: async (ask) => {
      const { code } = await ownFile(ask, ask.params.code);
      return reply(200, await withdraw(ask.house, { code, actor: ask.actor, now: ask.now }), ask.now);
    },
  }),
  apiRoute({
    ...base,
    method: "GET",
    path: `${path}/form.pdf`,
    summary: `Form 01 as a PDF of one A4. ${tokenNote}`,
    params: codeParams,
    replies: { 200: z.any().describe("application/pdf") },
    handle: async (ask) => {
      const { code } = await openFile(ask, ask.params.code);
      const bytes = await printForm(ask.house, { code, actor: ask.actor, now: ask.now });
      return { status: 200, type: "application/pdf", body: bytes };
    },
  }),
];
