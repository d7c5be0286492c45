import type { TestHouse } from "../../house.ts";
import type { Row, Things } from "./kinds.ts";
import { codeWrong, ofOwner, open, ownRecord } from "./rows.ts";

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

export const rightsRows: Record<string, Row> = {
  "GET /app/statements": ownRecord(),
  "POST /app/statements": ownRecord({ given: () => ({ form: { kind: "participation" } }), ...codeWrong }),
  "GET /app/statements/csv": ownRecord({ given: () => ({ query: { kind: "visits", year: "2026" } }) }),
  "POST /app/statements/:id/withdrawal": paper,
  "GET /check-paper": open(),
  "POST /check-paper": open(codeWrong),
  "GET /api/v1/me/statements": ownRecord(),
  "POST /api/v1/me/statements": ownRecord({ given: () => ({ body: { kind: "participation" } }), ...codeWrong }),
  "POST /api/v1/me/statements/{id}/withdrawal": paper,
  "GET /api/v1/me/statements/{kind}.csv": ownRecord({ given: () => ({ params: { kind: "participation" } }) }),
  "POST /api/v1/paper-checks": open({ given: () => ({ body: { code: "x" } }), ...codeWrong }),
};
