import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";
import type { Status } from "./rules.ts";
import type { Answers } from "./rules-answers.ts";

/** What was proved beside the answers: that the phone and the e-mail are read, that a person who was helped agrees. Pure. */
export const CONTACTS = ["phone", "email"] as const;
export type Contact = (typeof CONTACTS)[number];
/** By a code on their phone, or by signing the printed form. */
export type Consent = "code" | "paper";

/** The number or address that was declared; undefined when there is none. */
export function contactOf(answers: Answers, contact: Contact): string | undefined {
  return contact === "phone" ? answers.phone?.number : (answers.email?.address ?? undefined);
}

/** Contacts may be proved until the office decides; after that they belong to the account. */
export const MAY_PROVE: readonly Status[] = ["draft", "confirmed", "received"];

/** What stays proved when answers change: a contact while it is the same, agreement only while nothing differs. */
export function keptProofs(before: Answers, after: Answers): { phone: boolean; email: boolean; consent: boolean } {
  return {
    phone: contactOf(before, "phone") === contactOf(after, "phone"),
    email: contactOf(before, "email") === contactOf(after, "email"),
    consent: isDeepStrictEqual(before, after),
  };
}

/** A helper's own telephone on file after file is what an officer must see (misuse of assisted registration). */
export const personsAPhone = definePolicy({
  name: "registration.persons_a_phone",
  meaning: "Most persons whose declarations may name one telephone before an officer must give a reason",
  schema: z.number().int().min(1),
  values: [{ from: "2021-01-01", value: 3, source: "proposal: the fourth file needs the officer's reason" }],
});

export const proofPolicies = [personsAPhone];
