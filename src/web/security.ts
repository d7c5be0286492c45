import { createHash } from "node:crypto";

/** Headers of every answer. One style element a page is allowed by its hash; no inline script at all. */
const fixedHeaders: Record<string, string> = {
  "x-content-type-options": "nosniff",
  // Never to another site; with "no-referrer" browsers would also blank the Origin of our own forms.
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
};

/** Where browsers tell what a page's policy kept from happening (policy-reports.ts). */
export const POLICY_REPORTS = "/policy-reports";

const hashes = new Map<string, string>();

/** 'sha256-…' of one style text, remembered: there are few styles and many pages. */
function hashOf(style: string): string {
  const known = hashes.get(style);
  if (known) return known;
  const hash = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
  hashes.set(style, hash);
  return hash;
}

/** `usesWasm`: this one page reads pictures with WebAssembly of ours; nothing else may compile code. */
export function pagePolicy(html: string, isHttps: boolean, usesWasm = false): string {
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1];
  return [
    "default-src 'none'",
    `script-src 'self'${usesWasm ? " 'wasm-unsafe-eval'" : ""}`,
    `style-src 'self'${style ? ` ${hashOf(style)}` : ""}`,
    "object-src 'none'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
    `report-uri ${POLICY_REPORTS}`,
  ].join("; ");
}

/** Answers of programs: opened as a page they are a document without an origin, which loads and runs nothing. */
export const apiPolicy = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

/** Pictures, tables, redirects. */
const filePolicy = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The browser's own reader of PDF shows them in a document to which this policy applies: it brings its style along. */
const pdfPolicy = `${filePolicy.replace("object-src 'none'", "object-src 'self'")}; style-src 'unsafe-inline'`;

/** A worker lives by the policy of its own script: it may ask this site alone, and compile what this site serves. */
const scriptPolicy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The policy of an answer that is no page and brings none of its own. */
function policyOf(contentType: string): string {
  if (contentType.startsWith("text/javascript")) return scriptPolicy;
  return contentType.startsWith("application/pdf") ? pdfPolicy : filePolicy;
}

/** Two years, as browsers' own lists ask for; the host's subdomains are ours as well. */
const TRANSPORT = { "strict-transport-security": "max-age=63072000; includeSubDomains" };

/** What every answer carries, whoever made it; `held` is what stands in it already. */
export function headersOf(
  isHttps: boolean,
  held: { policy: boolean; caching: boolean; contentType: string },
): Record<string, string> {
  return {
    ...fixedHeaders,
    ...(isHttps ? TRANSPORT : {}),
    ...(held.policy ? {} : { "content-security-policy": policyOf(held.contentType) }),
    ...(held.caching ? {} : { "cache-control": "private, no-store" }),
  };
}
