import { z } from "zod";
import { definePolicy, type Policy } from "../kernel/policy.ts";

/** How the signed form may be handed in, and which pictures are asked for: an operator's choice, by date. */
export const KNOWN_METHODS = ["office", "batch", "commune_desk", "eid"] as const;
export type KnownMethod = (typeof KNOWN_METHODS)[number];

const sentence = z.string().trim().min(1).max(120);
const words = z.object({ name: sentence, bring: sentence });
/** A way that this installation has of its own, with the words that people read. */
const ownMethod = z.object({ code: z.string().regex(/^[a-z][a-z0-9_]{1,29}$/), vi: words, en: words });

export type SubmissionMethod = KnownMethod | z.infer<typeof ownMethod>;

export const codeOfMethod = (method: SubmissionMethod): string => (typeof method === "string" ? method : method.code);

export const submissionMethods = definePolicy<readonly SubmissionMethod[]>({
  name: "registration.submission_methods",
  meaning: "Ways to hand in the signed form: office, batch, commune_desk, eid, or {code, vi, en} of one's own",
  schema: z
    .array(z.union([z.enum(KNOWN_METHODS), ownMethod]))
    .min(1)
    .refine((methods) => new Set(methods.map(codeOfMethod)).size === methods.length),
  values: [{ from: "2021-03-17", value: ["office"], source: "Letter 330/UBND-VX, annex 1, step 2" }],
});

/** The way when nobody chose one: at the office where that is possible. */
export function usualMethod(methods: readonly SubmissionMethod[]): SubmissionMethod {
  const first = methods.find((method) => method === "office") ?? methods[0];
  if (first === undefined) throw new RangeError("no way to hand in is on");
  return first;
}

export type PhotoRule = "off" | "optional" | "required";

export const photoRule = definePolicy<PhotoRule>({
  name: "registration.photos",
  meaning: "Portrait and pictures of the ID paper with form 01: off, optional or required",
  schema: z.enum(["off", "optional", "required"]),
  values: [{ from: "2021-03-17", value: "optional", source: "The letter names none; the app asks for them" }],
});

export const paperPolicies: readonly Policy<unknown>[] = [submissionMethods, photoRule] as readonly Policy<unknown>[];
