import { coveragesOf } from "../../../src/fhir/resources.ts";
import { sealRow } from "../../../src/intake/keep-rows.ts";
import { PEOPLES, type Row, type Things } from "./kinds.ts";
import {
  atCounter,
  byOfficer,
  bySecret,
  codeWrong,
  deskOrOperator,
  ofFacility,
  ofOffice,
  ofOutbox,
  ofOwner,
  open,
  orChanging,
  ownRecord,
  signedInAnyhow,
  signInOf,
  visit,
  withPass,
  withToken,
  withTokenOrOffice,
  wrongCode,
} from "./rows.ts";
import { accountRows } from "./table-account.ts";
import { coverageRows } from "./table-coverage.ts";
import { deskRows } from "./table-desk.ts";
import { driveRows } from "./table-drive.ts";
import { hotlineRows } from "./table-hotline.ts";
import { letterRows } from "./table-letters.ts";
import { mailingRows } from "./table-mailing.ts";
import { offlineRows } from "./table-offline.ts";
import { rightsRows } from "./table-rights.ts";
import { rosterRows } from "./table-roster.ts";
import { staffRows } from "./table-staff.ts";
import { textRows } from "./table-texts.ts";
import { aDeclaration, aPicture, aReading, boxesOfReading, refusal } from "./typed.ts";

/**
 * Role × operation × ownership: every address of the registry, and who is let in to whose thing. Whoever is not named
 * is kept out. A new address is one line in one of these groups; without it the test says its name.
 */
let drawn = 0;
/** Nobody's password twice: the last ten may not come back. */
const newPassword = () => {
  drawn += 1;
  return `thuyền giấy ${drawn} trôi qua cầu khỉ ${drawn * 7919}`;
};
const checkedAtDesk = ({ insuranceNumber: login }: Things) => ({ login, paper: "cccd", checks: ["seen", "face"] });

/** A link that stands so: before each request it is put back. */
const atCounterOfLink = (status: "proposed" | "active" | "blocked"): Row => ({
  lets: { officer: "any", supervisor: "any", otherOfficer: "any" },
  hasThing: true,
  given: ({ linkId: link }) => ({
    params: { link },
    form: {
      decision: "no",
      reason_block: "Lệnh của Tòa án",
      reason_unblock: "Tòa án đã bỏ lệnh",
      reason_end: "Theo yêu cầu",
      end_reason: "asked",
    },
  }),
  before: (house, { linkId }) =>
    house.pool.query(
      `update guardianship set status = $2, ended_at = null, end_reason = null,
         asked_by = case when $2 = 'proposed' then 0 end, asked_at = case when $2 = 'proposed' then now() end
        where link_id = $1`,
      [linkId, status],
    ),
});

/** Files that came in say nothing of a person. */
const ofFile = (route: string): Record<string, Row> => ({
  [route]: { ...deskOrOperator, given: ({ fileId: file }) => ({ params: { file } }) },
});

const ofRow: Row = {
  ...deskOrOperator,
  given: ({ fileId: file }) => ({ params: { file, record: "1" } }),
  before: (house, { fileId }) =>
    house.pool.query(
      `insert into import_reject_row (file_id, record_no, layout, sealed, kept_at) values ($1, 1, 'own', $2, $3)
       on conflict do nothing`,
      [fileId, sealRow(house.vault, fileId, 1, { cells: {}, numbers: [], absent: [] }), house.clock.now()],
    ),
};

export const table: Record<string, Row> = {
  ...accountRows,
  ...offlineRows,
  ...deskRows,
  ...textRows,
  ...rosterRows,
  ...driveRows,
  ...mailingRows,
  ...hotlineRows,
  ...rightsRows,
  ...letterRows,
  ...coverageRows,
  ...staffRows,
  "GET /": open(),
  "GET /privacy": open(),
  "POST /text-size": open({ given: () => ({ form: { size: "l" } }) }),
  "GET /manifest.webmanifest": open(),
  "GET /favicon.svg": open(),
  "GET /badge-96.png": open(),
  "GET /push.js": open(),
  "GET /hold.js": open(),
  "GET /away.js": open(),
  "GET /stay.js": open(),
  "GET /sw.js": open(),
  "GET /icon-192.png": open(),
  "GET /icon-512.png": open(),
  "GET /show-password.js": open(),
  "GET /robots.txt": open(),
  "GET /dev/outbox": open(),
  "GET /dev/outbox.json": open(),
  "GET /dev/ui": open(),

  "GET /register": open(),
  "POST /register": open({ given: () => ({ form: { for_whom: "self" } }) }),
  "GET /register/:step": withPass("draft", () => ({ params: { step: "name" } })),
  "POST /register/:step": withPass("draft", () => ({
    params: { step: "name" },
    form: { full_name: "Nguyễn Thị Thử", sex: "2" },
  })),
  "POST /register/phone": withPass("draft", () => ({ form: { phone: "0911000000" } })),
  "GET /register/check": withPass("draft"),
  "POST /register/email": withPass("draft", () => ({ form: { email: "" } })),
  "GET /register/phone-confirmation": withPass("draft"),
  "POST /register/phone-confirmation": withPass("draft", wrongCode, codeWrong),
  "GET /register/email-confirmation": withPass("draft"),
  "POST /register/email-confirmation": withPass("draft", wrongCode, codeWrong),
  "GET /register/standing": withPass("draft"),
  "GET /register/number-of-another": open(),
  "POST /register/consent": withPass("draft", wrongCode, codeWrong),
  "POST /register/activation": withPass("confirmed"),
  "GET /insurance-number": open(),
  "POST /insurance-number": open(codeWrong),
  "GET /insurance-number/sent": open(),
  "POST /api/v1/declarations/{code}/phone-code": { ...withToken("draft"), ...codeWrong },
  "POST /api/v1/declarations/{code}/phone-confirmation": { ...withToken("draft", wrongCode), ...codeWrong },
  "POST /api/v1/declarations/{code}/email-code": { ...withToken("draft"), ...codeWrong },
  "POST /api/v1/declarations/{code}/email-confirmation": { ...withToken("draft", wrongCode), ...codeWrong },
  "POST /api/v1/declarations/{code}/consent-code": { ...withToken("draft"), ...codeWrong },
  "POST /api/v1/declarations/{code}/consent": { ...withToken("draft", wrongCode), ...codeWrong },
  "POST /register/confirmation": withPass("draft"),
  "GET /register/receipt": withPass("confirmed"),
  "GET /register/form.pdf": withPass("confirmed"),
  "GET /register/track": withPass("confirmed"),
  "GET /register/resume": open(),
  "POST /register/resume": open({
    given: ({ code }) => ({ form: { code, birth_day: "15", birth_month: "1", birth_year: "1990" } }),
  }),
  "GET /register/withdrawal": withPass("confirmed"),
  // Only the person takes a file back: staff who hold its pass are told that the state forbids it to them.
  "POST /register/withdrawal": withPass("confirmed", undefined, { alsoIn: [409] }),
  "GET /register/deletion": withPass("draft"),
  "POST /register/deletion": withPass("draft", undefined, { alsoIn: [409] }),
  "GET /register/deleted": open(),
  "POST /register/again": withPass("withdrawn"),
  "POST /register/leave": open(),

  "POST /api/v1/declarations": open({ given: () => ({ body: aDeclaration() }) }),
  // Code and birth date are the key: a wrong one is told apart in resume's own tests.
  "POST /api/v1/declarations/{code}/access": open({
    given: ({ code }) => ({ params: { code }, body: { birth: "1990-01-15" } }),
  }),
  "GET /api/v1/declarations/{code}": withTokenOrOffice("confirmed"),
  "GET /api/v1/declarations/{code}/form.pdf": withTokenOrOffice("confirmed"),
  "POST /api/v1/declarations/{code}/confirmation": withToken("draft"),
  "POST /api/v1/declarations/{code}/withdrawal": { ...withToken("confirmed"), alsoIn: [409] },
  "POST /api/v1/declarations/{code}/redeclaration": withToken("withdrawn"),

  // Staff without a counter are led to where their own work begins.
  "GET /console": atCounter({ alsoOut: [303] }),
  "GET /console/find": atCounter({ given: ({ code }) => ({ query: { q: code } }) }),
  "GET /console/files/:code": ofOffice("received"),
  "GET /console/files/:code/form.pdf": ofOffice("received"),
  "GET /console/files/:code/papers/:copy": ofOffice("received", {
    given: ({ copy }) => ({ params: { code: copy.code, copy: copy.copyId } }),
  }),
  "GET /console/files/:code/reception": ofOffice("confirmed"),
  "POST /console/files/:code/reception": ofOffice("confirmed", {
    given: ({ code }) => ({ form: boxesOfReading(code) }),
  }),
  "GET /console/files/:code/reading": ofOffice("received"),
  "POST /console/files/:code/reading": ofOffice("received", { given: ({ code }) => ({ form: boxesOfReading(code) }) }),
  "GET /console/files/:code/papers": ofOffice("received"),
  "POST /console/files/:code/papers": ofOffice("received", { given: () => ({ picture: aPicture }) }),
  // Leads to the page of the file, which asks whose it is; says nothing itself.
  "GET /console/files/:code/acceptance": atCounter(),
  "POST /console/files/:code/acceptance": ofOffice("received", { given: () => ({ form: { note: "Đã xem sổ BHXH" } }) }),
  "GET /console/files/:code/refusal": ofOffice("received"),
  "POST /console/files/:code/refusal": ofOffice("received", { given: () => ({ form: { ...refusal, step: "send" } }) }),
  "POST /console/files/:code/holding": ofOffice("received"),
  "POST /console/files/:code/release": ofOffice("received"),
  "POST /api/v1/declarations/{code}/reception": ofOffice("confirmed", {
    given: ({ code }) => ({ body: aReading(code) }),
  }),
  "POST /api/v1/declarations/{code}/acceptance": ofOffice("received", {
    given: () => ({ body: { note: "Đã xem sổ BHXH" } }),
  }),
  "POST /api/v1/declarations/{code}/refusal": ofOffice("received", { given: () => ({ body: refusal }) }),

  "GET /console/outbox": deskOrOperator,
  // Found are the messages of one's own offices; of the others none, which their own tests hold.
  "POST /console/outbox": { ...deskOrOperator, given: () => ({ form: { q: "0911999999" } }) },
  "GET /console/promise": deskOrOperator,
  "GET /api/v1/hooks/sms/{provider}/{token}": bySecret(() => ({ query: { id: "1", status: "DELIVRD" } })),
  "POST /api/v1/hooks/sms/{provider}/{token}": bySecret(() => ({ body: { id: "1", status: "DELIVRD" } })),
  "GET /console/outbox/:id": ofOutbox(),
  "POST /console/outbox/:id/resend": ofOutbox({
    before: (house, { noticeId }) =>
      house.pool.query("update notice set state = 'failed', ended_at = $2, lease_owner = null where notice_id = $1", [
        noticeId,
        house.clock.now(),
      ]),
  }),

  "GET /sign-in": open(),
  "POST /sign-in": open({ given: (things) => ({ form: signInOf(things) }) }),
  "POST /sign-out": open(),
  "GET /console/sign-in": open(),
  "POST /console/sign-in": open({ given: ({ staff }) => ({ form: staff }) }),
  "POST /console/sign-out": open(),
  "POST /api/v1/session": open({ given: (things) => ({ body: signInOf(things) }) }),
  "DELETE /api/v1/session": signedInAnyhow,
  "GET /account/password": orChanging(ownRecord()),
  "POST /account/password": orChanging(
    ownRecord({ given: ({ password }) => ({ form: { currentPassword: password, newPassword: newPassword() } }) }),
  ),
  "PUT /api/v1/account/password": orChanging(
    ownRecord({ given: ({ password }) => ({ body: { currentPassword: password, newPassword: newPassword() } }) }),
  ),
  "GET /account/push": ownRecord(),
  "POST /account/push": ownRecord(codeWrong),
  "POST /account/push/ending": ownRecord(),
  "GET /account/devices": ownRecord(),
  "POST /account/devices/ending": ownRecord(),
  "GET /account/recovery": open(),
  "POST /account/recovery": open({
    given: ({ insuranceNumber }) => ({ form: { login: insuranceNumber, channel: "sms" } }),
  }),
  "GET /account/recovery/code": open(),
  // The code that was sent is the key; without it everybody is told the same (recovery.store.test.ts).
  "POST /account/recovery/code": open({
    given: () => ({ form: { code: "00000000", newPassword: newPassword() } }),
    alsoIn: [422],
  }),
  "POST /api/v1/account/recovery": open({
    given: ({ insuranceNumber: login }) => ({ body: { login, channel: "sms" } }),
  }),
  "POST /api/v1/account/recovery/{request}": open({
    given: () => ({
      params: { request: "00000000-0000-4000-8000-000000000000" },
      body: { code: "00000000", newPassword: newPassword() },
    }),
    alsoIn: [422],
  }),
  "GET /console/reissue": byOfficer(),
  "POST /console/reissue": byOfficer({ given: ({ insuranceNumber: login }) => ({ form: { login } }) }),
  "GET /console/reissue/slip": byOfficer(),
  "POST /console/reissue/slip": byOfficer({ given: (things) => ({ form: checkedAtDesk(things) }), ...codeWrong }),

  "POST /sign-in/activation": open(codeWrong),
  "POST /console/activation": byOfficer({ given: ({ insuranceNumber: login }) => ({ form: { login } }), ...codeWrong }),
  "GET /api/v1/me/wards": ownRecord(),
  "GET /app/family": ownRecord(),
  "POST /app/family/acting": {
    lets: { guardian: "W", acting: "W" },
    hasThing: true,
    sides: PEOPLES,
    given: ({ publicId: ward }) => ({ form: { ward } }),
  },
  "POST /app/family/return": ownRecord(),
  "GET /console/guardians": atCounter(),
  "POST /console/guardians": atCounter({ given: ({ insuranceNumber: login }) => ({ form: { login } }), ...codeWrong }),
  "GET /console/guardians/:person": atCounter({ given: ({ publicId: person }) => ({ params: { person } }) }),
  "GET /console/guardians/:person/links": atCounter({ given: ({ publicId: person }) => ({ params: { person } }) }),
  "POST /console/guardians/:person/links": atCounter({
    given: ({ publicId: person }) => ({ params: { person } }),
    ...codeWrong,
  }),
  // Links are one register for the country, like the records: every counter may look, and every look is written down.
  "GET /console/guardians/links/:link": atCounterOfLink("proposed"),
  "GET /console/guardians/links/:link/paper": atCounterOfLink("proposed"),
  "POST /console/guardians/links/:link/decision": {
    ...atCounterOfLink("proposed"),
    lets: { supervisor: "any" },
  },
  "POST /console/guardians/links/:link/block": atCounterOfLink("active"),
  "POST /console/guardians/links/:link/unblock": atCounterOfLink("blocked"),
  "POST /console/guardians/links/:link/end": atCounterOfLink("active"),
  "GET /console/files/:code/guardian": ofOffice("child"),
  "POST /console/files/:code/guardian": ofOffice("child", codeWrong),
  "POST /api/v1/declarations/{code}/guardian": ofOffice("child", {
    ...codeWrong,
    given: ({ insuranceNumber: number }) => ({
      body: {
        number,
        relation: "mother",
        paper: { kind: "birth_certificate", number: "12/2020", issuedOn: "2020-01-02", issuedBy: "UBND xã Thử" },
        originalSeen: true,
      },
    }),
  }),
  "GET /app": ownRecord(),
  "GET /app/more": ownRecord(),
  "GET /app/inbox": ownRecord(),
  "GET /app/inbox/:id": ofOwner(({ inboxId: id }) => ({ params: { id } })),
  "GET /api/v1/me/notices": ownRecord(),
  "GET /api/v1/me/notices/{id}": ofOwner(({ inboxId: id }) => ({ params: { id } })),
  "POST /api/v1/me/notices/{id}/reading": ofOwner(({ inboxId: id }) => ({ params: { id } })),
  "GET /app/looks": ownRecord(),
  "GET /app/card": ownRecord(),
  "GET /app/participation": ownRecord(),
  "GET /app/participation/:fund/:month": ownRecord({ given: () => ({ params: { fund: "bhxh", month: "2026-01" } }) }),
  "GET /app/benefits": ownRecord(),
  "GET /app/benefits/papers": ownRecord(),
  "GET /app/visits": ownRecord(),
  "GET /app/visits/:id": ofOwner(visit),
  "GET /app/disputes": ownRecord(),
  "GET /app/disputes/new": ofOwner(({ visitId }) => ({ query: { about: "visit", fact: visitId } })),
  "POST /app/disputes": ofOwner(({ visitId }) => ({
    form: { about: "visit", fact: visitId, kind: "not_mine", says: "" },
  })),
  "GET /api/v1/me": ownRecord(),
  "GET /api/v1/me/cards": ownRecord(),
  "GET /api/v1/me/household": ownRecord(),
  "GET /api/v1/me/participation": ownRecord(),
  "GET /api/v1/me/benefits": ownRecord(),
  "GET /api/v1/me/papers": ownRecord(),
  "GET /app/visits/:id/private-care": ofOwner(visit),
  "GET /console/intake": deskOrOperator,
  ...ofFile("GET /console/intake/:file"),
  ...ofFile("GET /console/intake/:file/rejects.csv"),
  ...ofFile("GET /console/intake/:file/rejects.xlsx"),
  // What a row says of persons needs a right (rerun-rows.store.test.ts); this one says nothing.
  "GET /console/intake/:file/rows/:record": ofRow,
  "POST /console/intake/:file/rows/:record": ofRow,
  ...ofFile("GET /console/intake/:file/second-run"),
  ...ofFile("POST /console/intake/:file/second-run"),
  // Any counter may be asked whether a claim came and from where; what it says of care needs a right (rest.store.test.ts).
  "GET /console/claims": atCounter(),
  "POST /console/claims": atCounter(codeWrong),
  "GET /console/claims/:id": atCounter({ given: visit }),
  "POST /api/v1/facility/uploads": { lets: { facility: "any" }, hasThing: false, given: () => ({ xml: "<x/>" }) },
  "GET /api/v1/facility/uploads/{id}": ofFacility,
  "GET /api/v1/facility/uploads/{id}/rejects": ofFacility,
  "GET /api/v1/me/visits": ownRecord({ given: () => ({ query: { year: "2026" } }) }),
  "GET /api/v1/me/visits/{id}": ofOwner(visit),
  "GET /api/v1/me/visits/{id}/private-care": ofOwner(visit),
  "GET /api/v1/me/disputes": ownRecord(),
  "POST /api/v1/me/disputes": ofOwner(
    ({ visitId }) => ({ body: { kind: "not_mine", fact: { kind: "visit", id: visitId }, says: "" } }),
    // One open case a fact: the page before this one has opened it.
    { alsoIn: [409] },
  ),
  "GET /fhir/Patient/{id}": ofOwner(({ publicId }) => ({ params: { id: publicId } })),
  "GET /fhir/Coverage": ofOwner(({ publicId }) => ({ query: { patient: publicId } })),
  "GET /fhir/Coverage/{id}": ofOwner(({ publicId, cardNumber: number }) => {
    const card = { form: "card12", validFrom: "2026-01-01", number } as const;
    return { params: { id: coveragesOf(publicId, [card])[0]?.id ?? "" } };
  }),
  "GET /fhir/ExplanationOfBenefit/{id}": ofOwner(visit),
  "GET /fhir/ExplanationOfBenefit": ofOwner(({ publicId }) => ({ query: { patient: publicId } })),
};
