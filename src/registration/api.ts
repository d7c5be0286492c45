import { z } from "zod";
import { record } from "../audit/record.ts";
import type { Actor } from "../kernel/actor.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import { type ApiReply, apiRoute, pdfAnswer, type Route } from "../web/route.ts";
import { type Asked, codeParams, declarationPath, fileToken, ownFile, reply } from "./api-file.ts";
import { routes as proofRoutes } from "./api-proofs.ts";
import { boxesFrom, createdView, declarationBody, declarationView, fieldsOf, pointerOf } from "./api-schemas.ts";
import { personsDeclared } from "./check-register.ts";
import { confirm } from "./confirm.ts";
import { declareWhole } from "./draft.ts";
import { issuePass, PASS_TOKEN_SECONDS } from "./file-pass.ts";
import { printForm } from "./print.ts";
import { redeclare } from "./redeclare.ts";
import { refusalReason } from "./refusal-reason.ts";
import { resume } from "./resume.ts";
import { isStanding, type Standing, standingOf } from "./standing.ts";
import { type Declaration, findByCode, getByCode } from "./store.ts";
import { withdraw } from "./withdraw.ts";

/**
 * Form 01 for programs. A file is opened by the token given when it was made (`X-File-Token`), by a token
 * got with code and birth date, or by an officer; to everybody else it does not exist.
 */
const tokenNote = "Needs the file's token in X-File-Token, or an officer's session.";

/**
 * An officer may look at what was confirmed for their own office, and leaves a trace. Confirming, withdrawing and
 * declaring again stay the person's.
 */
async function openFile(ask: Asked, given: string): Promise<Declaration> {
  const offices = officesOf(ask.actor);
  if (!offices) return ownFile(ask, given);
  const file = await findByCode(ask.house.db, parseFileCode(given) ?? "");
  if (!file || file.status === "draft" || !offices.includes(file.officeCode ?? "")) throw new NotFound("declaration");
  await noteOfficersLook(ask, file);
  return file;
}

/** Offices at whose counter this actor works; undefined for everybody else. */
function officesOf(actor: Actor): string[] | undefined {
  if (actor.kind !== "staff") return undefined;
  const held = actor.roles.filter(({ role }) => role === "officer" || role === "supervisor");
  return held.length > 0 ? held.flatMap(({ officeCode }) => officeCode ?? []) : undefined;
}

/** As at the counter: with the person to whom the numbers lead, so that one file is one look on both ways. */
async function noteOfficersLook({ house, actor, now }: Asked, file: Declaration): Promise<void> {
  const declared = file.personId ? [] : await personsDeclared(house.db, file.answers);
  const ids = new Set(declared.map(({ personId }) => personId));
  const [found] = ids.size === 1 ? ids : [];
  await record(house.db, {
    at: now,
    actor,
    action: "declaration.look",
    purpose: "review",
    personId: file.personId ?? found,
    object: { kind: "declaration", id: file.code },
    officeCode: file.officeCode ?? undefined,
  });
}

/** A new file of one's own: where it is, and what opens it. */
async function created(ask: Asked, draft: Declaration): Promise<ApiReply> {
  const accessToken = issuePass(ask.house.vault, draft.code, ask.now, PASS_TOKEN_SECONDS);
  return {
    ...(await reply(201, draft, ask, { accessToken })),
    headers: { location: `/api/v1/declarations/${draft.code}` },
  };
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

/**
 * As on the pages (standing.ts): what stands in the way because of the numbers is told to who has proved the phone of
 * that very file or account. To everybody else it is one answer, whichever of the cases it is.
 */
async function confirmNeutrally({ house, actor, now }: Asked, code: string): Promise<Declaration> {
  try {
    return await confirm(house, { code, actor, now });
  } catch (error) {
    if (!(error instanceof Invalid) || !isStanding(error.faults)) throw error;
    const { kind } = await standingOf(house, await getByCode(house.db, code), now);
    throw new Invalid([{ field: "", key: STANDING[kind] }]);
  }
}

/** "clear": whatever stood in the way went away meanwhile; confirming again will tell. */
const STANDING = {
  clear: "standing_unclear",
  unclear: "standing_unclear",
  account: "standing_account",
  open: "standing_open",
} as const satisfies Record<Standing["kind"], string>;

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
    handle: async (ask) => {
      const { house, actor, now, body } = ask;
      const declared = { fields: fieldsOf(body), lang: body.lang ?? ("vi" as const), actor, now };
      return created(ask, await inBodyTerms(declareWhole(house, declared)));
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
    handle: async (ask) => {
      const { house, now, params, body } = ask;
      const file = await resume(house, { code: params.code, ...boxesFrom("birth", body.birth) }, now);
      return reply(201, file, ask, { accessToken: issuePass(house.vault, file.code, now, PASS_TOKEN_SECONDS) });
    },
  }),
  apiRoute({
    ...base,
    method: "GET",
    path,
    summary: `Where a declaration stands. ${tokenNote}`,
    params: codeParams,
    headersOf: fileToken,
    replies: { 200: declarationView },
    handle: async (ask) => {
      const file = await openFile(ask, ask.params.code);
      const refused = await refusalReason(ask.house.db, file);
      return reply(200, file, ask, refused ? { reason: refused.sentence } : {});
    },
  }),
  apiRoute({
    ...base,
    method: "POST",
    path: `${path}/confirmation`,
    summary:
      "Confirm: freezes the answers and starts the ten days. Confirming again answers with the same file. 422 with the fault standing_unclear: the numbers have an open declaration or an account, and which is not told; after phone-confirmation the holder of that file's or account's phone gets standing_open or standing_account.",
    params: codeParams,
    headersOf: fileToken,
    replies: { 200: declarationView },
    handle: async (ask) => {
      const { code } = await ownFile(ask, ask.params.code);
      const file = await inBodyTerms(confirmNeutrally(ask, code));
      return reply(200, file, ask);
    },
  }),
  apiRoute({
    ...base,
    method: "POST",
    path: `${path}/withdrawal`,
    summary: "Withdraw before the office has received it",
    params: codeParams,
    headersOf: fileToken,
    replies: { 200: declarationView },
    handle: async (ask) => {
      const { code } = await ownFile(ask, ask.params.code);
      return reply(200, await withdraw(ask.house, { code, actor: ask.actor, now: ask.now }), ask);
    },
  }),
  apiRoute({
    ...base,
    method: "POST",
    path: `${path}/redeclaration`,
    summary: "Declare again after a lapse, a refusal or a withdrawal: a new draft with the answers that are kept",
    params: codeParams,
    headersOf: fileToken,
    replies: { 201: createdView },
    handle: async (ask) => {
      const { code } = await ownFile(ask, ask.params.code);
      const draft = await redeclare(ask.house, { code, actor: ask.actor, now: ask.now });
      return created(ask, draft);
    },
  }),
  apiRoute({
    ...base,
    method: "GET",
    path: `${path}/form.pdf`,
    summary: `Form 01 as a PDF of one A4. ${tokenNote}`,
    params: codeParams,
    headersOf: fileToken,
    replies: { 200: pdfAnswer("The form") },
    handle: async (ask) => {
      const { code } = await openFile(ask, ask.params.code);
      const bytes = await printForm(ask.house, { code, actor: ask.actor, now: ask.now });
      return { status: 200, body: bytes };
    },
  }),
];
