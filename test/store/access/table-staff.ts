import type { Row } from "./kinds.ts";
import { anyStaff, bySupervisor, codeWrong, open, orNewHand } from "./rows.ts";

/** The second factor of staff and a member's own sign-ins: rows of the access table. */
const owed = (some: Parameters<typeof anyStaff>[0] = {}): Row => orNewHand(anyStaff(some));

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
  "POST /console/me/factor-reset": bySupervisor({ given: () => ({ form: { colleague: "" } }), ...codeWrong }),
};
