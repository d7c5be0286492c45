/** Whom a claim is about: numbers to look up, and the name and year that must agree (never a guess). */
import { foldName } from "../kernel/names.ts";
import { readCardNumber } from "../kernel/numbers.ts";
import { Unfit } from "./claim-fields.ts";
import { summary } from "./claim-summary.ts";
import type { Row } from "./scan.ts";

export interface PersonKey {
  kind: "personal_id" | "cmnd" | "passport" | "bhxh" | "card";
  key: string;
}

export interface ClaimPerson {
  keys: PersonKey[];
  foldedName: string;
  birthYear: number;
}

const KEYS_MAX = 12;

export function readPerson(row: Row): ClaimPerson {
  const cards = split(summary.MA_THE_BHYT.text(row));
  const keys = [...paperKeys(summary.SO_CCCD.text(row)), ...cards.flatMap(cardKeys)];
  if (keys.length === 0) throw new Unfit("no_person_number", "XML1.SO_CCCD");
  return {
    keys: unique(keys).slice(0, KEYS_MAX),
    foldedName: foldName(summary.HO_TEN.required(row)),
    birthYear: birthYear(summary.NGAY_SINH.required(row)),
  };
}

/** The card that stands first, as far as it is a card number. */
export function firstCard(row: Row): string {
  return split(summary.MA_THE_BHYT.text(row))[0]?.toUpperCase() ?? "";
}

/** 12 digits: personal number; 9: old ID paper; else a passport. */
export function paperKeys(text: string): PersonKey[] {
  const number = text.replace(/[\s.-]/g, "").toUpperCase();
  if (/^\d{12}$/.test(number)) return [{ kind: "personal_id", key: number }];
  if (/^\d{9}$/.test(number)) return [{ kind: "cmnd", key: number }];
  return /^[A-Z]\w{5,11}$/.test(number) ? [{ kind: "passport", key: number }] : [];
}

/** Short cards are the insurance or the personal number itself; the long form ends in the insurance number. */
export function cardKeys(text: string): PersonKey[] {
  const card = readCardNumber(text);
  if (!card) return [];
  if (card.form === "card12") return [{ kind: "personal_id", key: card.number }];
  if (card.form === "card10") return [{ kind: "bhxh", key: card.number }];
  const key: PersonKey = { kind: "card", key: card.number };
  const last = card.number.slice(-10);
  return /^\d{10}$/.test(last) && !card.number.startsWith("TE1") ? [key, { kind: "bhxh", key: last }] : [key];
}

/** 199001150000, 19900115, 1990 and 199000000000 all say 1990. */
export function birthYear(text: string, field = "XML1.NGAY_SINH"): number {
  const year = /^(\d{4})(?:\d{4}|\d{8}|\d{10})?$/.exec(text)?.[1];
  if (!year || Number(year) < 1880) throw new Unfit("bad_date", field);
  return Number(year);
}

function split(text: string): string[] {
  return text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export function unique(keys: PersonKey[]): PersonKey[] {
  return keys.filter((key, at) => keys.findIndex((other) => other.kind === key.kind && other.key === key.key) === at);
}
