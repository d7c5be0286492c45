import type { FastifyInstance } from "fastify";
import { POLICY_REPORTS } from "./security.ts";

const BODY_LIMIT_BYTES = 16 * 1024;
const REPORTS_MOST = 20;
/** Whoever has a broken add-on sends many; a number of them says no more than some. */
const PER_MINUTE = 60;

/** Directives that our own policies name, with those that browsers derive from them. */
const DIRECTIVE =
  /^(default|script|style|object|img|font|connect|manifest|worker|form|base|frame)-(src|src-elem|src-attr|action|uri|ancestors)$/;

/**
 * Takes what browsers report of the policy of a page, and keeps numbers of it: which directive, and what kind of thing it
 * kept out. Neither the page's address, which may hold a code, nor the address or text of what was kept out is read on.
 * A number that rises after a release says that a page of ours breaks its own policy; else it is the add-ons of people.
 */
export function mountPolicyReports(app: FastifyInstance): () => Promise<Record<string, number>> {
  const counts = new Map<string, number>();
  app.register(async (scope) => {
    scope.addContentTypeParser(
      ["application/csp-report", "application/reports+json"],
      { parseAs: "string", bodyLimit: BODY_LIMIT_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.post(
      POLICY_REPORTS,
      { schema: { hide: true }, config: { rateLimit: { max: PER_MINUTE, timeWindow: 60_000 } } },
      async (request, reply) => {
        for (const what of typeof request.body === "string" ? kindsOf(request.body) : []) {
          counts.set(what, (counts.get(what) ?? 0) + 1);
        }
        return reply.status(204).send();
      },
    );
  });
  return async () => Object.fromEntries(counts);
}

/** "script-src-elem inline", one a report; nothing for what is no report. */
export function kindsOf(body: string): string[] {
  let told: unknown;
  try {
    told = JSON.parse(body);
  } catch {
    return [];
  }
  return (Array.isArray(told) ? told : [told]).slice(0, REPORTS_MOST).flatMap((one) => {
    const report = fieldOf(one, "csp-report") ?? fieldOf(one, "body");
    const said = textOf(report, "effective-directive", "effectiveDirective", "violated-directive");
    const [directive = ""] = said.split(" ");
    return DIRECTIVE.test(directive) ? [`${directive} ${kindOf(textOf(report, "blocked-uri", "blockedURL"))}`] : [];
  });
}

/** One of five words. */
function kindOf(blocked: string): string {
  if (blocked === "inline" || blocked === "eval") return blocked;
  if (/^https?:/.test(blocked)) return "address";
  return /^(data|blob)\b/.test(blocked) ? "data" : "other";
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textOf(value: unknown, ...names: string[]): string {
  const found = names.map((name) => fieldOf(value, name)).find((one) => typeof one === "string");
  return typeof found === "string" ? found : "";
}
