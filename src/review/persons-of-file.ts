import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { foldName } from "../kernel/names.ts";
import { findPersonsByFoldedName, getPerson, type Person } from "../register/store.ts";
import { getOwnFile } from "./desk.ts";
import { hasSameBirth, NAMESAKES_AT_MOST, personsOf } from "./dossier.ts";
import { papersOf } from "./store.ts";

/** Every record to which a number of an own file leads; where none does, those of the same name and birth date. */
export async function personsOfFile(house: House, staff: Staff, code: string): Promise<Person[]> {
  const { db } = house;
  const { file } = await getOwnFile(db, staff, code);
  if (file.personId) return [await getPerson(db, file.personId)];
  const papers = await papersOf(db, file.id);
  const led = await personsOf(db, file, papers.at(-1));
  if (led.length > 0) return led;
  const folded = foldName(file.answers.name?.full ?? "");
  if (!folded || !file.birthOn) return [];
  const alike = await findPersonsByFoldedName(db, folded, NAMESAKES_AT_MOST);
  return alike.filter((one) => foldName(one.fullName) === folded && hasSameBirth(one, file.birthOn ?? ""));
}
