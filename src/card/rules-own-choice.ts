/**
 * Care at a place of one's own choice (tự đến), by the dated list of MA_DOITUONG_KCB: what the fund pays of the card's
 * level, and whether the co-payment adds to the year's sum. Luật BHYT, art. 22.4; docs/laws/own-choice.md.
 */
import type { PlainDate } from "../kernel/calendar.ts";
import type { Clause } from "../kernel/laws.ts";

export const ownChoiceClauses: readonly Clause[] = [
  { act: "health", at: "22.4" },
  { act: "health188", at: "19" },
  { act: "codes3276" },
];

/** An entry of the list `entitlement`. */
export interface CareCode {
  code: string;
  validFrom: string;
  validTo: string | null;
  detail: unknown;
}

interface Detail {
  own_choice?: boolean;
  adds_to_year?: boolean;
  /** Percent of what the card pays: "100", "50", "0". */
  outpatient_pct_of_card_rate?: string;
  inpatient_pct_of_card_rate?: string;
}

const detailOf = ({ detail }: CareCode) => detail as Detail;

/** The newest entry of each code that holds on a day: what an operator adds goes before what is still open. */
function inForceOn(list: readonly CareCode[], on: string): Map<string, CareCode> {
  const holding = list.filter(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on <= validTo));
  const inOrder = holding.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return new Map(inOrder.map((entry) => [entry.code, entry]));
}

/** Shares of the card's level, each once, the highest first. */
export interface OwnChoiceCare {
  inpatient: number[];
  outpatient: number[];
}

/**
 * What the fund pays at places of one's own choice, whichever they are.
 * @law own-choice
 */
export function ownChoiceCare(list: readonly CareCode[], on: PlainDate): OwnChoiceCare {
  const own = [...inForceOn(list, on.toString()).values()].map(detailOf).filter((detail) => detail.own_choice);
  return {
    inpatient: shares(own.map((detail) => detail.inpatient_pct_of_card_rate)),
    outpatient: shares(own.map((detail) => detail.outpatient_pct_of_card_rate)),
  };
}

function shares(told: readonly (string | undefined)[]): number[] {
  return [...new Set(told.filter((share) => share !== undefined).map(Number))].toSorted((a, b) => b - a);
}

/**
 * Does the co-payment of a visit with this code add to the year's sum? Of codes that the list of the day does not know,
 * those of own choice (3.x) do not.
 * @law own-choice
 */
export function addsToYear(list: readonly CareCode[], code: string | null, endedOn: string): boolean {
  const entry = inForceOn(list, endedOn).get(code ?? "");
  if (entry) return detailOf(entry).adds_to_year ?? true;
  return !code?.startsWith("3");
}
