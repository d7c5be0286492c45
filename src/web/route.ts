import type { VNode } from "preact";
import { type ZodRawShape, type ZodType, z } from "zod";
import type { House } from "../db/house.ts";
import type { Actor, StaffRole } from "../kernel/actor.ts";
import type { Lang } from "../kernel/words.ts";

/**
 * The one registry of addresses. Server, API document and access tests are made from these rows; a
 * handler that is not in a row is not reachable, and `who` has no default. `staff_settling`: any member of staff, also
 * one who has yet to show the second factor, or to choose a password.
 */
export type Who =
  | "anyone"
  | "citizen"
  | "citizen_changing"
  | "staff_settling"
  | "any_staff"
  | StaffRole
  | "facility"
  | "dev";

/** Why personal data are touched (Luật 91/2025, art. 19): goes into the audit with every look. */
export type Purpose =
  | "none"
  | "registration"
  | "review"
  | "own_record"
  | "account"
  | "notices"
  | "hotline"
  | "rollout"
  | "operation"
  | "partner"
  | "paper_check"
  | "looks";

/** How often one address may ask; figures in web/rates.ts. */
export type RateClass = "read" | "write" | "guess" | "upload";

export interface RouteRow {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  who: readonly Who[];
  purpose: Purpose;
  rate: RateClass;
  /** The answer tells of health or shows ID papers: of one's own record, closed while a reset by SMS limits the session. */
  sensitive: boolean;
  kind: "page" | "api";
  /** By staff only with a second factor shown in the last minutes (`account.staff_fresh_minutes`). */
  isHeavy: boolean;
}

/** One request, as a handler sees it. */
export interface Ask {
  house: House;
  actor: Actor;
  lang: Lang;
  now: Date;
  /** Path and query of this page, for links back to it. */
  here: string;
  /** Where a link or a reload finds this page again (web/seen-at.ts); a handler whose page is shown once sets undefined. */
  seenAt?: string | undefined;
  /** The page answers a form that was sent. */
  answersForm?: boolean | undefined;
  params: Record<string, string>;
  query: Record<string, string>;
  /** Posted fields; several values of one name are an array under `many`. */
  form: Record<string, string>;
  many: Record<string, string[]>;
  files: Record<string, Upload>;
  /** The hidden `_token` of every form on this page. */
  formToken: string;
  /** The same under every secret: what another process bound to this visitor is found again. */
  formTokens: readonly string[];
  /** The file for which the posted form was made, where its page was one of a file. */
  formFile?: string | undefined;
  /** Text that a page left for the next one, shown once. */
  flash: string | undefined;
  /** Console: what must be seen on every page. */
  alarm?: Alarm | undefined;
  cookies: Record<string, string | undefined>;
  headers: Record<string, string | undefined>;
  address: string;
}

export interface Alarm {
  text: string;
  href: string;
  link: string;
}

export interface Upload {
  name: string;
  declaredType: string;
  bytes: Buffer;
}

export interface Cookie {
  name: string;
  value: string;
  maxAgeSeconds?: number;
}

export type Reply =
  | { kind: "page"; status: number; view: VNode; cookies?: Cookie[]; clearCookies?: string[] }
  | {
      kind: "redirect";
      to: string;
      flash?: string;
      cookies?: Cookie[];
      clearCookies?: string[];
      /** The browser forgets what our scripts stored in it (Clear-Site-Data), the service worker included. */
      clearsStorage?: boolean;
    }
  | { kind: "bytes"; type: string; bytes: Uint8Array | string; name?: string; cache?: string; cookies?: Cookie[] };

export const page = (view: VNode, status = 200): Reply => ({ kind: "page", status, view });
/** 303 to another page of ours; `flash` is shown there once. */
export const redirect = (to: string, flash?: string): Reply => ({ kind: "redirect", to, ...(flash ? { flash } : {}) });

export interface PageRoute extends RouteRow {
  kind: "page";
  /** Upload limit in bytes for multipart forms; 0 when the page takes no files. */
  filesUpTo: number;
  /** Its script runs WebAssembly: the page's policy allows compiling it. */
  usesWasm: boolean;
  /** A stranger who asks here is given no cookie; the answer holds no form. */
  leavesNoCookie: boolean;
  /** Sent to: a row with a name in its path shows the page of this very address. */
  isStep: boolean;
  handle(ask: Ask): Promise<Reply> | Reply;
}

type PageSpec = Pick<PageRoute, "method" | "path" | "who" | "purpose" | "handle"> &
  Partial<Pick<PageRoute, "rate" | "sensitive" | "filesUpTo" | "usesWasm" | "leavesNoCookie" | "isStep" | "isHeavy">>;

export function pageRoute(spec: PageSpec): PageRoute {
  return {
    kind: "page",
    rate: spec.method === "GET" ? "read" : "write",
    sensitive: false,
    filesUpTo: 0,
    usesWasm: false,
    leavesNoCookie: false,
    isStep: false,
    isHeavy: false,
    ...spec,
  };
}

/** One API request, parsed by the row's own schemas. */
export interface ApiAsk<P, Q, B> {
  house: House;
  actor: Actor;
  lang: Lang;
  now: Date;
  params: P;
  query: Q;
  body: B;
  headers: Record<string, string | undefined>;
  address: string;
}

export interface ApiReply {
  status: number;
  /** An object to serialise, a finished JSON text, or bytes. */
  body?: unknown;
  /** Where it is another than the row says for this status. */
  type?: string;
  headers?: Record<string, string>;
  cookies?: Cookie[];
  clearCookies?: string[];
}

/** An answer that is no plain JSON: its content type, as it is sent, and what it holds. */
export interface TypedAnswer {
  type: string;
  holds: ZodType;
}

/** A PDF; `what` is its description in the API document. */
export const pdfAnswer = (what: string): TypedAnswer => ({
  type: "application/pdf",
  holds: z.any().meta({ type: "string", format: "binary", description: what }),
});

export const csvAnswer = (what: string): TypedAnswer => ({
  type: "text/csv; charset=utf-8",
  holds: z.string().describe(what),
});

/** What an address answers, by status: JSON unless a type is named. */
export type Replies = Record<number, ZodType | TypedAnswer>;

export interface ApiRoute extends RouteRow {
  kind: "api";
  summary: string;
  /** A write: takes an Idempotency-Key; the same key answers with the same bytes. */
  isIdempotent: boolean;
  /** The body is not read: the handler gets the stream of it, of whatever type is named here. */
  streams?: readonly string[];
  params?: ZodType;
  /** Headers of this address, beside those that many take. */
  headersOf?: ZodRawShape;
  queryOf?: ZodType;
  bodyOf?: ZodType;
  replies: Replies;
  handle(ask: ApiAsk<never, never, never>): Promise<ApiReply> | ApiReply;
}

interface ApiSpec<P extends ZodType, Q extends ZodType, B extends ZodType> {
  method: RouteRow["method"];
  path: string;
  who: readonly Who[];
  purpose: Purpose;
  summary: string;
  rate?: RateClass;
  sensitive?: boolean;
  params?: P;
  headersOf?: ZodRawShape;
  queryOf?: Q;
  bodyOf?: B;
  replies: Replies;
  isIdempotent?: boolean;
  isHeavy?: boolean;
  streams?: readonly string[];
  handle(ask: ApiAsk<z.infer<P>, z.infer<Q>, z.infer<B>>): Promise<ApiReply> | ApiReply;
}

export function apiRoute<P extends ZodType, Q extends ZodType, B extends ZodType>(spec: ApiSpec<P, Q, B>): ApiRoute {
  return {
    kind: "api",
    rate: spec.method === "GET" ? "read" : "write",
    sensitive: false,
    isIdempotent: spec.method !== "GET",
    isHeavy: false,
    ...spec,
  } as ApiRoute;
}

export type Route = PageRoute | ApiRoute;
