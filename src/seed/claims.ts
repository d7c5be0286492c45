import { envelopeOf } from "../generate/claim-xml.ts";
import type { MadeCard } from "../generate/entitlement.ts";
import type { MadePerson } from "../generate/person.ts";
import { facilities } from "../generate/places.ts";
import { Random } from "../generate/random.ts";
import { makeVisits } from "../generate/visit.ts";

interface Patient {
  seed: number;
  until: string;
  person: Pick<MadePerson, "name" | "birthOn" | "birthPrecision" | "isMale" | "station">;
  insuranceNumber: string;
  personalId: string;
  card: Pick<MadeCard, "number" | "from" | "to" | "group" | "level">;
}

/** Claim envelopes of one person's visits at the health centre near them, one file a visit. */
export function visitsOf(patient: Patient): { name: string; bytes: Buffer }[] {
  const home = facilities.find(({ code }) => code === "52999");
  if (!home) throw new Error("the facility of the stories is gone");
  const person: MadePerson = {
    ...patient.person,
    index: 900_000 + (patient.seed % 1000),
    ethnicCode: "01",
    insuranceNumber: patient.insuranceNumber,
    personalId: patient.personalId,
    personalIdFrom: undefined,
    cmnd: undefined,
    phone: undefined,
    home,
  };
  const card: MadeCard = { ...patient.card, facility: home.code, fiveYearOn: "2015-01-01", status: "valid" };
  return makeVisits(person, [card], new Random(patient.seed), patient.until).map((visit, at) => ({
    name: `story-${patient.seed}-${at + 1}.xml`,
    bytes: Buffer.from(envelopeOf(visit.facility, [visit], visit.dischargedAt.slice(0, 10))),
  }));
}
