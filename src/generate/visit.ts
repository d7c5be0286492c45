/** One made-up visit whose sums are right by our own checker: lines first, totals from the lines (§1.6). */
import { addDays, daysBetween } from "./days.ts";
import { cardOn, type MadeCard, rateOf } from "./entitlement.ts";
import type { MadePerson } from "./person.ts";
import { facilities, type MadeFacility } from "./places.ts";
import type { Random } from "./random.ts";
import {
  bed,
  examination,
  type Illness,
  illnesses,
  moreDrugs,
  moreServices,
  type Service,
  supply,
} from "./treatments.ts";

export interface MadeLine {
  table: "XML2" | "XML3";
  isSupply: boolean;
  group: string;
  code: string;
  name: string;
  unit: string;
  /** Whole units. */
  quantity: bigint;
  /** Hundredths of a đồng. */
  price: bigint;
  insuredPrice: bigint;
  scopeRate: bigint;
  total: bigint;
  inScope: bigint;
  fund: bigint;
  co: bigint;
  self: bigint;
}

export interface MadeVisit {
  person: MadePerson;
  card: MadeCard;
  facility: MadeFacility;
  episodeKey: string;
  admittedAt: string;
  dischargedAt: string;
  days: number;
  careType: string;
  entitlement: string;
  illness: Illness;
  hasOther: boolean;
  rate: bigint;
  lines: MadeLine[];
  results: { service: string; name: string; value: string; unit: string }[];
}

/** Visits of the last years; the first of them lie in the time of the 4210 tables. */
const FIRST_DAY = "2023-01-01";

export function makeVisits(person: MadePerson, cards: readonly MadeCard[], random: Random, until: string): MadeVisit[] {
  const days = daysBetween(FIRST_DAY, until);
  const count =
    days <= 0 ? 0 : Math.min(40, random.int(0, Math.ceil(days / 400)) + (person.station === "retired" ? 3 : 0));
  const dates = Array.from({ length: count }, () => addDays(FIRST_DAY, random.int(0, days - 1))).sort();
  return dates.flatMap((on, nth) => {
    const card = cardOn(cards, on);
    return card && on >= person.birthOn ? [makeVisit(person, card, on, nth, random, until)] : [];
  });
}

function makeVisit(
  person: MadePerson,
  card: MadeCard,
  on: string,
  nth: number,
  random: Random,
  until: string,
): MadeVisit {
  const illness = random.weighted(illnesses.map((candidate) => [candidate.weight, candidate] as const));
  const stay = illness.isWard ? Math.min(random.int(2, 7), Math.max(1, daysBetween(on, until))) : 0;
  const isWard = stay > 0;
  const facility = random.chance(0.8) ? person.home : random.pick(facilities);
  const hour = random.int(7, 15);
  const minute = String(random.int(10, 59));
  const services = [...illness.services, ...some(moreServices, random.int(0, 2), random)];
  const lines = makeLines(illness, services, stay, random);
  const rate = payRate(card, lines, on);
  for (const line of lines) split(line, rate);
  const clock = (at: number) => String(at).padStart(2, "0") + minute;
  const discharged = isWard ? addDays(on, stay - 1) : on;
  return {
    ...{ person, card, facility, illness, rate, lines },
    episodeKey: `${facility.code}-${on.replaceAll("-", "")}-${person.insuranceNumber.slice(2)}-${nth}`,
    admittedAt: `${on.replaceAll("-", "")}${clock(hour)}`,
    dischargedAt: `${discharged.replaceAll("-", "")}${clock(isWard && stay === 1 ? hour + 5 : hour + 2)}`,
    days: isWard ? stay : 0,
    careType: isWard ? "03" : "01",
    entitlement: facility.code === person.home.code ? "1.1" : isWard ? "2" : "1.3",
    hasOther: illness.others.length > 0 && random.chance(0.6),
    results: services.flatMap(({ code, result }) =>
      result ? [{ service: code, ...result, value: (random.int(result.from, result.to) / 10).toFixed(1) }] : [],
    ),
  };
}

/** So many that stand together in the list: each at most once. */
function some<T>(all: readonly T[], count: number, random: Random): T[] {
  const first = random.int(0, all.length - 1);
  return [...all.slice(first), ...all.slice(0, first)].slice(0, count);
}

function makeLines(illness: Illness, done: readonly Service[], stay: number, random: Random): MadeLine[] {
  const days = stay > 0 ? stay : random.int(5, 28);
  const drugs = [...illness.drugs, ...some(moreDrugs, random.int(1, 3), random)].map((drug): MadeLine => {
    const price = BigInt(drug.price);
    return newLine(
      { table: "XML2", group: "4", ...drug, price, insuredPrice: price, scopeRate: BigInt(drug.rate) },
      days * random.int(1, 3),
    );
  });
  const services = [examination, ...done].map((service) => serviceLine(service, 1));
  const ward = stay > 0 ? [serviceLine(bed, stay), supplyLine(random.int(1, 2))] : [];
  return [...drugs, ...services, ...ward];
}

type Base = Pick<MadeLine, "table" | "group" | "code" | "name" | "unit" | "price" | "insuredPrice" | "scopeRate">;

function newLine(base: Base, quantity: number): MadeLine {
  const count = BigInt(quantity);
  const total = base.price * count;
  const inScope = (base.insuredPrice * count * base.scopeRate) / 100n;
  const { table, group, code, name, unit, price, insuredPrice, scopeRate } = base;
  const line = { table, group, code, name, unit, price, insuredPrice, scopeRate, isSupply: group === "10" };
  return { ...line, quantity: count, total, inScope, fund: 0n, co: 0n, self: total - inScope };
}

function serviceLine(service: Service, quantity: number): MadeLine {
  const { code, name, group } = service;
  const price = BigInt(service.price) * 100n;
  const insuredPrice = BigInt(service.insuredPrice) * 100n;
  const unit = group === "15" ? "Ngày" : "Lần";
  return newLine({ table: "XML3", group, code, name, unit, price, insuredPrice, scopeRate: 100n }, quantity);
}

function supplyLine(quantity: number): MadeLine {
  const price = BigInt(supply.price);
  const { code, name } = supply;
  return newLine(
    { table: "XML3", group: "10", code, name, unit: "Cái", price, insuredPrice: price, scopeRate: 100n },
    quantity,
  );
}

/** What the fund pays; all of it when the visit costs less than 15 percent of the base wage. */
function payRate(card: MadeCard, lines: readonly MadeLine[], on: string): bigint {
  const inScope = lines.reduce((sum, line) => sum + line.inScope, 0n);
  return inScope < BigInt(baseWage(on)) * 15n ? 100n : BigInt(rateOf(card.level));
}

/** Lương cơ sở through the years in which visits are made. */
function baseWage(on: string): number {
  if (on >= "2026-07-01") return 2_530_000;
  if (on >= "2024-07-01") return 2_340_000;
  return on >= "2023-07-01" ? 1_800_000 : 1_490_000;
}

function split(line: MadeLine, rate: bigint): void {
  line.fund = (line.inScope * rate + 50n) / 100n;
  line.co = line.inScope - line.fund;
}
