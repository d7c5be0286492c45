/** A call is its agent's alone, and ends by itself: nobody else finds what is shown in it. */
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { policyOn } from "../policy/store.ts";
import { identification } from "./rules-policies.ts";
import { type Call, changeCall, findCall } from "./store-call.ts";

export async function getOwnCall(house: House, staff: Staff, id: string): Promise<Call> {
  const call = isUuid(id) ? await findCall(house.db, id) : undefined;
  if (call?.openedBy !== staff.staffId) throw new NotFound("call");
  return call;
}

/** Not ended by the agent, nor by its time. */
export async function isOpen(house: House, call: Pick<Call, "openedAt" | "closedAt">): Promise<boolean> {
  const now = house.clock.now();
  const { callMinutes } = await policyOn(house.db, identification, dayOf(now));
  return call.closedAt === null && now.getTime() < call.openedAt.getTime() + callMinutes * 60_000;
}

export async function endCall(house: House, staff: Staff, id: string): Promise<void> {
  const call = await getOwnCall(house, staff, id);
  const at = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    await changeCall(tx, id, { closedAt: at });
    await record(tx, {
      ...{ at, actor: staff, action: "hotline.call_ended", purpose: "hotline" },
      object: { kind: "hotline_call", id: call.id },
      officeCode: call.officeCode ?? undefined,
    });
  });
}
