import type { Vault } from "../vault/vault.ts";

/**
 * Whoever has just stopped their account is signed out, and may still take the paper away: for a quarter of an hour a
 * sealed cookie of this browser says which one.
 */
export const TICKET_COOKIE = "vssid_stopped";
const TICKET_SECONDS = 15 * 60;
const PURPOSE = "confirmation-ticket";

export function confirmationTicket(vault: Vault, personId: string, reference: string, now: Date) {
  const until = now.getTime() + TICKET_SECONDS * 1000;
  const sealed = vault.seal(PURPOSE, Buffer.from(`${personId}.${reference}.${until}`), PURPOSE);
  return { name: TICKET_COOKIE, value: sealed.toString("base64url"), maxAgeSeconds: TICKET_SECONDS };
}

/** Undefined when it is not one of ours or is over. */
export function readTicket(
  vault: Vault,
  ticket: string | undefined,
  now: Date,
): { personId: string; reference: string } | undefined {
  try {
    const opened = vault.open(PURPOSE, Buffer.from(ticket ?? "", "base64url"), PURPOSE).toString();
    const [personId = "", reference = "", until] = opened.split(".");
    return now.getTime() < Number(until) ? { personId, reference } : undefined;
  } catch {
    return undefined;
  }
}
