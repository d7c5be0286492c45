import type { Row, Things } from "./kinds.ts";
import { open } from "./rows.ts";

/** The hotline: its desk and offices' desks work, coordinators and leaders see what is theirs. Rows of the access table. */
const desk = { hotline: "any", officer: "any", supervisor: "any", otherOfficer: "any" } as const;
const atDesk = (some: Partial<Row> = {}): Row => ({ lets: desk, hasThing: false, ...some });
const withUnits: Row = { lets: { ...desk, coordinator: "any", leader: "any" }, hasThing: false };
/** The hotline reads every ticket, an office those that were given to it. */
const ofTicket = (some: Partial<Row> = {}): Row => ({
  lets: { hotline: "any", officer: "A", supervisor: "A", otherOfficer: "B" },
  hasThing: true,
  given: ({ ticketCode: code }: Things) => ({ params: { code, act: "note" }, form: { note: "đã gọi lại" } }),
  ...some,
});
/** A call is found by the agent who began it alone. */
const ofCall: Row = {
  lets: { hotline: "any" },
  hasThing: false,
  given: ({ callId: id }) => ({ params: { id, act: "end" } }),
};
const faulty = { alsoIn: [409, 422] };

export const hotlineRows: Record<string, Row> = {
  "GET /help": open(),
  "POST /help/report": open({ alsoIn: [422] }),
  "GET /help/report": open(),
  "POST /help/request": open({ alsoIn: [422] }),
  "GET /help/request": open(),

  "GET /console/hotline": withUnits,
  "POST /console/hotline/calls": atDesk(faulty),
  "GET /console/hotline/calls": atDesk(),
  "POST /console/hotline/suggestions": atDesk(),
  "GET /console/hotline/suggestions": atDesk(),
  "GET /console/hotline/calls/:id": ofCall,
  "POST /console/hotline/calls/:id/:act": ofCall,
  "GET /console/hotline/calls/:id/:act": atDesk({ given: () => ({ params: { id: "1", act: "end" } }) }),
  "GET /console/hotline/tickets/:code": ofTicket(),
  "POST /console/hotline/tickets/:code/:act": ofTicket(),
  "GET /console/hotline/tickets/:code/:act": atDesk({ given: () => ({ params: { act: "note" } }) }),
  "POST /console/hotline/answers": atDesk(faulty),
  "GET /console/hotline/answers": atDesk(),
  "POST /console/hotline/answers/:key/decision": {
    lets: { supervisor: "any" },
    hasThing: false,
    given: () => ({ params: { key: "khong-co" } }),
    // There is no such answer: whoever may decide is told so.
    alsoIn: [404],
  },
  "GET /console/hotline/answers/:key/decision": atDesk({ given: () => ({ params: { key: "khong-co" } }) }),
  "GET /console/hotline/themes": withUnits,
  "GET /console/hotline/themes.csv": withUnits,
  // For their own unit alone: src/hotline/hotline.store.test.ts names another's.
  "POST /console/hotline/unit": { lets: { coordinator: "any" }, hasThing: false, ...faulty },
  "GET /console/hotline/unit": { lets: { coordinator: "any" }, hasThing: false },
};
