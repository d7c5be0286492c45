/** Names, positions and ages of backups, and which of them are kept. Pure. */
import { ZONE } from "../kernel/calendar.ts";

/** Rows of a table at the mark: their number, and the sum of a 64-bit hash of each, whatever their order. */
export interface TableFact {
  rows: string;
  hash: string;
}

/** Tables whose rows are not those that were recorded, or that are missing or new. */
export function differing(recorded: Record<string, TableFact>, found: Record<string, TableFact>): string[] {
  const names = new Set([...Object.keys(recorded), ...Object.keys(found)]);
  return [...names]
    .filter((name) => recorded[name]?.rows !== found[name]?.rows || recorded[name]?.hash !== found[name]?.hash)
    .toSorted();
}

/** A backup is named by the second at which it began: "20261126T013000Z". */
const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

export function nameOf(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** Undefined: not the name of a backup. */
export function timeOf(name: string): Date | undefined {
  const [, ...parts] = NAME.exec(name) ?? [];
  const [year, month, day, hour, minute, second] = parts;
  return parts.length === 6 ? new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) : undefined;
}

/** "16/B374D848" as a number of bytes. */
export function positionOf(text: string): bigint {
  const [high = "", low = ""] = text.split("/");
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

export function positionText(position: bigint): string {
  const hex = (value: bigint) => value.toString(16).toUpperCase();
  return `${hex(position >> 32n)}/${hex(position & 0xffff_ffffn)}`;
}

/** "0000000100000000000000A3": timeline, then the file's number in two parts, as PostgreSQL names it. */
export function segmentName(timeline: number, position: bigint, segmentBytes: number): string {
  const number = position / BigInt(segmentBytes);
  const perPart = 0x1_0000_0000n / BigInt(segmentBytes);
  const hex = (value: bigint | number) => value.toString(16).toUpperCase().padStart(8, "0");
  return `${hex(timeline)}${hex(number / perPart)}${hex(number % perPart)}`;
}

export const isSegmentName = (name: string): boolean => /^[0-9A-F]{24}$/.test(name);
export const isHistoryName = (name: string): boolean => /^[0-9A-F]{8}\.history$/.test(name);

export const historyName = (timeline: number): string =>
  `${timeline.toString(16).toUpperCase().padStart(8, "0")}.history`;

/** Where a segment begins, and its timeline. */
export function segmentStart(name: string, segmentBytes: number): { timeline: number; position: bigint } {
  const [timeline = 0, high = 0, low = 0] = [0, 8, 16].map((from) => Number.parseInt(name.slice(from, from + 8), 16));
  const perPart = 0x1_0000_0000n / BigInt(segmentBytes);
  return { timeline, position: (BigInt(high) * perPart + BigInt(low)) * BigInt(segmentBytes) };
}

/** Where each timeline was left, as PostgreSQL's file of history says it: "1\t0/5000158\tbefore 2026-11-26 10:00:00". */
export function leftAt(history: string): Map<number, bigint> {
  const lines = history.split("\n").filter((line) => !line.startsWith("#"));
  return new Map(
    lines
      .map((line) => line.split("\t"))
      .flatMap(([timeline, position]) =>
        position === undefined ? [] : [[Number(timeline), positionOf(position)] as const],
      ),
  );
}

/** How many of the newest days, weeks and months keep their last backup. */
export interface KeepRules {
  daily: number;
  weekly: number;
  monthly: number;
}

export const usualKeepRules: KeepRules = { daily: 7, weekly: 4, monthly: 12 };

/** The names that stay: the newest always, and the last one of each of the newest days, weeks and months (Viet Nam). */
export function kept(names: readonly string[], rules: KeepRules): Set<string> {
  const newestFirst = names
    .filter((name) => timeOf(name))
    .toSorted()
    .reverse();
  const stays = new Set(newestFirst.slice(0, 1));
  for (const [periodOf, count] of periods(rules)) {
    const seen = new Set<string>();
    for (const name of newestFirst) {
      const period = periodOf(name);
      if (seen.has(period)) continue;
      seen.add(period);
      if (seen.size > count) break;
      stays.add(name);
    }
  }
  return stays;
}

/** The oldest backup from which any later second can be reached: the oldest of those kept by day. */
export function oldestByDay(names: readonly string[], { daily }: KeepRules): string | undefined {
  return [...kept(names, { daily, weekly: 0, monthly: 0 })].toSorted()[0];
}

const periods = ({ daily, weekly, monthly }: KeepRules): [(name: string) => string, number][] => [
  [dayOfName, daily],
  [(name) => String(Math.floor((Date.parse(dayOfName(name)) / 86_400_000 + 3) / 7)), weekly],
  [(name) => dayOfName(name).slice(0, 7), monthly],
];

const vietnameseDay = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, dateStyle: "short" });
const dayOfName = (name: string): string => vietnameseDay.format(timeOf(name));

export const OLD_AFTER_HOURS = 26;

/** One run a night and two hours of grace. */
export function isOld(newest: Date | undefined, now: Date): boolean {
  return newest === undefined || now.getTime() - newest.getTime() > OLD_AFTER_HOURS * 3_600_000;
}

/** A restore for trial follows each backup: two may fail. */
const REHEARSAL_AFTER_MS = 3 * 86_400_000;

/** Not before there was a backup: its clock begins with the first. */
export function isUntried(lastAt: Date | undefined, now: Date): boolean {
  return lastAt !== undefined && now.getTime() - lastAt.getTime() > REHEARSAL_AFTER_MS;
}

/** What a stop of the worker leaves is less; what a reader far behind leaves is more. */
const KEPT_UNREAD_BYTES = 256 * 1024 ** 2;
const KEPT_READ_BYTES = 4 * 1024 ** 3;

/** What the server keeps for the followed log. */
export interface LogSlot {
  isRead: boolean;
  /** Thrown away before it was read. */
  isLost: boolean;
  keptBytes: number;
}

/** The followed log is not taken away: the disk of the data fills with it, or not every second can be reached. */
export function isLogLeft({ isRead, isLost, keptBytes }: LogSlot): boolean {
  return isLost || keptBytes > (isRead ? KEPT_READ_BYTES : KEPT_UNREAD_BYTES);
}

/** "2026-11-26 10:00:00" is a moment of Viet Nam; with a zone ("Z", "+07:00") it is that one. Undefined: neither. */
export function parseMoment(text: string): Date | undefined {
  const [, day, time = "", zone = "+07:00"] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d:\d\d)?$/.exec(text.trim()) ?? [];
  if (!day) return undefined;
  const at = new Date(`${day}T${time}${zone}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Why a message waits that may have gone out before data were restored. */
export const HELD = "held_after_restore";
