import type { House, Tx } from "../db/house.ts";
import { formatDay, plainDate } from "../kernel/calendar.ts";
import { enqueue } from "../notices/enqueue.ts";
import { drawKey, keyMarks } from "./marks.ts";
import type { Letter } from "./store.ts";
import { type Addressee, insertKey } from "./store-addressees.ts";
import { words } from "./words.ts";

const DAY_MS = 86_400_000;

type ToAddressee = "letter_sent" | "letter_reminder" | "letter_answered";

/**
 * One message to an addressee by e-mail and SMS, behind outcomes and reminders of files. Each bears a new code, of
 * which only the mark is kept; earlier ones go on working. Nobody without an address is written to: a unit then
 * reads its letter at the desk.
 */
export async function tellAddressee(
  tx: Tx,
  house: House,
  about: { letter: Letter; addressee: Pick<Addressee, "addresseeId" | "email" | "phone"> },
  message: { template: ToAddressee; meaning: string; now: Date; dueAt?: Date },
): Promise<void> {
  const { letter, addressee } = about;
  const { addresseeId, email, phone } = addressee;
  if (!email && !phone) return;
  const { template, meaning, now } = message;
  const key = drawKey();
  await insertKey(tx, keyMarks(house, key)[0], addresseeId, now);
  await enqueue(tx, house.vault, {
    dedupeKey: `letter:${addresseeId}:${meaning}`,
    class: "campaign",
    template,
    lang: letter.lang,
    ...(phone ? { phone } : {}),
    ...(email ? { email } : {}),
    fields: {
      letter: letter.number,
      day: formatDay(plainDate(letter.datedOn), letter.lang),
      subject: subjectOf(letter),
    },
    secrets: { key },
    dueAt: message.dueAt ?? new Date(now.getTime() + DAY_MS),
    now,
    officeCode: letter.officeCode ?? undefined,
  });
}

/** A correction says first what it replaces. */
function subjectOf({ subject, replaces, lang }: Letter): string {
  return replaces ? words(lang).replacing(replaces.number, subject) : subject;
}

/** To the address that the sender named for questions. */
export async function tellSender(
  tx: Tx,
  house: House,
  about: { letter: Letter; addressee: Pick<Addressee, "addresseeId" | "name"> },
  { meaning, now }: { meaning: string; now: Date },
): Promise<void> {
  const { letter, addressee } = about;
  if (!letter.replyEmail) return;
  await enqueue(tx, house.vault, {
    dedupeKey: `letter:${addressee.addresseeId}:${meaning}`,
    class: "campaign",
    template: "letter_asked",
    lang: letter.lang,
    email: letter.replyEmail,
    fields: { letter: letter.number, unit: addressee.name },
    dueAt: new Date(now.getTime() + DAY_MS),
    now,
    officeCode: letter.officeCode ?? undefined,
  });
}
