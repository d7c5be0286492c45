import type { TestHouse } from "../../house.ts";
import type { Row, Side, Things } from "./kinds.ts";
import { bySecret, ownRecord } from "./rows.ts";
import { inDrive, ofUnitSeen } from "./table-drive.ts";

/** Message campaigns, and the ways to refuse them. */
const idOf = ({ side }: { side: Side }) => `00000000-0000-4000-8000-00000000000${"ABW".indexOf(side) + 1}`;

/** A campaign of the side's unit that waits for a second person: before each request it is put back. */
const waiting = (house: TestHouse, { side, unitCode, staff }: Things) =>
  house.pool.query(
    `insert into mailing (mailing_id, office_code, unit_code, purpose, audience, starts_at, ends_at, written_at, written_by)
     select $1, u.office_code, u.unit_code, 'scam', '{to_declare}', $4::timestamptz + interval '1 day',
            $4::timestamptz + interval '2 days', $4, s.staff_id
       from drive_unit u, staff s where u.unit_code = $2 and s.username = $3
     on conflict (mailing_id) do update set decided_at = null, decided_by = null, decision = null, stopped_at = null,
       stopped_by = null`,
    [idOf({ side }), unitCode, staff.username, house.clock.now()],
  );

const { leader: _reads, ...runsIt } = ofUnitSeen;
const { leader: _looks, ...mayWrite } = inDrive;

export const mailingRows: Record<string, Row> = {
  "GET /console/mailings": { lets: inDrive, hasThing: false },
  "POST /console/mailings": { lets: mayWrite, hasThing: false, alsoIn: [422] },
  "GET /console/mailings/:id": {
    lets: ofUnitSeen,
    hasThing: true,
    before: waiting,
    given: (things) => ({ params: { id: idOf(things) } }),
  },
  // Who wrote it may not approve it; mailing.store.test.ts holds who may do which act.
  "POST /console/mailings/:id/:act": {
    lets: runsIt,
    hasThing: true,
    before: waiting,
    given: (things) => ({ params: { id: idOf(things), act: "approve" } }),
    alsoIn: [409],
  },
  "GET /console/mailings/:id/:act": {
    lets: inDrive,
    hasThing: false,
    given: () => ({ params: { id: "1", act: "stop" } }),
  },
  "GET /refuse/:token": bySecret(() => ({})),
  "POST /refuse/{token}": bySecret(() => ({ body: {} })),
  "GET /api/v1/hooks/sms/{provider}/{token}/replies": bySecret(() => ({ query: { from: "84912345678", text: "TC" } })),
  "POST /api/v1/hooks/sms/{provider}/{token}/replies": bySecret(() => ({ body: { from: "84912345678", text: "TC" } })),
  "GET /account/campaigns": ownRecord(),
  "POST /account/campaigns": ownRecord({ given: () => ({ form: { wants: "no" } }) }),
};
