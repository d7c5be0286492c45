import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import { issueCode } from "../codes/issue.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { noteMiss } from "../guesses/tally.ts";
import { anyone } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { contactsOf, findPersonByKey } from "../register/store.ts";
import { parseLogin } from "./rules.ts";
import { boundToRequest, type CodeWay, contactKindOf, isRecoverable } from "./rules-ways.ts";
import { findAccount } from "./store.ts";

export interface RecoveryAsked {
  login: string;
  channel: CodeWay;
  lang: Lang;
  now: Date;
}

/** Where the message of a number that nobody has would go; it is taken back before it could. */
const decoys: Record<CodeWay, string> = { sms: "0900000000", email: "nobody@example.vn" };
const NOBODY = "0";

/**
 * Sends a code to the telephone or address on file, at most three an hour. The answer is the name of the
 * request and nothing else: whether the number exists, has an account or was asked too often is not told.
 */
export async function requestRecovery(house: House, asked: RecoveryAsked): Promise<{ requestId: string }> {
  const login = parseLogin(asked.login);
  if (!login) throw new Invalid([{ field: "login", key: "login_shape" }]);
  const person = await findPersonByKey(house.db, login.kind, login.number);
  const account = await findAccount(house.db, person?.personId ?? NOBODY);
  const personId = account && isRecoverable(account) ? account.person_id : undefined;
  const contacts = await contactsOf(house.db, personId ?? NOBODY);
  const wanted = contacts.find((one) => one.kind === contactKindOf[asked.channel])?.value;
  // Anybody asks who knows the number: the budgets of the person, and of the other channel, are not theirs to spend.
  const who = account ? `person:${account.person_id}` : `${login.kind}:${login.number}`;
  const subject = `recover:${asked.channel}:${who}`;
  const requestId = randomUUID();
  if (!wanted) noteMiss(house);
  await inTransaction(house.db, (tx) => write(tx, house, { ...asked, requestId, subject, personId, wanted }));
  return { requestId };
}

interface Writing extends RecoveryAsked {
  requestId: string;
  subject: string;
  personId: string | undefined;
  /** Telephone or address on file for the channel. */
  wanted: string | undefined;
}

async function write(tx: Tx, house: House, asked: Writing): Promise<void> {
  const { requestId, subject, personId, channel, wanted, lang, now } = asked;
  const sent = await issueCode(tx, house, {
    codeId: requestId,
    purpose: "recover",
    boundTo: boundToRequest(requestId),
    subject,
    channel,
    recipient: wanted ?? decoys[channel],
    isReached: wanted !== undefined,
    personId,
    lang,
    now,
  });
  if (!sent) return;
  const detail = { channel };
  await record(tx, { at: now, actor: anyone, action: "recovery_requested", purpose: "account", personId, detail });
}
