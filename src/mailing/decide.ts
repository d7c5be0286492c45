import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { act } from "./act.ts";
import { parseReason } from "./rules.ts";
import { saveDecision } from "./store.ts";

/** The second pair of eyes: approves a campaign that somebody else wrote. */
export async function approveMailing(house: House, staff: Staff, id: string): Promise<void> {
  await act(house, staff, id, "approve", async (tx, _mailing, at) => {
    await saveDecision(tx, id, { decision: "approved", reason: null, staffId: staff.staffId, at });
    return {};
  });
}

export async function refuseMailing(house: House, staff: Staff, id: string, why: string | undefined): Promise<void> {
  await act(house, staff, id, "refuse", async (tx, _mailing, at) => {
    const reason = parseReason(why);
    if (!reason.ok) throw new Invalid(reason.faults);
    await saveDecision(tx, id, { decision: "refused", reason: reason.value, staffId: staff.staffId, at });
    return {};
  });
}
