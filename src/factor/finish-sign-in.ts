import { type Arrival, letIn, type SignedIn } from "../account/let-in.ts";
import { findAccount } from "../account/store.ts";
import type { House } from "../db/house.ts";
import { NotSignedIn } from "../kernel/failures.ts";
import { passwordMark, ticketMark } from "./marks.ts";
import { proveTotp } from "./prove-totp.ts";
import { takeTicketTry, useTicket } from "./store-totp.ts";

/** The second half of a sign-in: the ticket of the right password, and the digits. One session a ticket. */
export async function finishSignIn(
  house: House,
  { ticket, code, ...arrival }: Arrival & { ticket: string; code: string },
): Promise<SignedIn> {
  const { now } = arrival;
  const mark = ticketMark(house, ticket);
  const held = await takeTicketTry(house.db, mark, now);
  const account = held && (await findAccount(house.db, held.person_id));
  if (!account || !passwordMark(house, account.password_hash).equals(held.password_mark)) throw ticketEnded();
  await proveTotp(house, account.person_id, code, now);
  if (!(await useTicket(house.db, mark))) throw ticketEnded();
  return letIn(house, account, ["password", "authenticator"], arrival);
}

const ticketEnded = () => new NotSignedIn("ticket_ended");
