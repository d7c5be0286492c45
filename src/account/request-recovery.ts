import { randomInt, randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { keepOrTakeBack } from "../db/keep-or-take-back.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { enqueue } from "../notices/enqueue.ts";
import { contactsOf, findPersonByKey } from "../register/store.ts";
import { codeMark, subjectMark } from "./marks.ts";
import { parseLogin, recovery } from "./rules.ts";
import { findAccount } from "./store.ts";
import { countRecent, insertRecovery } from "./store-recovery.ts";

export type RecoveryChannel = "sms" | "email";

export interface RecoveryAsked {
  login: string;
  channel: RecoveryChannel;
  lang: Lang;
  now: Date;
}

/** Where the message of a number that nobody has would go; it is taken back before it could. */
const decoys = { sms: { phone: "0900000000" }, email: { email: "nobody@example.vn" } } as const;
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
  // A child's account has no password to set anew: it is answered like a number that nobody has.
  const isRecoverable = account?.status === "active" && account.password_kind !== "none";
  const personId = isRecoverable ? account.person_id : undefined;
  const mark = subjectMark(house, account?.person_id, login);
  const contacts = await contactsOf(house.db, personId ?? NOBODY);
  const wanted = contacts.find((one) => one.kind === (asked.channel === "sms" ? "phone" : "email"))?.value;
  const requestId = randomUUID();
  await inTransaction(house.db, (tx) => write(tx, house, { ...asked, requestId, mark, personId, wanted }));
  return { requestId };
}

interface Writing extends RecoveryAsked {
  requestId: string;
  mark: Buffer;
  personId: string | undefined;
  /** Telephone or address on file for the channel. */
  wanted: string | undefined;
}

async function write(tx: Tx, house: House, asked: Writing): Promise<void> {
  const { requestId, mark, personId, channel, wanted, now } = asked;
  const recent = await countRecent(tx, mark, now);
  if (recent.hour >= recovery.mostAnHour || recent.day >= recovery.mostADay) return;
  const code = String(randomInt(10 ** recovery.digits)).padStart(recovery.digits, "0");
  await insertRecovery(tx, {
    request_id: requestId,
    subject_mark: mark,
    person_id: personId ?? null,
    channel,
    code_mark: codeMark(house, requestId, code),
    created_at: now,
    ends_at: new Date(now.getTime() + recovery.lifeMs),
    tries_left: recovery.tries,
  });
  await keepOrTakeBack(tx, wanted !== undefined, () => sendCode(tx, house, asked, code));
  await record(tx, {
    at: now,
    actor: anyone,
    action: "recovery_requested",
    purpose: "account",
    personId,
    detail: { channel },
  });
}

async function sendCode(
  tx: Tx,
  house: House,
  { requestId, channel, wanted, personId, lang, now }: Writing,
  code: string,
) {
  const real = channel === "sms" ? { phone: wanted ?? "" } : { email: wanted ?? "" };
  await enqueue(tx, house.vault, {
    dedupeKey: `recovery_code:${requestId}`,
    class: "code",
    template: "recovery_code",
    lang,
    ...(wanted === undefined ? decoys[channel] : real),
    fields: { minutes: recovery.minutes },
    secrets: { code },
    dueAt: new Date(now.getTime() + recovery.lifeMs),
    now,
    personId,
  });
}
