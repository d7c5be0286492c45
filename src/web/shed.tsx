import { brotliCompressSync, gzipSync } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { renderToString } from "preact-render-to-string";
import type { House } from "../db/house.ts";
import { anyone } from "../kernel/actor.ts";
import { TryLater } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { ErrorPage } from "../ui/index.ts";
import { watchPressure } from "./pressure.ts";
import { problemOf, tell } from "./problem.ts";
import { askOf, langOf } from "./request.ts";
import { type Importance, type Pressure, refusedShare } from "./rules-shed.ts";
import { apiPolicy, pagePolicy } from "./security.ts";
import { words } from "./words.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    importance?: Importance;
    /** Tells whether a number, code or password is right (rates.ts). */
    isGuess?: boolean;
  }
}

/** How many requests of each kind were told to come again since the start. */
export type Shed = Record<Importance, number>;

const RETRY_SECONDS = 3;
const ENCODINGS_MOST = 10;

/**
 * Under more than the machine carries, what can wait is told so at once, before anything is read or asked for it: sign-in,
 * the card and the counter go on (rules-shed.ts). Without this everybody would wait, and all the longer.
 */
export function mountShed(app: FastifyInstance, house: House, told?: () => Pressure): Shed {
  const shed: Shed = { vital: 0, usual: 0, bulk: 0 };
  if (!house.settings.shedsLoad) return shed;
  const pressure = told ?? watchPressure(app, house);
  const pages = new Map<Lang, BusyPage>();
  app.addHook("onRequest", (request, reply, done) => {
    const { importance } = request.routeOptions.config;
    if (!importance || Math.random() >= refusedShare(importance, pressure())) return done();
    shed[importance] += 1;
    sendAway(house, request, reply, pages);
  });
  return shed;
}

interface BusyPage {
  /** As browsers ask for it, the best first. */
  packed: [encoding: string, bytes: Buffer][];
  html: string;
  policy: string;
}

/** The answer is made and packed once for each language: whoever is sent away must cost nearly nothing. */
function sendAway(house: House, request: FastifyRequest, reply: FastifyReply, pages: Map<Lang, BusyPage>): void {
  const lang = langOf(house, request);
  reply.status(503).header("retry-after", String(RETRY_SECONDS)).header("cache-control", "private, no-store");
  if (request.routeOptions.config.isProgram) {
    const path = request.url.split("?")[0] ?? "";
    reply
      .header("content-type", "application/problem+json; charset=utf-8")
      .header("content-security-policy", apiPolicy)
      .serializer(JSON.stringify)
      .send(problemOf(tell(busy, lang), path));
    return;
  }
  const made = pages.get(lang) ?? makePage(house, request, reply, lang);
  pages.set(lang, made);
  reply.header("content-type", "text/html; charset=utf-8").header("content-security-policy", made.policy);
  reply.header("vary", "accept-encoding");
  const accepted = encodingsOf(String(request.headers["accept-encoding"] ?? ""));
  const [encoding, bytes] = made.packed.find(([name]) => accepted.includes(name)) ?? [];
  if (encoding) reply.header("content-encoding", encoding);
  reply.send(bytes ?? made.html);
}

/** "br;q=0" is a no. */
const encodingsOf = (header: string) =>
  header
    .split(",", ENCODINGS_MOST)
    .map((one) => one.replaceAll(" ", "").toLowerCase().split(";q="))
    .flatMap(([name, weight]) => (name && Number(weight ?? 1) > 0 ? [name] : []));

const busy = new TryLater("busy", RETRY_SECONDS, 503);

/** Nothing of the one who happened to be first is in it: no path, no name, no token. */
function makePage(house: House, request: FastifyRequest, reply: FastifyReply, lang: Lang): BusyPage {
  const { title, body } = tell(busy, lang);
  const ask = {
    ...askOf(house, request, reply, anyone, { leavesNoCookie: true }),
    lang,
    ...{ here: "/", seenAt: "/", answersForm: false },
    formToken: "",
    formTokens: [],
    cookies: {},
  };
  const actions = [
    { href: "", label: words(lang).unknown.again },
    { href: "/help", label: words(lang).unknown.help },
  ];
  const html = `<!doctype html>${renderToString(<ErrorPage ask={ask} title={title} body={body} actions={actions} />)}`;
  const packed: BusyPage["packed"] = [
    ["br", brotliCompressSync(html)],
    ["gzip", gzipSync(html)],
  ];
  return { packed, html, policy: pagePolicy(html, house.settings.baseUrl.startsWith("https:")) };
}
