import { randomBytes } from "node:crypto";
import type { Proof } from "../account/rules-proof.ts";
import type { AccountRow } from "../account/store.ts";
import type { House } from "../db/house.ts";
import { NotSignedIn } from "../kernel/failures.ts";
import { passwordMarks, ticketMarks } from "./marks.ts";
import { proveTotp } from "./prove-totp.ts";
import { TICKET_MS, TICKET_TRIES } from "./rules.ts";
import { findAuthenticator, insertTicket } from "./store-totp.ts";

export const TICKET_COOKIE = "vssid_ticket";
export const TICKET_SECONDS = TICKET_MS / 1000;

/** The password was right; the digits of the authenticator are still to come, with this ticket. */
export class SecondFactorNeeded extends NotSignedIn {
  constructor(readonly ticket: string) {
    super("second_factor_needed");
  }
}

/** After the right password: what else was proved. Throws SecondFactorNeeded where more is asked for than was given. */
export async function secondFactor(
  house: House,
  account: AccountRow,
  code: string | undefined,
  now: Date,
): Promise<Proof[]> {
  const personId = account.person_id;
  const held = await findAuthenticator(house.db, personId);
  if (!held?.confirmed_at) return [];
  if (code) {
    await proveTotp(house, personId, code, now);
    return ["authenticator"];
  }
  const ticket = randomBytes(32).toString("base64url");
  await insertTicket(house.db, {
    ticket_mark: ticketMarks(house, ticket)[0],
    person_id: personId,
    password_mark: passwordMarks(house, account.password_hash)[0],
    created_at: now,
    ends_at: new Date(now.getTime() + TICKET_MS),
    tries_left: TICKET_TRIES,
  });
  throw new SecondFactorNeeded(ticket);
}
