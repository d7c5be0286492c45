import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { lookAtUnit } from "../drive/look.ts";
import type { Staff } from "../kernel/actor.ts";
import { Forbidden, NotAllowed, NotFound } from "../kernel/failures.ts";
import { allowedActs, type Mailing, type MailingAct, mayRun, mayRunOffice, stateOf } from "./rules.ts";
import { lockMailing } from "./store.ts";

/** Whether this member of staff runs campaigns of that reach; what is out of sight does not exist. */
export async function runs(db: House["db"] | Tx, staff: Staff, mailing: Mailing, now: Date): Promise<boolean> {
  if (mailing.unitCode !== null) return mayRun(staff, (await lookAtUnit(db, staff, mailing.unitCode, now)).unit);
  const seen = staff.roles.some(({ role, officeCode }) => role === "leader" && officeCode === mailing.officeCode);
  if (mayRunOffice(staff, mailing.officeCode)) return true;
  if (!seen) throw new NotFound("mailing");
  return false;
}

/** One act on one campaign, held while it is decided; `detail` goes into the audit. */
export async function act(
  house: House,
  staff: Staff,
  id: string,
  what: MailingAct,
  work: (tx: Tx, mailing: Mailing, now: Date) => Promise<Record<string, number>>,
): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const mailing = await lockMailing(tx, id);
    if (!(await runs(tx, staff, mailing, now))) throw new Forbidden();
    const allowed = allowedActs(mailing, staff.staffId, now);
    if (!allowed.includes(what)) throw new NotAllowed(stateOf(mailing, now), allowed, "mailing_moved");
    const detail = await work(tx, mailing, now);
    await record(tx, {
      ...{ at: now, actor: staff, action: `mailing.${what}`, purpose: "rollout", officeCode: mailing.officeCode },
      ...{ object: { kind: "mailing", id }, detail },
    });
  });
}
