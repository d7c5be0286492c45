/**
 * Reads a card's signed, short-lived code and says whether it is ours and still holds. The same lines run on the server
 * and on a clerk's phone without a network; they need the published keys and a clock, and nothing else.
 *
 * The code is a JWS (RFC 7515, compact, ES256 alone), bare or behind the # of the address of the page that verifies it.
 */
export interface Pass {
  /** Card number, as it is written without spaces. */
  num: string;
  name: string;
  /** ISO days of the card itself. */
  from: string;
  to?: string;
  /** Seconds since 1970. */
  iat: number;
  exp: number;
  jti: string;
}

export type Verdict =
  | { verdict: "valid" | "expired" | "early"; pass: Pass }
  /** Signed with a key that is not among these: an old list, or somebody else's. */
  | { verdict: "unknown_key" }
  | { verdict: "not_ours" };

interface Key {
  kty?: string;
  crv?: string;
  x?: string;
  y?: string;
  kid?: string;
}

/** A clock may be so far behind the one that signed. */
export const LEEWAY_SECONDS = 120;

export async function verifyPass(text: string, keys: readonly Key[], nowMs: number): Promise<Verdict> {
  const token = tokenIn(text);
  const [head = "", body = "", signature = ""] = token?.split(".") ?? [];
  const header = parsed(head);
  // "none" and every other algorithm end here: what the code says of itself chooses nothing.
  if (header?.alg !== "ES256" || typeof header.kid !== "string") return { verdict: "not_ours" };
  const key = keys.find(({ kid }) => kid === header.kid);
  if (!key) return { verdict: "unknown_key" };
  if (!(await isSigned(key, `${head}.${body}`, signature))) return { verdict: "not_ours" };
  const pass = passOf(parsed(body));
  if (!pass) return { verdict: "not_ours" };
  const now = nowMs / 1000;
  if (now < pass.iat - LEEWAY_SECONDS) return { verdict: "early", pass };
  return { verdict: now < pass.exp ? "valid" : "expired", pass };
}

/** "https://…/verify#TOKEN" or TOKEN, with whatever white space came with it. */
export function tokenIn(text: string): string | undefined {
  const bare = text.replace(/\s/g, "").split("#").pop() ?? "";
  return bare.length < 4000 && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(bare) ? bare : undefined;
}

async function isSigned({ kty, crv, x, y }: Key, signed: string, signature: string): Promise<boolean> {
  const { subtle } = globalThis.crypto;
  const shape = { name: "ECDSA", namedCurve: "P-256" };
  try {
    const jwk = { kty: kty ?? "", crv: crv ?? "", x: x ?? "", y: y ?? "" };
    const key = await subtle.importKey("jwk", jwk, shape, false, ["verify"]);
    const how = { name: "ECDSA", hash: "SHA-256" };
    return await subtle.verify(how, key, bytesOf(signature), new TextEncoder().encode(signed));
  } catch {
    return false;
  }
}

function passOf(claims: Record<string, unknown> | undefined): Pass | undefined {
  if (!claims) return undefined;
  const { num, name, from, to, iat, exp, jti } = claims;
  const areTexts = [num, name, from, jti].every((one) => typeof one === "string");
  const areTimes = [iat, exp].every((one) => Number.isFinite(one));
  if (!areTexts || !areTimes || !["string", "undefined"].includes(typeof to)) return undefined;
  return claims as unknown as Pass;
}

function parsed(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytesOf(part)));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}
