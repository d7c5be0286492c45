import { findAccount } from "../account/store.ts";
import { type AuditEntry, recordAll } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { findPersonByKey, findPersonByPublicId, getPerson, type Person } from "../register/store.ts";
import { officeOf } from "./desk.ts";
import { parsePersonNumber } from "./rules-parse.ts";
import { findLink, type Link, linksOfGuardian, linksOfWard } from "./store.ts";

/** What an officer sees of somebody's links. Each look is on record, of ward and guardian alike. */
export interface LinksOfPerson {
  person: Person;
  account: "none" | "own" | "ward" | "closed";
  /** With the other person of each. */
  asWard: { link: Link; other: Person }[];
  asGuardian: { link: Link; other: Person }[];
}

/** The public id of whoever has this number; undefined when nobody has. */
export async function findByNumber(house: House, staff: Staff, typed: string): Promise<string | undefined> {
  officeOf(staff);
  const number = parsePersonNumber(typed);
  return number && (await findPersonByKey(house.db, number.kind, number.number))?.publicId;
}

export async function lookAtPerson(house: House, staff: Staff, publicId: string): Promise<Person> {
  const person = await personOf(house, publicId);
  await recordLooksAt(house, staff, [person.personId]);
  return person;
}

/** A look at each of those whose names it brings. */
export async function linksOf(house: House, staff: Staff, publicId: string): Promise<LinksOfPerson> {
  const { db } = house;
  const person = await personOf(house, publicId);
  const { personId } = person;
  const [asWard, asGuardian] = [await linksOfWard(db, personId), await linksOfGuardian(db, personId)];
  const others = [...asWard.map(({ guardianId }) => guardianId), ...asGuardian.map(({ ward }) => ward.personId)];
  await recordLooksAt(house, staff, [personId, ...others]);
  const account = await findAccount(db, personId);
  return {
    person,
    account: !account
      ? "none"
      : account.status !== "active"
        ? "closed"
        : account.password_kind === "none"
          ? "ward"
          : "own",
    asWard: await Promise.all(asWard.map(async (link) => ({ link, other: await getPerson(db, link.guardianId) }))),
    asGuardian: await Promise.all(
      asGuardian.map(async (link) => ({ link, other: await getPerson(db, link.ward.personId) })),
    ),
  };
}

export async function lookAtLink(
  house: House,
  staff: Staff,
  linkId: string,
): Promise<{ link: Link; guardian: Person }> {
  const link = isUuid(linkId) ? await findLink(house.db, linkId) : undefined;
  if (!link) throw new NotFound("link");
  const object = { kind: "guardianship", id: linkId };
  await recordLooksAt(house, staff, [link.ward.personId, link.guardianId], { object });
  return { link, guardian: await getPerson(house.db, link.guardianId) };
}

async function personOf(house: House, publicId: string): Promise<Person> {
  const person = isUuid(publicId) ? await findPersonByPublicId(house.db, publicId) : undefined;
  if (!person) throw new NotFound("person");
  return person;
}

/** Before anything is shown, and one at each, however many links two persons have. */
async function recordLooksAt(
  house: House,
  staff: Staff,
  personIds: readonly string[],
  about: Pick<AuditEntry, "object"> = {},
): Promise<void> {
  const look = { at: house.clock.now(), actor: staff, action: "guardian.look", purpose: "account", ...about };
  const officeCode = officeOf(staff);
  const looks = [...new Set(personIds)].map((personId) => ({ ...look, officeCode, personId }));
  await recordAll(house.db, looks);
}
