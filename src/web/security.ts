import { createHash } from "node:crypto";

/** Headers of every answer. One style element a page is allowed by its hash; no inline script at all. */
export const fixedHeaders: Record<string, string> = {
  "x-content-type-options": "nosniff",
  // Never to another site; with "no-referrer" browsers would also blank the Origin of our own forms.
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
};

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
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

export const apiPolicy = "default-src 'none'; frame-ancestors 'none'";
