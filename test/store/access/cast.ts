import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { changeTo, citizenOf, enrolPerson, enter, issueTo } from "../../../src/account/account.fixture.ts";
import { identify } from "../../../src/account/identify.ts";
import { openSession } from "../../../src/account/open-session.ts";
import { openBatch } from "../../../src/batch/open.ts";
import { inTransaction } from "../../../src/db/transaction.ts";
import { insertDispute } from "../../../src/dispute/store.ts";
import { aUnit } from "../../../src/drive/drive.fixture.ts";
import { receiveUpload } from "../../../src/facility/receive-upload.ts";
import { issueToken } from "../../../src/facility/token.ts";
import { actFor } from "../../../src/guardian/act-for.ts";
import { decideAsked } from "../../../src/guardian/confirm-link.ts";
import { aChild, birthCertificate } from "../../../src/guardian/guardian.fixture.ts";
import { proposeLink } from "../../../src/guardian/propose-link.ts";
import { beginCall } from "../../../src/hotline/begin-call.ts";
import { anyone, type Staff } from "../../../src/kernel/actor.ts";
import { addAcceptedFile, addCard, addFacility, addPeriod, addVisit } from "../../../src/me/person.fixture.ts";
import { aRecord } from "../../../src/register/merge.fixture.ts";
import { proposeMerge } from "../../../src/register/propose-merge.ts";
import { confirm } from "../../../src/registration/confirm.ts";
import { declareWhole } from "../../../src/registration/draft.ts";
import { issuePass, PASS_COOKIE_SECONDS } from "../../../src/registration/file-pass.ts";
import { ownNumbers } from "../../../src/registration/files.fixture.ts";
import { sendPhotos } from "../../../src/registration/photos/send-photos.ts";
import { photosOf } from "../../../src/registration/photos/store-photo.ts";
import { getByCode } from "../../../src/registration/store.ts";
import { withdraw } from "../../../src/registration/withdraw.ts";
import { itsPerson } from "../../../src/review/counter.fixture.ts";
import { filePaper } from "../../../src/review/file-paper.ts";
import { receive } from "../../../src/review/receive.ts";
import { bothFactors, hired } from "../../../src/staff-factor/staff.fixture.ts";
import type { TestHouse } from "../../house.ts";
import { aMessage, aTask, aTicket } from "./cast-things.ts";
import { type ActorName, type FileState, PEOPLES, type Side, type Things } from "./kinds.ts";
import { aPicture, boxesOfReading, noteDeclared } from "./typed.ts";

/** The made-up people of the access table, their things, and sessions for each of them. */

/** A word in everything that belongs to one side: where it must not be read, its appearance is a hole. */
export const CANARY: Record<Side, string> = { A: "Kanarinhất", B: "Kanarinhì", W: "Kanarinba" };
const OFFICE: Record<Side, string> = { A: "52T01", B: "52T02", W: "52000" };
/** Where nobody of the cast works: what lies there is nobody's case. */
const FAR_OFFICE = "01000";
export const UNIT: Record<Side, string> = { A: "THU-A", B: "THU-B", W: "THU-W" };

export interface Cast {
  thingsOf(actor: ActorName, side: Side | undefined, file: FileState | undefined, isFresh: boolean): Promise<Things>;
  /** A new session's token; undefined for the stranger. */
  signIn(actor: ActorName): Promise<string | undefined>;
  /** For whom this actor acts, while they do. */
  wardOf(actor: ActorName): { personId: string; publicId: string } | undefined;
  /** Passwords and desks as they were at the beginning. */
  putBack(): Promise<void>;
  /** Files that were asked for in vain, and have moved all the same. */
  movedFiles(): Promise<string[]>;
}

type Subject = { personId: string } | { staffId: string };

export async function gather(house: TestHouse): Promise<Cast> {
  for (const at of PEOPLES) await aUnit(house, UNIT[at], { name: `Xã ${CANARY[at]}`, officeCode: OFFICE[at] });
  const staff = await hire(house);
  const facilities = await aFacilityEach(house);
  const people = {
    citizen: await aCitizen(house, CANARY.A, 1),
    neighbour: await aCitizen(house, CANARY.B, 2),
    changing: await aNewcomer(house, 3),
    guardian: await aCitizen(house, "Đỡ Đầu", 4),
    ward: await aCitizen(house, CANARY.W, 5),
  };
  const wardLink = await linkOfWard(house, staff, people);
  const saved = await house.pool.query<{ accounts: string }>(
    "select jsonb_agg(to_jsonb(a))::text as accounts from account a",
  );
  const files = fileMaker(house, {
    A: staff.officer.actor,
    B: staff.otherOfficer.actor,
    W: { ...staff.officer.actor, roles: [{ role: "officer", officeCode: OFFICE.W }] },
  });
  const callId = await beginCall(house, staff.hotline.actor, { by: "phone", key: "0918000001" });
  const shared = new Map<string, { code: string; pass: string }>();
  const sides: Record<Side, Omit<Things, "code" | "pass" | "callId">> = {
    A: await thingsOfSide(house, "A", { ...people.citizen, ...facilities.A }, staff.officer, files),
    B: await thingsOfSide(house, "B", { ...people.neighbour, ...facilities.B }, staff.otherOfficer, files),
    W: {
      ...(await thingsOfSide(
        house,
        "W",
        { ...people.ward, ...facilities.W },
        officerAt(staff.officer, OFFICE.W),
        files,
      )),
      linkId: wardLink,
    },
  };
  const owns: Partial<Record<ActorName, Person>> = {
    changing: people.changing,
    guardian: people.guardian,
    acting: people.guardian,
  };

  async function sharedFile(state: FileState, side: Side) {
    const key = `${state} ${side}`;
    const known = shared.get(key) ?? (await files(state, side));
    shared.set(key, known);
    return known;
  }

  return {
    async thingsOf(actor, side, state = "confirmed", isFresh) {
      const at = side ?? ownSide[actor] ?? "A";
      const own = side ? {} : (owns[actor] ?? {});
      const file = isFresh ? await files(state, at) : await sharedFile(state, at);
      if (at === "A") return { ...sides.A, ...own, ...file, callId };
      const { pass } = await sharedFile(state, "A");
      return {
        ...sides[at],
        ...own,
        callId,
        code: file.code,
        pass: [file.code, ...pass.split(".").slice(1)].join("."),
      };
    },
    async signIn(actor) {
      if (actor === "stranger") return undefined;
      if (actor === "facility") return facilities.token;
      const person = actor === "acting" ? people.guardian : isPerson(actor) ? people[actor] : undefined;
      const subject: Subject = person
        ? { personId: person.personId }
        : { staffId: staff[actor as keyof typeof staff].actor.staffId };
      const scope = actor === "changing" ? "change_password" : "full";
      const proofs = actor === "newHand" ? (["password"] as const) : person ? [] : bothFactors;
      const asked = { scope, kind: "cookie", device: "", now: house.clock.now(), proofs } as const;
      const { token } = await inTransaction(house.db, (tx) => openSession(tx, subject, asked));
      if (actor === "acting") await actFor(house, await citizenOf(house, token), sides.W.publicId, house.clock.now());
      return token;
    },
    wardOf: (actor) => (actor === "acting" ? sides.W : undefined),
    async putBack() {
      await house.pool.query(
        `with free as (update declaration set held_by = null, held_since = null where held_by is not null)
         update account a set (password_hash, password_kind, password_set_on, issued_until)
           = (b.password_hash, b.password_kind, b.password_set_on, b.issued_until)
           from jsonb_populate_recordset(null::account, $1::jsonb) b where a.person_id = b.person_id`,
        [saved.rows[0]?.accounts],
      );
    },
    async movedFiles() {
      const stand = [...shared].map(async ([key, { code }]) => `${key}: ${(await getByCode(house.db, code)).status}`);
      return (await Promise.all(stand)).filter((told) => !/^(\w+) [ABW]: (received|\1)$/.test(told));
    },
  };
}

const ownSide: Partial<Record<ActorName, Side>> = { neighbour: "B", otherOfficer: "B", ward: "W" };

const isPerson = (actor: ActorName): actor is PersonName => PERSONS.includes(actor as PersonName);
const PERSONS = ["citizen", "neighbour", "changing", "guardian", "ward"] as const;
type PersonName = (typeof PERSONS)[number];

type Sent = Pick<Things, "uploadId" | "fileId">;

/** Two facilities, each with a file that it sent; the first of them asks. */
async function aFacilityEach(house: TestHouse): Promise<Record<Side, Sent> & { token: string }> {
  const one = async (facility: string) => {
    const { token } = await issueToken(house, { facility, days: 30, label: "Phần mềm thử" });
    const actor = await identify(house, { bearer: token });
    if (actor.kind !== "facility") throw new Error("a token names its facility");
    const { id } = await receiveUpload(house, actor, Readable.from([Buffer.from("<x/>")]));
    const { rows } = await house.pool.query<{ fileId: string }>(
      `with f as (insert into source_file (kind, name, sha256, bytes, received_at)
         values ('claims', $1::text, sha256($1::text::bytea), 4, $2) returning file_id)
       update facility_upload set state = 'taken', file_id = f.file_id from f where upload_id = $1::uuid
       returning f.file_id as "fileId"`,
      [id, house.clock.now()],
    );
    return { token, sent: { uploadId: id, fileId: rows[0]?.fileId ?? "" } };
  };
  const [a, b, w] = [await one("79991"), await one("79992"), await one("79993")];
  return { A: a.sent, B: b.sent, W: w.sent, token: a.token };
}

interface Hired {
  actor: Staff;
  username: string;
  password: string;
}

type StaffName = Exclude<ActorName, "stranger" | "acting" | "facility" | PersonName>;

const officerAt = (of: Hired, officeCode: string): Hired => ({
  ...of,
  actor: { ...of.actor, roles: [{ role: "officer", officeCode }] },
});

async function hire(house: TestHouse): Promise<Record<StaffName, Hired>> {
  const one = async (username: string, role: string, office?: string, unit?: string): Promise<Hired> => {
    const { staff: actor, password } = await hired(house, { username, name: "Cán bộ Thử", role, office, unit });
    return { actor, username, password };
  };
  return {
    officer: await one("thu.canbo", "officer", OFFICE.A),
    supervisor: await one("thu.phutrach", "supervisor", OFFICE.A),
    otherOfficer: await one("thu.canbo2", "officer", OFFICE.B),
    hotline: await one("thu.tongdai", "hotline"),
    coordinator: await one("thu.daumoi", "coordinator", undefined, UNIT.A),
    leader: await one("thu.lanhdao", "leader", undefined, UNIT.A),
    auditor: await one("thu.kiemtra", "auditor"),
    operator: await one("thu.quantri", "operator"),
    newHand: await one("thu.moi", "officer", OFFICE.A),
  };
}

interface Person {
  personId: string;
  insuranceNumber: string;
  password: string;
}

const numbersOf = (nth: number) => ({
  insurance: `528800000${nth}`,
  personalId: `05218800000${nth}`,
  phone: `091800000${nth}`,
});

/** In the register, with an account whose first password still stands. */
async function aNewcomer(house: TestHouse, nth: number, name = "Trần Văn Mới"): Promise<Person> {
  const { insurance, personalId, phone } = numbersOf(nth);
  const personId = await enrolPerson(house, name, insurance, personalId);
  const { password } = await issueTo(house, personId, phone);
  return { personId, insuranceNumber: insurance, password };
}

async function aCitizen(house: TestHouse, canary: string, nth: number): Promise<Person> {
  const person = await aNewcomer(house, nth, `Nguyễn Thị ${canary}`);
  const { token } = await enter(house, person.insuranceNumber, person.password);
  const citizen = await identify(house, { cookie: token });
  if (citizen.kind !== "citizen") throw new Error("a signed-in person is a citizen");
  const password = `bến đò xưa ${nth} lối cỏ may`;
  await changeTo(house, citizen, person.password, password);
  await addAcceptedFile(house, person.personId, FAR_OFFICE);
  return { ...person, password };
}

type FileMaker = (state: FileState, side: Side) => Promise<{ code: string; pass: string }>;

function fileMaker(house: TestHouse, officers: Record<Side, Staff>): FileMaker {
  return async (state, side) => {
    const numbers = ownNumbers();
    const name = `Nguyễn Thị ${CANARY[side]}`;
    const now = house.clock.now();
    const fields = {
      ...homeFields,
      ...numbers,
      full_name: name,
      office: OFFICE[side],
      ...(state === "child" ? ofChild : {}),
    };
    const by = { actor: anyone, now };
    const draft = await declareWhole(house, { fields, lang: "vi", ...by });
    const { code } = draft;
    noteDeclared(code, { number: numbers.paper_number ?? "", name });
    if (state !== "draft" && state !== "withdrawn") await confirm(house, { code, ...by });
    if (state === "withdrawn") await withdraw(house, { code, ...by });
    if (state === "received" || state === "child") {
      if (state === "received") await itsPerson(house, draft);
      await receive(house, officers[side], code, readingOf(code));
      await house.pool.query("update declaration set held_by = null, held_since = null where code = $1", [code]);
    }
    return { code, pass: issuePass(house.vault, code, now, PASS_COOKIE_SECONDS) };
  };
}

const ofChild = { for_whom: "child", declarer: "Trần Thị Mẹ" };

const homeFields = {
  for_whom: "self",
  paper_kind: "cccd",
  sex: "2",
  birth_day: "15",
  birth_month: "1",
  birth_year: "1990",
  email: "",
  commune: "21952",
  street: "12 Đường Thử",
};

function readingOf(code: string): Record<string, string> {
  const { checks, ...boxes } = boxesOfReading(code);
  return {
    ...(boxes as Record<string, string>),
    ...Object.fromEntries([checks ?? []].flat().map((one) => [one, "yes"])),
  };
}

async function thingsOfSide(
  house: TestHouse,
  side: Side,
  person: Person & Sent,
  { actor, username, password }: Hired,
  files: FileMaker,
): Promise<Omit<Things, "code" | "pass" | "callId">> {
  const { personId } = person;
  await addFacility(house.db);
  const cardNumber = `09919000012${"ABW".indexOf(side) + 1}`;
  await addCard(house.db, personId, { card_number: cardNumber });
  await addPeriod(house.db, personId, "2026-01", "2026-10");
  const visitId = await addVisit(house.db, personId, "2026-03-02T08:00", { diagnosis: `Khám ${CANARY[side]}` });
  const { public_id: publicId } = await house.db
    .selectFrom("person")
    .select("public_id")
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  const { code } = await files("received", side);
  await filePaper(house, actor, code, { front: aPicture });
  const copy = await house.db
    .selectFrom("id_paper_copy")
    .select("copy_id")
    .orderBy("filed_at", "desc")
    .executeTakeFirstOrThrow();
  const { id } = await getByCode(house.db, code);
  const notice = await house.db
    .selectFrom("notice")
    .select("notice_id")
    .where("declaration_id", "=", id)
    .executeTakeFirstOrThrow();
  const disputeId = randomUUID();
  await insertDispute(house.db, {
    ...{ personId, disputeId, officeCode: OFFICE[side], createdAt: house.clock.now(), answerDueOn: undefined },
    ...{ kind: "wrong", fact: { kind: "participation", id: "bhxh.2026-01" }, says: `Sai ${CANARY[side]}` },
  });
  const photo = await aPhoto(house, side, files);
  const taskId = await aTask(house, { noticeId: notice.notice_id, declarationId: id, officeCode: OFFICE[side] });
  const inboxId = await aMessage(house, personId);
  const batch = await openBatch(house, actor, { unit_name: `Đơn vị ${CANARY[side]}` });
  return {
    side,
    ...person,
    publicId,
    cardNumber,
    visitId,
    noticeId: notice.notice_id,
    inboxId,
    taskId,
    copy: { code, copyId: copy.copy_id },
    photo,
    batchId: batch.id,
    disputeId,
    ticketCode: await aTicket(house, actor, { officeCode: OFFICE[side], says: `Cần giúp ${CANARY[side]}` }),
    mergeId: await aMerge(house, actor),
    linkId: await aLink(house, actor, person),
    staff: { username, password },
    unitCode: UNIT[side],
  };
}

/** A file that waits, with a picture that its person sent. */
async function aPhoto(house: TestHouse, side: Side, files: FileMaker): Promise<Things["photo"]> {
  const { code } = await files("confirmed", side);
  const now = house.clock.now();
  await sendPhotos(house, { code, actor: anyone, now, pictures: { front: aPicture }, insists: true });
  const [photo] = await photosOf(house.db, (await getByCode(house.db, code)).id);
  if (!photo) throw new Error("a picture was sent");
  return { code, photoId: photo.photoId };
}

async function aMerge(house: TestHouse, actor: Staff): Promise<string> {
  const [survivor, merged] = [await aRecord(house), await aRecord(house)];
  const asked = { survivor: survivor.publicId, merged: merged.publicId, reason: "Hai mã số của một người" };
  return (await proposeMerge(house, actor, asked)).id;
}

/** Proposed by an officer: this person for a child that has no sign-in. */
async function aLink(house: TestHouse, actor: Staff, { insuranceNumber: number }: Person): Promise<string> {
  const child = await aChild(house);
  if (actor.roles[0]?.officeCode === OFFICE.W) return "";
  return proposeLink(house, actor, child.personId, { form: birthCertificate({ number }), copy: aPicture });
}

/** The young person, and the parent who may act for them. */
async function linkOfWard(
  house: TestHouse,
  staff: Record<StaffName, Hired>,
  { guardian, ward }: Record<"guardian" | "ward", Person>,
): Promise<string> {
  await house.pool.query("update person set birth_on = '2011-05-05' where person_id = $1", [ward.personId]);
  const form = birthCertificate({ number: guardian.insuranceNumber });
  const linkId = await proposeLink(house, staff.officer.actor, ward.personId, { form });
  await decideAsked(house, staff.supervisor.actor, linkId, true);
  return linkId;
}
