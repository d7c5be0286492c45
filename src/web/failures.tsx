import type { FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import type { House } from "../db/house.ts";
import { anyone } from "../kernel/actor.ts";
import { ErrorPage, Form } from "../ui/index.ts";
import { StaleForm } from "./form.ts";
import { sendReply } from "./pages.ts";
import { problemOf, type Told, tell } from "./problem.ts";
import { askOf, langOf } from "./request.ts";
import { type Ask, page } from "./route.ts";
import { apiPolicy } from "./security.ts";
import { words } from "./words.ts";

/** The one place where a failure becomes an answer: a page for people, RFC 9457 for programs. */
export function answerFailure(
  house: House,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const told = tell(error, langOf(house, request));
  const route = request.routeOptions.url ?? "unknown";
  if (told.status >= 500) house.log.error({ err: error, reference: told.reference, route }, "request failed");
  else house.log.info({ status: told.status, code: told.code, route }, "request refused");
  if (told.retryAfterSeconds) reply.header("retry-after", String(told.retryAfterSeconds));
  if (/^\/(api|fhir)\//.test(request.url)) return sendProblem(error, told, request, reply);
  return sendErrorPage(house, error, told, request, reply);
}

function sendProblem(error: unknown, told: Told, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split("?")[0] ?? "";
  const isSchema = hasZodFastifySchemaValidationErrors(error);
  const status = isSchema ? 422 : told.status;
  const shown: Told = isSchema
    ? { ...told, status, code: "invalid", ...invalidWords(request), faults: schemaFaults(error) }
    : told;
  return reply
    .status(status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .header("cache-control", "private, no-store")
    .header("content-security-policy", apiPolicy)
    .serializer(JSON.stringify)
    .send(problemOf(shown, path));
}

function invalidWords(request: FastifyRequest): { title: string; body: string } {
  const lang = request.headers["accept-language"]?.startsWith("en") ? "en" : "vi";
  const [title, body] = words(lang).failures.invalid;
  return { title, body };
}

function schemaFaults(error: unknown): { field: string; key: string; text: string }[] {
  if (!hasZodFastifySchemaValidationErrors(error)) return [];
  return error.validation.map((one) => ({
    field: one.instancePath.replace(/^\//, "").replace(/\//g, ".") || "body",
    key: one.keyword,
    text: one.message ?? "",
  }));
}

function sendErrorPage(
  house: House,
  error: unknown,
  told: Told,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const actor = request.actor ?? anyone;
  if (told.status === 401 && request.method === "GET") {
    const signIn = request.url.startsWith("/console") ? "/console/sign-in" : "/sign-in";
    return sendReply(house, reply, { kind: "redirect", to: `${signIn}?next=${encodeURIComponent(request.url)}` });
  }
  if (told.code === "must_change_password")
    return sendReply(house, reply, { kind: "redirect", to: "/account/password" });
  const ask = askOf(house, request, reply, actor);
  return sendReply(house, reply, page(errorView(ask, told, error), told.status));
}

function errorView(ask: Ask, told: Told, error: unknown) {
  const said = words(ask.lang).unknown;
  const home = { href: "/", label: said.home };
  return (
    <ErrorPage
      ask={ask}
      title={told.title}
      body={told.body}
      {...(told.reference ? { code: said.code(told.reference) } : {})}
      actions={[...(told.code === "too_large" ? [{ href: ask.here, label: said.again }] : []), home]}
    >
      {error instanceof StaleForm ? <TypedAgain ask={ask} typed={error.typed} /> : null}
    </ErrorPage>
  );
}

/** What was typed, in a form of this session, behind one button: nothing is lost and nothing happens unasked. */
function TypedAgain({ ask, typed }: { ask: Ask; typed: Record<string, string[]> }) {
  const kept = Object.entries(typed).filter(([name]) => !/password|secret/i.test(name));
  return (
    <Form ask={ask} action={ask.here}>
      {kept.flatMap(([name, values]) => values.map((value) => <input type="hidden" name={name} value={value} />))}
      <button type="submit" class="button">
        {words(ask.lang).unknown.resend}
      </button>
    </Form>
  );
}
