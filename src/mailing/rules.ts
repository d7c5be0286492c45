import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { dayFromParts, dayOf, formatInstant, type PlainDate, startOf } from "../kernel/calendar.ts";
import { isMessageHour } from "../kernel/message-hours.ts";
import { tidyName } from "../kernel/names.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import type { Hours } from "./rules-policies.ts";

/** A message campaign: what its form must say, who runs it, how far it has come, when it may go out. Pure. */
export const PURPOSES = ["finish", "desk", "scam"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Stages of the rosters (roster/rules.ts) at which a message helps; nothing else may choose people. */
export const AUDIENCES = ["to_declare", "to_hand_in", "to_sign_in"] as const;
export type Audience = (typeof AUDIENCES)[number];

export const templateOf = { finish: "mailing_finish", desk: "mailing_desk", scam: "mailing_scam" } as const;

export interface MailingPlan {
  purpose: Purpose;
  audience: Audience[];
  startsAt: Date;
  endsAt: Date;
  /** Of a desk day: `at` ready to be read, and where. */
  fields: { at?: string; place?: string };
}

export interface Mailing extends MailingPlan {
  id: string;
  officeCode: string;
  /** Null: all units that the office serves. */
  unitCode: string | null;
  version: number | null;
  writtenAt: Date;
  writtenBy: string;
  decidedAt: Date | null;
  decidedBy: string | null;
  decision: "approved" | "refused" | null;
  reason: string | null;
  begunAt: Date | null;
  queuedAt: Date | null;
  stoppedAt: Date | null;
  stoppedBy: string | null;
}

type Form = Readonly<Record<string, string | undefined>>;
interface Limits {
  now: Date;
  hours: Hours;
  days: number;
}

const PLACE_AT_MOST = 120;
const HOUR_MS = 3_600_000;

/** Days as dd/MM/yyyy, hours as 8:00 or 8h30. */
export function parseMailing(form: Form, audiences: readonly string[], limits: Limits): Outcome<MailingPlan, Fault[]> {
  const faults: Fault[] = [];
  const fault = (field: string, key: string) => faults.push({ field, key });
  const purpose = PURPOSES.find((one) => one === form.purpose);
  const audience = AUDIENCES.filter((one) => audiences.includes(one));
  if (!purpose) fault("purpose", "purpose_missing");
  if (audience.length === 0) fault("audience", "audience_missing");
  const startsAt = instantOf(form, "on", "time", fault);
  if (startsAt && startsAt < limits.now) fault("on", "day_past");
  else if (startsAt && !isMessageHour(startsAt, limits.hours)) fault("time", "at_night");
  const desk = purpose === "desk" ? deskOf(form, startsAt, fault) : undefined;
  if (faults.length > 0 || !purpose || !startsAt) return bad(faults);
  const last = dayOf(startsAt).add({ days: limits.days - 1 });
  const closesAt = new Date(startOf(last).getTime() + limits.hours.until * HOUR_MS);
  // Nobody is called to a desk day that has begun.
  const endsAt = desk?.opensAt && desk.opensAt < closesAt ? desk.opensAt : closesAt;
  return good({ purpose, audience, startsAt, endsAt, fields: desk?.fields ?? {} });
}

function deskOf(form: Form, startsAt: Date | undefined, fault: (field: string, key: string) => void) {
  const opensAt = instantOf(form, "desk_on", "desk_time", fault);
  const place = tidyName(form.place ?? "");
  if (opensAt && startsAt && opensAt <= startsAt) fault("desk_on", "desk_before_message");
  if (!/\p{L}{2}/u.test(place) || place.length > PLACE_AT_MOST) fault("place", "place_missing");
  else if (/:\/\/|www\.|\.(?:vn|com)\b/iu.test(place)) fault("place", "place_link");
  return { opensAt, fields: opensAt ? { at: formatInstant(opensAt), place } : { place } };
}

function instantOf(form: Form, on: string, time: string, fault: (field: string, key: string) => void) {
  const day = readDay(form[on] ?? "");
  const minutes = readMinutes(form[time] ?? "");
  if (!day) fault(on, "day_shape");
  if (minutes === undefined) fault(time, "time_shape");
  return day && minutes !== undefined ? new Date(startOf(day).getTime() + minutes * 60_000) : undefined;
}

function readDay(text: string): PlainDate | undefined {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim()) ?? [];
  return year ? dayFromParts(Number(year), Number(month), Number(day)) : undefined;
}

function readMinutes(text: string): number | undefined {
  const parts = /^(\d{1,2})(?:[:.hg](\d{2})?)?$/u.exec(text.trim().toLowerCase());
  const [hours, minutes] = [Number(parts?.[1]), Number(parts?.[2] ?? 0)];
  return parts && hours <= 23 && minutes <= 59 ? hours * 60 + minutes : undefined;
}

/**
 * waiting: for a second person · scheduled: approved · sending: messages are being written · sent: all stand in the
 * outbox · missed: its time went by before anybody approved it.
 */
export type MailingState = "waiting" | "refused" | "scheduled" | "sending" | "sent" | "stopped" | "missed";

export function stateOf(mailing: Mailing, now: Date): MailingState {
  if (mailing.stoppedAt) return "stopped";
  if (mailing.decision === "refused") return "refused";
  if (mailing.queuedAt) return "sent";
  if (now >= mailing.endsAt) return "missed";
  if (mailing.begunAt) return "sending";
  return mailing.decision === "approved" ? "scheduled" : "waiting";
}

export type MailingAct = "approve" | "refuse" | "stop";

/** Two pairs of eyes: whoever wrote it never approves it. Whoever may run it may stop it. */
export function allowedActs(mailing: Mailing, staffId: string, now: Date): MailingAct[] {
  const state = stateOf(mailing, now);
  if (state === "waiting") return mailing.writtenBy === staffId ? ["stop"] : ["approve", "refuse"];
  const isOver = now >= mailing.endsAt;
  return !isOver && (state === "scheduled" || state === "sending" || state === "sent") ? ["stop"] : [];
}

interface RunUnit {
  code: string;
  kind: string;
  parentCode: string | null;
  officeCode: string;
}

/** The serving office; or a coordinator for the unit's own people, and a commune's for its hamlets. */
export function mayRun(staff: Staff, unit: RunUnit): boolean {
  if (officesAtWork(staff).includes(unit.officeCode)) return true;
  const own = staff.roles.flatMap(({ role, unitCode }) => (role === "coordinator" && unitCode ? [unitCode] : []));
  return own.includes(unit.code) || (unit.kind === "hamlet" && own.includes(unit.parentCode ?? ""));
}

export const mayRunOffice = (staff: Staff, officeCode: string): boolean => officesAtWork(staff).includes(officeCode);

const REASON_AT_MOST = 300;

export function parseReason(text: string | undefined): Outcome<string, Fault[]> {
  const reason = tidyName(text ?? "");
  if (!/\p{L}{2}/u.test(reason)) return bad([{ field: "reason", key: "reason_missing" }]);
  return reason.length > REASON_AT_MOST ? bad([{ field: "reason", key: "reason_long" }]) : good(reason);
}
