import { dayOf, type PlainDate, plainDate } from "../kernel/calendar.ts";

/** Until when what a member of staff holds counts as confirmed. Pure. */

interface Held {
  /** ISO day. */
  since: string;
  confirmedAt: Date | null;
}

/** The last day on which nobody needs to confirm it again: so many days after it was given, or last confirmed. */
export function confirmedUntil({ since, confirmedAt }: Held, days: number): PlainDate {
  const given = plainDate(since);
  const confirmed = confirmedAt ? dayOf(confirmedAt) : given;
  return (confirmed.toString() > since ? confirmed : given).add({ days });
}

export function isDue(held: Held, days: number, today: PlainDate): boolean {
  return confirmedUntil(held, days).toString() < today.toString();
}
