/** The messages that were sent to a person, read in the account: the same words, without what was secret in them. */
import type { House } from "../db/house.ts";
import type { Reader } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { needs } from "../notices/rules-templates.ts";
import { messagesOf, type PersonMessage, type PersonScope, readableIds } from "../notices/store-person.ts";
import { renderWords } from "../notices/templates.ts";
import { sentencesOf } from "../notices/wording.ts";
import { policyOn } from "../policy/store.ts";
import { recordsOf } from "../register/store.ts";
import { fileIdsOf } from "../registration/store-many.ts";
import { isUnread, keptDays, keptFrom } from "./rules.ts";
import { markRead, type Opener, readMarks } from "./store.ts";
import { words } from "./words.ts";

export interface InboxMessage extends PersonMessage {
  title: string;
  paragraphs: string[];
  /** Something in it was for the telephone or the mailbox alone. */
  isCovered: boolean;
  isUnread: boolean;
}

type Owner = Pick<Reader, "personId" | "readBy">;

export interface InboxPage {
  messages: InboxMessage[];
  /** The id before which the next page begins. */
  next: string | undefined;
}

export async function readInbox(
  house: House,
  owner: Owner,
  want: { before?: string | undefined; limit: number },
): Promise<InboxPage> {
  const { before, limit } = want;
  const found = await messagesOf(house.db, await scopeOf(house, owner), { before, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const ids = shown.map(({ id }) => id);
  const read = await readMarks(house.db, openerOf(owner), ids);
  return {
    messages: await Promise.all(shown.map((message) => worded(house, message, read))),
    next: found.length > limit ? ids.at(-1) : undefined,
  };
}

/** A message of somebody else is not there. */
export async function getMessage(house: House, owner: Owner, id: string): Promise<InboxMessage> {
  const isId = /^[1-9]\d{0,17}$/.test(id);
  const want = { only: id, limit: 1 };
  const [message] = isId ? await messagesOf(house.db, await scopeOf(house, owner), want) : [];
  if (!message) throw new NotFound("message");
  return worded(house, message, await readMarks(house.db, openerOf(owner), [id]));
}

/** From now on it counts as read, for this reader. */
export async function noteRead(house: House, owner: Owner, message: InboxMessage): Promise<void> {
  if (message.isUnread) await markRead(house.db, openerOf(owner), message.id, house.clock.now());
}

export async function countUnread(house: House, owner: Owner): Promise<number> {
  const ids = await readableIds(house.db, await scopeOf(house, owner));
  return ids.length - (await readMarks(house.db, openerOf(owner), ids)).size;
}

/** What was sent before there was an account belongs to the person once their file does. */
async function scopeOf(house: House, { personId }: Owner): Promise<PersonScope> {
  const now = house.clock.now();
  const personIds = await recordsOf(house.db, personId);
  const declarationIds = await fileIdsOf(house.db, personIds);
  return { personIds, declarationIds, from: keptFrom(now, await policyOn(house.db, keptDays, dayOf(now))) };
}

const openerOf = ({ personId, readBy }: Owner): Opener => ({
  personId,
  guardianId: readBy === personId ? "0" : readBy,
});

/** In the language in which it was sent, with the words of that day: what was filled in is of that language, too. */
async function worded(house: House, message: PersonMessage, read: ReadonlySet<string>): Promise<InboxMessage> {
  const { template, templateVersion, lang } = message;
  const { secrets } = needs[template];
  const sentences = await sentencesOf(house, { template, lang, template_version: templateVersion });
  const covers = Object.fromEntries(secrets.map((name) => [name, words(lang).covered]));
  return {
    ...message,
    ...renderWords(template, lang, { ...message.fields, ...covers }, sentences),
    isCovered: secrets.length > 0,
    isUnread: isUnread(message, read),
  };
}
