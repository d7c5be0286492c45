import type { FastifyReply } from "fastify";
import { describe, expect, it } from "vitest";
import type { Settings } from "../db/house.ts";
import { clearCookie, setCookie } from "./cookies.ts";
import { headersOf, pagePolicy } from "./security.ts";

const directive = (policy: string, name: string) =>
  policy
    .split("; ")
    .find((one) => one.startsWith(`${name} `))
    ?.slice(name.length + 1);
const bare = { policy: false, caching: false, contentType: "application/json; charset=utf-8" };

describe("the policy of an answer", () => {
  it("of a page loads our own only, runs no script that stands in it, frames nothing and is framed by nobody", () => {
    const policy = pagePolicy("<style>p{}</style>", true);
    expect(directive(policy, "default-src")).toBe("'none'");
    expect(directive(policy, "script-src")).toBe("'self'");
    expect(directive(policy, "style-src")).toMatch(/^'self' 'sha256-[\w+/]{43}='$/);
    for (const name of ["object-src", "base-uri", "frame-ancestors"])
      expect(directive(policy, name), name).toBe("'none'");
    expect(directive(policy, "form-action")).toBe("'self'");
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
  });

  it.each([
    "application/json; charset=utf-8",
    "image/jpeg",
    "text/csv; charset=utf-8",
    "text/javascript; charset=utf-8",
    "",
  ])("of %j runs nothing of others, and is framed by nobody", (contentType) => {
    const policy = headersOf(true, { ...bare, contentType })["content-security-policy"] ?? "";
    for (const name of ["object-src", "base-uri", "frame-ancestors"]) {
      expect(directive(policy, name), name).toBe("'none'");
    }
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
  });

  it("of an answer that brings its own stays its own, as do its words about being kept", () => {
    const held = headersOf(true, { policy: true, caching: true, contentType: "text/html" });
    expect(held).not.toHaveProperty("content-security-policy");
    expect(held).not.toHaveProperty("cache-control");
    expect(headersOf(true, bare)["cache-control"]).toBe("private, no-store");
  });

  it("on https asks browsers to come by https alone for more than a year, subdomains too", () => {
    const [, seconds] =
      /^max-age=(\d+); includeSubDomains$/.exec(headersOf(true, bare)["strict-transport-security"] ?? "") ?? [];
    expect(Number(seconds)).toBeGreaterThan(365 * 24 * 3600);
    expect(headersOf(false, bare)).not.toHaveProperty("strict-transport-security");
  });

  it("shares no window and no bytes with other sites, and lets no type be guessed", () => {
    expect(headersOf(true, bare)).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
  });
});

describe("a cookie", () => {
  const https = { baseUrl: "https://vssid.example.vn" } as Settings;
  /** What was handed to the reply. */
  function written(write: (reply: FastifyReply) => void) {
    const seen: { name: string; value: string; options: Record<string, unknown> }[] = [];
    const setOrClear = (name: string, value: unknown, options?: Record<string, unknown>) =>
      seen.push({ name, value: String(value), options: options ?? (value as Record<string, unknown>) });
    write({ setCookie: setOrClear, clearCookie: setOrClear } as unknown as FastifyReply);
    return seen[0];
  }

  it("on https is bound to this host, is Secure, and is neither read by scripts nor sent along by other sites", () => {
    for (const one of [
      written((reply) => setCookie(https, reply, { name: "vssid_session", value: "x" })),
      written((reply) => clearCookie(https, reply, "vssid_session")),
    ]) {
      expect(one?.name).toBe("__Host-vssid_session");
      expect(one?.options).toMatchObject({ path: "/", secure: true, httpOnly: true, sameSite: "lax" });
      expect(one?.options).not.toHaveProperty("domain");
    }
  });

  it("that no browser would keep is never sent", () => {
    const value = "x".repeat(4097 - "__Host-vssid_flash".length);
    expect(() => written((reply) => setCookie(https, reply, { name: "vssid_flash", value }))).toThrow(RangeError);
    expect(written((reply) => setCookie(https, reply, { name: "vssid_flash", value: value.slice(1) }))).toBeDefined();
  });
});
