import type { Answers } from "../rules-answers.ts";
import type { PhotoRule } from "../rules-paper-policies.ts";

/** Which pictures go with form 01: a portrait, and the paper's front and back. */
export const PHOTO_KINDS = ["portrait", "front", "back"] as const;
export type PhotoKind = (typeof PHOTO_KINDS)[number];

/** A passport has one page that matters. */
export function kindsFor({ paper }: Answers): PhotoKind[] {
  return PHOTO_KINDS.filter((kind) => kind !== "back" || paper?.kind !== "passport");
}

/** Pictures without which this declaration may not be confirmed. */
export function missingPhotos(rule: PhotoRule, answers: Answers, sent: readonly PhotoKind[]): PhotoKind[] {
  return rule === "required" ? kindsFor(answers).filter((kind) => !sent.includes(kind)) : [];
}
