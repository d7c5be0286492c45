import { z } from "zod";
import { checkOf, SIGNS } from "../kernel/file-code.ts";
import { tidyName } from "../kernel/names.ts";
import { parseEmail, parsePhone } from "../kernel/numbers.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";
import { definePolicy } from "../kernel/policy.ts";

/** Invitations to coordinate a unit: their code, how long they hold, where they stand. Pure. */
export const invitationDays = definePolicy({
  name: "drive.invitation_days",
  meaning: "Days for which an invitation to coordinate a unit holds",
  schema: z.number().int().min(1).max(60),
  values: [{ from: "2021-01-01", value: 7, source: "proposal: a working week and a Sunday" }],
});

export const drivePolicies = [invitationDays];

/** An invitation is sent so often at most; then somebody should be called. */
export const SENT_AT_MOST = 5;

const LENGTH = 12;

/** Twelve signs, the last a check: 4F7K-92QX-7H3M. `draw(n)` gives a whole number from 0 to n − 1. */
export function makeInvitationCode(draw: (below: number) => number): string {
  const drawn = Array.from({ length: LENGTH - 1 }, () => draw(SIGNS.length));
  return show([...drawn, checkOf(drawn)]);
}

/** What was typed → the code as written, or undefined when the check sign does not fit. */
export function parseInvitationCode(text: string): string | undefined {
  const signs = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-–_.]/gu, "");
  const values = [...signs].map((sign) => SIGNS.indexOf(sign));
  if (values.length !== LENGTH || values.includes(-1)) return undefined;
  return checkOf(values.slice(0, -1)) === values.at(-1) ? show(values) : undefined;
}

function show(values: readonly number[]): string {
  const signs = values.map((value) => SIGNS[value]).join("");
  return (signs.match(/.{4}/g) ?? []).join("-");
}

export interface Invited {
  name: string;
  phone: string | undefined;
  email: string | undefined;
}

const NAME_AT_MOST = 100;

/** Whom to invite, and the one way by which the code goes there. */
export function parseInvited(form: { name?: string; phone?: string; email?: string }): Outcome<Invited, Fault[]> {
  const name = tidyName(form.name ?? "");
  const typedPhone = form.phone?.trim() ?? "";
  const typedEmail = form.email?.trim() ?? "";
  const phone = parsePhone(typedPhone);
  const email = parseEmail(typedEmail);
  const faults: Fault[] = [];
  if (!/\p{L}{2}/u.test(name) || name.length > NAME_AT_MOST) faults.push({ field: "name", key: "person_missing" });
  if (!typedPhone && !typedEmail) faults.push({ field: "phone", key: "reach_missing" });
  if (typedPhone && typedEmail) faults.push({ field: "email", key: "reach_both" });
  if (typedPhone && !phone) faults.push({ field: "phone", key: "phone_shape" });
  if (typedEmail && !email) faults.push({ field: "email", key: "email_shape" });
  return faults.length > 0 ? bad(faults) : good({ name, phone, email });
}

export type InvitationState = "waiting" | "over" | "withdrawn" | "accepted";

export interface InvitationTimes {
  endsAt: Date;
  withdrawnAt: Date | null;
  acceptedAt: Date | null;
}

export function stateOf({ endsAt, withdrawnAt, acceptedAt }: InvitationTimes, now: Date): InvitationState {
  if (acceptedAt) return "accepted";
  if (withdrawnAt) return "withdrawn";
  return endsAt > now ? "waiting" : "over";
}
