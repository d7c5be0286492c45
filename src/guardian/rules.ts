import { addMonths, type BirthPrecision, daysBetween, type PlainDate, plainDate, startOf } from "../kernel/calendar.ts";

/** When a link between guardian and ward holds (Civil Code 2015, arts. 20–24, 46–63, 136). Pure: days in, answers out. */
export const RELATIONS = ["mother", "father", "adoptive_parent", "guardian"] as const;
export type Relation = (typeof RELATIONS)[number];

export const PAPER_KINDS = [
  "birth_certificate",
  "adoption_certificate",
  "guardianship_decision",
  "court_decision",
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export type LinkStatus = "proposed" | "active" | "blocked" | "ended" | "rejected";
export const END_REASONS = ["asked", "paper_void"] as const;
export type EndReason = (typeof END_REASONS)[number] | "age" | "last_day" | "death";

export interface Born {
  birthOn: string;
  birthPrecision: BirthPrecision;
}

/**
 * The day on which somebody is so many years old. A birth of 29/02 counts on the last day of February, as months do
 * (Civil Code art. 148.3). Where the day or month is not known, on the last day that it may be: nobody is left
 * without a guardian while still a child.
 */
export function turnsOn({ birthOn, birthPrecision }: Born, years: number): PlainDate {
  const known = plainDate(birthOn);
  const latest =
    birthPrecision === "day"
      ? known
      : birthPrecision === "month"
        ? known.with({ day: known.daysInMonth })
        : known.with({ month: 12, day: 31 });
  return addMonths(latest, years * 12);
}

export const hasTurned = (born: Born, years: number, today: PlainDate): boolean =>
  daysBetween(turnsOn(born, years), today) >= 0;

/** What a link is made of, as far as time goes. */
export interface LinkTime {
  status: LinkStatus;
  fromOn: string;
  /** Last day that the paper names; null: none. */
  lastOn: string | null;
  endsByAge: boolean;
}

export interface WardTime extends Born {
  diedOn: string | null;
}

export interface LinkEnd {
  on: PlainDate;
  why: "age" | "last_day";
}

/** The first day on which the link holds no more, and why; undefined: no end is known. */
export function endOf(link: Pick<LinkTime, "lastOn" | "endsByAge">, ward: Born, years: number): LinkEnd | undefined {
  const named = link.lastOn === null ? undefined : plainDate(link.lastOn).add({ days: 1 });
  const ofAge = link.endsByAge ? turnsOn(ward, years) : undefined;
  if (named && (!ofAge || daysBetween(named, ofAge) > 0)) return { on: named, why: "last_day" };
  return ofAge && { on: ofAge, why: "age" };
}

export type Standing = "holds" | "proposed" | "blocked" | "ended" | "rejected" | "not_yet" | "over" | "ward_died";

/** How the link stands on a day. Only "holds" opens anything; whatever is not known to hold does not. */
export function standingOn(link: LinkTime, ward: WardTime, years: number, today: PlainDate): Standing {
  if (link.status !== "active") return link.status;
  if (ward.diedOn !== null) return "ward_died";
  if (daysBetween(plainDate(link.fromOn), today) < 0) return "not_yet";
  const end = endOf(link, ward, years);
  return end && daysBetween(end.on, today) >= 0 ? "over" : "holds";
}

/** 00:00 in Viet Nam of the earliest day on which anything about the link changes by itself. */
export function nextChange(days: readonly (PlainDate | undefined)[], now: Date): Date | undefined {
  const instants = days.flatMap((day) => (day ? [startOf(day).getTime()] : [])).filter((at) => at > now.getTime());
  return instants.length > 0 ? new Date(Math.min(...instants)) : undefined;
}

/** Days before the end on which guardian and young person are told. */
export const TOLD_DAYS_AHEAD = [30, 1] as const;

/** The notice that is due now: the nearest milestone that has come, and no earlier one. */
export function milestoneOn(end: PlainDate, today: PlainDate): (typeof TOLD_DAYS_AHEAD)[number] | undefined {
  const left = daysBetween(today, end);
  return left < 1 ? undefined : TOLD_DAYS_AHEAD.findLast((days) => left <= days);
}

/** The first day after today on which something is to be told or written down; undefined: no end is known, or it is over. */
export const nextLook = (end: PlainDate | undefined, today: PlainDate): PlainDate | undefined =>
  end && [...TOLD_DAYS_AHEAD, 0].map((days) => end.subtract({ days })).find((day) => daysBetween(today, day) > 0);
