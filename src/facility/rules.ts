import { z } from "zod";
import { dayOf, plainDate } from "../kernel/calendar.ts";
import { definePolicy, type Policy } from "../kernel/policy.ts";

/** What facilities may send, and the shape of their tokens: vf1.SCOPE.FACILITY.ID.LASTDAY.SIGNATURE. Pure. */
export interface TokenParts {
  scope: "upload";
  facilityCode: string;
  /** 32 hex digits, drawn at random. */
  id: string;
  /** Last day of the token, yyyyMMdd. */
  lastDay: string;
}

const SHAPE = /^(vf1\.(upload)\.([A-Z0-9]{5})\.([0-9a-f]{32})\.(\d{8}))\.([\w-]{43})$/;

export const isFacilityToken = (text: string): boolean => text.startsWith("vf1.");

/** What the signature is made over. */
export function signedPart({ scope, facilityCode, id, lastDay }: TokenParts): string {
  return `vf1.${scope}.${facilityCode}.${id}.${lastDay}`;
}

export function readToken(text: string): { parts: TokenParts; over: string; signature: string } | undefined {
  const [, over, scope, facilityCode, id, lastDay, signature] = SHAPE.exec(text) ?? [];
  if (!over || !scope || !facilityCode || !id || !lastDay || !signature) return undefined;
  return { parts: { scope: "upload", facilityCode, id, lastDay }, over, signature };
}

export function isPast({ lastDay }: TokenParts, now: Date): boolean {
  const day = `${lastDay.slice(0, 4)}-${lastDay.slice(4, 6)}-${lastDay.slice(6)}`;
  return plainDate(day).toString() < dayOf(now).toString();
}

const MEGABYTE = 1024 * 1024;

export const uploadMegabytes = definePolicy({
  name: "intake.upload_megabytes",
  meaning: "Largest file that a facility may send over HTTP, in megabytes",
  schema: z.number().int().min(1).max(1024),
  values: [
    { from: "2021-01-01", value: 64, source: "ours: what a line of 10 Mbit/s sends within the minute of a request" },
  ],
});
export const uploadsWaiting = definePolicy({
  name: "intake.uploads_waiting",
  meaning: "Files of one facility that may wait to be imported; beyond them it is asked to try later",
  schema: z.number().int().min(1).max(100_000),
  values: [{ from: "2021-01-01", value: 500, source: "ours" }],
});
export const keptDays = definePolicy({
  name: "intake.kept_days",
  meaning: "Days for which a rejected claim (sealed) and a file that could not be imported are kept, to be run again",
  schema: z.number().int().min(1).max(3650),
  values: [{ from: "2021-01-01", value: 90, source: "ours" }],
});

export const waitingMegabytes = definePolicy({
  name: "intake.waiting_megabytes",
  meaning: "Megabytes of one facility that may wait to be imported; beyond them it is asked to try later",
  schema: z.number().int().min(1).max(1_000_000),
  values: [{ from: "2021-01-01", value: 4096, source: "ours: sixty of the largest files" }],
});

export const intakePolicies: readonly Policy<unknown>[] = [uploadMegabytes, uploadsWaiting, waitingMegabytes, keptDays];

export const bytesOf = (megabytes: number) => megabytes * MEGABYTE;
