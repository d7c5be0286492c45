import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import type { Field } from "./rules.ts";

/**
 * Why a file may be refused. Each ground belongs to a documented trouble and has, in words-grounds.ts,
 * a label for the officer, a sentence that tells the person what to do, and what to bring.
 */
export const GROUNDS = [
  "name_differs",
  "birth_differs",
  "id_number_differs",
  "register_has_old_cmnd",
  "another_paper_shown",
  "face_differs",
  "copy_unreadable",
  "insurance_number_of_another",
  "insurance_numbers_to_merge",
  "phone_of_another_account",
  "form_not_signed",
  "original_not_shown",
  "paper_out_of_date",
  "other",
] as const;

export type Ground = (typeof GROUNDS)[number];

/** Grounds that a difference in a field suggests: offered first, never ticked for the officer. */
export function groundsFor(field: Field): readonly Ground[] {
  switch (field) {
    case "name":
      return ["name_differs"];
    case "birth":
      return ["birth_differs"];
    case "id_number":
      return ["id_number_differs", "register_has_old_cmnd", "another_paper_shown"];
    case "insurance_number":
      return ["insurance_number_of_another", "insurance_numbers_to_merge"];
    case "phone":
      return ["phone_of_another_account"];
    case "sex":
      return [];
  }
}

export interface Refusal {
  grounds: Ground[];
  /** What the person will read. */
  sentence: string;
}

/** Longest sentence to the person: two text messages without marks. */
export const SENTENCE_AT_MOST = 220;

/** Grounds are mandatory; so is a sentence that a person can act on (letter 330, annex 1, step 4). */
export function parseRefusal(grounds: readonly string[], sentence: string): Outcome<Refusal, Fault[]> {
  const known = GROUNDS.filter((ground) => grounds.includes(ground));
  const said = sentence.normalize("NFC").replace(/\s+/gu, " ").trim();
  const faults: Fault[] = [];
  if (known.length === 0 || known.length < new Set(grounds).size)
    faults.push({ field: "grounds", key: "grounds_missing" });
  if (!/\p{L}/u.test(said)) faults.push({ field: "sentence", key: "sentence_missing" });
  if (said.length > SENTENCE_AT_MOST) {
    faults.push({ field: "sentence", key: "sentence_long", values: { atMost: SENTENCE_AT_MOST } });
  }
  if (/https?:|www\.|\p{Cc}/iu.test(said)) faults.push({ field: "sentence", key: "sentence_link" });
  return faults.length > 0 ? bad(faults) : good({ grounds: known, sentence: said });
}
