import type { Vault } from "../vault/vault.ts";

/**
 * The hidden token of a form is a keyed mark of the visitor's cookie: a form made for one session is
 * worth nothing in another, and nothing is kept on the server. While acting for somebody a second mark
 * follows: a form made on one person's record is not taken for another's.
 */
export function formTokenFor(vault: Vault, visitor: string, wardId?: string | undefined): string {
  return formTokensFor(vault, visitor, wardId)[0];
}

/** The same as processes with one secret or another in front make it; our own first. */
export function formTokensFor(vault: Vault, visitor: string, wardId?: string | undefined): FormTokens {
  const [front, ...others] = vault.marks("form-token", visitor).map((mark) => mark.toString("base64url"));
  const wards = wardId === undefined ? [] : vault.marks(WARD, `${visitor} ${wardId}`);
  const token = (own = "", at = 0) => [own, wards[at]?.toString("base64url")].filter(Boolean).join(".");
  return [token(front), ...others.map((own, at) => token(own, at + 1))];
}

export type FormTokens = readonly [string, ...string[]];

export function isFormToken(vault: Vault, visitor: string, token: string): boolean {
  return vault.isMark("form-token", visitor, bytesOf(token.split(".")[0]));
}

/** Was the form made while the same record was open, one's own or a ward's? */
export function isTokenOfRecord(vault: Vault, visitor: string, token: string, wardId: string | undefined): boolean {
  const [, mark = ""] = token.split(".");
  return wardId === undefined ? mark === "" : vault.isMark(WARD, `${visitor} ${wardId}`, bytesOf(mark));
}

/** Readable in any session: made while acting for somebody. */
export const isTokenOfWard = (token: string): boolean => Boolean(token.split(".")[1]);

/** On the pages of one file each form names it. Nothing opens by the name, so it bears no mark of its own. */
export function tokenNaming(token: string, file: string | undefined): string {
  const [own = "", ward = ""] = token.split(".");
  return file === undefined ? token : [own, ward, file].join(".");
}

export const fileNamedBy = (token: string): string | undefined => token.split(".")[2] || undefined;

const WARD = "form-token-ward";

const bytesOf = (text = "") => Buffer.from(text, "base64url");
