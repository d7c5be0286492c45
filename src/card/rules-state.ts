import type { CardForm } from "../kernel/numbers.ts";

/**
 * How a card stands on a day, and which one is shown. Days are ISO texts here: a telephone without a network asks the
 * same rules, and needs no calendar for them.
 */
export type CardStatus = "valid" | "replaced" | "revoked" | "reported_down";
export type CardState = CardStatus | "not_yet" | "ended";

export interface DatedCard {
  form: CardForm;
  validFrom: string;
  validTo?: string | undefined;
  status: CardStatus;
}

/** A replaced card that has not ended still opens nothing: the new one does. */
export function stateOnDay(card: DatedCard, day: string): CardState {
  if (card.status !== "valid") return card.status;
  if (day < card.validFrom) return "not_yet";
  return card.validTo !== undefined && card.validTo < day ? "ended" : "valid";
}

const newestForm: Record<CardForm, number> = { card12: 3, card10: 2, card15: 1 };
const stateRank: Record<CardState, number> = {
  valid: 6,
  not_yet: 5,
  ended: 4,
  reported_down: 3,
  revoked: 2,
  replaced: 1,
};

/**
 * The card to show on a day, with its state: the valid one; else one that begins later; else the one
 * that ended last. Of several valid ones the latest, and of one date the newest form of number.
 */
export function cardOnDay<C extends DatedCard>(
  cards: readonly C[],
  day: string,
): { card: C; state: CardState } | undefined {
  return cards.map((card) => ({ card, state: stateOnDay(card, day) })).sort(byUse)[0];
}

function byUse(a: { card: DatedCard; state: CardState }, b: { card: DatedCard; state: CardState }): number {
  return (
    stateRank[b.state] - stateRank[a.state] ||
    (a.state === "not_yet"
      ? compare(a.card.validFrom, b.card.validFrom)
      : compare(b.card.validFrom, a.card.validFrom)) ||
    newestForm[b.card.form] - newestForm[a.card.form]
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
