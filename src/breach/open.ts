import { randomInt, randomUUID } from "node:crypto";
import { getStaffNamed } from "../account/staff-by-name.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { StaffRole } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { SIGNS } from "../kernel/file-code.ts";
import { policyOn } from "../policy/store.ts";
import { findAffected, type Search } from "./find.ts";
import { clocksOf, notifyHours, seriousHours, tellHours } from "./rules.ts";
import { type Breach, findBreach, insertBreach, insertSubjects, lockBreach, saveNotified } from "./store.ts";

/** Who may answer for a breach: nobody alone, see approve.ts. */
export const ANSWERING: readonly StaffRole[] = ["operator", "supervisor", "leader"];

export interface OpenAsked extends Search {
  detectedAt: Date;
  isSerious: boolean;
  what: string;
  cause: string;
  measures: string;
  contact: string;
  /** User name of a member of staff. */
  by: string;
}

const WORDS_AT_LEAST = 10;
const CODE_SIGNS = 6;

/**
 * Finds whom it touched, writes it down with the clocks running from the detection, and puts it on record. The search
 * is made once: what is written is what the forms tell.
 */
export async function openBreach(house: House, asked: OpenAsked): Promise<Breach> {
  const now = house.clock.now();
  const { detectedAt, isSerious, what, cause, measures, contact } = asked;
  const faults = [
    ...(what.trim().length >= WORDS_AT_LEAST ? [] : [{ field: "what", key: "what_missing" }]),
    ...(contact.trim() ? [] : [{ field: "contact", key: "contact_missing" }]),
    ...(detectedAt <= now ? [] : [{ field: "detected", key: "detected_ahead" }]),
  ];
  if (faults.length > 0) throw new Invalid(faults);
  const staff = await getStaffNamed(house, asked.by, ANSWERING);
  const { subjects, resolved } = await findAffected(house, asked);
  if (subjects.length === 0) throw new Conflict("breach_of_nobody");
  const clocks = clocksOf(detectedAt, isSerious, await hoursOn(house, now));
  const opened = {
    breachId: randomUUID(),
    code: `LD-${Array.from({ length: CODE_SIGNS }, () => SIGNS[randomInt(SIGNS.length)]).join("")}`,
    ...{ detectedAt, from: asked.from, to: asked.to, isSerious, search: resolved },
    ...{ what: what.trim(), cause: cause.trim(), measures: measures.trim(), contact: contact.trim() },
    ...{ openedAt: now, openedBy: staff.staffId },
    ...clocks,
  };
  await inTransaction(house.db, async (tx) => {
    await insertBreach(tx, opened);
    await insertSubjects(tx, opened.breachId, subjects);
    await record(tx, {
      at: now,
      actor: staff,
      action: "breach.open",
      purpose: "looks",
      object: { kind: "breach", id: opened.code },
      detail: { subjects: subjects.length, serious: isSerious },
    });
  });
  return getBreach(house, opened.code);
}

async function hoursOn({ db }: House, now: Date) {
  const today = dayOf(now);
  return {
    notify: await policyOn(db, notifyHours, today),
    serious: await policyOn(db, seriousHours, today),
    tell: await policyOn(db, tellHours, today),
  };
}

export async function getBreach({ db }: House, code: string): Promise<Breach> {
  const found = await findBreach(db, code);
  if (!found) throw new NotFound("breach");
  return found;
}

/** An authority has taken the notice: its clock stands still, under the number that it gave. */
export async function noteNotified(
  house: House,
  asked: { code: string; to: "authority" | "cyber"; reference: string; by: string },
): Promise<void> {
  const { code, to, reference } = asked;
  if (!reference.trim()) throw new Invalid([{ field: "reference", key: "reference_missing" }]);
  const staff = await getStaffNamed(house, asked.by, ANSWERING);
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const breach = await lockBreach(tx, code);
    if (!breach) throw new NotFound("breach");
    if (to === "authority" ? breach.notifiedAt : breach.cyberNotifiedAt) throw new Conflict("breach_notified");
    await saveNotified(tx, breach.breachId, to, at, reference.trim());
    const object = { kind: "breach", id: code };
    await record(tx, { at, actor: staff, action: "breach.notified", purpose: "looks", object, detail: { to } });
  });
}
