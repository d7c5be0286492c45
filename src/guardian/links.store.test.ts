import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { reissue } from "../account/reissue.ts";
import { replaceContact } from "../account/replace-contact.ts";
import { requestRecovery } from "../account/request-recovery.ts";
import { signIn } from "../account/sign-in.ts";
import { flushLooks } from "../audit/record.ts";
import { inTransaction } from "../db/transaction.ts";
import { accept } from "../review/accept.ts";
import { aReceived, countOf } from "../review/counter.fixture.ts";
import { NotAcceptable } from "../review/desk.ts";
import { openStaffSession } from "../staff-factor/staff.fixture.ts";
import { askUnblock, blockLink, endLink } from "./block-link.ts";
import { decideAsked } from "./confirm-link.ts";
import {
  aChild,
  aDesk,
  aParent,
  birthCertificate,
  courtDecision,
  type Desk,
  link,
  type Parent,
} from "./guardian.fixture.ts";
import { findHeldWard } from "./holding.ts";
import { nameGuardian } from "./name-guardian.ts";
import { proposeLink } from "./propose-link.ts";
import { askedLinks } from "./store.ts";

const morning = "2026-11-23T02:00:00.000Z";
let house: TestHouse;
let desk: Desk;
let mother: Parent;

beforeAll(async () => {
  house = await openTestHouse({ at: morning });
  desk = await aDesk(house);
  mother = await aParent(house);
});
afterAll(async () => {
  await flushLooks(house);
  await house.close();
});

const childsFile = (phone = mother.phone) =>
  aReceived(house, desk.officer, {
    typed: {
      for_whom: "child",
      declarer: "Trần Thị Mẹ Mẫu",
      full_name: "Nguyễn Bảo Na Mẫu",
      birth_day: "2",
      birth_month: "5",
      birth_year: "2022",
      phone,
      email: "",
    },
  });

/** One desk holds three files at most. */
async function decided(work: () => Promise<unknown>): Promise<unknown> {
  const result = await work().catch((error: unknown) => error);
  await house.pool.query("update declaration set held_by = null, held_since = null");
  return result;
}

describe("a child's file", () => {
  test("is not accepted before a guardian is named, and says so", async () => {
    const file = await childsFile();
    const refused = await decided(() => accept(house, desk.officer, { code: file.code, note: "x" }));
    expect(refused).toBeInstanceOf(NotAcceptable);
    expect(refused).toMatchObject({ inTheWay: ["guardian_missing"] });
  });

  test("brings the child's account without a password, the link and the guardian's message into being together", async () => {
    const file = await childsFile();
    await nameGuardian(house, desk.officer, file.code, { form: birthCertificate(mother) });
    const { personId } = await accept(house, desk.officer, { code: file.code, note: "" });
    const account = await house.db
      .selectFrom("account")
      .selectAll()
      .where("person_id", "=", personId ?? "")
      .executeTakeFirstOrThrow();
    expect(account).toMatchObject({
      status: "active",
      password_kind: "none",
      issued_until: null,
      declaration_id: file.id,
    });
    expect(
      await findHeldWard(house.db, mother.personId, { personId: personId ?? "" }, house.clock.now()),
    ).toMatchObject({
      name: "Nguyễn Bảo Na Mẫu",
      relation: "mother",
    });
    const notices = await house.db
      .selectFrom("notice")
      .selectAll()
      .where("declaration_id", "=", file.id)
      .where("class", "=", "outcome")
      .execute();
    expect(notices).toMatchObject([{ template: "ward_accepted", recipient: mother.phone, sealed_fields: null }]);
    expect(await countOf(house, "person_key where person_id = $1 and kind = 'account_phone'", personId)).toBe(0);
    expect(await countOf(house, "contact_point where person_id = $1", personId)).toBe(0);
    expect(await countOf(house, "guardianship_event where person_id = $1 and kind = 'declared'", personId)).toBe(1);
  });

  test("is told to the telephone on the form too, when that is not the guardian's", async () => {
    const file = await childsFile("0988111222");
    await nameGuardian(house, desk.officer, file.code, { form: birthCertificate(mother) });
    await accept(house, desk.officer, { code: file.code, note: "" });
    const rows = await house.db
      .selectFrom("notice")
      .select("recipient")
      .where("declaration_id", "=", file.id)
      .where("class", "=", "outcome")
      .execute();
    expect(rows.map(({ recipient }) => recipient).toSorted()).toEqual([mother.phone, "0988111222"].toSorted());
    expect(await countOf(house, "person_key where key = '0988111222'")).toBe(0);
  });

  test("keeps the copy of the paper sealed, and stamps it for whoever looks", async () => {
    const { default: sharp } = await import("sharp");
    const picture = await sharp({ create: { width: 900, height: 640, channels: 3, background: "#dde" } })
      .jpeg()
      .toBuffer();
    const file = await childsFile();
    await nameGuardian(house, desk.officer, file.code, { form: birthCertificate(mother), copy: picture });
    const { rows } = await house.pool.query("select sealed from guardian_paper_copy order by filed_at desc limit 1");
    expect(rows[0].sealed.subarray(0, 3)).not.toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    const noPicture = decided(() =>
      nameGuardian(house, desk.officer, file.code, { form: birthCertificate(mother), copy: Buffer.from("thư") }),
    );
    expect(await noPicture).toMatchObject({ faults: [{ field: "copy", key: "image_kind" }] });
  });

  test("whose guardian lost the account meanwhile is not accepted, and nothing is kept", async () => {
    const parent = await aParent(house, "Lê Thị Tạm Mẫu");
    const file = await childsFile(parent.phone);
    await nameGuardian(house, desk.officer, file.code, { form: birthCertificate(parent) });
    await house.pool.query("update account set status = 'closed' where person_id = $1", [parent.personId]);
    expect(await decided(() => accept(house, desk.officer, { code: file.code, note: "" }))).toMatchObject({
      code: "guardian_not_possible",
    });
    expect(await countOf(house, "account where declaration_id = $1", file.id)).toBe(0);
  });

  test("is accepted by a program with one step more than an adult's", async () => {
    const file = await childsFile();
    const { token } = await staffToken();
    const ask = (path: string, payload: object) =>
      house.app.inject({
        method: "POST",
        url: `/api/v1/declarations/${file.code}/${path}`,
        payload,
        headers: { authorization: `Bearer ${token}` },
      });
    await house.pool.query("update declaration set held_by = null, held_since = null");
    const paper = { kind: "birth_certificate", number: "12/2022", issuedOn: "2022-05-20", issuedBy: "UBND xã Mẫu" };
    const named = await ask("guardian", { number: mother.number, relation: "mother", paper, originalSeen: true });
    expect(named.statusCode).toBe(204);
    expect((await ask("acceptance", { note: "Số của mẹ các cháu" })).statusCode).toBe(201);
  });
});

async function staffToken() {
  await house.pool.query(
    "insert into staff_role (staff_id, role, office_code, valid_from) values ($1, 'officer', '52T01', '2020-01-01')",
    [desk.officer.staffId],
  );
  await house.pool.query("update staff set password_kind = 'chosen' where staff_id = $1", [desk.officer.staffId]);
  return openStaffSession(house, desk.officer.staffId);
}

describe("an account without a password", () => {
  test("is not signed in to, gets no code, and its number is answered like any other", async () => {
    const child = await aChild(house);
    const now = house.clock.now();
    const enter = (login: string) =>
      signIn(house, { login, password: "mat khau nao do", kind: "bearer", device: "", now }).catch((error) => error);
    const [known, unknown] = [await enter(child.number), await enter("9700000001")];
    expect([known.code, known.status, known.triesLeft]).toEqual([unknown.code, unknown.status, unknown.triesLeft]);
    await house.pool.query(
      `insert into contact_point (person_id, kind, value, valid_from, source) values ($1, 'phone', '0999123123', '2026-01-01', 'import')`,
      [child.personId],
    );
    await requestRecovery(house, { login: child.number, channel: "sms", lang: "vi", now });
    expect(await countOf(house, "notice where recipient = '0999123123'")).toBe(0);
  });

  test("becomes the young person's own at the counter, from the age of the policy, with a telephone of their own", async () => {
    const small = await aChild(house, "2013-01-01");
    const youth = await aChild(house, "2010-01-01");
    await link(house, desk, youth, mother);
    const ask = (personId: string, newPhone?: string) =>
      reissue(house, desk.officer, {
        personId,
        officeCode: "52T01",
        paper: "cccd",
        handOver: "slip",
        newPhone,
        now: house.clock.now(),
      }).catch((error) => error);
    expect(await ask(small.personId, "0912999001")).toMatchObject({ faults: [{ key: "too_young" }] });
    expect(await ask(youth.personId)).toMatchObject({ faults: [{ key: "own_phone_missing" }] });
    expect(await ask(youth.personId, mother.phone)).toMatchObject({ code: "phone_taken" });
    const slip = await ask(youth.personId, "0912999002");
    const opened = await signIn(house, {
      login: slip.login,
      password: slip.password,
      kind: "bearer",
      device: "",
      now: house.clock.now(),
    });
    expect(opened).toMatchObject({ personId: youth.personId, mustChange: "first" });
    expect(
      await findHeldWard(house.db, mother.personId, { personId: youth.personId }, house.clock.now()),
    ).toBeDefined();
  });

  test("of somebody under a court's guardian stays without one", async () => {
    const adult = await aChild(house, "1995-01-01");
    await link(house, desk, adult, mother, courtDecision);
    const asked = reissue(house, desk.officer, {
      personId: adult.personId,
      officeCode: "52T01",
      paper: "cccd",
      handOver: "slip",
      newPhone: "0912999003",
      now: house.clock.now(),
    });
    await expect(asked).rejects.toMatchObject({ faults: [{ key: "under_guardian" }] });
  });
});

describe("I11 one telephone and a family", () => {
  test("a grandmother's telephone serves her own account and her grandchild through her, with no second key", async () => {
    const grandmother = await aParent(house, "Lê Thị Bà Mẫu", "1955-01-01");
    const file = await childsFile(grandmother.phone);
    const decision = { ...courtDecision, paper_kind: "guardianship_decision" };
    await nameGuardian(house, desk.officer, file.code, { form: birthCertificate(grandmother, decision) });
    const { personId } = await accept(house, desk.officer, { code: file.code, note: "" });
    expect(await countOf(house, "person_key where kind = 'account_phone' and key = $1", grandmother.phone)).toBe(1);
    expect(await countOf(house, "person_key where kind = 'account_phone' and person_id = $1", personId)).toBe(0);
  });

  test("the owner of the telephone can change it or leave: the child stays within reach of another guardian", async () => {
    const [grandmother, aunt] = [
      await aParent(house, "Lê Thị Bà Mẫu", "1955-01-01"),
      await aParent(house, "Lê Thị Cô Mẫu"),
    ];
    const child = await aChild(house);
    const first = await link(house, desk, child, grandmother, courtDecision);
    const contact = { personId: grandmother.personId, kind: "phone", value: "0912999010", source: "counter" } as const;
    await inTransaction(house.db, (tx) => replaceContact(tx, { ...contact, now: house.clock.now() }));
    expect(
      await findHeldWard(house.db, grandmother.personId, { personId: child.personId }, house.clock.now()),
    ).toBeDefined();
    await endLink(house, desk.officer, first, { end_reason: "asked", reason: "Bà xin thôi" });
    expect(
      await countOf(
        house,
        "notice where template = 'guardian_link' and recipient = '0912999010' and fields ->> 'change' = 'đã kết thúc'",
      ),
    ).toBe(1);
    await link(house, desk, child, aunt, courtDecision);
    expect(await findHeldWard(house.db, aunt.personId, { personId: child.personId }, house.clock.now())).toBeDefined();
  });
});

describe("a link outside a declaration", () => {
  test.each([
    ["number", "guardian_without_account", { number: "9600000001" }],
    ["number", "number_shape", { number: "Công ty TNHH Mẫu" }],
    ["relation", "relation_missing", { relation: "employer" }],
    ["paper_kind", "paper_other", { relation: "guardian" }],
    ["paper_seen", "paper_not_seen", { paper_seen: "" }],
    ["paper", "paper_day_future", { paper_year: "2027" }],
    ["last", "last_passed", { last_day: "1", last_month: "11", last_year: "2026" }],
    ["last", "last_before_first", { last_day: "1", last_month: "1", last_year: "2016" }],
    ["from", "day_wrong", { from_day: "31", from_month: "2", from_year: "2026" }],
  ] as const)("is refused at %s: %s", async (field, key, change) => {
    const child = await aChild(house);
    const asked = proposeLink(house, desk.officer, child.personId, { form: birthCertificate(mother, change) });
    await expect(asked).rejects.toMatchObject({ faults: [{ field, key }] });
    expect(await countOf(house, "guardianship where person_id = $1", child.personId)).toBe(0);
  });

  test("is refused with oneself, with a minor, with somebody who has a guardian, and for a child of age", async () => {
    const child = await aChild(house);
    const minor = await aParent(house, "Trẻ Mẫu", "2010-01-01");
    const inNeed = await aParent(house, "Người Cần Mẫu", "1980-01-01");
    await link(house, desk, inNeed, mother, courtDecision);
    const propose = (wardId: string, parent: Parent) =>
      proposeLink(house, desk.officer, wardId, { form: birthCertificate(parent) });
    await expect(propose(mother.personId, mother)).rejects.toMatchObject({ faults: [{ key: "ward_of_age" }] });
    const self = birthCertificate(mother, courtDecision);
    await expect(proposeLink(house, desk.officer, mother.personId, { form: self })).rejects.toMatchObject({
      faults: [{ key: "guardian_is_self" }],
    });
    await expect(propose(child.personId, minor)).rejects.toMatchObject({ faults: [{ key: "guardian_minor" }] });
    await expect(propose(child.personId, inNeed)).rejects.toMatchObject({ faults: [{ key: "guardian_is_ward" }] });
  });

  test("is not confirmed when the guardian has come under a guardian, or the child of age, since it was proposed", async () => {
    const [child, youth] = [await aChild(house), await aChild(house, "2008-11-25")];
    const parent = await aParent(house, "Trần Thị Nay Mẫu");
    const proposed = [];
    for (const { personId } of [child, youth]) {
      proposed.push(await proposeLink(house, desk.officer, personId, { form: birthCertificate(parent) }));
    }
    const [ofChild = "", ofYouth = ""] = proposed;
    house.clock.moveTo(new Date("2026-11-26T02:00:00.000Z"));
    const confirm = (linkId: string) => decideAsked(house, desk.supervisor, linkId, true);
    await expect(confirm(ofYouth)).rejects.toMatchObject({ code: "guardian_not_possible" });
    await link(house, desk, parent, mother, courtDecision);
    await expect(confirm(ofChild)).rejects.toMatchObject({ code: "guardian_not_possible" });
    for (const linkId of proposed) {
      expect(await countOf(house, "guardianship where link_id = $1 and status = 'proposed'", linkId)).toBe(1);
    }
    house.clock.moveTo(new Date(morning));
  });

  test("that is blocked waits on the supervisors' list once its end is asked for, and tells both guardians of its co-guardian", async () => {
    const child = await aChild(house);
    const father = await aParent(house, "Nguyễn Văn Cha Mẫu");
    const own = await aParent(house, "Trần Thị Mẹ Mẫu");
    const linkId = await link(house, desk, child, own);
    const fathers = await link(house, desk, child, father, { relation: "father" });
    const isWaiting = async () => (await askedLinks(house.db, 1000)).some((one) => one.linkId === linkId);
    await blockLink(house, desk.officer, linkId, { reason: "Lệnh của Tòa án" });
    expect(await isWaiting()).toBe(false);
    await askUnblock(house, desk.officer, linkId, { reason: "Tòa án đã bỏ lệnh" });
    expect(await isWaiting()).toBe(true);
    await endLink(house, desk.officer, fathers, { end_reason: "asked", reason: "Cha xin thôi" });
    const told = await house.db
      .selectFrom("notice")
      .select("recipient")
      .where("dedupe_key", "like", `guardianship:${fathers}:ended:%`)
      .execute();
    expect(told.map(({ recipient }) => recipient).toSorted()).toEqual([own.phone, father.phone].toSorted());
  });

  test("gives a child without an account one when it is confirmed, and both parents may hold one", async () => {
    const child = await aChild(house, "2016-05-05", false);
    const father = await aParent(house, "Nguyễn Văn Cha Mẫu");
    await link(house, desk, child, mother);
    await link(house, desk, child, father, { relation: "father" });
    expect(await countOf(house, "account where person_id = $1 and password_kind = 'none'", child.personId)).toBe(1);
    expect(await countOf(house, "guardianship where person_id = $1 and status = 'active'", child.personId)).toBe(2);
  });

  test("proposed by two officers at the same moment is one link, twenty times", async () => {
    for (let round = 0; round < 20; round += 1) {
      const child = await aChild(house, "2016-05-05", false);
      const form = birthCertificate(mother);
      const officers = [desk.officer, desk.supervisor];
      const results = await Promise.allSettled(
        officers.map((staff) => proposeLink(house, staff, child.personId, { form })),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "link_exists" } });
      expect(await countOf(house, "guardianship where person_id = $1", child.personId)).toBe(1);
    }
  });

  test("confirmed and refused at the same moment has one answer", async () => {
    for (let round = 0; round < 10; round += 1) {
      const child = await aChild(house);
      const linkId = await proposeLink(house, desk.officer, child.personId, { form: birthCertificate(mother) });
      const both = await Promise.allSettled(
        [true, false].map((isYes) => decideAsked(house, desk.supervisor, linkId, isYes)),
      );
      expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await countOf(house, "guardianship_event where link_id = $1", linkId)).toBe(2);
    }
  });

  test("blocked while a colleague ends it: both deeds are on record, and it never opens again by itself", async () => {
    const child = await aChild(house);
    const linkId = await link(house, desk, child, mother);
    await Promise.allSettled([
      blockLink(house, desk.officer, linkId, { reason: "Lệnh của Tòa án" }),
      endLink(house, desk.supervisor, linkId, { end_reason: "paper_void", reason: "Giấy bị thu hồi" }),
    ]);
    expect(await countOf(house, "guardianship where link_id = $1 and status = 'ended'", linkId)).toBe(1);
    expect(
      await findHeldWard(house.db, mother.personId, { personId: child.personId }, house.clock.now()),
    ).toBeUndefined();
  });

  test("keeps its events: the application cannot change one", async () => {
    const child = await aChild(house);
    const linkId = await link(house, desk, child, mother);
    const update = house.pool.query("update guardianship_event set reason = 'khác' where link_id = $1", [linkId]);
    await expect(update).rejects.toThrow(/permission denied/);
  });
});
