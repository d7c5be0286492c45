import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { advance, onFile } from "../registration/advance.ts";
import { refusalReason } from "../registration/refusal-reason.ts";
import { eventsOf, getByCode } from "../registration/store.ts";
import { accept } from "./accept.ts";
import { aConfirmed, aReceived, aStaff, countOf, itsPerson, sameAsDeclared } from "./counter.fixture.ts";
import { HeldByColleague, NotAcceptable, Overtaken } from "./desk.ts";
import { readAgain, receive } from "./receive.ts";
import { refuse } from "./refuse.ts";
import { release } from "./release.ts";
import { take } from "./take.ts";

let house: TestHouse;
let lan: Staff;
let minh: Staff;
let chief: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  minh = await aStaff(house, "Lê Văn Minh");
  chief = await aStaff(house, "Phạm Thị Cúc", "supervisor");
});
afterAll(() => house.close());

/** Each test leaves the desks empty. */
const clear = async () => {
  await house.pool.query("update declaration set held_by = null, held_since = null");
};
const sentence = { grounds: ["form_not_signed"], sentence: "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp." };

describe("reception", () => {
  it("starts the 15 minutes, keeps what the paper says and puts the file on the officer's desk", async () => {
    const file = await aConfirmed(house);
    const before = house.clock.now().getTime();
    const received = await receive(house, lan, file.code, sameAsDeclared(file));
    expect(received).toMatchObject({ status: "received", heldBy: lan.staffId });
    const due = received.noticeDueAt?.getTime() ?? 0;
    expect(due - (received.receivedAt?.getTime() ?? 0)).toBe(15 * 60_000);
    expect(due - before).toBeGreaterThanOrEqual(15 * 60_000);
    expect(await countOf(house, "id_paper_reading where declaration_id = $1", file.id)).toBe(1);
    expect(await countOf(house, "audit_event where object_id = $1 and action = 'review.receive'", file.code)).toBe(1);
    await clear();
  });

  it("pressed twice receives once and tells the second who was first", async () => {
    const file = await aConfirmed(house);
    const both = await Promise.allSettled([
      receive(house, lan, file.code, sameAsDeclared(file)),
      receive(house, minh, file.code, sameAsDeclared(file)),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const lost = both.find((one) => one.status === "rejected");
    expect(lost?.status === "rejected" && lost.reason).toBeInstanceOf(Overtaken);
    expect(await countOf(house, "declaration_event where declaration_id = $1 and kind = 'received'", file.id)).toBe(1);
    await clear();
  });

  it("at another office finds no such file", async () => {
    const file = await aConfirmed(house);
    const stranger: Staff = { ...lan, roles: [{ role: "officer", officeCode: "52T02" }] };
    await expect(receive(house, stranger, file.code, sameAsDeclared(file))).rejects.toBeInstanceOf(NotFound);
  });

  it("of a paper that cannot be is refused without repeating what was typed", async () => {
    const file = await aConfirmed(house);
    const wrong = sameAsDeclared(file, { id_number: "12 345 bí mật" });
    const failure = await receive(house, lan, file.code, wrong).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Invalid);
    expect(String(failure) + JSON.stringify(failure)).not.toContain("bí mật");
    expect((await getByCode(house.db, file.code)).status).toBe("confirmed");
  });
});

describe("acceptance", () => {
  it("brings decision, account, numbers, message and record into being together", async () => {
    const file = await aReceived(house, lan);
    const accepted = await accept(house, lan, { code: file.code, note: "" });
    expect(accepted.status).toBe("accepted");
    const { personId } = accepted;
    expect(await countOf(house, "account where person_id = $1 and declaration_id = $2", personId, file.id)).toBe(1);
    const { rows } = await house.pool.query("select * from notice where declaration_id = $1 and class = 'outcome'", [
      file.id,
    ]);
    expect(rows.map((row) => row.channel).sort()).toEqual(["email", "sms"]);
    for (const row of rows) {
      expect(row.due_at).toEqual(file.noticeDueAt);
      expect(row.sealed_fields).toBeInstanceOf(Buffer);
    }
    expect(await countOf(house, "audit_event where person_id = $1 and action = 'review.accept'", personId)).toBe(1);
  });

  it("writes a person whom the register did not know, with their numbers, and asks for a reason first", async () => {
    const file = await aReceived(house, lan, { register: "absent" });
    await expect(accept(house, lan, { code: file.code, note: "" })).rejects.toBeInstanceOf(Invalid);
    const { personId } = await accept(house, lan, { code: file.code, note: "Đã xem sổ BHXH" });
    const { rows } = await house.pool.query("select kind from person_number where person_id = $1 order by kind", [
      personId,
    ]);
    expect(rows.map((row) => row.kind)).toEqual(["bhxh", "personal_id"]);
    const event = (await eventsOf(house.db, file.id)).at(-1);
    expect(event?.detail).toMatchObject({
      note: "Đã xem sổ BHXH",
      obstacles: expect.arrayContaining(["not_in_register"]),
    });
  });

  it("warns of a person with the same name and birth date under other numbers", async () => {
    const typed = { full_name: "Rơ Châm Hiếm" };
    const known = await aReceived(house, lan, { typed });
    await accept(house, lan, { code: known.code, note: "" });
    const file = await aReceived(house, lan, { typed, register: "absent" });
    await accept(house, lan, { code: file.code, note: "Hai người khác nhau, đã xem hai sổ" });
    const { detail } = (await eventsOf(house.db, file.id)).at(-1) ?? {};
    expect(detail?.obstacles).toEqual(["not_in_register", "namesake_in_register"]);
  });

  it("links the new CCCD to the person known by the old CMND, which is ended and stays", async () => {
    const file = await aReceived(house, lan, { register: { cmnd: "215999001" } });
    const { personId } = await accept(house, lan, { code: file.code, note: "CCCD ghi số CMND cũ" });
    const { rows } = await house.pool.query(
      "select kind, valid_to is null as is_current from person_number where person_id = $1 order by kind",
      [personId],
    );
    expect(rows).toEqual([
      { kind: "bhxh", is_current: true },
      { kind: "cmnd", is_current: false },
      { kind: "personal_id", is_current: true },
    ]);
  });

  it("of a real difference of identity is impossible for one person, a supervisor too", async () => {
    const file = await aReceived(house, lan, { register: { name: "Nguyễn Thị Diễm Hường" } });
    const alone = accept(house, lan, { code: file.code, note: "Đã xem kỹ" });
    await expect(alone).rejects.toMatchObject({ ruling: "second_look_missing", inTheWay: ["name"] });
    await release(house, lan, file.code);
    const chiefAlone = accept(house, chief, { code: file.code, note: "Đã xem giấy khai sinh" });
    await expect(chiefAlone).rejects.toMatchObject({
      ruling: "second_look_missing",
      allowed: ["propose", "refuse", "release"],
    });
    expect((await getByCode(house.db, file.code)).status).toBe("received");
  });

  it("is impossible to everybody when the form is unsigned or the numbers lead to two persons", async () => {
    const unsigned = await aReceived(house, chief, { paper: { form_signed: "" } });
    await expect(accept(house, chief, { code: unsigned.code, note: "x" })).rejects.toBeInstanceOf(NotAcceptable);
    const two = await aConfirmed(house);
    await itsPerson(house, two, { only: "insurance" });
    await itsPerson(house, two, { only: "paper" });
    await receive(house, chief, two.code, sameAsDeclared(two));
    const failure = accept(house, chief, { code: two.code, note: "x" });
    await expect(failure).rejects.toMatchObject({ inTheWay: expect.arrayContaining(["numbers_of_two_persons"]) });
    await clear();
  });

  it("is impossible when the paper that was read is another person's, whatever number was declared", async () => {
    const other = await aConfirmed(house);
    await itsPerson(house, other, { only: "paper" });
    const file = await aReceived(house, chief, { paper: { id_number: other.answers.paper?.number } });
    const failure = accept(house, chief, { code: file.code, note: "x" });
    await expect(failure).rejects.toMatchObject({ inTheWay: expect.arrayContaining(["numbers_of_two_persons"]) });
    await clear();
  });

  it("compares with the corrected reading, and keeps the first one", async () => {
    const file = await aReceived(house, lan, { paper: { name: "Nguyễn Thị Diễm" } });
    await expect(accept(house, lan, { code: file.code, note: "x" })).rejects.toBeInstanceOf(NotAcceptable);
    await readAgain(house, lan, file.code, sameAsDeclared(file));
    await accept(house, lan, { code: file.code, note: "" });
    expect(await countOf(house, "id_paper_reading where declaration_id = $1", file.id)).toBe(2);
  });

  it("leaves nothing behind when its last step fails", async () => {
    const file = await aReceived(house, lan);
    const owner = new pg.Client({ ...house.connection });
    await owner.connect();
    await owner.query(`alter table notice add constraint stop check (declaration_id <> ${file.id}) not valid`);
    await expect(accept(house, lan, { code: file.code, note: "" })).rejects.toThrow();
    await owner.query("alter table notice drop constraint stop");
    await owner.end();
    expect((await getByCode(house.db, file.code)).status).toBe("received");
    expect(await countOf(house, "account where declaration_id = $1", file.id)).toBe(0);
    await accept(house, lan, { code: file.code, note: "" });
  });
});

describe("refusal", () => {
  it("tells the person why, by both ways, within the 15 minutes", async () => {
    const file = await aReceived(house, lan);
    await refuse(house, lan, { code: file.code, ...sentence });
    const { rows } = await house.pool.query(
      "select channel, fields, due_at from notice where declaration_id = $1 and class = 'outcome'",
      [file.id],
    );
    const fieldsBy = Object.fromEntries(rows.map((row) => [row.channel, row.fields]));
    expect(fieldsBy.sms.reason).toBe(sentence.sentence);
    expect(fieldsBy.email.reason).toContain("mang theo");
    expect(rows.every((row) => row.due_at.getTime() === file.noticeDueAt?.getTime())).toBe(true);
    expect((await eventsOf(house.db, file.id)).at(-1)?.detail).toMatchObject({ grounds: sentence.grounds });
  });

  it("for two reasons names both in the e-mail and on the person's page", async () => {
    const file = await aReceived(house, lan);
    const grounds = ["name_differs", "birth_differs"];
    await refuse(house, lan, { code: file.code, grounds, sentence: "Khai lại theo giấy tờ gốc." });
    const reasons = ["Họ tên khác dữ liệu BHXH.", "Ngày sinh khác dữ liệu BHXH."];
    const told = await refusalReason(house.db, await getByCode(house.db, file.code));
    expect(told).toEqual({ sentence: "Khai lại theo giấy tờ gốc.", reasons });
    const { rows } = await house.pool.query(
      "select fields->>'reason' as reason from notice where declaration_id = $1 and channel = 'email' and class = 'outcome'",
      [file.id],
    );
    expect(rows[0]?.reason).toContain(`Các căn cứ: ${reasons.join(" ")} Khi đến, mang theo:`);
  });

  it("without grounds is refused itself", async () => {
    const file = await aReceived(house, lan);
    await expect(refuse(house, lan, { code: file.code, grounds: [], sentence: "x" })).rejects.toBeInstanceOf(Invalid);
    await clear();
  });
});

describe("two officers at once", () => {
  it("C5: accept and refuse of one file end in one decision and one set of messages, 20 times", async () => {
    for (let round = 0; round < 20; round += 1) {
      const file = await aReceived(house, lan);
      await release(house, lan, file.code);
      const both = await Promise.allSettled([
        accept(house, lan, { code: file.code, note: "" }),
        refuse(house, minh, { code: file.code, ...sentence }),
      ]);
      expect(both.filter((one) => one.status === "fulfilled")).toHaveLength(1);
      const lost = both.find((one) => one.status === "rejected");
      const reason = lost?.status === "rejected" ? lost.reason : undefined;
      expect(reason).toBeInstanceOf(Overtaken);
      const after = await getByCode(house.db, file.code);
      expect(reason.by.name).toBe(after.status === "accepted" ? lan.name : minh.name);
      const decisions = "declaration_event where declaration_id = $1 and kind in ('accepted', 'refused')";
      expect(await countOf(house, decisions, file.id)).toBe(1);
      expect(await countOf(house, "notice where declaration_id = $1 and class = 'outcome'", file.id)).toBe(2);
      const accounts = await countOf(house, "account where declaration_id = $1", file.id);
      expect(accounts).toBe(after.status === "accepted" ? 1 : 0);
    }
  });

  it("C3: of 50 who take one file at once exactly one holds it, and 49 are told who", async () => {
    const file = await aReceived(house, lan);
    await release(house, lan, file.code);
    const crowd = await Promise.all(Array.from({ length: 50 }, (_, at) => aStaff(house, `Cán bộ số ${at + 1}`)));
    const tried = await Promise.allSettled(crowd.map((one) => take(house, one, { code: file.code })));
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(tried.filter(({ status }) => status === "rejected")).toHaveLength(49);
    const { heldBy } = await getByCode(house.db, file.code);
    const holder = crowd.find(({ staffId }) => staffId === heldBy);
    for (const one of tried) {
      if (one.status === "fulfilled") continue;
      expect(one.reason).toBeInstanceOf(HeldByColleague);
      expect(one.reason.by.name).toBe(holder?.name);
    }
  });

  it("two files of one person become one account", async () => {
    const first = await aReceived(house, chief);
    await house.pool.query("update declaration set insurance_number = '5200000000' where declaration_id = $1", [
      first.id,
    ]);
    const second = await aConfirmed(house, { insurance_number: first.insuranceNumber ?? "" });
    const deputy = await aStaff(house, "Võ Thị Phó", "supervisor");
    await receive(house, deputy, second.code, sameAsDeclared(second));
    const note = "Đã xem sổ BHXH";
    const both = await Promise.allSettled([
      accept(house, chief, { code: first.code, note }),
      accept(house, deputy, { code: second.code, note }),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await countOf(house, "account where declaration_id in ($1, $2)", first.id, second.id)).toBe(1);
    await clear();
  });
});

describe("holding", () => {
  it("keeps colleagues from deciding; taking over needs a reason, and the first holder is told", async () => {
    const file = await aReceived(house, lan);
    await expect(refuse(house, minh, { code: file.code, ...sentence })).rejects.toBeInstanceOf(HeldByColleague);
    await expect(take(house, minh, { code: file.code })).rejects.toBeInstanceOf(HeldByColleague);
    await expect(take(house, minh, { code: file.code, isTakeOver: true, reason: " " })).rejects.toBeInstanceOf(Invalid);
    await take(house, minh, { code: file.code, isTakeOver: true, reason: "Chị Lan nghỉ trưa" });
    await expect(accept(house, lan, { code: file.code, note: "" })).rejects.toMatchObject({ by: { name: minh.name } });
    await accept(house, minh, { code: file.code, note: "" });
  });

  it("is given up once: a second press on the button changes nothing and is in no history", async () => {
    const file = await aReceived(house, lan);
    const released = await release(house, lan, file.code);
    expect((await release(house, lan, file.code)).seq).toBe(released.seq);
    expect((await eventsOf(house.db, file.id)).filter(({ kind }) => kind === "released")).toHaveLength(1);
    expect(await countOf(house, "audit_event where object_id = $1 and action = 'review.release'", file.code)).toBe(1);
  });

  it("is limited to three files at one desk, also when five are taken at once", async () => {
    const files = [];
    for (let n = 0; n < 5; n += 1) {
      const file = await aReceived(house, lan);
      await release(house, lan, file.code);
      files.push(file);
    }
    const eager = await aStaff(house, "Đỗ Văn Hăng");
    const tried = await Promise.allSettled(files.map(({ code }) => take(house, eager, { code })));
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    for (const one of tried) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(Conflict);
    expect(await countOf(house, "declaration where held_by = $1 and status = 'received'", eager.staffId)).toBe(3);
  });

  it("lets a file past its last day be received by nobody: it has lapsed", async () => {
    const file = await aConfirmed(house);
    house.clock.moveTo(new Date("2027-01-20T02:00:00Z"));
    await expect(receive(house, lan, file.code, sameAsDeclared(file))).rejects.toMatchObject({ now: "lapsed" });
    expect((await getByCode(house.db, file.code)).status).toBe("lapsed");
    const step = { kind: "received", actor: lan, at: house.clock.now() } as const;
    await expect(onFile(house, step.at, (tx) => advance(tx, file.code, step))).rejects.toMatchObject({ now: "lapsed" });
  });
});
