import type { Given, Row, Things } from "./kinds.ts";
import { bySupervisor, open } from "./rows.ts";

/** Units of the roll-out, their coordinators and their campaign: rows of the access table. */
export const inDrive = {
  officer: "any",
  supervisor: "any",
  otherOfficer: "any",
  coordinator: "any",
  leader: "any",
} as const;
export const ofUnitSeen = { officer: "A", supervisor: "A", otherOfficer: "B", coordinator: "A", leader: "A" } as const;
const ofOfficeOfUnit = { officer: "A", supervisor: "A", otherOfficer: "B" } as const;

export const unitAt =
  (act = "", form: Given["form"] = {}) =>
  ({ unitCode: unit }: Things): Given => ({ params: { unit, act }, form });

const seesUnit = (given: (things: Things) => Given = unitAt()): Row => ({ lets: ofUnitSeen, hasThing: true, given });
const leadsOn = (act: string): Row => ({
  lets: inDrive,
  hasThing: false,
  given: () => ({ params: { unit: "X", act } }),
});

export const driveRows: Record<string, Row> = {
  "GET /console/units": { lets: inDrive, hasThing: false },
  "POST /console/units": bySupervisor({ alsoIn: [422] }),
  "GET /console/units/:unit": seesUnit(),
  "GET /console/units/:unit/:act": leadsOn("change"),
  // A coordinator invites to units below their own only; drive.store.test.ts holds who may do which act.
  "POST /console/units/:unit/:act": {
    lets: ofOfficeOfUnit,
    hasThing: true,
    given: unitAt("invitation", { person: "Người Được Mời", phone: "0999900709", email: "" }),
    alsoIn: [422],
  },
  "GET /console/campaign": { lets: inDrive, hasThing: false },
  "GET /console/campaign/:unit/:act": leadsOn("desk"),
  "POST /console/campaign/:unit/:act": {
    lets: { ...ofOfficeOfUnit, coordinator: "A" },
    hasThing: true,
    given: unitAt("desk", { desk_on: "30/11/2026", from: "8:00", to: "11:00", place: "Nhà văn hóa" }),
  },
  "GET /console/campaign/:unit/papers/:paper": {
    lets: { ...ofOfficeOfUnit, coordinator: "A" },
    hasThing: true,
    given: ({ unitCode: unit }) => ({ params: { unit, paper: "poster-a4" } }),
  },
  "GET /q/:mark": open({ given: () => ({ params: { mark: "222222" } }) }),
  "GET /invitation": open(),
  "POST /invitation": open({ alsoIn: [422] }),
};
