import type { TestHouse } from "../../test/house.ts";
import { issueWardAccount } from "../account/issue-ward-account.ts";
import { openSession } from "../account/open-session.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen, Staff } from "../kernel/actor.ts";
import { addCard, addFacility, addNumber, addPerson, addVisit } from "../me/person.fixture.ts";
import { aStaff } from "../review/counter.fixture.ts";
import { decideAsked } from "./confirm-link.ts";
import { proposeLink } from "./propose-link.ts";
import type { LinkForm } from "./rules-parse.ts";

/** Made-up parents, children and wards for the tests of links between them. */
export interface Parent {
  personId: string;
  publicId: string;
  number: string;
  phone: string;
  token: string;
  citizen: Citizen;
  /** As a browser sends it. */
  cookies: { vssid_session: string };
}

let made = 0;

/** Somebody with an account and an open session. */
export async function aParent(house: TestHouse, name = "Trần Thị Mẹ Mẫu", birthOn = "1990-01-15"): Promise<Parent> {
  made += 1;
  const number = `99${String(made).padStart(8, "0")}`;
  const phone = `0911${String(made).padStart(6, "0")}`;
  const { personId, publicId } = await addPerson(house.db, { full_name: name, birth_on: birthOn });
  await numbered(house, personId, number);
  await house.pool.query("insert into person_key values ('account_phone', $1, $2)", [phone, personId]);
  await house.pool.query(
    `insert into contact_point (person_id, kind, value, valid_from, source) values ($1, 'phone', $2, '2026-01-01', 'test')`,
    [personId, phone],
  );
  await house.pool.query(
    `insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
     values ($1, 'x', 'chosen', $2, '2026-01-01')`,
    [personId, "2026-11-01"],
  );
  const { token, sessionId } = await session(house, personId);
  const citizen: Citizen = { kind: "citizen", personId, scope: "full", sessionId };
  return { personId, publicId, number, phone, token, citizen, cookies: { vssid_session: token } };
}

/** The same person in a new session: the clock was moved far. */
export async function again(house: TestHouse, parent: Parent): Promise<Parent> {
  const { token, sessionId } = await session(house, parent.personId);
  return { ...parent, token, citizen: { ...parent.citizen, sessionId }, cookies: { vssid_session: token } };
}

function session(house: TestHouse, personId: string) {
  const now = house.clock.now();
  return inTransaction(house.db, (tx) =>
    openSession(tx, { personId }, { scope: "full", kind: "cookie", device: "", now }),
  );
}

async function numbered(house: TestHouse, personId: string, number: string): Promise<void> {
  await house.pool.query("insert into person_key values ('bhxh', $1, $2)", [number, personId]);
  await addNumber(house.db, personId, "bhxh", number);
}

export interface Child {
  personId: string;
  publicId: string;
  name: string;
  number: string;
  visitId: string;
  privateVisitId: string;
}

/** Words that stand on this child's record and nowhere else. */
export const CANARY = "Hoàng Yến Lạ";

/** A child with a card, a visit and a private visit; with an account that nobody signs in to, unless said. */
export async function aChild(house: TestHouse, birthOn = "2016-05-05", hasAccount = true): Promise<Child> {
  made += 1;
  const number = `98${String(made).padStart(8, "0")}`;
  const name = `Bé ${CANARY} ${made}`;
  await addFacility(house.db);
  const { personId, publicId } = await addPerson(house.db, { full_name: name, birth_on: birthOn });
  await numbered(house, personId, number);
  await addCard(house.db, personId, {
    card_number: `TE152${number}`,
    form: "card15",
    object_group: "TE",
    benefit_level: 1,
  });
  const visitId = await addVisit(house.db, personId, "2026-10-01 08:00:00", { diagnosis: `${CANARY} ho` });
  const privateVisitId = await addVisit(house.db, personId, "2026-09-01 08:00:00", {
    diagnosis: `${CANARY} kín`,
    is_sensitive: true,
  });
  if (hasAccount) {
    await inTransaction(house.db, (tx) =>
      issueWardAccount(tx, { personId, declarationId: undefined, lang: "vi", now: house.clock.now() }),
    );
  }
  return { personId, publicId, name, number, visitId, privateVisitId };
}

/** What an officer types from a birth certificate. */
export function birthCertificate(guardian: Pick<Parent, "number">, change: LinkForm = {}): LinkForm {
  return {
    number: guardian.number,
    relation: "mother",
    paper_kind: "birth_certificate",
    paper_number: "125/2016",
    paper_day: "12",
    paper_month: "5",
    paper_year: "2016",
    paper_issuer: "UBND xã Mẫu",
    paper_seen: "yes",
    ...change,
  };
}

export const courtDecision: LinkForm = {
  relation: "guardian",
  paper_kind: "court_decision",
  paper_number: "07/2026/QĐDS-ST",
  paper_day: "1",
  paper_month: "10",
  paper_year: "2026",
  paper_issuer: "Tòa án nhân dân khu vực Mẫu",
};

export interface Desk {
  officer: Staff;
  supervisor: Staff;
}

export async function aDesk(house: TestHouse): Promise<Desk> {
  return { officer: await aStaff(house, "Cán bộ Mẫu"), supervisor: await aStaff(house, "Kiểm soát Mẫu", "supervisor") };
}

/** Proposed by the officer, confirmed by the supervisor; answers the link's id. */
export async function link(
  house: TestHouse,
  { officer, supervisor }: Desk,
  child: Pick<Child, "personId">,
  parent: Pick<Parent, "number">,
  change: LinkForm = {},
): Promise<string> {
  const linkId = await proposeLink(house, officer, child.personId, { form: birthCertificate(parent, change) });
  await decideAsked(house, supervisor, linkId, true);
  return linkId;
}
