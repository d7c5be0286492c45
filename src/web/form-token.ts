import { timingSafeEqual } from "node:crypto";
import type { Vault } from "../vault/vault.ts";

/**
 * The hidden token of a form is a keyed mark of the visitor's cookie: a form made for one session is
 * worth nothing in another, and nothing is kept on the server.
 */
export function formTokenFor(vault: Vault, visitor: string): string {
  return vault.mark("form-token", visitor).toString("base64url");
}

export function isFormToken(vault: Vault, visitor: string, token: string): boolean {
  const expected = Buffer.from(formTokenFor(vault, visitor));
  const given = Buffer.from(token);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
