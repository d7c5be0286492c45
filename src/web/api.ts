import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { House } from "../db/house.ts";
import { Failure } from "../kernel/failures.ts";
import { admit, needFresh, needUnlimited } from "./access.ts";
import { clearCookie, setCookie } from "./cookies.ts";
import { refuseForeign } from "./form.ts";
import { answerOnce } from "./idempotency.ts";
import { problemAnswerOf } from "./problem.ts";
import { rates } from "./rates.ts";
import { ACTING_FOR_HEADER, actorOf, langOf } from "./request.ts";
import type { ApiAsk, ApiReply, ApiRoute, Replies } from "./route.ts";
import { importanceOf } from "./rules-shed.ts";
import { apiPolicy } from "./security.ts";
import type { Identify } from "./server.ts";
import { asAsked } from "./wall.ts";

/** Mounts one API row with its schemas: what is parsed here is what /api/openapi.json says. */
export function mountApi(app: FastifyInstance, house: House, route: ApiRoute, identify: Identify): void {
  const { streams } = route;
  if (!streams) {
    mountRoute(app, house, route, identify);
    return;
  }
  // In a context of its own: nowhere else is a body left unread.
  app.register(async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser([...streams], (_request, body, done) => done(null, body));
    mountRoute(own, house, route, identify);
  });
}

function mountRoute(app: FastifyInstance, house: House, route: ApiRoute, identify: Identify): void {
  const rate = rates[route.rate];
  const importance = importanceOf(route);
  app.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ":$1"),
    schema: schemaOf(route),
    config: {
      rateLimit: { max: rate.max, timeWindow: rate.perSeconds * 1000 },
      importance,
      isGuess: route.rate === "guess",
      isProgram: true,
    },
    onRequest: async (request) => {
      const actor = await actorOf(house, request, identify);
      admit(house, route.who, actor);
      needFresh(route, actor, house.clock.now());
      needUnlimited(route, actor, house.clock.now());
      if (route.method !== "GET" && !request.headers.authorization) refuseForeign(house, request);
    },
    handler: async (request, reply) => {
      refuseUnreadable(request);
      const ask = apiAskOf(house, request);
      const run = async (its: House) => route.handle({ ...ask, house: its });
      const answer = await asAsked({ actor: ask.actor, route, now: ask.now }, importance, () =>
        route.isIdempotent ? answerOnce(house, route, ask, run) : run(house),
      );
      return sendApi(house, reply, answer, typeOf(route.replies[answer.status]));
    },
  });
}

class Unreadable extends Failure {
  readonly status = 400;
  constructor() {
    super("bad_request");
  }
}

/** The database takes a zero sign in no text. What is sent may be nested without end, so it is not walked by calls. */
function refuseUnreadable({ body, query }: FastifyRequest): void {
  const left: unknown[] = [body, ...Object.entries(query as object).flat()];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one === "string" && one.includes("\0")) throw new Unreadable();
    if (isPlain(one)) for (const entry of Object.entries(one)) left.push(...entry);
  }
}

/** Bytes and streams of files are none. */
function isPlain(sent: unknown): sent is object {
  if (typeof sent !== "object" || sent === null) return false;
  return Array.isArray(sent) || Object.getPrototypeOf(sent) === Object.prototype;
}

function schemaOf(route: ApiRoute): Record<string, unknown> {
  return {
    summary: route.summary,
    tags: [route.purpose],
    ...(route.who.includes("anyone") ? {} : { security: [{ bearer: [] }, { cookie: [] }] }),
    ...(route.params ? { params: route.params } : {}),
    ...(route.queryOf ? { querystring: route.queryOf } : {}),
    ...(route.bodyOf ? { body: route.bodyOf } : {}),
    ...headersOf(route),
    ...(route.streams ? { consumes: [...route.streams] } : {}),
    response: { ...answersOf(route.replies), "4xx": answerOf(problemAnswerOf({})) },
  };
}

function answersOf(replies: Replies): Record<string, unknown> {
  return Object.fromEntries(Object.entries(replies).map(([status, answer]) => [status, answerOf(answer)]));
}

function answerOf(answer: Replies[number]) {
  if (!("holds" in answer)) return answer;
  const [mediaType = ""] = answer.type.split(";");
  const { description = mediaType } = answer.holds;
  return { description, content: { [mediaType]: { schema: answer.holds } } };
}

const idempotencyKey = z.string().max(255).optional().describe("Same key, same answer");
const actingFor = z
  .string()
  .max(64)
  .optional()
  .describe("publicId of the child or ward whose record is meant (GET /api/v1/me/wards); one's own when absent");

function headersOf(route: ApiRoute): { headers?: z.ZodObject } {
  const isRecord = route.purpose === "own_record" && route.who.includes("citizen");
  const shape = {
    ...route.headersOf,
    ...(route.isIdempotent ? { "idempotency-key": idempotencyKey } : {}),
    ...(isRecord ? { [ACTING_FOR_HEADER]: actingFor } : {}),
  };
  return Object.keys(shape).length > 0 ? { headers: z.object(shape) } : {};
}

function apiAskOf(house: House, request: FastifyRequest): ApiAsk<never, never, never> {
  if (!request.actor) throw new Error("no actor on an admitted request");
  return {
    house,
    actor: request.actor,
    lang: langOf(house, request),
    now: house.clock.now(),
    params: request.params as never,
    query: request.query as never,
    body: request.body as never,
    headers: request.headers as Record<string, string | undefined>,
    address: request.ip,
  };
}

const JSON_TYPE = "application/json; charset=utf-8";
const typeOf = (declared: Replies[number] | undefined) => (declared && "holds" in declared ? declared.type : JSON_TYPE);

function sendApi(house: House, reply: FastifyReply, answer: ApiReply, type: string): FastifyReply {
  for (const cookie of answer.cookies ?? []) setCookie(house.settings, reply, cookie);
  for (const name of answer.clearCookies ?? []) clearCookie(house.settings, reply, name);
  reply.status(answer.status).header("cache-control", "private, no-store").header("content-security-policy", apiPolicy);
  if (answer.headers) reply.headers(answer.headers);
  if (answer.body === undefined) return reply.send();
  return reply.header("content-type", answer.type ?? type).send(answer.body);
}
