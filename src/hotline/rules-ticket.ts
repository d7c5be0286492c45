import { parseEmail, parsePhone } from "../kernel/numbers.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { PRIORITIES, type Priority } from "./rules-clock.ts";

/** A ticket (yêu cầu hỗ trợ): what it must say, and what may be done with it when. Pure. */

export const CHANNELS = ["call", "counter", "web", "unit"] as const;
export type Channel = (typeof CHANNELS)[number];

export const TICKET_STATES = ["open", "answered", "closed"] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const TICKET_ACTS = ["take", "note", "hand-over", "priority", "answer", "closing", "reopening"] as const;
export type TicketAct = (typeof TICKET_ACTS)[number];

const ALLOWED: Record<TicketState, readonly TicketAct[]> = {
  open: ["take", "note", "hand-over", "priority", "answer", "closing"],
  answered: ["note", "reopening"],
  closed: ["note", "reopening"],
};

export const allowedActs = (state: TicketState): readonly TicketAct[] => ALLOWED[state];

/** One kind of difficulty: a dated line of the code list "ticket_category". */
export interface Category {
  code: string;
  name: Record<"vi" | "en", string>;
}

interface Entry {
  code: string;
  validFrom: string;
  validTo: string | null;
  nameVi: string;
  nameEn: string;
  detail: unknown;
}

/** Those in force on an ISO day, in their order; an operator adds, ends or rewords them as rows with dates. */
export function categoriesOn(entries: readonly Entry[], day: string): Category[] {
  const orderOf = ({ detail }: Entry) => Number((detail as { order?: number }).order ?? 99);
  return entries
    .filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo))
    .sort((a, b) => orderOf(a) - orderOf(b) || (a.code < b.code ? -1 : 1))
    .map(({ code, nameVi, nameEn }) => ({ code, name: { vi: nameVi, en: nameEn } }));
}

export const SAYS_AT_MOST = 1000;
export const ANSWER_AT_MOST = 600;
const SAYS_AT_LEAST = 10;
const NAME_AT_MOST = 100;

export interface Reported {
  category: string;
  says: string;
  name: string;
  phone: string | undefined;
  email: string | undefined;
}

type Form = Readonly<Record<string, string | undefined>>;

const tidy = (text: string | undefined) => (text ?? "").normalize("NFC").replace(/\r\n/g, "\n").trim();

/** What anybody reports by the web: a name, one way to answer, a kind and a sentence. */
export function parseReport(form: Form, categories: readonly Category[]): Outcome<Reported, Fault[]> {
  const name = tidy(form.name).replace(/\s+/gu, " ");
  const contact = tidy(form.contact);
  const [phone, email] = [parsePhone(contact), parseEmail(contact)];
  const what = parseWhat(form, categories);
  const faults: Fault[] = [
    ...(/\p{L}{2}/u.test(name) && name.length <= NAME_AT_MOST ? [] : [{ field: "name", key: "name_missing" }]),
    ...(phone || email ? [] : [{ field: "contact", key: contact ? "contact_shape" : "contact_missing" }]),
    ...(what.ok ? [] : what.faults),
  ];
  return what.ok && faults.length === 0 ? good({ ...what.value, name, phone, email }) : bad(faults);
}

export interface What {
  category: string;
  says: string;
}

/** The kind and the sentence alone: of a caller or a unit, who are known. */
export function parseWhat(form: Form, categories: readonly Category[]): Outcome<What, Fault[]> {
  const says = tidy(form.says);
  const category = categories.find(({ code }) => code === form.category)?.code;
  const faults: Fault[] = [
    ...(category ? [] : [{ field: "category", key: "category_missing" }]),
    ...(says.length < SAYS_AT_LEAST ? [{ field: "says", key: "says_short" }] : []),
    ...(says.length > SAYS_AT_MOST ? [{ field: "says", key: "says_long" }] : []),
  ];
  return category && faults.length === 0 ? good({ category, says }) : bad(faults);
}

export const parsePriority = (text: string | undefined): Priority => PRIORITIES.find((one) => one === text) ?? "normal";

/** Digits that look like a number of a person; our own telephone and dates are none. */
const NUMBER_OF_PERSON = /(?<!\d)\d(?:[ .-]?\d){8,}(?!\d)/u;

/** What the reporter reads, by SMS too: no link, and no number of a person in it. */
export function parseAnswer(text: string | undefined): Outcome<string, Fault[]> {
  const answer = tidy(text).replace(/\s+/gu, " ");
  const key =
    answer.length < SAYS_AT_LEAST
      ? "answer_short"
      : answer.length > ANSWER_AT_MOST
        ? "answer_long"
        : /https?:|www\./iu.test(answer)
          ? "answer_link"
          : NUMBER_OF_PERSON.test(answer)
            ? "answer_number"
            : undefined;
  return key ? bad([{ field: "answer", key }]) : good(answer);
}

const REASON_AT_LEAST = 5;

/** Why a ticket is handed over, closed or opened again; or a note. */
export function parseNote(field: string, text: string | undefined): Outcome<string, Fault[]> {
  const says = tidy(text);
  if (says.length < REASON_AT_LEAST) return bad([{ field, key: "reason_missing" }]);
  return says.length > SAYS_AT_MOST ? bad([{ field, key: "says_long" }]) : good(says);
}

/** The last four of the telephone, or the address of e-mail, as the reporter typed it again. */
export function isReporter(ticket: { phone: string | null; email: string | null }, typed: string): boolean {
  const text = typed.normalize("NFKC").replace(/\s/gu, "").toLowerCase();
  if (ticket.email && text === ticket.email) return true;
  return ticket.phone !== null && /^\d{4}$/.test(text) && ticket.phone.endsWith(text);
}
