import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { withdrawMailing } from "../notices/store-mailing.ts";
import { act } from "./act.ts";
import { saveStop } from "./store.ts";

/** In the middle too: what has not gone out is taken back; answers how many messages. */
export async function stopMailing(house: House, staff: Staff, id: string): Promise<number> {
  let withdrawn = 0;
  await act(house, staff, id, "stop", async (tx, _mailing, at) => {
    await saveStop(tx, id, { staffId: staff.staffId, at });
    withdrawn = await withdrawMailing(tx, id, at);
    return { withdrawn };
  });
  return withdrawn;
}
