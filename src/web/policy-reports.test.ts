import Fastify from "fastify";
import { describe, expect, it } from "vitest";
import { kindsOf, mountPolicyReports } from "./policy-reports.ts";
import { POLICY_REPORTS, pagePolicy } from "./security.ts";

const page = "https://vssid.example.vn/register/track?code=BD-4F7K-92QX";
const old = (directive: string, blocked: string) =>
  JSON.stringify({ "csp-report": { "document-uri": page, "effective-directive": directive, "blocked-uri": blocked } });

describe("reports of the policy", () => {
  it("are told apart by directive and by what was kept out, in both forms that browsers send", () => {
    expect(kindsOf(old("script-src-elem", "inline"))).toEqual(["script-src-elem inline"]);
    expect(kindsOf(old("img-src", "https://elsewhere.example/spy?of=0000000012"))).toEqual(["img-src address"]);
    expect(kindsOf(old("font-src", "chrome-extension"))).toEqual(["font-src other"]);
    const body = { documentURL: page, effectiveDirective: "script-src", blockedURL: "eval" };
    const one = { type: "csp-violation", url: page, body };
    expect(kindsOf(JSON.stringify([one, one]))).toEqual(["script-src eval", "script-src eval"]);
  });

  it.each(["", "nothing", "null", "7", "[]", "{}", '{"csp-report":7}', old("Nguyễn Văn Mẫu", "inline"), old("", "x")])(
    "are nothing when they are none: %s",
    (body) => expect(kindsOf(body)).toEqual([]),
  );

  it("are taken at the address that the policy of a page names, and leave numbers only", async () => {
    expect(pagePolicy("", true)).toContain(`report-uri ${POLICY_REPORTS}`);
    const app = Fastify();
    const numbers = mountPolicyReports(app);
    const send = (type: string, payload: string) =>
      app.inject({ method: "POST", url: POLICY_REPORTS, headers: { "content-type": type }, payload });
    const answers = [
      await send("application/csp-report", old("script-src-elem", "inline")),
      await send("application/csp-report", old("script-src-elem", "inline")),
      await send("application/reports+json", "nothing of the kind"),
      await send("application/csp-report", old("script-src-elem", "i".repeat(20_000))),
      await send("text/html", "<p>"),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 204, 204, 413, 415]);
    expect(await numbers()).toEqual({ "script-src-elem inline": 2 });
    await app.close();
  });
});
