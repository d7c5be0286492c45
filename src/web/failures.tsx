import type { FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import type { House } from "../db/house.ts";
import { type Actor, anyone, homeOfStaff } from "../kernel/actor.ts";
import { Forbidden } from "../kernel/failures.ts";
import { withNext } from "../kernel/next-page.ts";
import { Button, CodeField, ErrorPage, Form, KeptForm, keptText, PasswordField, TextField } from "../ui/index.ts";
import { SessionEnded, StaleForm, StaleProof } from "./form.ts";
import { tokenNaming } from "./form-token.ts";
import { sendReply } from "./pages.ts";
import { problemOf, type Told, tell } from "./problem.ts";
import { askOf, langOf } from "./request.ts";
import { type Ask, page } from "./route.ts";
import { apiPolicy } from "./security.ts";
import { words } from "./words.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** A row of the API, wherever its address stands. */
    isProgram?: boolean;
  }
}

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
  else house.log.info({ status: told.status, code: told.code, route, by: nameOf(request.actor) }, "request refused");
  if (told.retryAfterSeconds) reply.header("retry-after", String(told.retryAfterSeconds));
  const isProgram = request.routeOptions.config.isProgram || /^\/(api|fhir)\//.test(request.url);
  if (isProgram) return sendProblem(error, told, request, reply);
  return sendErrorPage(house, error, told, request, reply);
}

/** Who was refused, as a log may say it: staff by their internal number, everybody else by their kind. */
const nameOf = (actor: Actor = anyone) => (actor.kind === "staff" ? `staff:${actor.staffId}` : actor.kind);

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
    return sendReply(house, reply, { kind: "redirect", to: withNext(signIn, request.url) });
  }
  const way = isDoorOfOthers(error, actor, request) ? homeOf(actor) : wayOn(told, request);
  if (way) return sendReply(house, reply, { kind: "redirect", to: way });
  const ask = askOf(house, request, reply, actor);
  // From there one comes back to a page; the address of a form may be none.
  if (told.code === "limited_after_reset" && request.method !== "GET") ask.here = ask.seenAt = "/app";
  // What was typed waits on this page alone.
  if (error instanceof StaleForm || isHeld(error)) ask.seenAt = undefined;
  return sendReply(house, reply, page(errorView(ask, told, error), told.status));
}

/** Where somebody first does what is owed; undefined: the failure is told. */
function wayOn({ code }: Told, { method, url }: FastifyRequest): string | undefined {
  if (code === "must_change_password") return "/account/password";
  if (code === "must_settle") return withNext("/console/sign-in/next", method === "GET" ? url : "");
  return code === "fresh_factor_needed" && method === "GET" ? withNext("/console/sign-in/code", url) : undefined;
}

const isHeld = (error: unknown) => error instanceof SessionEnded || error instanceof StaleProof;

/** The address of the desk that everybody knows leads each to where their work begins. */
function isDoorOfOthers(error: unknown, actor: Actor, { method, url }: FastifyRequest): boolean {
  const isDoor = method === "GET" && url === "/console";
  return isDoor && error instanceof Forbidden && actor.kind === "staff" && homeOf(actor) !== url;
}

const homeOf = (actor: Actor) => (actor.kind === "staff" ? homeOfStaff(actor.roles) : "/");

function errorView(ask: Ask, told: Told, error: unknown) {
  const said = words(ask.lang).unknown;
  const isDesk = ask.here.startsWith("/console");
  const isAtWork = isDesk && ask.actor.kind === "staff";
  const home = isAtWork ? { href: homeOf(ask.actor), label: said.desk } : { href: "/", label: said.home };
  // Pages in the face of the account say until when it is limited, and what opens it sooner.
  const isLimited = told.code === "limited_after_reset";
  const onward = [
    ...(told.code === "too_large" ? [{ href: ask.here, label: said.again }] : []),
    home,
    ...(told.reference ? [{ href: "/help#report", label: said.help }] : []),
  ];
  return (
    <ErrorPage
      ask={ask}
      title={told.title}
      body={told.body}
      {...(told.reference ? { code: said.code(told.reference) } : {})}
      face={(isHeld(error) && isDesk) || isAtWork ? "console" : isLimited ? "app" : "portal"}
      actions={isHeld(error) ? [] : onward}
    >
      {error instanceof StaleForm ? (
        <KeptForm
          ask={{ formToken: tokenNaming(ask.formToken, error.file) }}
          action={ask.here}
          typed={error.typed}
          label={said.resend}
        />
      ) : null}
      {error instanceof SessionEnded ? (
        isDesk ? (
          <SignInAndTyped ask={ask} typed={error.typed} />
        ) : (
          <ToSignInWithTyped ask={ask} typed={error.typed} />
        )
      ) : null}
      {error instanceof StaleProof ? <ProofAndTyped ask={ask} typed={error.typed} /> : null}
    </ErrorPage>
  );
}

/** The code of the second factor, and with it what was typed: it comes back behind one button. */
function ProofAndTyped({ ask, typed }: { ask: Ask; typed: Record<string, string[]> }) {
  const said = words(ask.lang).unknown;
  return (
    <Form ask={ask} action="/console/sign-in/code">
      <input type="hidden" name="next" value={ask.here} />
      <input type="hidden" name="kept" value={keptText(typed)} />
      <CodeField name="code" label={said.staffCode} hasLetters />
      <Button>{said.confirm}</Button>
    </Form>
  );
}

/** On to the sign-in page, where every way in stands, with what was typed. */
function ToSignInWithTyped({ ask, typed }: { ask: Ask; typed: SessionEnded["typed"] }) {
  return (
    <Form ask={ask} action="/sign-in">
      <input type="hidden" name="next" value={ask.here} />
      <input type="hidden" name="kept" value={keptText(typed)} />
      <Button>{words(ask.lang).unknown.signIn}</Button>
    </Form>
  );
}

/** The sign-in of staff, and with it what was typed: it comes back behind one button. */
function SignInAndTyped({ ask, typed }: { ask: Ask; typed: SessionEnded["typed"] }) {
  const said = words(ask.lang).unknown;
  return (
    <Form ask={ask} action="/console/sign-in">
      <input type="hidden" name="next" value={ask.here} />
      <input type="hidden" name="kept" value={keptText(typed)} />
      <TextField name="username" label={said.username} autoComplete="username" width="half" />
      <PasswordField name="password" label={said.password} autoComplete="current-password" />
      <CodeField name="code" label={said.staffCode} hasLetters />
      <Button>{said.signIn}</Button>
    </Form>
  );
}
