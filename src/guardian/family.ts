import { actedFor } from "../audit/store.ts";
import type { House } from "../db/house.ts";
import type { Citizen, Ward } from "../kernel/actor.ts";
import { dayOf, type Lang, type PlainDate } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { getPerson } from "../register/store.ts";
import { heldWard } from "./holding.ts";
import { endOf, type Relation, standingOn } from "./rules.ts";
import { endsAtAge } from "./rules-policies.ts";
import { type Link, linksOfGuardian, linksOfWard } from "./store.ts";
import { words } from "./words.ts";

/** A child or ward as its guardian sees them: what opens, until when, and why it does not. */
export interface FamilyMember {
  link: Link;
  /** Undefined: nothing opens now. */
  ward: Ward | undefined;
  standing: "holds" | "blocked" | "not_yet" | "closed";
  /** The last day; undefined: no end is known. */
  lastDay: PlainDate | undefined;
}

export async function familyOf(house: House, guardian: Citizen, now: Date): Promise<FamilyMember[]> {
  const today = dayOf(now);
  const years = await policyOn(house.db, endsAtAge, today);
  const members: FamilyMember[] = [];
  for (const link of await linksOfGuardian(house.db, guardian.personId)) {
    const standing = standingOn(link, link.ward, years, today);
    if (standing !== "holds" && standing !== "blocked" && standing !== "not_yet") continue;
    const ward = await heldWard(house.db, link, now);
    const lastDay = endOf(link, link.ward, years)?.on.subtract({ days: 1 });
    members.push({ link, ward, standing: standing === "holds" && !ward ? "closed" : standing, lastDay });
  }
  return members;
}

/** Who may act for this person today. */
export async function guardiansOf(
  house: House,
  personId: string,
  now: Date,
): Promise<{ name: string; relation: Relation }[]> {
  const found: { name: string; relation: Relation }[] = [];
  for (const link of await linksOfWard(house.db, personId)) {
    if (!(await heldWard(house.db, link, now))) continue;
    found.push({ name: (await getPerson(house.db, link.guardianId)).fullName, relation: link.relation });
  }
  return found;
}

const SEEN_AT_MOST = 50;

/** What this guardian has read of others' records, newest first. */
export async function seenBy(house: House, guardianId: string) {
  const looks = await actedFor(house.db, guardianId, SEEN_AT_MOST);
  const names = new Map<string, string>();
  for (const { person_id: id } of looks) {
    if (id && !names.has(id)) names.set(id, (await getPerson(house.db, id)).fullName);
  }
  return looks.map((look) => ({ ...look, name: names.get(look.person_id ?? "") ?? "" }));
}

/** Everybody who acts or acted for this person, as "who looked" names them: a name and what they are to the ward. */
export async function guardianNames(house: House, personId: string, lang: Lang): Promise<Map<string, string>> {
  const said = words(lang);
  const names = new Map<string, string>();
  for (const { guardianId, relation } of await linksOfWard(house.db, personId)) {
    if (names.has(guardianId)) continue;
    names.set(guardianId, said.mineLead((await getPerson(house.db, guardianId)).fullName, said.relations[relation]));
  }
  return names;
}
