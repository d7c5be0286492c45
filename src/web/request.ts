import { randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { House } from "../db/house.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Lang } from "../kernel/words.ts";
import { readCookie, readCookies, setCookie } from "./cookies.ts";
import { formTokensFor } from "./form-token.ts";
import type { Ask } from "./route.ts";
import { seenAtOf } from "./seen-at.ts";
import type { Identify } from "./server.ts";
import { withTyped } from "./typed-query.ts";

declare module "fastify" {
  interface FastifyRequest {
    actor: Actor | undefined;
  }
}

export const SESSION_COOKIE = "vssid_session";
const VISITOR_COOKIE = "vssid_visitor";
/** An API client names the child or ward for whom it asks by its public id, or itself. */
export const ACTING_FOR_HEADER = "vssid-acting-for";
const LANG_COOKIE = "vssid_lang";
export const FLASH_COOKIE = "vssid_flash";
const YEAR_SECONDS = 365 * 24 * 3600;

/** Who asks: bearer token first, then the session cookie. */
export async function actorOf(house: House, request: FastifyRequest, identify: Identify): Promise<Actor> {
  const bearer = /^Bearer ([\w.~-]+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const cookie = readCookie(house.settings, request, SESSION_COOKIE);
  const actingFor = actingForOf(request);
  const actor = await identify(house, {
    ...(bearer ? { bearer } : {}),
    ...(cookie ? { cookie } : {}),
    ...(actingFor === undefined ? {} : { actingFor }),
  });
  request.actor = actor;
  return actor;
}

/** Pages act for whom the session says; only programs name somebody, and never in an address. */
function actingForOf(request: FastifyRequest): string | undefined {
  const named = request.headers[ACTING_FOR_HEADER];
  return typeof named === "string" && /^\/(api|fhir)\//.test(request.url) ? named : undefined;
}

/** ?lang= wins, then the cookie, then Vietnamese: no guessing from the browser. */
export function langOf(house: House, request: FastifyRequest): Lang {
  const asked = (request.query as Record<string, string> | undefined)?.lang;
  if (asked === "en" || asked === "vi") return asked;
  if (request.url.startsWith("/api/")) return request.headers["accept-language"]?.startsWith("en") ? "en" : "vi";
  return readCookie(house.settings, request, LANG_COOKIE) === "en" ? "en" : "vi";
}

/** The string that a form's token is bound to: the session, or the anonymous visitor's cookie. */
export function visitorOf(house: House, request: FastifyRequest): string | undefined {
  return readCookie(house.settings, request, SESSION_COOKIE) ?? readCookie(house.settings, request, VISITOR_COOKIE);
}

/** What a page handler sees, before the form is read. Gives a stranger the cookie that forms hang on. */
export function askOf(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  actor: Actor,
  { leavesNoCookie = false, now = house.clock.now() } = {},
): Ask {
  let visitor = visitorOf(house, request);
  if (!visitor) {
    visitor = randomBytes(16).toString("base64url");
    if (!leavesNoCookie) setCookie(house.settings, reply, { name: VISITOR_COOKIE, value: visitor });
  }
  const lang = langOf(house, request);
  const formTokens = formTokensFor(house.vault, visitor, wardOf(actor));
  const query = withTyped(house.vault, formTokens, textsOf(request.query));
  if (query.lang && !leavesNoCookie)
    setCookie(house.settings, reply, { name: LANG_COOKIE, value: lang, maxAgeSeconds: YEAR_SECONDS });
  const flash = readCookie(house.settings, request, FLASH_COOKIE);
  return {
    house,
    actor,
    lang,
    now,
    here: request.url,
    seenAt: seenAtOf(house, request),
    answersForm: request.method === "POST",
    params: textsOf(request.params),
    query,
    form: {},
    many: {},
    files: {},
    formToken: formTokens[0],
    formTokens,
    flash: flash ? Buffer.from(flash, "base64url").toString("utf8") : undefined,
    cookies: readCookies(house.settings, request),
    headers: headersOf(request),
    address: request.ip,
  };
}

export const wardOf = (actor: Actor) => (actor.kind === "citizen" ? actor.actingFor?.personId : undefined);

function headersOf(request: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

function textsOf(source: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries((source ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
}
