/**
 * Answers that carry the version of the person's record: ETag = data_version + layout. An asker who
 * holds the present version gets 304 and no body; authorisation and audit have run all the same.
 */
import { z } from "zod";

/** Nobody's version: the register counts from 1. */
export const NONE = "0";

/** The data_version that the asker holds in this layout, or "0". */
export function knownVersion(headers: Record<string, string | undefined>, layout: string): string {
  for (const tag of headers["if-none-match"]?.split(",") ?? []) {
    const [, version, held] = /^\s*(?:W\/)?"([1-9]\d{0,17})-([\w.]+)"\s*$/.exec(tag) ?? [];
    if (version !== undefined && held === layout) return version;
  }
  return NONE;
}

/** Headers and answer of such an address in the API document. */
export const versionHeader = {
  "if-none-match": z.string().optional().describe("ETag of an earlier answer: 304 when it is still the present one"),
};
export const unchanged = { 304: z.undefined().describe("What you hold is the present version; no body") };

export interface VersionedReply {
  status: 200 | 304;
  body?: string | Buffer;
  headers: Record<string, string>;
}

/** `body` undefined: unchanged. */
export function versioned(version: string, layout: string, body: string | Buffer | undefined): VersionedReply {
  const headers = { etag: `"${version}-${layout}"`, "cache-control": "private, no-cache" };
  return body === undefined ? { status: 304, headers } : { status: 200, body, headers };
}
