import { randomUUID } from "node:crypto";
import { findStaffById } from "../account/store-staff.ts";
import type { House, Tx } from "../db/house.ts";
import { words } from "../factor/words.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { enqueue } from "../notices/enqueue.ts";

const TELL_WITHIN_MS = 15 * 60_000;

/** Tells a member of staff, where their e-mail is known, that a way to sign in came or went. */
export async function tellStaff(
  tx: Tx,
  house: House,
  { staffId, what, now }: { staffId: string; what: keyof typeof words.vi.told; now: Date },
): Promise<void> {
  const email = (await findStaffById(tx, staffId))?.email;
  if (!email) return;
  await enqueue(tx, house.vault, {
    dedupeKey: `factor_changed:${randomUUID()}`,
    class: "reminder",
    template: "factor_changed",
    lang: "vi",
    email,
    fields: { event: words("vi").told[what], at: formatInstant(now, "vi") },
    dueAt: new Date(now.getTime() + TELL_WITHIN_MS),
    now,
  });
}
