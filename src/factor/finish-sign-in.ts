import { type Arrival, letIn, type SignedIn } from "../account/let-in.ts";
import { type AccountRow, findAccount } from "../account/store.ts";
import type { House } from "../db/house.ts";
import { NotSignedIn } from "../kernel/failures.ts";
import { passwordMarks, ticketMarks } from "./marks.ts";
import { proveTotp } from "./prove-totp.ts";
import { takeTicketTry, useTicket } from "./store-totp.ts";

/** The second half of a sign-in: the ticket of the right password, and the digits. One session a ticket. */
export async function finishSignIn(
  house: House,
  { ticket, code, ...arrival }: Arrival & { ticket: string; code: string },
): Promise<SignedIn> {
  const { now } = arrival;
  const marks = ticketMarks(house, ticket);
  const held = await takeTicketTry(house.db, marks, now);
  const account = held && (await findAccount(house.db, held.person_id));
  if (!account || !isPasswordOf(house, account, held)) throw ticketEnded();
  await proveTotp(house, account.person_id, code, now);
  if (!(await useTicket(house.db, marks))) throw ticketEnded();
  return letIn(house, account, ["password", "authenticator"], arrival);
}

/** The password that was right when the ticket was given out. */
function isPasswordOf(house: House, account: AccountRow, held: { password_mark: Buffer }): boolean {
  return passwordMarks(house, account.password_hash).some((mark) => mark.equals(held.password_mark));
}

const ticketEnded = () => new NotSignedIn("ticket_ended");
