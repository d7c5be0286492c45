/** Which form of card number was issued when, and whether on paper. docs/laws/card-forms.md. */
import { type PlainDate, plainDate } from "../kernel/calendar.ts";
import { type Clause, type Dated, inForce } from "../kernel/laws.ts";
import type { CardForm } from "../kernel/numbers.ts";

const forms: readonly Dated<CardForm>[] = [
  { from: "2015-11-16", value: "card15", clause: { act: "groups1351" } },
  { from: "2021-04-01", value: "card10", clause: { act: "cards1666" } },
  { from: "2025-08-15", value: "card12", clause: { act: "health188" } },
];

const media: readonly Dated<"paper" | "electronic">[] = [
  { from: "2009-07-01", value: "paper", clause: { act: "health", at: "16" } },
  { from: "2025-06-01", value: "electronic", clause: { act: "paper168" } },
  { from: "2025-08-15", value: "electronic", clause: { act: "health188", at: "11.1" } },
];

export interface FormSpan {
  from: string;
  /** The last day on which it was issued; undefined for the newest. */
  to: string | undefined;
  clause: Clause;
}

/**
 * The form of number that cards issued on a day bear; undefined before the table begins.
 * @law card-forms
 */
export function formIssuedOn(day: PlainDate): CardForm | undefined {
  return inForce(forms, day.toString())?.value;
}

/**
 * From when to when a form was issued. Cards of an older form stay good to their own end.
 * @law card-forms
 */
export function spanOfForm(form: CardForm): FormSpan | undefined {
  const at = forms.findIndex(({ value }) => value === form);
  const own = forms[at];
  const next = forms[at + 1];
  const to = next && plainDate(next.from).subtract({ days: 1 }).toString();
  return own && { from: own.from, to, clause: own.clause };
}

/**
 * The latest day on which the number of a card can have been made: cards are renewed without a new number.
 * @law card-forms
 */
export function madeAtTheLatest(form: CardForm, validFrom: string): string {
  const last = spanOfForm(form)?.to;
  return last !== undefined && last < validFrom ? last : validFrom;
}

/**
 * On paper without asking, or electronic (paper only when asked for)?
 * @law card-forms
 */
export function mediumIssuedOn(day: PlainDate): { medium: "paper" | "electronic"; clause: Clause } | undefined {
  const rule = inForce(media, day.toString());
  return rule && { medium: rule.value, clause: rule.clause };
}
