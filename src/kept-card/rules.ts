import type { CardForm } from "../kernel/numbers.ts";

/** What a telephone keeps of health cards, to show them at a desk without a network. */
export interface KeptDocument {
  v: 1;
  /** When the server said all this, ISO instant. */
  at: string;
  /** The person who keeps it, then those for whom they act. */
  people: KeptPerson[];
}

export interface KeptPerson {
  name: string;
  /** As it is written: "15/01/1990", "01/1990", "1990". */
  born: string;
  /** A ward is shown no longer than the link holds, ISO instant. */
  until?: string;
  /** Cards that can be shown now or later; none when there is none, or another ministry manages them. */
  cards: KeptCard[];
}

export interface KeptCard {
  number: string;
  form: CardForm;
  /** ISO days. */
  validFrom: string;
  validTo?: string;
  status: "valid" | "replaced" | "revoked" | "reported_down";
  facility?: string;
  fiveYearOn?: string;
}

/** What opens the card on the telephone. */
export const LOCK_KINDS = ["pin", "passkey"] as const;
export type LockKind = (typeof LOCK_KINDS)[number];

/** More than anybody carries: whoever keeps it on one more gives up the one unused for longest. */
export const DEVICES_MOST = 5;

export const PIN_SIGNS = 6;
/** Wrong ones in a row; then the card is wiped from the telephone. */
export const TRIES_MOST = 5;

export type PinFault = "pin_shape" | "pin_easy" | "pin_twice";

/** A PIN that whoever finds the telephone would try first is refused. */
export function faultOfPin(pin: string, again: string): PinFault | undefined {
  if (!/^\d{6}$/.test(pin)) return "pin_shape";
  if (isEasy(pin)) return "pin_easy";
  return pin === again ? undefined : "pin_twice";
}

/** One digit, a row up or down, two or three digits over and over. */
function isEasy(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10));
  const isRow = steps.size === 1 && [0, 1, 9].some((step) => steps.has(step));
  return isRow || /^(\d{1,3})\1+$/.test(pin);
}
