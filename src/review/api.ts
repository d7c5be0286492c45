import { z } from "zod";
import type { Actor, Staff } from "../kernel/actor.ts";
import { Failure, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import type { Lang } from "../kernel/words.ts";
import type { Declaration } from "../registration/store.ts";
import { problemOf, tell } from "../web/problem.ts";
import { type ApiReply, apiRoute, type Route } from "../web/route.ts";
import { accept, type Verdict } from "./accept.ts";
import { getOwnFile } from "./desk.ts";
import { groundsNow } from "./grounds.ts";
import { explain } from "./overtaken-view.tsx";
import { propose } from "./propose.ts";
import { receive } from "./receive.ts";
import { refuse } from "./refuse.ts";
import { REASON_AT_MOST, SOURCES } from "./rules-findings.ts";
import { draftSentence, SENTENCE_AT_MOST } from "./rules-grounds.ts";
import type { ReadingForm } from "./rules-reading.ts";
import { secondLook } from "./second-look.ts";

/** The counter for other programs of the agency: the same verbs, parsers and refusals as the pages. */
export const params = z.object({ code: z.string().max(40).describe("Code of the declaration, as BD-4F7K-92QX") });

const day = z.string().regex(/^\d{4}(-\d{2}){0,2}$/);

const readingBody = z.object({
  paper: z.object({
    kind: z.enum(["cccd", "cmnd", "passport"]).describe("Kind of ID paper in the person's hand"),
    number: z.string().max(40).describe("Number as on the paper"),
    name: z.string().max(200).describe("Full name as on the paper, with marks"),
    birth: day.describe("YYYY-MM-DD, or YYYY-MM or YYYY where the paper says no more"),
    expiresOn: day.optional().describe("Last day of the paper; absent when it has none"),
  }),
  originalSeen: z.boolean().describe("The original was on the counter"),
  formSigned: z.boolean().describe("Form 01 is signed with the full name"),
  faceMatches: z.boolean().describe("The person looks like the picture"),
  copyKept: z.boolean().describe("A photocopy lies with the signed form"),
});

export const fileView = z.object({
  code: z.string(),
  status: z.enum(["draft", "confirmed", "received", "accepted", "refused", "lapsed", "withdrawn"]),
  receivedAt: z.iso.datetime().nullable(),
  noticeDueAt: z.iso
    .datetime()
    .nullable()
    .describe("The result is sent no later than this: 15 minutes after reception"),
  decidedAt: z.iso.datetime().nullable(),
});

const verdictBody = z.object({
  note: z.string().max(500).optional().describe("Why it is accepted all the same"),
  findings: z
    .array(
      z.object({
        field: z.enum(["insurance_number", "id_number", "name", "birth", "sex", "phone"]),
        trusted: z.enum(SOURCES).optional().describe("Which source is trusted"),
        reason: z.string().max(REASON_AT_MOST).optional().describe("Needed where sources really differ"),
      }),
    )
    .max(6)
    .optional()
    .describe("Row by row; where one row alone really differs, the note may be its reason"),
  paper: z.int().positive().optional().describe("Number of the reading that was used, where two papers were read"),
});

function verdictOf(code: string, { note = "", findings = [], paper }: z.infer<typeof verdictBody>): Verdict {
  const ticks = Object.fromEntries(findings.map(({ field, ...tick }) => [field, tick]));
  return { code, note, ticks, paperNo: paper };
}

const who = ["officer", "supervisor"] as const;

export const routes: Route[] = [
  apiRoute({
    method: "POST",
    path: "/api/v1/declarations/{code}/reception",
    who,
    purpose: "review",
    summary: "Receive the signed form and what the ID paper says; starts the 15 minutes",
    params,
    bodyOf: readingBody,
    replies: { 201: fileView },
    handle: (ask) => answer(ask, (staff, code) => receive(ask.house, staff, code, formOf(ask.body))),
  }),
  apiRoute({
    method: "POST",
    path: "/api/v1/declarations/{code}/acceptance",
    who,
    purpose: "review",
    summary: "Accept: account, activation and message in one step",
    params,
    bodyOf: verdictBody,
    replies: { 201: fileView },
    handle: (ask) => answer(ask, (staff, code) => accept(ask.house, staff, verdictOf(code, ask.body))),
  }),
  apiRoute({
    method: "POST",
    path: "/api/v1/declarations/{code}/proposal",
    who,
    purpose: "review",
    summary: "Propose acceptance of a file whose identity really differs; it waits for a second person",
    params,
    bodyOf: verdictBody,
    replies: { 201: fileView },
    handle: (ask) => answer(ask, (staff, code) => propose(ask.house, staff, verdictOf(code, ask.body))),
  }),
  apiRoute({
    method: "POST",
    path: "/api/v1/declarations/{code}/second-look",
    who: ["supervisor"],
    purpose: "review",
    summary: "Second pair of eyes: confirm what a colleague proposed, or send it back with words",
    params,
    bodyOf: z.object({
      verdict: z.enum(["confirm", "send_back"]),
      words: z.string().max(500).optional().describe("To the officer; needed when sent back"),
    }),
    replies: { 201: fileView },
    handle: (ask) =>
      answer(ask, (staff, code) => {
        const { verdict, words = "" } = ask.body;
        return secondLook(ask.house, staff, { code, verdict, words });
      }),
  }),
  apiRoute({
    method: "POST",
    path: "/api/v1/declarations/{code}/refusal",
    who,
    purpose: "review",
    summary: "Refuse on grounds, with a sentence that tells the person what to do",
    params,
    bodyOf: z.object({
      grounds: z
        .array(z.string().max(60))
        .min(1)
        .max(30)
        .describe("Why: codes of the list refusal_ground in force, as name_differs or form_not_signed"),
      sentence: z
        .string()
        .max(SENTENCE_AT_MOST)
        .optional()
        .describe("What the person will read; drafted from the grounds when absent"),
    }),
    replies: { 201: fileView },
    handle: (ask) =>
      answer(ask, async (staff, code) => {
        const { grounds } = ask.body;
        const { file } = await getOwnFile(ask.house.db, staff, code);
        const known = await groundsNow(ask.house.db, ask.now);
        const sentence = ask.body.sentence ?? draftSentence(known, grounds, file.lang);
        return refuse(ask.house, staff, { code, grounds, sentence });
      }),
  }),
];

interface Asked {
  actor: Actor;
  lang: Lang;
  params: { code: string };
}

/** The file after the act, or a problem document that says who was first and what is possible now. */
export async function answer(ask: Asked, act: (staff: Staff, code: string) => Promise<Declaration>): Promise<ApiReply> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const code = parseFileCode(ask.params.code);
  if (!code) throw new NotFound("declaration");
  try {
    return { status: 201, body: viewOf(await act(ask.actor, code)) };
  } catch (failure) {
    const told = failure instanceof Failure ? explain(failure, ask.lang, ask.actor) : undefined;
    if (!told) throw failure;
    const plain = tell(failure, ask.lang);
    const body = [...told.body, ...(told.files?.length ? [told.files.join(", ")] : [])].join(" ");
    const problem = problemOf(
      { ...plain, now: plain.now ?? "received", title: told.title, body, allowed: told.allowed ?? [] },
      `/declarations/${code}`,
    );
    return { status: plain.status, type: "application/problem+json; charset=utf-8", body: JSON.stringify(problem) };
  }
}

function viewOf(file: Declaration): z.infer<typeof fileView> {
  return {
    code: file.code,
    status: file.status,
    receivedAt: file.receivedAt?.toISOString() ?? null,
    noticeDueAt: file.noticeDueAt?.toISOString() ?? null,
    decidedAt: file.decidedAt?.toISOString() ?? null,
  };
}

/** The same fields as the page posts, so that one parser reads both. */
function formOf(body: z.infer<typeof readingBody>): ReadingForm {
  const { paper } = body;
  const tick = (isSo: boolean) => (isSo ? "yes" : "");
  return {
    id_kind: paper.kind,
    id_number: paper.number,
    name: paper.name,
    ...partsOf("birth", paper.birth),
    ...partsOf("expires", paper.expiresOn ?? ""),
    original_seen: tick(body.originalSeen),
    form_signed: tick(body.formSigned),
    face_matches: tick(body.faceMatches),
    copy_kept: tick(body.copyKept),
  };
}

function partsOf(name: string, iso: string): ReadingForm {
  const [year = "", month = "", dayOfMonth = ""] = iso.split("-");
  return { [`${name}_year`]: year, [`${name}_month`]: month, [`${name}_day`]: dayOfMonth };
}
