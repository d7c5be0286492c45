import type { TestHouse } from "../../house.ts";
import type { Row, Things } from "./kinds.ts";
import { atCounter, codeWrong, ofOwner, open, ownRecord } from "./rows.ts";

/** Papers of one's own record, and a person's rights over their data. */
const paperOf = ({ personId }: Pick<Things, "personId">) => `00000000-0000-4000-8000-${personId.padStart(12, "0")}`;

/** A paper that stands: before each request it is put back. */
const withPaper = (house: TestHouse, { personId }: Things) =>
  house.pool.query(
    `insert into statement (person_id, statement_id, kind, made_at, expires_on, code_end, code_mark, sealed_figures, pdf_sha256)
     values ($1, $2, 'participation', $3, '2027-01-01', '2222', 'x', 'x', 'x')
     on conflict (person_id, statement_id) do update set withdrawn_at = null`,
    [personId, paperOf({ personId }), house.clock.now()],
  );

const paper: Row = ofOwner((things) => ({ params: { id: paperOf(things) } }), { before: withPaper });

const OFFICE = { A: "52T01", B: "52T02", W: "52000" } as const;

/** A request that waits at the office of its side: before each request it is put back. */
const ofRequest: Row = {
  lets: { officer: "A", supervisor: "A", otherOfficer: "B" },
  hasThing: true,
  before: async (house, { personId, side }) => {
    await house.pool.query("delete from data_request where person_id = $1", [personId]);
    await house.pool.query(
      `insert into data_request (person_id, request_id, says, opened_at, answer_by, due_on, office_code)
       values ($1, $2, '', $3, '2026-11-25', '2026-12-14', $4)`,
      [personId, paperOf({ personId }), house.clock.now(), OFFICE[side]],
    );
  },
  given: (things) => ({
    params: { id: paperOf(things) },
    form: { outcome: "refused", answer: "Hồ sơ đang giải quyết." },
  }),
};
const leadsOn: Row = atCounter({ given: () => ({ params: { id: "1" } }) });

const seesFlags: Row = {
  lets: { supervisor: "any", auditor: "any", operator: "any" },
  hasThing: false,
  given: () => ({ params: { id: "1" } }),
};
/** A flag about somebody who is not in the cast, at the office of its side. */
const ofFlag: Row = {
  lets: { supervisor: "A", auditor: "any", operator: "any" },
  hasThing: true,
  before: async (house, { side }) => {
    await house.pool.query("delete from look_flag");
    await house.pool.query(
      `insert into look_flag (flag_id, staff_id, kind, day, office_code, first_at, last_at, first_event, last_event, times)
       overriding system value select $1::bigint, min(staff_id), 'odd_hours', '2026-11-24', $2, $3, $3, 1, 1, 1 from staff`,
      [FLAG[side], OFFICE[side], house.clock.now()],
    );
  },
  given: ({ side }) => ({ params: { id: FLAG[side] }, form: { verdict: "explained", note: "Đã hỏi người xem" } }),
};
const FLAG = { A: "900001", B: "900002", W: "900003" } as const;

export const rightsRows: Record<string, Row> = {
  "GET /app/statements": ownRecord(),
  "POST /app/statements": ownRecord({ given: () => ({ form: { kind: "participation" } }), ...codeWrong }),
  "GET /app/statements/csv": ownRecord({ given: () => ({ query: { kind: "visits", year: "2026" } }) }),
  "POST /app/statements/:id/withdrawal": paper,
  "GET /find": open({ given: () => ({ query: { province: "52", commune: "21952" } }) }),
  "GET /check-paper": open(),
  "POST /check-paper": open(codeWrong),
  "GET /api/v1/me/statements": ownRecord(),
  "POST /api/v1/me/statements": ownRecord({ given: () => ({ body: { kind: "participation" } }), ...codeWrong }),
  "POST /api/v1/me/statements/{id}/withdrawal": paper,
  "GET /api/v1/me/statements/{kind}.csv": ownRecord({ given: () => ({ params: { kind: "participation" } }) }),
  "GET /account/data": ownRecord(),
  "POST /account/data": ownRecord(codeWrong),
  "POST /account/data/withdrawal": { lets: {}, hasThing: false },
  "GET /account/data/copy": ownRecord(),
  "GET /account/data/file": ownRecord(),
  // Without a proof of the last ten minutes nobody gets it; with one its owner does: src/rights/rights.store.test.ts.
  "GET /api/v1/me/export": { lets: {}, hasThing: false },
  "GET /console/data-requests": atCounter(),
  "POST /console/data-requests/:id/taking": ofRequest,
  "POST /console/data-requests/:id/decision": ofRequest,
  // Of a request to delete there is no longer term: 422 tells so to whoever may ask.
  "POST /console/data-requests/:id/extension": { ...ofRequest, alsoOut: [422], lets: {} },
  "GET /console/data-requests/:id/extension": leadsOn,
  "GET /console/data-requests/:id/taking": leadsOn,
  "GET /console/data-requests/:id/decision": leadsOn,
  "GET /console/looks": seesFlags,
  "GET /console/looks/flags.csv": seesFlags,
  "GET /console/looks/:id": ofFlag,
  "POST /console/looks/:id/verdict": ofFlag,
  // Lifted by a supervisor of the looker's office: src/looks/looks.store.test.ts.
  "POST /console/looks/:id/lift": { ...ofFlag, lets: {}, alsoOut: [422] },
  "GET /console/looks/:id/verdict": seesFlags,
  "GET /console/looks/:id/lift": seesFlags,
  "GET /account/notice": ownRecord(),
  "POST /account/notice": ownRecord(),
  "GET /account/consents": ownRecord(),
  "POST /account/consents/withdrawal": ownRecord({ given: () => ({ form: { kind: "photos" } }), ...codeWrong }),
  "POST /api/v1/paper-checks": open({ given: () => ({ body: { code: "x" } }), ...codeWrong }),
};
