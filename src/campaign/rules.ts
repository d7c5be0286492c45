import { z } from "zod";
import { dayOf, minuteOf, type PlainDate, plainDate, startOf } from "../kernel/calendar.ts";
import { tidyName } from "../kernel/names.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { definePolicy } from "../kernel/policy.ts";

/** The campaign of a unit: how long a text is read, what a plan must say, how scans are summed. Pure. */
export const readingRate = definePolicy({
  name: "campaign.syllables_per_minute",
  meaning: "Syllables that an announcer reads in a minute over a loudspeaker",
  schema: z.number().int().min(80).max(320),
  values: [{ from: "2021-01-01", value: 180, source: "proposal: slower than news, for loudspeakers in the open" }],
});

export const campaignPolicies = [readingRate];

export const LENGTHS = ["short", "long"] as const;
export type Length = (typeof LENGTHS)[number];

/**
 * Syllables as they are read: Vietnamese writes one a word; of a number each digit is counted, of VssID and other words
 * with capitals inside each letter.
 */
export function syllablesOf(text: string): number {
  return (text.normalize("NFC").match(/[\p{L}\p{M}]+|\d/gu) ?? []).reduce((sum, word) => {
    const isSpelt = /\p{L}\p{Lu}/u.test(word);
    return sum + (isSpelt ? [...word].length : 1);
  }, 0);
}

/** Whole seconds, rounded up. */
export function readingSeconds(text: string, syllablesPerMinute: number): number {
  return Math.ceil((syllablesOf(text) * 60) / syllablesPerMinute);
}

/** Opening hours as they are read aloud: "7:30–11:30" → "7 giờ 30 đến 11 giờ 30". */
export function readAloud(hours: string): string {
  return hours
    .replace(/(\d{1,2}):00/g, "$1 giờ")
    .replace(/(\d{1,2}):(\d{2})/g, "$1 giờ $2")
    .replace(/\s*[–-]\s*/g, " đến ");
}

/** "1:35" or "95" → seconds; undefined when it is neither, or over an hour. */
export function parseSeconds(text: string): number | undefined {
  const parts = /^(?:(\d{1,2}):)?(\d{1,4})$/.exec(text.trim());
  if (!parts) return undefined;
  const seconds = Number(parts[1] ?? 0) * 60 + Number(parts[2]);
  return seconds >= 1 && seconds <= 3600 && (parts[1] === undefined || Number(parts[2]) < 60) ? seconds : undefined;
}

/** "7:30", "07.30", "7h30" or "7" → minutes since midnight. */
export function parseMinutes(text: string): number | undefined {
  const parts = /^(\d{1,2})(?:[:.hg](\d{2})?)?$/u.exec(text.trim().toLowerCase());
  if (!parts) return undefined;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2] ?? 0)];
  return hours <= 23 && minutes <= 59 ? hours * 60 + minutes : undefined;
}

export const showMinutes = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** 95 → 1:35 */
export const showSeconds = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

type Form = Partial<Record<string, string>>;

function dayIn(text: string | undefined): PlainDate | undefined {
  const typed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text?.trim() ?? "");
  if (!typed) return undefined;
  try {
    return plainDate(`${typed[3]}-${typed[2]?.padStart(2, "0")}-${typed[1]?.padStart(2, "0")}`);
  } catch {
    return undefined;
  }
}

const at = (day: PlainDate, minutes: number) => new Date(startOf(day).getTime() + minutes * 60_000);

export interface BroadcastPlan {
  length: Length;
  plannedAt: Date;
}

export function parseBroadcast(form: Form): Outcome<BroadcastPlan, Fault[]> {
  const length = LENGTHS.find((one) => one === form.length);
  const day = dayIn(form.on);
  const minutes = parseMinutes(form.time ?? "");
  const faults = [
    ...(length ? [] : [{ field: "length", key: "length_missing" }]),
    ...(day ? [] : [{ field: "on", key: "day_shape" }]),
    ...(minutes === undefined ? [{ field: "time", key: "time_shape" }] : []),
  ];
  if (!length || !day || minutes === undefined) return bad(faults);
  return good({ length, plannedAt: at(day, minutes) });
}

export interface Aired {
  airedAt: Date;
  seconds: number;
  announcer: string;
}

/** What was really read: nothing that lies ahead. */
export function parseAired(form: Form, now: Date): Outcome<Aired, Fault[]> {
  const day = dayIn(form.aired_on);
  const minutes = parseMinutes(form.aired_time ?? "");
  const seconds = parseSeconds(form.seconds ?? "");
  const announcer = tidyName(form.announcer ?? "");
  const airedAt = day && minutes !== undefined ? at(day, minutes) : undefined;
  const faults = [
    ...(day ? [] : [{ field: "aired_on", key: "day_shape" }]),
    ...(minutes === undefined ? [{ field: "aired_time", key: "time_shape" }] : []),
    ...(airedAt && airedAt > now ? [{ field: "aired_on", key: "not_yet" }] : []),
    ...(seconds === undefined ? [{ field: "seconds", key: "seconds_shape" }] : []),
    ...(/\p{L}{2}/u.test(announcer) && announcer.length <= 100
      ? []
      : [{ field: "announcer", key: "announcer_missing" }]),
  ];
  if (!airedAt || seconds === undefined || faults.length > 0) return bad(faults);
  return good({ airedAt, seconds, announcer });
}

export interface DeskPlan {
  onDay: string;
  fromMinute: number;
  toMinute: number;
  place: string;
}

const PLACE_AT_MOST = 200;

export function parseDesk(form: Form, today: string): Outcome<DeskPlan, Fault[]> {
  const day = dayIn(form.desk_on);
  const from = parseMinutes(form.from ?? "");
  const to = parseMinutes(form.to ?? "");
  const place = tidyName(form.place ?? "");
  const faults = [
    ...(day ? [] : [{ field: "desk_on", key: "day_shape" }]),
    ...(day && day.toString() < today ? [{ field: "desk_on", key: "day_past" }] : []),
    ...(from === undefined ? [{ field: "from", key: "time_shape" }] : []),
    ...(to === undefined ? [{ field: "to", key: "time_shape" }] : []),
    ...(from !== undefined && to !== undefined && to <= from ? [{ field: "to", key: "to_before_from" }] : []),
    ...(/\p{L}{2}/u.test(place) && place.length <= PLACE_AT_MOST ? [] : [{ field: "place", key: "place_missing" }]),
  ];
  if (!day || from === undefined || to === undefined || faults.length > 0) return bad(faults);
  return good({ onDay: day.toString(), fromMinute: from, toMinute: to, place });
}

/** Numbers are given on the day itself, to those who stand there. */
export function mayGiveNumber(desk: { onDay: string; cancelledAt: Date | null }, now: Date): boolean {
  return desk.cancelledAt === null && desk.onDay === dayOf(now).toString();
}

/** What opens a link to show a picture of it, and is nobody who stands before a poster. */
export const isPreview = (userAgent: string | undefined): boolean =>
  /bot|crawl|spider|preview|facebookexternalhit|curl|wget/i.test(userAgent ?? "");

export const timeOf = (instant: Date): string => showMinutes(minuteOf(instant));
