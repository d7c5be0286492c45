import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { renderToString } from "preact-render-to-string";
import type { House } from "../db/house.ts";
import { Conflict, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { admit, needFresh, needUnlimited } from "./access.ts";
import { clearCookie, setCookie } from "./cookies.ts";
import { readForm, SessionEnded, StaleForm, StaleProof } from "./form.ts";
import { rates } from "./rates.ts";
import { actorOf, askOf, FLASH_COOKIE } from "./request.ts";
import type { Ask, PageRoute, Reply } from "./route.ts";
import { importanceOf } from "./rules-shed.ts";
import { pagePolicy } from "./security.ts";
import type { Beside, FindAlarm, Identify, KeepLang } from "./server.ts";
import { asAsked } from "./wall.ts";

/** Mounts one page row: who asks, may they, what did they post, then the handler. */
export function mountPage(
  app: FastifyInstance,
  house: House,
  route: PageRoute,
  identify: Identify,
  { findAlarm, keepLang }: Beside,
): void {
  const rate = rates[route.rate];
  const importance = importanceOf(route);
  app.route({
    method: route.method,
    url: route.path,
    schema: { hide: true },
    config: {
      rateLimit: { max: rate.max, timeWindow: rate.perSeconds * 1000 },
      importance,
      isGuess: route.rate === "guess",
    },
    handler: async (request, reply) => {
      // Before anything is waited for: of two requests the one that came first is the earlier, even where it hangs.
      const now = house.clock.now();
      const actor = await actorOf(house, request, identify);
      const ask = askOf(house, request, reply, actor, { leavesNoCookie: route.leavesNoCookie, now });
      try {
        admit(house, route.who, actor);
      } catch (error) {
        throw await withTyped(error, request, ask, route);
      }
      needUnlimited(route, actor, now);
      refuseUnreadable(ask);
      if (route.method !== "GET") await readForm(house, request, ask, route);
      keepTyped(ask, () => needFresh(route, actor, ask.now));
      if (route.method === "GET" && route.path.startsWith("/console")) ask.alarm = await alarmOf(ask, findAlarm);
      const answer = await asAsked({ actor, route, now: ask.now }, importance, async () => {
        if (!route.leavesNoCookie) await keepChosen(ask, keepLang);
        return route.handle(ask);
      });
      if (ask.flash && answer.kind === "page") clearCookie(house.settings, reply, FLASH_COOKIE);
      return sendReply(house, reply, answer, route.usesWasm);
    },
  });
}

/** No name or number of ours holds such a letter, and the database takes none. */
function refuseUnreadable({ params }: Ask): void {
  if (Object.values(params).some((value) => value.includes("\0"))) throw new NotFound("page");
}

/** A form that comes after the session has ended keeps what was typed; every other refusal stays as it is. */
async function withTyped(error: unknown, request: FastifyRequest, ask: Ask, route: PageRoute): Promise<unknown> {
  const isLate = error instanceof NotSignedIn && route.method === "POST";
  if (!isLate) return error;
  try {
    await readForm(ask.house, request, ask, route);
    return new SessionEnded(ask.many);
  } catch (stale) {
    if (!(stale instanceof StaleForm)) return stale;
    // The next session begins on one's own record: what was written about a ward is not sent there.
    return stale.isOfWard ? new Conflict("acting_changed") : new SessionEnded(stale.typed);
  }
}

/** What was typed goes with a refusal that a proof takes away. */
function keepTyped(ask: Ask, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw Object.keys(ask.many).length > 0 ? new StaleProof(ask.many) : error;
  }
}

/** Messages follow the language that its owner chose on a page of ours; a link on another site chooses none. */
async function keepChosen({ house, actor, query, lang, headers, now }: Ask, keepLang?: KeepLang): Promise<void> {
  const isOurs = (headers["sec-fetch-site"] ?? "same-origin") === "same-origin";
  if (keepLang && actor.kind === "citizen" && query.lang === lang && isOurs) await keepLang(house, actor, lang, now);
}

/** An alarm that cannot be asked for keeps nobody from working. */
async function alarmOf({ house, actor, lang }: Ask, findAlarm?: FindAlarm): Promise<Ask["alarm"]> {
  if (!findAlarm || actor.kind !== "staff") return undefined;
  try {
    return await findAlarm(house, actor, lang);
  } catch (error) {
    house.log.error({ err: error }, "the alarm of the console could not be read");
    return undefined;
  }
}

/** An address may repeat what was asked for: what no header can hold is escaped. */
function headerText(to: string): string {
  return to.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}

/** Turns a handler's reply into bytes and headers. Pages are never kept by a shared cache. */
export function sendReply(house: House, reply: FastifyReply, answer: Reply, usesWasm = false): FastifyReply {
  for (const cookie of answer.cookies ?? []) setCookie(house.settings, reply, cookie);
  if (answer.kind !== "bytes") {
    for (const name of answer.clearCookies ?? []) clearCookie(house.settings, reply, name);
  }
  if (answer.kind === "redirect") {
    if (answer.flash) {
      setCookie(house.settings, reply, { name: FLASH_COOKIE, value: Buffer.from(answer.flash).toString("base64url") });
    }
    if (answer.clearsStorage) reply.header("clear-site-data", '"storage"');
    return reply.redirect(headerText(answer.to), 303);
  }
  if (answer.kind === "bytes") {
    reply.header("content-type", answer.type).header("cache-control", answer.cache ?? "private, no-store");
    if (answer.name) reply.header("content-disposition", `inline; filename="${answer.name.replace(/[^\w.-]/g, "_")}"`);
    return reply.send(typeof answer.bytes === "string" ? answer.bytes : Buffer.from(answer.bytes));
  }
  const html = `<!doctype html>${renderToString(answer.view)}`;
  return reply
    .status(answer.status)
    .header("content-type", "text/html; charset=utf-8")
    .header("cache-control", "private, no-store")
    .header("content-security-policy", pagePolicy(html, house.settings.baseUrl.startsWith("https:"), usesWasm))
    .send(html);
}
