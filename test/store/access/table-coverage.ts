import type { TestHouse } from "../../house.ts";
import type { Row, Things } from "./kinds.ts";

/** Coverage of the roll-out: an office sees its own units, a leader and a coordinator those of their own unit. */
const OFFICE = { A: "52T01", B: "52T02", W: "52000" } as const;
const unitOf = ({ side }: Pick<Things, "side">) => `CV-${side}`;
const reportOf = ({ side }: Pick<Things, "side">) => `00000000-0000-4000-8000-00000000000${"ABW".indexOf(side)}`;

const withUnit = (house: TestHouse, { side }: Things) =>
  house.pool.query(
    `insert into drive_unit (unit_code, kind, name, folded_name, office_code, province_code, valid_from)
     values ($1, 'commune', $1, $1, $2, '52', '2021-01-01') on conflict do nothing`,
    [unitOf({ side }), OFFICE[side]],
  );
const withReport = (house: TestHouse, { side }: Things) =>
  house.pool.query(
    `insert into weekly_report (report_id, scope_code, week_on, made_at, pdf) values ($1, $2, '2026-11-23', $3, '%PDF')
     on conflict do nothing`,
    [reportOf({ side }), `@${OFFICE[side]}`, house.clock.now()],
  );
const target = { act: "target", moment: "approved", percent: "70", due_day: "31", due_month: "12", due_year: "2027" };
const byOffice: Row["lets"] = { officer: "A", supervisor: "A", otherOfficer: "B" };
const ofUnit = (lets: Row["lets"]): Row => ({
  lets,
  hasThing: true,
  before: withUnit,
  given: (things) => ({ params: { code: unitOf(things) }, form: target }),
});

const territory: Row["lets"] = { officer: "any", supervisor: "any", otherOfficer: "any", leader: "any" };

export const coverageRows: Record<string, Row> = {
  // A coordinator is led to the page of their own unit.
  "GET /console/coverage": { lets: { ...territory, coordinator: "any" }, hasThing: false },
  "GET /console/coverage.csv": { lets: territory, hasThing: false },
  "GET /console/coverage.xlsx": { lets: territory, hasThing: false },
  "GET /console/coverage/leader": { lets: territory, hasThing: false },
  "POST /console/coverage/leader": {
    lets: { supervisor: "any", leader: "any" },
    hasThing: false,
    given: () => ({ form: target }),
  },
  "GET /console/coverage/tiles": { lets: { supervisor: "any", leader: "any" }, hasThing: false },
  "POST /console/coverage/tiles": { lets: { supervisor: "any", leader: "any" }, hasThing: false },
  "GET /console/coverage/definitions": {
    lets: { officer: "any", supervisor: "any", otherOfficer: "any", leader: "any", coordinator: "any" },
    hasThing: false,
  },
  "GET /console/coverage/units/:code": ofUnit(byOffice),
  "POST /console/coverage/units/:code": ofUnit({ supervisor: "A" }),
  "GET /console/coverage/reports/:report": {
    lets: byOffice,
    hasThing: true,
    before: withReport,
    given: (things) => ({ params: { report: reportOf(things) } }),
  },
};
