import type { House } from "../db/house.ts";
import { openSecret } from "../factor/marks.ts";
import { digitsAt, stepOf } from "../factor/rules-totp.ts";
import { findAuthenticator } from "../factor/store-totp.ts";
import { findPersonByKey } from "../register/store.ts";
import { madeUpAuthenticators } from "./made-up-staff.ts";
import { findCast } from "./store.ts";

/**
 * The six digits that the authenticator of a made-up person shows now. Throws unless this is the demo and the number
 * is one that the demo itself introduces: nobody else's secret is ever opened for a reader.
 */
export async function demoDigits(house: House, login: string): Promise<string> {
  if (house.settings.profile !== "demo") throw new Error("there are no made-up people here");
  const cast = (await findCast(house.db)) ?? [];
  const member = cast.find(({ signIn }) => signIn === login);
  if (!member) throw new Error(`${login} is none of the demo's made-up people`);
  const ofStaff = member.isStaff ? await madeUpAuthenticators(house) : [];
  const shown = ofStaff.find(({ username }) => username === login);
  if (shown) return shown.digits;
  const person = await findPersonByKey(house.db, "bhxh", login);
  const held = person && (await findAuthenticator(house.db, person.personId));
  if (!held?.confirmed_at) throw new Error(`${login} has no authenticator switched on`);
  return digitsAt(openSecret(house, held.person_id, held.sealed_secret), stepOf(house.clock.now()));
}
