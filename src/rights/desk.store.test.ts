import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf, enter, firstChoice, hoaEmail, hoaNumbers, settleHoa } from "../account/account.fixture.ts";
import { raise } from "../account/proof.ts";
import { noteConsent } from "../consent/note-consent.ts";
import { readConsents } from "../consent/read.ts";
import { applyDue } from "../contact/apply-due.ts";
import { askChange } from "../contact/ask-change.ts";
import { codeIn, toldTo } from "../contact/contact.fixture.ts";
import { proveChange } from "../contact/prove-change.ts";
import type { Citizen, Staff } from "../kernel/actor.ts";
import { confirmMerge } from "../register/confirm-merge.ts";
import { aMember, aRecord } from "../register/merge.fixture.ts";
import { proposeMerge } from "../register/propose-merge.ts";
import { contactsOf, getPerson } from "../register/store.ts";
import { undoMerge } from "../register/undo-merge.ts";
import { photosOfPerson } from "../registration/photos/store-photo.ts";
import { aStaff } from "../review/counter.fixture.ts";
import { askRequest } from "./ask-request.ts";
import { decideRequest } from "./desk.ts";
import { forgetMail } from "./forget-mail.ts";
import { requestsOf } from "./store.ts";

const OFFICE = "52T01";
const HOUR_MS = 3600_000;
let house: TestHouse;
let personId: string;
let hoa: Citizen;
let officer: Staff;
let accepted: string;

beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  await house.clean();
  personId = await settleHoa(house, hoaEmail);
  hoa = await signedIn();
  officer = await aStaff(house, "Cán bộ Thử");
  accepted = await fileOf("BD-TEST-0001", "accepted");
});
afterAll(() => house.close());

const now = () => house.clock.now();

async function signedIn(): Promise<Citizen> {
  const citizen = await citizenOf(house, (await enter(house, hoaNumbers.insurance, firstChoice)).token);
  await raise(house.db, citizen, "password", now());
  return citizen;
}

async function fileOf(code: string, status: "accepted" | "received"): Promise<string> {
  const { rows } = await house.pool.query(
    `insert into declaration (code, status, office_code, person_id, created_at)
     values ($1, $2, $3, $4, $5) returning declaration_id`,
    [code, status, OFFICE, personId, now()],
  );
  return rows[0].declaration_id;
}

async function pictureOf(declarationId: string): Promise<void> {
  await house.pool.query(
    `insert into declaration_photo (photo_id, declaration_id, kind, width, height, sha256, sealed, key_id, sent_at)
     values (gen_random_uuid(), $1, 'portrait', 1, 1, 's', 's', 'k', $2)`,
    [declarationId, now()],
  );
}

async function picturesWithConsent(...files: string[]): Promise<void> {
  for (const one of files) await pictureOf(one);
  await house.db
    .transaction()
    .execute((tx) => noteConsent(tx, { personId, kind: "photos", isGiven: true, source: "declaration", now: now() }));
}

const filesWithPictures = async () =>
  (await photosOfPerson(house.db, personId)).map(({ declarationId }) => declarationId);

async function decide(kind: "object" | "restrict" | "erase", by: Citizen = hoa): Promise<void> {
  await askRequest(house, by, { kind, says: "Không gửi thư cho tôi nữa", agree: true }, now());
  const [request] = await requestsOf(house.db, personId);
  const outcome = kind === "erase" ? "erased" : "done";
  await decideRequest(house, officer, { requestId: request?.requestId ?? "", outcome, answer: "Đã làm theo yêu cầu." });
}

/** Another record becomes one with Hoa's; by whom it was confirmed. */
async function joined(publicId: string) {
  const by = await aMember(house, "Phan Văn Trưởng", "supervisor");
  const survivor = (await getPerson(house.db, personId)).publicId;
  const asked = { survivor, merged: publicId, reason: "Cùng một người: đã xem sổ cũ" };
  const { id } = await proposeMerge(house, officer, asked);
  await confirmMerge(house, by, id);
  return { id, by };
}

const stateOf = async (kind: string) => (await readConsents(house, personId)).now.find((one) => one.kind === kind);

describe("a restriction or an objection that is done", () => {
  it.each(["restrict", "object"] as const)(
    "%s: ends the e-mail itself, and the places before are told",
    async (kind) => {
      await decide(kind);
      expect((await contactsOf(house.db, personId)).map((one) => one.kind)).toEqual(["phone"]);
      expect(await stateOf("email")).toMatchObject({ isInUse: false, given: undefined });
      expect((await toldTo(house, "contact_changed")).toSorted()).toEqual([hoaNumbers.phone, hoaEmail].toSorted());
    },
  );

  it("deletes the pictures that were sent by choice", async () => {
    await picturesWithConsent(accepted);
    await decide("object");
    expect(await filesWithPictures()).toEqual([]);
    expect(await stateOf("photos")).toMatchObject({ isInUse: false, given: undefined });
  });

  it("keeps a picture that an officer is deciding on, and the consent to it", async () => {
    const received = await fileOf("BD-TEST-0002", "received");
    await picturesWithConsent(accepted, received);
    await decide("object");
    expect(await filesWithPictures()).toEqual([received]);
    expect(await stateOf("photos")).toMatchObject({ isInUse: true, given: { isGiven: true } });
  });
});

describe("a deletion that is carried out", () => {
  it("leaves no e-mail address in what was changed or sent before", async () => {
    await raise(house.db, hoa, "code", now());
    const asked = await askChange(house, hoa, { kind: "email", typed: "hoa.moi@example.vn", lang: "vi", now: now() });
    if (typeof asked === "string") throw new Error(asked);
    const code = await codeIn(house, "one_time_code");
    await proveChange(house, hoa, { changeId: asked.changeId, code, now: now() });
    house.clock.moveTo(new Date(now().getTime() + 25 * HOUR_MS));
    expect(await applyDue(house)).toEqual({ applied: 1, refused: 0 });
    const again = await signedIn();
    await house.pool.query("update notice set state = 'sent', sent_at = created_at, sealed_fields = null");
    await decide("erase", again);
    expect(await placesWith("%@example.vn")).toEqual(["notice.recipient"]);
    const left = await house.pool.query("select template, state from notice where recipient like '%@example.vn'");
    expect(left.rows, "on its way still").toEqual([{ template: "account_state", state: "queued" }]);
    expect(await forgetMail(house)).toBe(0n);
    await house.pool.query("update notice set state = 'sent', sent_at = created_at where state = 'queued'");
    expect(await forgetMail(house)).toBe(1n);
    expect(await placesWith("%@example.vn")).toEqual([]);
    expect(await placesWith(hoaNumbers.phone)).toContain("notice.recipient");
  });

  it("leaves none of a second record that was made one with theirs, nor with what the merge keeps for its way back", async () => {
    const other = await aRecord(house, { hasAccount: true });
    await house.pool.query(
      `insert into contact_change (person_id, change_id, kind, old_value, new_value, source, state, asked_at, ended_at)
       values ($1, gen_random_uuid(), 'email', 'cu@example.vn', 'moi@example.vn', 'online', 'stopped', $2, $2)`,
      [other.personId, now()],
    );
    await house.pool.query("insert into device_seen values ($1, 'mark', $2)", [other.personId, now()]);
    const merge = await joined(other.publicId);
    await house.pool.query("update notice set state = 'sent', sent_at = created_at, sealed_fields = null");
    await house.pool.query(
      `insert into notice (dedupe_key, class, channel, template, lang, recipient, person_id, created_at, queued_at, due_at, next_at)
       values ('on its way', 'reminder', 'email', 'guardian_link', 'vi', 'hai@example.vn', $1, $2, $2, $2::timestamptz + interval '15 minutes', $2)`,
      [other.personId, now()],
    );
    expect(await placesWith("%@example.vn%")).toContain("person_merge_row.before");
    await decide("erase");
    await house.pool.query("update notice set state = 'sent', sent_at = created_at where state = 'queued'");
    await forgetMail(house);
    expect(await placesWith("%@example.vn%")).toEqual([]);
    expect((await house.pool.query("select from device_seen")).rowCount).toBe(0);
    await undoMerge(house, merge.by, merge.id, "Hai người khác nhau");
    expect(await placesWith("%@example.vn%")).toEqual([]);
  });

  it("forgets no address of a mail that was written after it, when the account was opened again", async () => {
    await decide("erase");
    await house.pool.query(
      `insert into notice (dedupe_key, class, channel, template, lang, recipient, person_id, created_at, queued_at, due_at, next_at, state, sent_at)
       values ('later', 'reminder', 'email', 'guardian_link', 'vi', $1, $2, $3, $3, $3::timestamptz + interval '15 minutes', $3, 'sent', $3)`,
      [hoaEmail, personId, new Date(now().getTime() + HOUR_MS)],
    );
    await house.pool.query("update notice set state = 'sent', sent_at = created_at where state = 'queued'");
    house.clock.moveTo(new Date(now().getTime() + 2 * HOUR_MS));
    await forgetMail(house);
    const { rows } = await house.pool.query("select dedupe_key as key from notice where recipient = $1", [hoaEmail]);
    expect(rows).toEqual([{ key: "later" }]);
  });
});

/** Where in the database something like this stands. */
async function placesWith(pattern: string): Promise<string[]> {
  const { rows } = await house.pool.query<{ place: string; sql: string }>(
    `select table_name || '.' || column_name as place,
            format('select 1 from %I where %I::text like $1 limit 1', table_name, column_name) as sql
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE' and data_type in ('text', 'jsonb')`,
  );
  const found: string[] = [];
  for (const { place, sql } of rows) {
    if ((await house.pool.query(sql, [pattern])).rowCount) found.push(place);
  }
  return found;
}
