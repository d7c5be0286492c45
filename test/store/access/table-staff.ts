import type { Row } from "./kinds.ts";
import { anyStaff, bySupervisor, codeWrong, open, orNewHand } from "./rows.ts";

/** The second factor of staff and a member's own sign-ins: rows of the access table. */
const owed = (some: Parameters<typeof anyStaff>[0] = {}): Row => orNewHand(anyStaff(some));

const OFFICE = { A: "52T01", B: "52T02", W: "52000" } as const;

/** How an office stands: whoever answers for it, and those who read all. Who decides nothing is told so. */
const ofOffice: Row = {
  lets: { supervisor: "A", auditor: "any", operator: "any" },
  hasThing: true,
  given: ({ side }) => ({ params: { office: OFFICE[side] } }),
};
/** A review that was signed there. */
const ofReview: Row = {
  ...ofOffice,
  before: (house, { side }) =>
    house.pool.query(
      `with signed as (insert into office_review (office_code, review_no, reviewed_at, reviewed_by)
         select $1, 1, $2, min(staff_id) from staff on conflict do nothing returning *)
       insert into office_review_line (office_code, review_no, staff_id, held, reviewed_by, held_since, factors, looks, verdict)
         select office_code, review_no, (select max(staff_id) from staff), 'officer@' || $1, reviewed_by, $2, '{}', 0, 'keep'
           from signed`,
      [OFFICE[side], house.clock.now()],
    ),
  given: ({ side }) => ({ params: { office: OFFICE[side], no: "1" } }),
};

export const staffRows: Record<string, Row> = {
  "GET /dev/authenticators": open(),
  "GET /dev/authenticators.json": open(),
  "GET /console/sign-in/next": owed(),
  "GET /console/sign-in/code": owed(),
  "POST /console/sign-in/code": owed({ given: () => ({ form: { code: "000000" } }), ...codeWrong }),
  "POST /console/sign-in/passkey": owed(codeWrong),
  "POST /console/sign-in/passkey/options": owed(),
  "GET /console/sign-in/authenticator": owed(),
  "POST /console/sign-in/authenticator": owed({ given: () => ({ form: { code: "000000" } }), ...codeWrong }),
  "POST /console/sign-in/new-passkey": owed(codeWrong),
  "POST /console/sign-in/new-passkey/options": owed(),
  "GET /console/sign-in/password": owed(),
  // Whoever has yet to get a factor chooses no password: the verb says so, and its own test holds it.
  "POST /console/sign-in/password": anyStaff(codeWrong),
  "GET /console/home": anyStaff(),
  "GET /console/me": anyStaff(),
  "POST /console/search": anyStaff({ given: () => ({ form: { to: "/console" } }) }),
  "POST /console/me/sessions": anyStaff({ given: () => ({ form: { session: "0" } }) }),
  "POST /console/me/passkeys": anyStaff(codeWrong),
  "GET /console/staff-review": { lets: { supervisor: "any", auditor: "any", operator: "any" }, hasThing: false },
  "GET /console/staff-review/:office": ofOffice,
  "POST /console/staff-review/:office": { ...ofOffice, lets: { supervisor: "A" }, alsoIn: [409, 422] },
  "GET /console/staff-review/:office/:no": ofReview,
  "GET /console/staff-review/:office/:no/review.csv": ofReview,
  "POST /console/me/factor-reset": bySupervisor({ given: () => ({ form: { colleague: "" } }), ...codeWrong }),
};
