import { timingSafeEqual } from "node:crypto";
import type { Vault } from "../vault/vault.ts";

/**
 * The hidden token of a form is a keyed mark of the visitor's cookie: a form made for one session is
 * worth nothing in another, and nothing is kept on the server. While acting for somebody a second mark
 * follows: a form made on one person's record is not taken for another's.
 */
export function formTokenFor(vault: Vault, visitor: string, wardId?: string | undefined): string {
  const own = vault.mark("form-token", visitor).toString("base64url");
  return wardId === undefined ? own : `${own}.${wardMark(vault, visitor, wardId)}`;
}

export function isFormToken(vault: Vault, visitor: string, token: string): boolean {
  return isSame(vault.mark("form-token", visitor).toString("base64url"), token.split(".")[0] ?? "");
}

/** Was the form made while the same record was open, one's own or a ward's? */
export function isTokenOfRecord(vault: Vault, visitor: string, token: string, wardId: string | undefined): boolean {
  const [, mark = ""] = token.split(".");
  return isSame(wardId === undefined ? "" : wardMark(vault, visitor, wardId), mark);
}

const wardMark = (vault: Vault, visitor: string, wardId: string) =>
  vault.mark("form-token-ward", `${visitor} ${wardId}`).toString("base64url");

function isSame(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
