import { z } from "zod";
import { apiRoute, type Route } from "../web/route.ts";
import { agree } from "./agree.ts";
import { codeParams, declarationPath, fileToken, ownFile, reply } from "./api-file.ts";
import { declarationView } from "./api-schemas.ts";
import { proveContact } from "./prove-contact.ts";
import type { Contact } from "./rules-proof.ts";
import { type CodeSent, sendConsentCode, sendContactCode } from "./send-code.ts";

/**
 * Codes of a declaration for programs: the declared phone, the declared e-mail address, and the agreement of
 * somebody who is helped. None is needed to confirm; the officer sees what was not proved.
 */
const sentView = z.object({
  requestId: z.string().describe("Goes back with the code"),
  endsAt: z.string().describe("The code is good until then; only the newest of a request works"),
});
const typedBody = z.object({
  requestId: z.string().max(36).describe("As answered when the code was sent"),
  code: z.string().max(20).describe("The digits of the message, spaces ignored"),
});

const base = { method: "POST", who: ["anyone"], purpose: "registration", rate: "guess" } as const;
const sent = ({ requestId, endsAt }: CodeSent) => ({
  status: 202,
  body: { requestId, endsAt: endsAt.toISOString() },
});

const contactRoutes = (contact: Contact, of: string): Route[] => [
  apiRoute({
    ...base,
    path: `${declarationPath}/${contact}-code`,
    summary: `Send a one-time code to the declared ${of}. 429 when it had its share: the officer then checks.`,
    params: codeParams,
    headersOf: fileToken,
    replies: { 202: sentView },
    handle: async (ask) => {
      const { code, lang } = await ownFile(ask, ask.params.code);
      return sent(await sendContactCode(ask.house, { code, contact, lang, now: ask.now }));
    },
  }),
  apiRoute({
    ...base,
    path: `${declarationPath}/${contact}-confirmation`,
    summary: `Confirm the declared ${of} by its code, before or after the declaration is confirmed`,
    params: codeParams,
    headersOf: fileToken,
    bodyOf: typedBody,
    replies: { 200: declarationView },
    isIdempotent: false,
    handle: async (ask) => {
      const { code } = await ownFile(ask, ask.params.code);
      const { requestId, code: typed } = ask.body;
      const by = { code, contact, requestId, typed, actor: ask.actor, now: ask.now };
      return reply(200, await proveContact(ask.house, by), ask);
    },
  }),
];

export const routes: Route[] = [
  ...contactRoutes("phone", "phone"),
  ...contactRoutes("email", "e-mail address"),
  apiRoute({
    ...base,
    path: `${declarationPath}/consent-code`,
    summary: "Send somebody who is helped a code on their own phone, to agree to exactly these answers",
    params: codeParams,
    headersOf: fileToken,
    replies: { 202: sentView },
    handle: async (ask) => {
      const { code, lang } = await ownFile(ask, ask.params.code);
      return sent(await sendConsentCode(ask.house, { code, lang, now: ask.now }));
    },
  }),
  apiRoute({
    ...base,
    path: `${declarationPath}/consent`,
    summary: "Somebody who is helped agrees by their code. Without it they sign the printed form.",
    params: codeParams,
    headersOf: fileToken,
    bodyOf: typedBody,
    replies: { 200: declarationView },
    isIdempotent: false,
    handle: async (ask) => {
      const { code } = await ownFile(ask, ask.params.code);
      const { requestId, code: typed } = ask.body;
      return reply(200, await agree(ask.house, { code, requestId, typed, actor: ask.actor, now: ask.now }), ask);
    },
  }),
];
