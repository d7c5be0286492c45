import type { Row } from "./kinds.ts";
import { ofNobody } from "./rows.ts";

/**
 * Lists of a unit's people: coordinators alone, and only of their own units (src/roster/roster.store.test.ts). The
 * coordinator of the cast has no unit yet: nothing is there for them but the page that says so.
 */
const coordinators = (some: Partial<Row> = {}): Row => ({
  lets: { coordinator: "any" },
  hasThing: false,
  alsoIn: [404, 422],
  ...some,
});
const lineOrList = ofNobody("line");
const upload = ofNobody("upload");
const leadsOn = (param: string): Row => coordinators({ given: () => ({ params: { [param]: "1" } }) });

export const rosterRows: Record<string, Row> = {
  "GET /console/roster": coordinators(),
  "GET /console/roster/list.csv": coordinators(),
  "GET /console/roster/list.xlsx": coordinators(),
  "GET /console/roster/people/:line": lineOrList,
  "POST /console/roster/people/:line/help": lineOrList,
  "POST /console/roster/people/:line/leaving": lineOrList,
  "POST /console/roster/people/:line/declaration": lineOrList,
  ...Object.fromEntries(
    ["help", "leaving", "declaration"].map((act) => [`GET /console/roster/people/:line/${act}`, leadsOn("line")]),
  ),
  "GET /console/roster/upload": coordinators(),
  "POST /console/roster/upload": coordinators(),
  "GET /console/roster/upload/:upload/refused.xlsx": upload,
  "POST /console/roster/upload/:upload/leavers": upload,
  "GET /console/roster/upload/:upload/leavers": leadsOn("upload"),
  "GET /console/roster/appointments": {
    lets: { coordinator: "any", officer: "any", supervisor: "any", otherOfficer: "any" },
    hasThing: false,
  },
  "POST /console/roster/appointments": coordinators(),
  "POST /console/roster/appointments/:id/withdrawal": ofNobody("id"),
  "GET /console/roster/appointments/:id/withdrawal": leadsOn("id"),
};
