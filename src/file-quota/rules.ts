import { z } from "zod";
import { definePolicy, type Policy } from "../kernel/policy.ts";

/** How many files, and how much of them, one sender may send in a day and is kept for one owner (decision 75). Pure. */
export interface Tally {
  files: number;
  bytes: number;
}

export interface Quota {
  files: number;
  megabytes: number;
}

const MEGABYTE = 1024 * 1024;
const quota = z.object({ files: z.int().min(1).max(1_000_000), megabytes: z.int().min(1).max(1_000_000) });

/** Both figures hold; what is exactly as much as they say still fits. */
export function hasRoom({ files, megabytes }: Quota, held: Tally, more: Tally): boolean {
  return held.files + more.files <= files && held.bytes + more.bytes <= megabytes * MEGABYTE;
}

export const sentWithDeclaration = definePolicy<Quota>({
  name: "files.sent_with_declaration_a_day",
  meaning: "Pictures that may be sent with one declaration in a day, replaced ones included: how many, megabytes",
  schema: quota,
  values: [{ from: "2021-01-01", value: { files: 30, megabytes: 60 }, source: "ours: ten tries of three pictures" }],
});

export const keptOfPerson = definePolicy<Quota>({
  name: "files.kept_of_person",
  meaning: "Copies of papers kept at one time for one person, over all files and links: how many, megabytes",
  schema: quota,
  values: [{ from: "2021-01-01", value: { files: 60, megabytes: 150 }, source: "ours: five full files" }],
});

export const sentByStaff = definePolicy<Quota>({
  name: "files.sent_by_staff_a_day",
  meaning: "Files that one member of staff may send in a day, of every kind: how many, megabytes",
  schema: quota,
  values: [
    { from: "2021-01-01", value: { files: 1000, megabytes: 1500 }, source: "ours: 300 people with three copies each" },
  ],
});

export const keptOfSender = definePolicy<Quota>({
  name: "files.kept_of_sender",
  meaning: "Letters of one office or unit kept at one time: how many, megabytes",
  schema: quota,
  values: [{ from: "2021-01-01", value: { files: 5000, megabytes: 10_000 }, source: "ours: 500 letters a year" }],
});

export const sentByUnit = definePolicy<Quota>({
  name: "files.sent_by_unit_a_day",
  meaning: "Lists of its people that one unit may send in a day: how many, megabytes",
  schema: quota,
  values: [{ from: "2021-01-01", value: { files: 50, megabytes: 200 }, source: "ours" }],
});

export const sentByFacility = definePolicy<Quota>({
  name: "files.sent_by_facility_a_day",
  meaning: "Claim files that one facility may send in a day: how many, megabytes",
  schema: quota,
  values: [
    { from: "2021-01-01", value: { files: 5000, megabytes: 16_384 }, source: "ours: a large hospital, case by case" },
  ],
});

export const fileQuotas: readonly Policy<unknown>[] = [
  sentWithDeclaration,
  keptOfPerson,
  sentByStaff,
  keptOfSender,
  sentByUnit,
  sentByFacility,
];
