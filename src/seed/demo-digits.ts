import type { House } from "../db/house.ts";
import { openSecret } from "../factor/marks.ts";
import { digitsAt, stepOf } from "../factor/rules-totp.ts";
import { findAuthenticator } from "../factor/store-totp.ts";
import { findPersonByKey } from "../register/store.ts";
import { findCast } from "./store.ts";

/**
 * The six digits that the authenticator of a made-up person shows now. Throws unless this is the demo and the number
 * is one that the demo itself introduces: nobody else's secret is ever opened for a reader.
 */
export async function demoDigits(house: House, login: string): Promise<string> {
  if (house.settings.profile !== "demo") throw new Error("there are no made-up people here");
  const cast = (await findCast(house.db)) ?? [];
  if (!cast.some(({ signIn }) => signIn === login)) throw new Error(`${login} is none of the demo's made-up people`);
  const person = await findPersonByKey(house.db, "bhxh", login);
  const held = person && (await findAuthenticator(house.db, person.personId));
  if (!held?.confirmed_at) throw new Error(`${login} has no authenticator switched on`);
  return digitsAt(openSecret(house, held.person_id, held.sealed_secret), stepOf(house.clock.now()));
}
