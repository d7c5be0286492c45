import type { House } from "../db/house.ts";
import { forgetMailOfErased } from "./store.ts";

/** No message is on its way for longer. */
const ON_ITS_WAY_MOST_MS = 30 * 86_400_000;

/** The sweep of every hour: the last e-mails to whoever was deleted are out, and their address is forgotten. */
export async function forgetMail(house: House): Promise<bigint> {
  return forgetMailOfErased(house.db, new Date(house.clock.now().getTime() - ON_ITS_WAY_MOST_MS));
}
