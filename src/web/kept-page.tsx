import { type Face, KeptPage, readKept } from "../ui/index.ts";
import { formTokenFor } from "./form-token.ts";
import type { Ask, Reply } from "./route.ts";

interface GoingOn {
  face: Face;
  /** The address to which it was sent first. */
  to: string;
  /** Of the session that has just begun, if one did: the page's form hangs on it. */
  token?: string | undefined;
}

/**
 * On with the session that has just begun: where `reply` leads, or first to what was typed before. Before a password is
 * changed no form is taken.
 */
export function withKept(
  ask: Ask,
  reply: Extract<Reply, { kind: "redirect" }>,
  { mustChange, ...going }: GoingOn & { mustChange: boolean },
): Extract<Reply, { kind: "page" | "redirect" }> {
  const kept = mustChange ? undefined : keptPage(ask, going);
  return kept ? { ...kept, ...(reply.cookies ? { cookies: reply.cookies } : {}) } : reply;
}

/** What was typed before one had to sign in or confirm again, behind one button; undefined where nothing waits. */
export function keptPage(ask: Ask, { face, to, token }: GoingOn): (Reply & { kind: "page" }) | undefined {
  const typed = readKept(ask.form.kept);
  if (!typed) return undefined;
  const inside = token ? { ...ask, formToken: formTokenFor(ask.house.vault, token) } : ask;
  return { kind: "page", status: 200, view: <KeptPage ask={inside} face={face} to={to} typed={typed} /> };
}
