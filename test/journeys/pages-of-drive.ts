import type { PageState } from "./open-pages.ts";

/** The roll-out: units as the office and a coordinator find them, and a unit's campaign. */
export const drivePages: PageState[] = [
  { says: "the units of the roll-out", route: "/console/units", who: "supervisor" },
  {
    says: "a unit with an invitation",
    route: "/console/units/:unit",
    who: "supervisor",
    at: "/console/units/TP-XA-BAC",
  },
  { says: "a unit's campaign", route: "/console/campaign", who: "coordinator", at: "/console/campaign?unit=TP-XA" },
  { says: "the message campaigns", route: "/console/mailings", who: "coordinator" },
  {
    says: "a message campaign that waits for a second person",
    route: "/console/mailings/:id",
    who: "coordinator",
    at: (walk) => walk.follow("coordinator", "/console/mailings", /^\/console\/mailings\/[\da-f-]{36}$/),
  },
];
