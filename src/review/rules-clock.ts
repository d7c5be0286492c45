/** What the clock of a file says: the 15 minutes of a received one, the days of one to be handed in. */
export interface ClockReading {
  key: "left" | "lastMinute" | "over" | "overHours" | "overDays" | "daysLeft" | "lapsing";
  count: number;
  tone: "calm" | "soon" | "over";
}

export interface Clocked {
  status: string;
  noticeDueAt: Date | null;
  lapsesAt: Date | null;
  /** Handed in with a batch: the days no longer count. */
  batchedAt?: Date | null;
}

const MINUTE_MS = 60_000;
const SOON_MINUTES = 5;
const SOON_DAYS = 1;

/** Undefined when no clock runs: the file is decided or has ended. `daysLeft`: local midnights to the last day. */
export function readClock(
  file: Clocked,
  now: Date,
  daysLeft: (now: Date, deadline: Date) => number,
): ClockReading | undefined {
  if (file.status === "received" && file.noticeDueAt) return readMinutes(file.noticeDueAt.getTime() - now.getTime());
  if (file.status !== "confirmed" || !file.lapsesAt || file.batchedAt) return undefined;
  if (now.getTime() >= file.lapsesAt.getTime()) return { key: "lapsing", count: 0, tone: "over" };
  const days = daysLeft(now, file.lapsesAt);
  return { key: "daysLeft", count: days, tone: days <= SOON_DAYS ? "soon" : "calm" };
}

/** Minutes left are rounded down and minutes over are rounded up: the clock never flatters. */
function readMinutes(leftMs: number): ClockReading {
  if (leftMs >= 0) {
    const minutes = Math.floor(leftMs / MINUTE_MS);
    const tone = minutes < SOON_MINUTES ? "soon" : "calm";
    return minutes === 0 ? { key: "lastMinute", count: 0, tone } : { key: "left", count: minutes, tone };
  }
  const minutes = Math.ceil(-leftMs / MINUTE_MS);
  if (minutes < 120) return { key: "over", count: minutes, tone: "over" };
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? { key: "overHours", count: hours, tone: "over" }
    : { key: "overDays", count: Math.floor(hours / 24), tone: "over" };
}
