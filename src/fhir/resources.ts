/**
 * FHIR R4 resources from the record: Patient, Coverage, ExplanationOfBenefit. Vietnamese code lists have
 * no canonical address yet, so they stand under the system's own. Amounts keep their decimals.
 */
import { createHash } from "node:crypto";
import type { ShownCard } from "../card/store.ts";
import { exactVnd } from "../kernel/money.ts";
import type { Person } from "../register/store.ts";
import { type Item, readItems } from "../visits/items.ts";
import type { Visit } from "../visits/store.ts";

export type Resource = { resourceType: string; id?: string } & Record<string, unknown>;

const HL7 = "http://terminology.hl7.org/CodeSystem";
const ICD = "http://hl7.org/fhir/sid/icd-10";
const ZONE = "+07:00";

/** Addresses of our own lists and numbers, under the base address of this installation. */
export interface Names {
  base: string;
  list(name: string): string;
  number(name: string): string;
}

export function namesAt(base: string): Names {
  return {
    base,
    list: (name) => `${base}/fhir/CodeSystem/${name}`,
    number: (name) => `${base}/fhir/sid/${name}`,
  };
}

interface HeldNumber {
  kind: string;
  number: string;
  validFrom: string | null;
  validTo: string | null;
}

const genders = { 1: "male", 2: "female", 3: "unknown" } as const;

export function patientOf(names: Names, person: Person, numbers: readonly HeldNumber[]): Resource {
  return {
    resourceType: "Patient",
    id: person.publicId,
    meta: { versionId: person.dataVersion },
    identifier: numbers.map(({ kind, number, validFrom, validTo }) => ({
      use: validTo ? "old" : "official",
      system: names.number(kind.replace("_", "-")),
      value: number,
      ...periodOf(validFrom, validTo),
    })),
    name: [{ use: "official", text: person.fullName }],
    gender: genders[person.sex],
    birthDate: person.birthOn.slice(0, birthLength[person.birthPrecision]),
    ...(person.diedOn ? { deceasedDateTime: person.diedOn } : {}),
  };
}

/** A birth date is given as far as it is known. */
const birthLength = { year: 4, month: 7, day: 10 } as const;

/** A card, and the id under which it is a Coverage. */
export interface Coverage<C> {
  id: string;
  card: C;
}

/**
 * Two cards of one form may begin on one day, so an id tells twelve bits of the number as well: hardly more of it than
 * a masked number shows, and the same whatever secrets are turned over. Where those are equal, ids are counted on.
 */
export function coveragesOf<C extends Pick<ShownCard, "form" | "validFrom" | "number">>(
  patient: string,
  cards: readonly C[],
): Coverage<C>[] {
  const given = new Map<string, number>();
  return cards.map((card) => {
    const mark = createHash("sha256").update(`${patient}|${card.number}`).digest("hex").slice(0, 3);
    const id = `${patient}-${card.form}-${card.validFrom.replaceAll("-", "")}-${mark}`;
    const nth = (given.get(id) ?? 0) + 1;
    given.set(id, nth);
    return { id: nth === 1 ? id : `${id}-${nth}`, card };
  });
}

export function coverageOf(names: Names, patient: string, { id, card }: Coverage<ShownCard>): Resource {
  const isActive = card.status === "valid";
  return {
    resourceType: "Coverage",
    id,
    identifier: [{ system: names.number(card.form), value: card.number }],
    status: isActive ? "active" : "cancelled",
    type: { coding: [{ system: `${HL7}/v3-ActCode`, code: "PUBLICPOL" }] },
    subscriberId: card.number,
    beneficiary: { reference: `Patient/${patient}` },
    ...periodOf(card.validFrom, card.validTo ?? null),
    payor: [{ identifier: insurer(names) }],
    class: [
      ...(card.group ? [classOf(names, "group", card.group)] : []),
      ...(card.level ? [classOf(names, "benefit-level", String(card.level))] : []),
      ...(card.livingArea ? [classOf(names, "living-area", card.livingArea)] : []),
    ],
    extension: [
      ...(card.facilityCode
        ? [{ url: names.list("first-care-facility"), valueIdentifier: facility(names, card.facilityCode) }]
        : []),
      ...(card.fiveYearOn ? [{ url: names.list("five-year-mark"), valueDate: card.fiveYearOn }] : []),
    ],
  };
}

const classOf = (names: Names, list: string, value: string) => ({
  type: { coding: [{ system: names.list("coverage-class"), code: list }] },
  value,
});

/** The card of that number on the day, else the newest that had begun; `coverages` are newest first. */
function coverageOn(
  { cardNumber, admittedAt }: Pick<Visit, "cardNumber" | "admittedAt">,
  coverages: readonly Coverage<ShownCard>[],
): Coverage<ShownCard> | undefined {
  const day = admittedAt.slice(0, 10);
  const begun = coverages.filter(({ card }) => card.number === cardNumber && card.validFrom <= day);
  return begun.find(({ card }) => card.validTo === undefined || day <= card.validTo) ?? begun[0];
}

export function explanationOf(
  names: Names,
  patient: string,
  visit: Visit,
  coverages: readonly Coverage<ShownCard>[],
): Resource {
  const coverage = coverageOn(visit, coverages);
  const items = readItems(visit.items, visit.itemsVersion);
  return {
    resourceType: "ExplanationOfBenefit",
    id: visit.visitId,
    meta: { lastUpdated: visit.arrivedAt.toISOString() },
    identifier: [{ system: names.number("ma-lk"), value: `${visit.facilityCode}/${visit.episodeKey}` }],
    status: "active",
    type: coded(`${HL7}/claim-type`, visit.careType === "07" ? "pharmacy" : "institutional"),
    subType: coded(names.list("ma-loai-kcb"), visit.careType),
    use: "claim",
    patient: { reference: `Patient/${patient}` },
    billablePeriod: { start: wallClock(visit.admittedAt), end: wallClock(visit.dischargedAt) },
    created: visit.arrivedAt.toISOString(),
    insurer: { identifier: insurer(names) },
    provider: { identifier: facility(names, visit.facilityCode), display: visit.facilityName },
    outcome: "complete",
    diagnosis: diagnosesOf(visit),
    insurance: [
      {
        focal: true,
        coverage: coverage
          ? { reference: `Coverage/${coverage.id}` }
          : visit.cardNumber
            ? { identifier: { system: names.number("card"), value: visit.cardNumber } }
            : { display: "Card not named in the claim" },
      },
    ],
    item: items.map((item, at) => itemOf(names, item, at + 1, visit.admittedAt.slice(0, 10))),
    total: totalsOf(names, visit),
  };
}

function diagnosesOf(visit: Visit) {
  const others =
    visit.otherCodes
      ?.split(";")
      .map((code) => code.trim())
      .filter(Boolean) ?? [];
  return [visit.mainCode, ...others].map((code, at) => ({
    sequence: at + 1,
    diagnosisCodeableConcept: {
      ...(code ? coded(ICD, code) : {}),
      ...(at === 0 ? { text: visit.diagnosis || (code ? "" : "No diagnosis in the claim") } : {}),
    },
    type: [coded(`${HL7}/ex-diagnosistype`, at === 0 ? "principal" : "clinical")],
  }));
}

const codeList = { drug: "ma-thuoc", service: "ma-dich-vu", supply: "ma-vat-tu", transport: "ma-dich-vu" } as const;

function itemOf(names: Names, item: Item, sequence: number, day: string) {
  return {
    sequence,
    category: coded(names.list("ma-nhom"), item.group),
    productOrService: { ...(item.code ? coded(names.list(codeList[item.kind]), item.code) : {}), text: item.name },
    servicedDate: day,
    quantity: { value: decimal(item.qty), unit: item.unit },
    unitPrice: money(item.price),
    net: money(item.total),
    adjudication: [
      adjudication(`${HL7}/adjudication`, "submitted", item.total),
      adjudication(`${HL7}/adjudication`, "benefit", item.fund),
      adjudication(`${HL7}/adjudication`, "copay", item.co),
      adjudication(names.list("vn-adjudication"), "patient-out-of-scope", item.self),
      adjudication(names.list("vn-adjudication"), "other-source", item.other),
    ],
  };
}

function totalsOf(names: Names, { costs, inScope }: Visit) {
  return [
    adjudication(`${HL7}/adjudication`, "submitted", exactVnd(costs.total)),
    adjudication(`${HL7}/adjudication`, "eligible", inScope),
    adjudication(`${HL7}/adjudication`, "benefit", exactVnd(costs.fund)),
    adjudication(`${HL7}/adjudication`, "copay", exactVnd(costs.co)),
    adjudication(names.list("vn-adjudication"), "patient-out-of-scope", exactVnd(costs.self)),
    adjudication(names.list("vn-adjudication"), "other-source", exactVnd(costs.other)),
  ];
}

const coded = (system: string, code: string) => ({ coding: [{ system, code }] });
const adjudication = (system: string, code: string, amount: string) => ({
  category: coded(system, code),
  amount: money(amount),
});
const money = (text: string) => ({ value: decimal(text), currency: "VND" });
const insurer = (names: Names) => ({ system: names.number("bhxh-agency"), value: "VSS" });
const facility = (names: Names, code: string) => ({ system: names.number("ma-cskcb"), value: code });

/** A JSON number of at most fifteen digits: exact in every reader. */
function decimal(text: string): number {
  if (text.replace(/\D/g, "").length > 15) throw new RangeError("more digits than a JSON number keeps");
  return Number(text);
}

function periodOf(from: string | null, to: string | null) {
  if (!from && !to) return {};
  return { period: { ...(from ? { start: from } : {}), ...(to ? { end: to } : {}) } };
}

/** "2026-11-20 08:20:00" → 2026-11-20T08:20:00+07:00. */
function wallClock(text: string): string {
  return `${text.replace(" ", "T")}${ZONE}`;
}

/** FHIR knows no empty text, list or object: what is empty is left out. */
export function withoutEmpty(resource: Resource): Resource {
  return kept(resource) as Resource;
}

function kept(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(kept).filter((one) => !isEmpty(one));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, kept(one)] as const);
  return Object.fromEntries(entries.filter(([, one]) => !isEmpty(one)));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
