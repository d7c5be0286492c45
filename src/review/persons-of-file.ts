import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { getPerson, type Person } from "../register/store.ts";
import { getOwnFile } from "./desk.ts";
import { namesakesOf, personsOf } from "./dossier.ts";
import { papersOf } from "./store.ts";

const NAMESAKES_AT_MOST = 50;

/** Every record to which a number of an own file leads; where none does, those of the same name and birth date. */
export async function personsOfFile(house: House, staff: Staff, code: string): Promise<Person[]> {
  const { db } = house;
  const { file } = await getOwnFile(db, staff, code);
  if (file.personId) return [await getPerson(db, file.personId)];
  const papers = await papersOf(db, file.id);
  const led = await personsOf(db, file, papers.at(-1));
  if (led.length > 0) return led;
  return namesakesOf(db, file, NAMESAKES_AT_MOST);
}
