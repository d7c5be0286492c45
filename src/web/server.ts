import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import Fastify, { type FastifyInstance, type FastifyReply, LogController } from "fastify";
import { jsonSchemaTransformObject, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { z } from "zod";
import type { House, Settings } from "../db/house.ts";
import type { Actor, Citizen, Staff } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { mountApi } from "./api.ts";
import { cookieName } from "./cookies.ts";
import { describeRoute } from "./document.ts";
import { answerFailure } from "./failures.tsx";
import { mountLeave } from "./leave.ts";
import { mountListener } from "./listener.ts";
import { readListenerTls } from "./listener-settings.ts";
import { mountOperation, type Probes, type ReadSeries } from "./operation.ts";
import { mountPage } from "./pages.ts";
import { mountPolicyReports } from "./policy-reports.ts";
import { problemOf, tell } from "./problem.ts";
import { networkOf } from "./rates.ts";
import { SESSION_COOKIE } from "./request.ts";
import type { Alarm, Route } from "./route.ts";
import { headersOf } from "./security.ts";
import { seenPaths } from "./seen-at.ts";
import { mountShed } from "./shed.tsx";
import { answerUnreadable } from "./unreadable.ts";

/** Says who asks, from the session cookie or the bearer token. Given by src/app.ts: the web knows no accounts. */
export type Identify = (
  house: House,
  given: { cookie?: string; bearer?: string; actingFor?: string },
) => Promise<Actor>;

/** What must be seen on every page of the console. Given by src/app.ts. */
export type FindAlarm = (house: House, staff: Staff, lang: Lang) => Promise<Alarm | undefined>;

/** Keeps the language that a person has chosen on a page. Given by src/app.ts. */
export type KeepLang = (house: House, citizen: Citizen, lang: Lang, now: Date) => Promise<void>;

/** What pages do beside their handlers. */
export interface Beside {
  findAlarm?: FindAlarm;
  keepLang?: KeepLang;
}

const BODY_LIMIT_BYTES = 1024 * 1024;

/** The web: one Fastify that serves exactly the rows of the registry. */
export async function createWeb(
  house: House,
  routes: readonly Route[],
  identify: Identify,
  probes: Probes = {},
  beside: Beside = {},
  readSeries?: ReadSeries,
): Promise<FastifyInstance> {
  z.config(z.locales.vi());
  const isHttps = house.settings.baseUrl.startsWith("https:");
  const { tls } = house.settings;
  const app = Fastify({
    ...(tls ? { https: readListenerTls(tls) } : {}),
    loggerInstance: house.log,
    // Addresses hold codes: the log has route patterns only (see operation.ts, failures.tsx).
    logController: new LogController({ disableRequestLogging: true }),
    // Nothing is logged of a single request, so none needs a logger of its own.
    childLoggerFactory: (logger) => logger,
    bodyLimit: BODY_LIMIT_BYTES,
    // Anybody can write the header: only that of the machine in front counts, else limits would be for the asking.
    trustProxy: house.settings.proxies?.length ? [...house.settings.proxies] : false,
    requestTimeout: 60_000,
    clientErrorHandler: answerUnreadable,
    // Who comes while we leave is answered like everybody else, and told to close.
    return503OnClosing: false,
    // An address that cannot be read is none of ours; the framework's own answer would name its inside.
    frameworkErrors: (_error, request, reply) => {
      const isProgram = /^\/(api|fhir)\//.test(request.url);
      // No hook has run: there are neither cookies nor an actor, and none are needed.
      const told = tell(new NotFound("page"), "vi");
      (reply as FastifyReply)
        .status(told.status)
        .headers(headersOf(isHttps, { policy: false, caching: false, contentType: "" }))
        .type(isProgram ? "application/problem+json; charset=utf-8" : "text/plain; charset=utf-8")
        .send(isProgram ? JSON.stringify(problemOf(told, "")) : `${told.title}. ${told.body}`);
    },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 128 },
    // In place of those that it would load, and that the two below then replace.
    schemaController: { compilersFactory: { buildValidator: () => noCompiler, buildSerializer: () => noCompiler } },
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await addPlugins(app, house.settings);
  app.addHook("onSend", (_request, reply, payload, done) => {
    const held = {
      policy: reply.hasHeader("content-security-policy"),
      caching: reply.hasHeader("cache-control"),
      contentType: String(reply.getHeader("content-type") ?? ""),
    };
    reply.headers(headersOf(isHttps, held));
    done(null, payload);
  });
  mountLeave(app);
  mountListener(app, house);
  const shed = mountShed(app, house);
  app.decorateRequest("actor", undefined);
  app.decorate("isSeen", seenPaths(routes));
  app.setErrorHandler((error, request, reply) => answerFailure(house, error, request, reply));
  app.setNotFoundHandler((request, reply) => answerFailure(house, new NotFound("page"), request, reply));
  const policyReports = mountPolicyReports(app);
  mountOperation(app, house, { shed: async () => ({ ...shed }), policyReports, ...probes }, readSeries);
  for (const route of routes) {
    if (route.kind === "page") mountPage(app, house, route, identify, beside);
    else mountApi(app, house, route, identify);
  }
  return app;
}

function noCompiler(): never {
  throw new Error("schemas are Zod's, and compiled by its own");
}

const NO_COUNTING = { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false };

async function addPlugins(app: FastifyInstance, settings: Settings): Promise<void> {
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: BODY_LIMIT_BYTES });
  await app.register(multipart);
  await app.register(compress, { threshold: 1024, encodings: ["br", "gzip", "identity"] });
  await app.register(rateLimit, {
    global: false,
    keyGenerator: (request) => networkOf(request.ip),
    // Counting down aloud costs three headers an answer and helps only those who mean to stay just below.
    addHeaders: NO_COUNTING,
    addHeadersOnExceeding: NO_COUNTING,
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "VssID API", version: "1.0.0", description: "Declarations, sessions and a person's own records." },
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer" },
          cookie: { type: "apiKey", in: "cookie", name: cookieName(settings, SESSION_COOKIE) },
        },
      },
    },
    transform: describeRoute,
    transformObject: jsonSchemaTransformObject,
  });
}
