import { fingerprintOf } from "./fingerprint.ts";
import type { Answers } from "./rules-answers.ts";
import type { Contact } from "./rules-proof.ts";

/** What a code of a declaration is worth something for: this number of this file; exactly these answers. */
export const boundToContact = (code: string, contact: Contact, value: string): string =>
  `declaration:${code}:${contact}:${value}`;

export const boundToAnswers = (code: string, answers: Answers): string =>
  `declaration:${code}:answers:${fingerprintOf(answers).toString("hex")}`;
