/** What a coordinator types on the pages of the list → clean values. Pure. */
import { dayFromParts, dayOf, startOf } from "../kernel/calendar.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { BASES, type Basis, REASON_AT_MOST } from "./rules.ts";

type Form = Readonly<Record<string, string>>;

const tidy = (text: string | undefined) => (text ?? "").normalize("NFC").replace(/\s+/gu, " ").trim();

export function parseMark(
  form: Form,
  helpers: readonly string[],
): Outcome<{ notYetReason: string | null; helperId: string | null }, Fault[]> {
  const reason = tidy(form.reason);
  const helper = form.helper ?? "";
  const faults = [
    ...(reason.length > REASON_AT_MOST ? [{ field: "reason", key: "reason_long" }] : []),
    ...(helper !== "" && !helpers.includes(helper) ? [{ field: "helper", key: "helper_unknown" }] : []),
  ];
  return faults.length > 0 ? bad(faults) : good({ notYetReason: reason || null, helperId: helper || null });
}

export interface Sending {
  isWhole: boolean;
  basis: Basis;
  sheet: string | undefined;
}

export function parseSending(form: Form): Outcome<Sending, Fault[]> {
  const basis = BASES.find((one) => one === form.basis);
  const isKnown = form.extent === "whole" || form.extent === "part";
  const faults = [
    ...(isKnown ? [] : [{ field: "extent", key: "extent_missing" }]),
    ...(basis ? [] : [{ field: "basis", key: "basis_missing" }]),
  ];
  if (!basis || faults.length > 0) return bad(faults);
  return good({ isWhole: form.extent === "whole", basis, sheet: form.sheet || undefined });
}

export interface Asked {
  startsAt: Date;
  endsAt: Date;
  people: number;
  note: string | null;
}

export const PEOPLE_AT_MOST = 500;
const DAYS_AHEAD_MOST = 90;
const HOURS = { from: 7, to: 19 };

/** dd/MM/yyyy, two times of one day as HH:mm, how many people. */
export function parseAsked(form: Form, now: Date): Outcome<Asked, Fault[]> {
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(tidy(form.day)) ?? [];
  const on = dayFromParts(Number(year), Number(month), Number(day));
  const [from, to] = [minutesOf(form.from), minutesOf(form.to)];
  const people = /^\d{1,4}$/.test(tidy(form.people)) ? Number(tidy(form.people)) : 0;
  const note = tidy(form.note);
  const today = dayOf(now);
  const isNear =
    on && on.toString() >= today.toString() && on.since(today, { largestUnit: "days" }).days <= DAYS_AHEAD_MOST;
  const isOrdered = from !== undefined && to !== undefined && from < to;
  const isOpen = isOrdered && from >= HOURS.from * 60 && to <= HOURS.to * 60;
  const faults: Fault[] = [
    ...(on ? [] : [{ field: "day", key: "day_wrong" }]),
    ...(on && !isNear ? [{ field: "day", key: "day_far" }] : []),
    ...(isOrdered && !isOpen ? [{ field: "from", key: "hours_closed" }] : []),
    ...(isOrdered ? [] : [{ field: "from", key: "times_wrong" }]),
    ...(people >= 1 && people <= PEOPLE_AT_MOST ? [] : [{ field: "people", key: "people_wrong" }]),
    ...(note.length > REASON_AT_MOST ? [{ field: "note", key: "reason_long" }] : []),
  ];
  if (!on || from === undefined || to === undefined || faults.length > 0) return bad(faults);
  const at = (minutes: number) => new Date(startOf(on).getTime() + minutes * 60_000);
  if (at(from) <= now) return bad([{ field: "from", key: "time_past" }]);
  return good({ startsAt: at(from), endsAt: at(to), people, note: note || null });
}

/** 8:30, 08h30, 8h → minutes since midnight. */
function minutesOf(text: string | undefined): number | undefined {
  const [, hour = "", minute = "0"] = /^(\d{1,2})(?:[:hg.](\d{2})?)?$/i.exec(tidy(text)) ?? [];
  const isTime = hour !== "" && Number(hour) < 24 && Number(minute) < 60;
  return isTime ? Number(hour) * 60 + Number(minute) : undefined;
}
