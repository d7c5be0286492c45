import { findAccount } from "../account/store.ts";
import { record } from "../audit/record.ts";
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

export async function linksOf(house: House, staff: Staff, publicId: string): Promise<LinksOfPerson> {
  const { db } = house;
  const officeCode = officeOf(staff);
  const person = isUuid(publicId) ? await findPersonByPublicId(db, publicId) : undefined;
  if (!person) throw new NotFound("person");
  const { personId } = person;
  const look = { action: "guardian.look", purpose: "account", personId, officeCode };
  await record(db, { at: house.clock.now(), actor: staff, ...look });
  const account = await findAccount(db, personId);
  const [asWard, asGuardian] = [await linksOfWard(db, personId), await linksOfGuardian(db, personId)];
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
  const officeCode = officeOf(staff);
  const link = isUuid(linkId) ? await findLink(house.db, linkId) : undefined;
  if (!link) throw new NotFound("link");
  const at = house.clock.now();
  for (const personId of [link.ward.personId, link.guardianId]) {
    const object = { kind: "guardianship", id: linkId };
    await record(house.db, {
      at,
      actor: staff,
      action: "guardian.look",
      purpose: "account",
      personId,
      object,
      officeCode,
    });
  }
  return { link, guardian: await getPerson(house.db, link.guardianId) };
}
