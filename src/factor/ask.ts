import type { Citizen } from "../kernel/actor.ts";
import { type RelyingParty, relyingPartyOf } from "./rules.ts";

/** What the pages of this feature need of a request. */

interface Asked {
  actor: { kind: string };
  headers: Record<string, string | undefined>;
  house: { settings: { baseUrl: string } };
}

/** Under which name passkeys work here, and whether this page stands at that name. */
export function partyOf({ house, headers }: Asked): { party: RelyingParty | undefined; isHere: boolean } {
  const party = relyingPartyOf(house.settings.baseUrl);
  return { party, isHere: party !== undefined && headers.host === new URL(party.origin).host };
}

/** A passkey asked for in one session is worth something in that session only. */
export const sessionBound = (citizen: Citizen) => `session:${citizen.sessionId}`;
/** Of a browser that is not signed in: the token of its forms hangs on its own cookie. */
export const visitorBound = (ask: { formToken: string }) => `visitor:${ask.formToken}`;
/** As it may have been named by the process that asked. */
export const visitorBounds = ({ formTokens }: { formTokens: readonly string[] }) =>
  formTokens.map((token) => `visitor:${token}`);
