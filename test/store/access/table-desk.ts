import type { Given, Row, Things } from "./kinds.ts";
import { atCounter, codeWrong, ofOffice, withPass } from "./rows.ts";
import { aPicture } from "./typed.ts";

/** Batches, records that are alike, hand-over, second looks, photographs: rows of the access table. */
const batch = ({ batchId: id }: Things) => ({ params: { id } });
const ofBatch = (some: Partial<Row> = {}): Row => ({
  lets: { officer: "A", supervisor: "A", otherOfficer: "B" },
  hasThing: true,
  given: batch,
  ...some,
});
const ofDispute = (given: Given = {}): Row => ({
  lets: { officer: "A", supervisor: "A", otherOfficer: "B" },
  hasThing: true,
  given: ({ disputeId: id }) => ({ params: { id }, ...given }),
  alsoIn: [409],
});
const ofTask = (some: Partial<Row> = {}): Row => ({
  ...ofBatch(some),
  given: ({ taskId: id }) => ({ params: { id } }),
});
const person = ({ publicId }: Things) => ({ params: { person: publicId } });
const OFFICE = { A: "52T01", B: "52T02", W: "52000" } as const;
/** A matter of this person is open at the counter of their side's office, and at no other. */
const withMatter = (some: Partial<Row>): Row => ({
  lets: { officer: "A", supervisor: "A", otherOfficer: "B" },
  hasThing: true,
  before: (house, { personId, side }) =>
    house.pool.query(
      `insert into counter_matter (matter_id, person_id, office_code, staff_id, reason, opened_at, until_at)
       select gen_random_uuid(), $1, $2, min(staff_id), 'present', $3::timestamptz, $3::timestamptz + interval '1 hour'
         from staff having not exists (select from counter_matter where person_id = $1)`,
      [personId, OFFICE[side], house.clock.now()],
    ),
  ...some,
});
const pair = ({ publicId }: Things) => ({ params: { person: publicId, other: publicId } });
/** Leads to a page that asks whose it is; says nothing itself. */
const leadsOn = (name: string): Row => atCounter({ given: () => ({ params: { [name]: "1" } }) });
/** A merge of one's own office; a supervisor there decides, an officer may look only. */
const merge = ({ mergeId: id }: Things) => ({ params: { id }, form: { reason: "Hai người khác nhau" } });
const ofOfficesMerge = (some: Partial<Row> = {}): Row => ofBatch({ given: merge, ...some });
const decidesMerge = (stands: "proposed" | "merged"): Row =>
  ofOfficesMerge({
    lets: onlySupervisor,
    alsoOut: [409],
    before: (house, { mergeId }) =>
      house.pool.query(
        `update person_merge set status = $2, decided_at = case when $2 = 'merged' then now() end,
           decided_by = case when $2 = 'merged' then 0 end, undone_at = null, undone_by = null, undo_reason = null
          where merge_id = $1`,
        [mergeId, stands],
      ),
  });
const onlySupervisor = { supervisor: "A" } as const;
const state = { alsoIn: [409, 422] };

export const deskRows: Record<string, Row> = {
  "GET /register/scan": withPass("draft"),
  "POST /register/scan": withPass("draft", undefined, codeWrong),
  "GET /register/photos": withPass("draft"),
  "POST /register/photos": withPass("draft", () => ({ picture: aPicture }), codeWrong),
  "POST /register/photos/removal": withPass("draft", () => ({ form: { kind: "front" } })),
  "GET /console/files/:code/photos/:photo": ofOffice("received", {
    given: ({ photo }) => ({ params: { code: photo.code, photo: photo.photoId } }),
  }),

  "GET /console/files/:code/proposal": atCounter(),
  "POST /console/files/:code/proposal": ofOffice("received", state),
  "GET /console/files/:code/second-look": atCounter(),
  "POST /console/files/:code/second-look": { ...ofOffice("received", state), lets: onlySupervisor },
  "POST /api/v1/declarations/{code}/proposal": ofOffice("received", {
    given: () => ({ body: { note: "" } }),
    ...state,
  }),
  "POST /api/v1/declarations/{code}/second-look": {
    ...ofOffice("received", { given: () => ({ body: { verdict: "confirm", words: "" } }), ...state }),
    lets: onlySupervisor,
  },

  "GET /console/unreached": atCounter(),
  "GET /console/unreached/:id": ofTask(),
  "GET /console/unreached/:id/letter": ofTask(),
  "GET /console/unreached/:id/letter.pdf": ofTask(),
  "POST /console/unreached/:id/phone": ofTask(),
  "POST /console/unreached/:id/told": ofTask(codeWrong),
  "GET /console/unreached/:id/phone": leadsOn("id"),
  "GET /console/unreached/:id/told": leadsOn("id"),

  "GET /console/transfers": atCounter(),
  "GET /console/files/:code/hand-over": ofOffice("received"),
  "POST /console/files/:code/hand-over": ofOffice("received", codeWrong),
  // Whoever holds the printed code may ask for the file of another office; the giving office is told.
  "GET /console/bring/:code": { ...atCounter(), hasThing: true, file: "received" },
  "POST /console/bring/:code": { ...atCounter(codeWrong), hasThing: true, file: "received" },
  "POST /api/v1/declarations/{code}/hand-over": ofOffice("received", {
    given: () => ({ body: { toOfficeCode: "52000", reason: "Người khai cư trú ở địa bàn kia" } }),
  }),

  "GET /console/batches": atCounter(),
  "POST /console/batches": atCounter(codeWrong),
  "GET /console/batches/:id": ofBatch(),
  "POST /console/batches/:id/lines": ofBatch(codeWrong),
  // The file is named by the form: one that is not in the batch is not there, for nobody.
  "POST /console/batches/:id/removal": { ...ofBatch(), lets: {} },
  "POST /console/batches/:id/closing": ofBatch(codeWrong),
  "GET /console/batches/:id/lines": leadsOn("id"),
  "GET /console/batches/:id/removal": leadsOn("id"),
  "GET /console/batches/:id/closing": leadsOn("id"),
  "GET /console/batches/:id/next": ofBatch(),
  "GET /console/batches/:id/slip.pdf": ofBatch(),
  "GET /console/batches/:id/outcome.csv": ofBatch(),

  "GET /api/v1/batches": atCounter(),
  "POST /api/v1/batches": atCounter({ given: () => ({ body: { unitName: "Trường Thử" } }) }),
  "GET /api/v1/batches/{id}": ofBatch(),
  "POST /api/v1/batches/{id}/lines": ofBatch({
    before: (house, { batchId }) =>
      house.pool.query("update batch set closed_at = null, closed_by = null where batch_id = $1", [batchId]),
    given: (of) => ({ ...batch(of), body: { codes: ["BD-2222-2222"] } }),
  }),
  // As on the pages: a file that is not in the batch is not there, for nobody.
  "POST /api/v1/batches/{id}/removal": {
    ...ofBatch({ given: (of) => ({ ...batch(of), body: { code: "BD-2222-2222" } }) }),
    lets: {},
  },
  "POST /api/v1/batches/{id}/closing": ofBatch(),

  // The register is one for the country: every counter may search it; a record opens to an office with a case of it.
  "GET /console/persons": atCounter(),
  "POST /console/persons": atCounter({ given: ({ insuranceNumber: q }) => ({ form: { q } }), ...codeWrong }),
  "GET /console/persons/:person": withMatter({ given: person }),
  "POST /console/persons/:person/death": withMatter({ given: person, ...codeWrong }),
  "POST /console/persons/:person/restoration": withMatter({ given: person, ...codeWrong }),
  "GET /console/persons/:person/death": leadsOn("person"),
  "GET /console/persons/:person/restoration": leadsOn("person"),
  "GET /console/persons/:person/with/:other": atCounter({ given: pair }),
  // Whoever is at the counter may try with a paper; that it is the person's is asked by the verb.
  "POST /console/persons/:person/matter": atCounter({ given: person, ...codeWrong }),
  "POST /console/persons/:person/emergency": atCounter({ given: person, ...codeWrong }),
  "GET /console/persons/:person/matter": leadsOn("person"),
  "GET /console/persons/:person/emergency": leadsOn("person"),
  "POST /console/persons/:person/with/:other": withMatter({ given: pair, ...codeWrong }),
  "GET /console/files/:code/duplicates": ofOffice("received"),
  "GET /console/disputes": atCounter(),
  "GET /console/disputes/:id": ofDispute(),
  "POST /console/disputes/:id/question": ofDispute({ form: { question: "Đã hỏi đơn vị." } }),
  // Answered once, it is answered: the supervisor after the officer hears so.
  "POST /console/disputes/:id/answer": ofDispute({ form: { outcome: "stands", says: "Thông tin là đúng." } }),
  "GET /console/disputes/:id/question": leadsOn("id"),
  "GET /console/disputes/:id/answer": leadsOn("id"),

  "GET /console/merges": atCounter(),
  "GET /console/merges/:id": ofOfficesMerge(),
  "GET /console/merges/:id/confirmation": leadsOn("id"),
  "GET /console/merges/:id/rejection": leadsOn("id"),
  "GET /console/merges/:id/undoing": leadsOn("id"),
  "POST /console/merges/:id/confirmation": decidesMerge("proposed"),
  "POST /console/merges/:id/rejection": decidesMerge("proposed"),
  "POST /console/merges/:id/undoing": decidesMerge("merged"),
};
