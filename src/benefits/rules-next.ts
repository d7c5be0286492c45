/**
 * What has become of a paper that a facility gave for a benefit, and until when it is handed in. A paper and a benefit
 * belong together when their days meet: no file says which decision rests on which paper. Pure.
 */
import { z } from "zod";
import {
  dayFromParts,
  type PlainDate,
  plainDate,
  rollToWorkingDay,
  UnknownYear,
  type WorkingCalendar,
} from "../kernel/calendar.ts";
import { definePolicy, type Policy } from "../kernel/policy.ts";
import { type Benefit, type BenefitKind, isPaidMonthly } from "./rules.ts";

export const handInDays = definePolicy({
  name: "benefits.hand_in_days",
  meaning: "Days after returning to work within which papers for sickness or maternity go to the employer",
  schema: z.number().int().min(1).max(365),
  values: [
    {
      from: "2007-01-01",
      value: 45,
      source: "Luật 41/2024/QH15, art. 48.1; TT 59/2015/TT-BLĐTBXH, art. 14.2; before, unsourced",
    },
  ],
});

export const benefitPolicies: readonly Policy<unknown>[] = [handInDays];

/** Papers that are handed in within that time; the others are shown when somebody asks for them. */
const HANDED_IN = new Set(["CT03", "CT06", "CT07", "GIAYDIEUTRINOITRU"]);

/** How long a paper without a decision is told as waiting: older ones came to nothing or were settled elsewhere. */
const WAITS_DAYS = 365;

export interface PaperDays {
  kind: string;
  fromOn: string | undefined;
  toOn: string | undefined;
  issuedOn: string | undefined;
  /** As the facility filled them in. */
  fields: Readonly<Record<string, string>>;
}

export interface HandInTerms {
  days: number;
  calendar: WorkingCalendar;
}

export interface HandIn {
  /** Supposes a return to work on the day after the last one; undefined where the leave goes on after it. */
  handInBy: PlainDate | undefined;
  isOver: boolean;
}

export type PaperState =
  | { state: "paid" | "decided"; benefit: Benefit }
  /** Not decided as far as the register knows. */
  | ({ state: "waiting" } & HandIn)
  /** Nothing is waited for: another kind of paper, or too long ago. */
  | { state: "kept" };

export function stateOf(
  paper: PaperDays,
  benefits: readonly Benefit[],
  { days, calendar }: HandInTerms,
  today: PlainDate,
): PaperState {
  const from = paper.fromOn ?? paper.issuedOn;
  const to = lastOf(paper) ?? from;
  if (!from || !to) return { state: "kept" };
  const benefit = benefits.find((one) => one.kind === "short_term" && one.fromOn <= to && from <= (one.toOn ?? to));
  if (benefit) return { state: benefit.status === "paid" ? "paid" : "decided", benefit };
  if (!HANDED_IN.has(paper.kind)) return { state: "kept" };
  const last = plainDate(to);
  if (last.add({ days: WAITS_DAYS }).toString() < today.toString()) return { state: "kept" };
  if (isOfBirth(paper)) return { state: "waiting", handInBy: undefined, isOver: false };
  const handInBy = handInDay(last, { days, calendar });
  return { state: "waiting", handInBy, isOver: handInBy.toString() < today.toString() };
}

/**
 * The last day for handing papers to the employer, for a return to work on the day after the last one off.
 * @law hand-in
 */
export function handInDay(lastOff: PlainDate, { days, calendar }: HandInTerms): PlainDate {
  return orNextWorkingDay(lastOff.add({ days: 1 + days }), calendar);
}

/** A discharge may order further rest at home: the return to work comes after it. */
function lastOf({ toOn, fields }: PaperDays): string | undefined {
  const restTo = writtenDay(fields.NGOAITRU_DENNGAY ?? "");
  return toOn && restTo && restTo > toOn ? restTo : toOn;
}

/** yyyyMMdd or dd/MM/yyyy; nothing else is guessed at. */
function writtenDay(text: string): string | undefined {
  const isLocal = text.includes("/");
  const [day, month, year] = isLocal ? text.split("/") : [text.slice(6, 8), text.slice(4, 6), text.slice(0, 4)];
  return dayFromParts(Number(year), Number(month), Number(day))?.toString();
}

/** ICD-10 of deliveries. Maternity leave begins where the stay ends, and no paper tells how long it is. */
const BIRTHS = ["O80", "O81", "O82", "O83", "O84"];

function isOfBirth({ kind, fields }: PaperDays): boolean {
  const disease = (fields.BENHICD10_ID ?? fields.BENH_ICD10_ID ?? fields.BENH_ICD10_MA ?? "").toUpperCase();
  return kind === "CT03" && BIRTHS.some((code) => disease.includes(code));
}

/** A last day off moves on (Civil Code 2015, art. 148.5); without a table of holidays it stays. */
function orNextWorkingDay(day: PlainDate, calendar: WorkingCalendar): PlainDate {
  try {
    return rollToWorkingDay(day, calendar);
  } catch (error) {
    if (error instanceof UnknownYear) return day;
    throw error;
  }
}

/** Decided and not paid yet, by the register. */
export function awaitingPayment(benefits: readonly Benefit[]): Benefit[] {
  return benefits.filter(({ status }) => status === "decided");
}

/** What is to be done next about a benefit: of one that came every month nothing, once its last day is over. */
export function nextOf(
  { kind, status, toOn }: Benefit,
  today: PlainDate,
): BenefitKind | Exclude<Benefit["status"], "paid"> | "over" {
  if (status !== "paid") return status;
  return isPaidMonthly(kind) && toOn !== undefined && toOn < today.toString() ? "over" : kind;
}
