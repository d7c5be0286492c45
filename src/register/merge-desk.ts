import type { Db, Tx } from "../db/house.ts";
import { officesAtWork, officesOf, type Staff } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { findPersonByPublicId, type Person } from "./store.ts";
import { findMerge, type Merge } from "./store-merge.ts";

export const officeAtWork = (staff: Staff): string | undefined => officesAtWork(staff)[0];

export const isSupervisorAt = (staff: Staff, officeCode: string): boolean =>
  officesOf(staff, "supervisor").includes(officeCode);

/** By the id that stands in addresses; anything that is none names nobody. */
export async function getPersonAsked(db: Db | Tx, publicId: string): Promise<Person> {
  const person = isUuid(publicId) ? await findPersonByPublicId(db, publicId) : undefined;
  if (!person) throw new NotFound("person");
  return person;
}

/** A merge of one of the asker's offices; any other does not exist for them. */
export async function getMerge(db: Db | Tx, staff: Staff, id: string): Promise<Merge> {
  const merge = /^\d{1,18}$/.test(id) ? await findMerge(db, id) : undefined;
  if (!merge || !officesAtWork(staff).includes(merge.officeCode)) throw new NotFound("merge");
  return merge;
}
