import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { asOwner } from "../../test/owner.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { numbersOf } from "../register/store.ts";
import { type Declaration, eventsOf, getByCode } from "../registration/store.ts";
import { accept } from "./accept.ts";
import { aConfirmed, aReceived, aStaff, countOf, itsPerson, OFFICE, sameAsDeclared } from "./counter.fixture.ts";
import { NotAcceptable, NotSecond, Overtaken, WaitsForSecond } from "./desk.ts";
import { propose } from "./propose.ts";
import { readAgain, receive } from "./receive.ts";
import { refuse } from "./refuse.ts";
import { secondLook } from "./second-look.ts";
import { findingsAt } from "./store-findings.ts";
import { take } from "./take.ts";

let house: TestHouse;
let lan: Staff;
let minh: Staff;
let chief: Staff;
let deputy: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  minh = await aStaff(house, "Lê Văn Minh");
  chief = await aStaff(house, "Phạm Thị Cúc", "supervisor");
  deputy = await aStaff(house, "Võ Văn Phó", "supervisor");
});
afterAll(() => house.close());

const unlike = { register: { name: "Nguyễn Thị Diễm Hường" } };
const ticks = { name: { trusted: "paper", reason: "Đã xem giấy khai sinh bản gốc" } };

/** A file whose name differs from the register, proposed by this officer. */
async function aProposed(by: Staff): Promise<Declaration> {
  const file = await aReceived(house, by, unlike);
  return propose(house, by, { code: file.code, note: "", ticks });
}

const confirm = (staff: Staff, { code }: Declaration) =>
  secondLook(house, staff, { code, verdict: "confirm", words: "" });

describe("a proposal", () => {
  it("needs a trusted source and a reason for every row that really differs", async () => {
    const file = await aReceived(house, lan, {
      register: { name: "Nguyễn Thị Diễm Hường", birthOn: "1990-01-16" },
    });
    const faultsOf = async (some: object) => {
      const failure = await propose(house, lan, { code: file.code, note: "Đã xem", ticks: some }).catch(
        (error) => error,
      );
      expect(failure).toBeInstanceOf(Invalid);
      return failure.faults.map(({ field }: { field: string }) => field).toSorted();
    };
    expect(await faultsOf({})).toEqual(["reason_birth", "reason_name", "trusted_birth", "trusted_name"]);
    expect(await faultsOf(ticks)).toEqual(["reason_birth", "trusted_birth"]);
    expect(await faultsOf({ ...ticks, birth: { trusted: "phone", reason: " " } })).toEqual([
      "reason_birth",
      "trusted_birth",
    ]);
    await refuse(house, lan, { code: file.code, grounds: ["name_differs"], sentence: "Mang giấy khai sinh." });
  });

  it("leaves the desk, keeps the 15 minutes, and stores which source was trusted and why", async () => {
    const file = await aReceived(house, lan, unlike);
    const proposed = await propose(house, lan, { code: file.code, note: "", ticks });
    expect(proposed).toMatchObject({ status: "received", heldBy: null, proposedBy: lan.staffId });
    expect(proposed.noticeDueAt).toEqual(file.noticeDueAt);
    const stored = await findingsAt(house.db, file.id, proposed.seq);
    expect(stored).toEqual([{ field: "name", difference: "real", trusted: "paper", reason: ticks.name.reason }]);
    const { rows } = await house.pool.query(
      "select detail from audit_event where object_id = $1 and action = 'review.propose'",
      [file.code],
    );
    expect(rows).toEqual([{ detail: { fields: ["name"] } }]);
  });

  it("of a file that one officer may accept is refused, and says so", async () => {
    const file = await aReceived(house, lan);
    const failure = propose(house, lan, { code: file.code, note: "", ticks });
    await expect(failure).rejects.toMatchObject({
      ruling: "one_is_enough",
      allowed: expect.arrayContaining(["accept"]),
    });
    await accept(house, lan, { code: file.code, note: "" });
  });

  it("holds everything else until it is confirmed, sent back or taken back", async () => {
    const { code } = await aProposed(lan);
    const waits = [
      () => accept(house, lan, { code, note: "x", ticks }),
      () => refuse(house, minh, { code, grounds: ["other"], sentence: "Khai lại." }),
      () => propose(house, minh, { code, note: "", ticks }),
      () => take(house, minh, { code }),
      () => readAgain(house, lan, code, { id_kind: "cmnd", id_number: "215123456", name: "A B", birth_year: "1990" }),
    ];
    for (const act of waits) await expect(act()).rejects.toBeInstanceOf(WaitsForSecond);
    const back = await take(house, lan, { code });
    expect(back).toMatchObject({ heldBy: lan.staffId, proposedBy: null });
    await expect(confirm(chief, back)).rejects.toMatchObject({ answer: "nothing_proposed" });
    await refuse(house, lan, { code, grounds: ["name_differs"], sentence: "Mang giấy khai sinh." });
  });
});

describe("the second pair of eyes", () => {
  it("accepts: decision, account and message come into being, and history names both", async () => {
    const file = await aProposed(lan);
    const accepted = await confirm(chief, file);
    expect(accepted).toMatchObject({ status: "accepted", proposedBy: lan.staffId, secondedBy: chief.staffId });
    expect(await countOf(house, "account where declaration_id = $1", file.id)).toBe(1);
    expect(await countOf(house, "notice where declaration_id = $1 and class = 'outcome'", file.id)).toBe(2);
    const last = (await eventsOf(house.db, file.id)).at(-1);
    expect(last).toMatchObject({ kind: "accepted", actorId: chief.staffId, detail: { proposedBy: lan.staffId } });
    expect(await findingsAt(house.db, file.id, accepted.seq)).toMatchObject([{ field: "name", trusted: "paper" }]);
  });

  it.each(["declared", "paper"] as const)(
    "writes into the register what the trusted source says: %s",
    async (trusted) => {
      const paper = { id_number: trusted === "paper" ? "052190880001" : "052190880002", name: "Nguyễn Thị Hương Giấy" };
      const file = await aReceived(house, lan, { register: "absent", paper: { ...paper, birth_day: "16" } });
      const reason = "Đã xem giấy khai sinh bản gốc";
      const asked = { id_number: { trusted, reason }, name: { trusted, reason }, birth: { trusted, reason } };
      const proposed = await propose(house, lan, { code: file.code, note: "Chưa có trong sổ", ticks: asked });
      const { personId } = await confirm(chief, proposed);
      const { rows } = await house.pool.query(
        `select full_name, birth_on, array(select number from person_number n where n.person_id = p.person_id and kind = 'personal_id') as numbers
         from person p where person_id = $1`,
        [personId],
      );
      const { answers } = file;
      expect(rows).toEqual([
        trusted === "paper"
          ? { full_name: paper.name, birth_on: "1990-01-16", numbers: [paper.id_number] }
          : { full_name: answers.name?.full, birth_on: "1990-01-15", numbers: [answers.paper?.number] },
      ]);
    },
  );

  it("adds no number of a paper that is not believed: the register's stays the one that counts", async () => {
    const file = await aConfirmed(house);
    const known = await itsPerson(house, file, { only: "insurance" });
    await house.pool.query("insert into person_number (person_id, kind, number) values ($1, 'personal_id', $2)", [
      known,
      "052190880003",
    ]);
    await receive(house, lan, file.code, sameAsDeclared(file));
    const asked = { id_number: { trusted: "register", reason: "Thẻ đưa ra không phải của người này" } };
    const proposed = await propose(house, lan, { code: file.code, note: "", ticks: asked });
    expect((await confirm(chief, proposed)).personId).toBe(known);
    const numbers = (await numbersOf(house.db, known)).filter(({ kind }) => kind === "personal_id");
    expect(numbers).toMatchObject([{ number: "052190880003", validTo: null }]);
  });

  it("is never the one who proposed, also when they hold both roles", async () => {
    const both: Staff = { ...deputy, roles: [{ role: "officer", officeCode: OFFICE }, ...deputy.roles] };
    const file = await aProposed(both);
    await expect(confirm(both, file)).rejects.toMatchObject({ answer: "same_person" });
    const plain = confirm(minh, file);
    await expect(plain).rejects.toBeInstanceOf(NotSecond);
    await expect(plain).rejects.toMatchObject({ answer: "not_supervisor" });
    const told = house.pool.query("update declaration set seconded_by = proposed_by where declaration_id = $1", [
      file.id,
    ]);
    await expect(told).rejects.toThrow("declaration_two_persons");
    await confirm(chief, file);
  });

  it("of another office does not see the file", async () => {
    const file = await aProposed(lan);
    const stranger: Staff = { ...chief, roles: [{ role: "supervisor", officeCode: "52T02" }] };
    await expect(confirm(stranger, file)).rejects.toMatchObject({ status: 404 });
    const elsewhere: Staff = {
      ...chief,
      roles: [
        { role: "officer", officeCode: OFFICE },
        { role: "supervisor", officeCode: "52T02" },
      ],
    };
    await expect(confirm(elsewhere, file)).rejects.toMatchObject({ answer: "not_supervisor" });
    await confirm(chief, file);
  });

  it("sends back with words, and the file is in the queue again with the same clock", async () => {
    const file = await aProposed(lan);
    const back = (words: string) => secondLook(house, chief, { code: file.code, verdict: "send_back", words });
    await expect(back(" . ")).rejects.toBeInstanceOf(Invalid);
    const sent = await back("Xem lại giấy khai sinh: tên đệm khác.");
    expect(sent).toMatchObject({ status: "received", heldBy: null, proposedBy: null, noticeDueAt: file.noticeDueAt });
    const last = (await eventsOf(house.db, file.id)).at(-1);
    expect(last).toMatchObject({ kind: "sent_back", detail: { reason: "Xem lại giấy khai sinh: tên đệm khác." } });
    await expect(confirm(chief, sent)).rejects.toMatchObject({ answer: "nothing_proposed" });
    await take(house, minh, { code: file.code });
    await propose(house, minh, { code: file.code, note: "", ticks });
    expect((await confirm(chief, file)).status).toBe("accepted");
  });

  it("confirms only what was proposed: when the register has changed since, it goes back", async () => {
    const file = await aProposed(lan);
    await house.pool.query(
      "update person set birth_on = '1990-01-16' where person_id = (select person_id from person_number where kind = 'bhxh' and number = $1)",
      [file.insuranceNumber],
    );
    const failure = confirm(chief, file);
    await expect(failure).rejects.toBeInstanceOf(NotAcceptable);
    await expect(failure).rejects.toMatchObject({ ruling: "changed_since" });
    await secondLook(house, chief, { code: file.code, verdict: "send_back", words: "Ngày sinh đã đổi." });
  });

  it("confirms no longer when a field that differed then differs now in another way, or in a phone alone", async () => {
    const changes = [
      "update person set full_name = 'Lò Văn Khác' where person_id = $1",
      "insert into contact_point values ($1, 'phone', '0912000911', '2026-11-23', null, '2026-11-23', 'test')",
    ];
    for (const change of changes) {
      const file = await aProposed(lan);
      const { rows } = await house.pool.query("select person_id from person_key where kind = 'bhxh' and key = $1", [
        file.insuranceNumber,
      ]);
      await house.pool.query(change, [rows[0].person_id]);
      await expect(confirm(chief, file)).rejects.toMatchObject({ ruling: "changed_since" });
      await secondLook(house, chief, { code: file.code, verdict: "send_back", words: "Sổ đã đổi." });
    }
  });

  it("confirms no longer when the numbers lead to another person of the very same name since", async () => {
    const file = await aProposed(lan);
    const { rows } = await house.pool.query(
      `insert into person (public_id, full_name, folded_name, birth_on, sex)
       select gen_random_uuid(), full_name, folded_name, birth_on, sex from person
        where person_id = (select person_id from person_key where kind = 'bhxh' and key = $1) returning person_id`,
      [file.insuranceNumber],
    );
    const numbers = [file.insuranceNumber, file.idNumber];
    const moved = [rows[0].person_id, numbers];
    await house.pool.query("update person_key set person_id = $1 where key = any ($2)", moved);
    await house.pool.query("update person_number set person_id = $1 where number = any ($2)", moved);
    await expect(confirm(chief, file)).rejects.toMatchObject({ ruling: "changed_since" });
  });

  it("confirms no longer when the person has died since: the death is what stands in the way", async () => {
    const file = await aProposed(lan);
    await house.pool.query(
      "update person set died_on = '2026-11-20' where person_id = (select person_id from person_key where kind = 'bhxh' and key = $1)",
      [file.insuranceNumber],
    );
    await expect(confirm(chief, file)).rejects.toMatchObject({ ruling: "impossible", inTheWay: ["person_died"] });
  });

  it("looks at the paper on which it was proposed, when a second one was read after it", async () => {
    const file = await aReceived(house, lan, unlike);
    const passport = { id_kind: "passport", id_number: "C7654321", another_paper: "yes" };
    await readAgain(house, lan, file.code, sameAsDeclared(file, passport));
    const proposed = await propose(house, lan, { code: file.code, note: "", ticks, paperNo: 1 });
    expect((await confirm(chief, proposed)).status).toBe("accepted");
    const last = (await eventsOf(house.db, file.id)).at(-1);
    expect(last?.detail.paper).toEqual({ kind: "cccd", reading: 1 });
  });

  it("reads what was proposed from a mark that holds no value, and does without one for an older proposal", async () => {
    const file = await aProposed(lan);
    const proposal = (await eventsOf(house.db, file.id)).findLast(({ kind }) => kind === "proposed");
    expect(proposal?.detail.seen).toMatch(/^[\w-]{43}$/);
    await asOwner(house, `update declaration_event set detail = detail - 'seen' where declaration_id = ${file.id}`);
    expect((await confirm(chief, file)).status).toBe("accepted");
  });

  it("of two supervisors at once decides once, 10 times", async () => {
    for (let round = 0; round < 10; round += 1) {
      const file = await aProposed(lan);
      const both = await Promise.allSettled([
        confirm(chief, file),
        secondLook(house, deputy, { code: file.code, verdict: "send_back", words: "Chưa rõ." }),
      ]);
      expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const lost = both.find((one) => one.status === "rejected");
      const reason = lost?.status === "rejected" ? lost.reason : undefined;
      expect(reason instanceof Overtaken || reason instanceof NotSecond).toBe(true);
      const { status } = await getByCode(house.db, file.code);
      expect(await countOf(house, "account where declaration_id = $1", file.id)).toBe(status === "accepted" ? 1 : 0);
    }
  });
});
