import type { Vault } from "../vault/vault.ts";
import type { Ask } from "./route.ts";

/**
 * What somebody was looked for by stands in no address as it was typed: histories, proxies and logs keep addresses. It
 * goes under a seal that only the session opens in which it was typed; a page reads it like any other part of its query.
 */
const PURPOSE = "typed-query";
const PART = "typed";
/** Parts of a query that hold what somebody typed of a person: a name, a number. */
export const TYPED = ["q", "name"];
const SIGNS_AT_MOST = 500;

type Sealing = Pick<Ask, "formToken"> & { house: { vault: Pick<Vault, "seal"> } };

/** The same address with what was typed under one seal. */
export function hideTyped({ house, formToken }: Sealing, href: string): string {
  const [path = "", text = ""] = href.split("?");
  const shown = new URLSearchParams(text);
  const hidden = new URLSearchParams();
  for (const name of TYPED) {
    const value = shown.get(name)?.slice(0, SIGNS_AT_MOST);
    if (value) hidden.set(name, value);
    shown.delete(name);
  }
  if (hidden.size > 0) shown.set(PART, sealFor({ house, formToken }, PURPOSE, hidden.toString()));
  return shown.size > 0 ? `${path}?${shown}` : path;
}

/** The query of a page with what lies under its seal; of another session's, or of none, nothing. */
export function withTyped(
  vault: Pick<Vault, "open">,
  formTokens: readonly string[],
  query: Record<string, string>,
): Record<string, string> {
  const { [PART]: sealed, ...rest } = query;
  if (!sealed) return query;
  const text = openFor(vault, formTokens, PURPOSE, sealed);
  return text === undefined ? rest : { ...rest, ...Object.fromEntries(new URLSearchParams(text)) };
}

/** A text that stands in an address and that only this session reads. */
export function sealFor({ house, formToken }: Sealing, purpose: string, text: string): string {
  return house.vault.seal(purpose, Buffer.from(text), sessionOf(formToken)).toString("base64url");
}

/** Undefined when it was not sealed for this session. */
export function openFor(
  vault: Pick<Vault, "open">,
  formTokens: readonly string[],
  purpose: string,
  sealed: string,
): string | undefined {
  for (const token of formTokens) {
    try {
      return vault.open(purpose, Buffer.from(sealed, "base64url"), sessionOf(token)).toString();
    } catch {
      // Sealed by a process with another secret in front, or in another session.
    }
  }
  return undefined;
}

/** The first part of a form's token names the session; what may follow names the record that is open. */
const sessionOf = (formToken: string) => formToken.split(".")[0] ?? "";
