import { randomBytes } from "node:crypto";
import { z } from "zod";
import { isDatabaseAway } from "../db/ping.ts";
import { Conflict, Failure, Invalid, NotAllowed, TooLarge, TryLater } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import type { TypedAnswer } from "./route.ts";
import { words } from "./words.ts";

/** What a failed request is told, before it becomes a page or an RFC 9457 document. */
export interface Told {
  status: number;
  code: string;
  title: string;
  body: string;
  /** Present and possible states, for NotAllowed. */
  now?: string;
  allowed?: readonly string[];
  faults?: readonly { field: string; key: string }[];
  retryAfterSeconds?: number;
  /** Set for bugs only: the log line carries the same. */
  reference?: string;
}

type FailureKey = keyof typeof words.vi.failures;

/** In which a database that was killed is back. */
const AWAY_SECONDS = 3;

/** One mapper for every failure; an unknown error is a bug and gets a reference that the hotline can search. */
export function tell(error: unknown, lang: Lang): Told {
  if (error instanceof Failure) return tellFailure(error, lang);
  if (isDatabaseAway(error)) return { ...told(503, "interrupted", lang), retryAfterSeconds: AWAY_SECONDS };
  const http = error as { statusCode?: number; code?: string };
  if (http.statusCode === 413) return told(413, "too_large", lang);
  if (http.statusCode === 429) return told(429, "too_many", lang);
  if (http.statusCode && http.statusCode >= 400 && http.statusCode < 500)
    return told(http.statusCode, "bad_request", lang);
  const { title, body } = words(lang).unknown;
  return { status: 500, code: "unknown", title, body, reference: newReference() };
}

function tellFailure(error: Failure, lang: Lang): Told {
  const base = told(error.status, error.code, lang);
  if (error instanceof NotAllowed) {
    return { ...base, body: whatNow(error, lang) || base.body, now: error.now, allowed: error.allowed };
  }
  if (error instanceof Invalid) return { ...base, faults: error.faults.map(({ field, key }) => ({ field, key })) };
  if (error instanceof TryLater) return { ...base, retryAfterSeconds: error.retryAfterSeconds };
  if (error instanceof TooLarge) return base;
  if (error instanceof Conflict) {
    const extra = Object.values(error.detail).join(" · ");
    return extra ? { ...base, body: `${base.body} (${extra})` } : base;
  }
  return base;
}

/** "Present state: received. Possible now: accept, refuse." */
function whatNow(error: NotAllowed, lang: Lang): string {
  const said = words(lang);
  const states: Record<string, string> = said.states;
  const acts: Record<string, string> = said.acts;
  const possible = error.allowed.map((act) => acts[act] ?? act).join(", ");
  return `${said.now(states[error.now] ?? error.now)} ${possible ? said.allowed(possible) : said.nothingAllowed}`;
}

function told(status: number, code: string, lang: Lang): Told {
  const [title, body] = words(lang).failures[keyOf(status, code)] as readonly [string, string];
  return { status, code, title, body };
}

function keyOf(status: number, code: string): FailureKey {
  if (code in words.vi.failures) return code as FailureKey;
  if (status === 401) return "not_signed_in";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 409) return "conflict";
  if (status === 413) return "too_large";
  if (status === 422) return "invalid";
  if (status === 429) return "too_many";
  return "bad_request";
}

function newReference(): string {
  return randomBytes(4).toString("hex").toUpperCase();
}

/** RFC 9457: application/problem+json. */
export function problemOf(told: Told, instance: string): Record<string, unknown> {
  return {
    type: `/problems/${told.code}`,
    title: told.title,
    status: told.status,
    detail: told.body,
    instance,
    code: told.code,
    ...(told.now ? { now: told.now, allowed: told.allowed } : {}),
    ...(told.faults ? { faults: told.faults } : {}),
    ...(told.reference ? { reference: told.reference } : {}),
  };
}

const problemShape = {
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  now: z.string().optional().describe("Present state, when the state forbids the action"),
  allowed: z.array(z.string()).optional().describe("What is possible now"),
  faults: z.array(z.object({ field: z.string(), key: z.string(), text: z.string().optional() })).optional(),
  reference: z.string().optional(),
};

/** How the API document says a problem document; `more`: what an address adds to it. */
export const problemAnswerOf = (more: z.ZodRawShape): TypedAnswer => ({
  type: "application/problem+json; charset=utf-8",
  holds: z.object({ ...problemShape, ...more }).describe("RFC 9457 problem document"),
});
