import { dayOf, startOf } from "./calendar.ts";

/** Hours of the day in Viet Nam between which a message may reach a telephone: not the last one. */
export interface MessageHours {
  from: number;
  until: number;
}

const HOUR_MS = 3_600_000;

export function isMessageHour(now: Date, hours: MessageHours): boolean {
  const intoDay = now.getTime() - startOf(dayOf(now)).getTime();
  return intoDay >= hours.from * HOUR_MS && intoDay < hours.until * HOUR_MS;
}

/** The next instant at which a message may go out; now, when it may. */
export function nextMessageHour(now: Date, hours: MessageHours): Date {
  if (isMessageHour(now, hours)) return now;
  const today = startOf(dayOf(now)).getTime() + hours.from * HOUR_MS;
  if (now.getTime() < today) return new Date(today);
  return new Date(startOf(dayOf(now).add({ days: 1 })).getTime() + hours.from * HOUR_MS);
}

/** When a message is late that is to leave within so much time of the hours for it. */
export function dueWithin(now: Date, withinMs: number, hours: MessageHours): Date {
  const from = nextMessageHour(now, hours);
  const leftMs = endOfMessageHours(from, hours).getTime() - from.getTime();
  if (withinMs < leftMs) return new Date(from.getTime() + withinMs);
  const next = nextMessageHour(endOfMessageHours(from, hours), hours);
  return new Date(next.getTime() + withinMs - leftMs);
}

/** End of today's hours: a reminder that has not left by then is late. */
export function endOfMessageHours(now: Date, hours: MessageHours): Date {
  return new Date(startOf(dayOf(now)).getTime() + hours.until * HOUR_MS);
}
