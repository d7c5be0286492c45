import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { recordLooks } from "../audit/record.ts";
import { sealAudit } from "../audit/seal.ts";
import { verifyAudit } from "../audit/verify.ts";
import { readInbox } from "../inbox/read.ts";
import type { Staff } from "../kernel/actor.ts";
import { Forbidden, Invalid, NotAllowed, NotFound } from "../kernel/failures.ts";
import { stateText } from "../notices/state-text.ts";
import { countNotices } from "../notices/store-read.ts";
import { setPolicy } from "../policy/set.ts";
import { loadRecord, searchPersons } from "../register/load-record.ts";
import { aMember, aRecord, type Made } from "../register/merge.fixture.ts";
import { getPerson } from "../register/store.ts";
import { openInEmergency } from "./break-glass.ts";
import { judge, liftCeilings, openFlag, scopeOf } from "./judge.ts";
import { openMatter } from "./open-matter.ts";
import { type Ceiling, ceilings } from "./rules-policies.ts";
import { flagsIn } from "./store.ts";
import { sweepLooks } from "./sweep.ts";
import { nameOwnRecord, watchPerson } from "./watch.ts";

let house: TestHouse;
let lan: Staff;
let chief: Staff;
const auditor: Staff = { kind: "staff", staffId: "0", name: "K", sessionId: "00", roles: [{ role: "auditor" }] };
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aMember(house, "Trần Thị Lan", "officer");
  chief = await aMember(house, "Phan Văn Trưởng", "supervisor");
  house.clock.moveTo(new Date("2026-11-24T09:00:00+07:00"));
});
afterAll(() => house.close());

const open = async (by: Staff, { personId }: Made) =>
  loadRecord(house, by, await getPerson(house.db, personId), "person.look", { asks: "must" });
const rowsOf = async (query: string, values: unknown[]) => (await house.pool.query(query, values)).rows;
const looksOf = (by: Staff, { personId }: Made) =>
  rowsOf("select action, purpose, detail from audit_event where actor_id = $1 and person_id = $2 order by event_id", [
    by.staffId,
    personId,
  ]);
const paperOf = ({ insuranceNumber }: Made) => ({
  ...{ matter_reason: "present", matter_number: insuranceNumber },
  ...{ matter_birth_day: "6", matter_birth_month: "5", matter_birth_year: "1980" },
});
async function flagsNow(by: Staff) {
  await sealAudit(house);
  await sweepLooks(house);
  const flags = await flagsIn(house.db, "all", { isJudged: false, limit: 100 });
  return flags.filter(({ staffId }) => staffId === by.staffId);
}

describe("a record without a case at the office", () => {
  it("stays shut to everybody there, and each try is on record of the person", async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => aRecord(house)));
    for (const person of people) {
      for (const by of [lan, chief]) await expect(open(by, person)).rejects.toMatchObject({ code: "looks_no_case" });
    }
    const [refused] = await rowsOf(
      "select count(*)::int n, count(distinct person_id)::int persons from audit_event where action = 'look.refused' and detail->>'asked' = 'person.look'",
      [],
    );
    expect(refused).toEqual({ n: 24, persons: 12 });
  });

  it("opens by a file, a report or a merge of the office, and to no other office", async () => {
    const [one, other] = [await aRecord(house), await aRecord(house)];
    await house.pool.query(
      "insert into declaration (code, status, office_code, insurance_number, created_at, confirmed_at, lapses_at) values ('BD-AAAA-LLLL', 'confirmed', '52T01', $1, $2, $2, '2026-12-24T00:00:00+07')",
      [one.insuranceNumber, house.clock.now()],
    );
    await house.pool.query("update dispute set office_code = '52T01' where person_id = $1", [other.personId]);
    await open(lan, one);
    await open(lan, other);
    expect((await looksOf(lan, one))[0]).toMatchObject({ action: "person.look", detail: { case: "file" } });
    expect((await looksOf(lan, other))[0]).toMatchObject({ detail: { case: "dispute" } });
    const away: Staff = { ...lan, roles: [{ role: "officer", officeCode: "52T02" }] };
    await expect(open(away, one)).rejects.toBeInstanceOf(Forbidden);
  });

  it("opens by a merge as long as it is new, on either side, and not by one that was decided long ago", async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => aRecord(house)));
    for (const [at, side] of ["survivor_id, merged_id", "merged_id, survivor_id"].entries()) {
      const [fresh, old] = [people[at * 2], people[at * 2 + 1]] as [Made, Made];
      for (const [{ personId }, decidedAt] of [
        [fresh, "2026-11-01T08:00:00+07:00"],
        [old, "2026-10-20T08:00:00+07:00"],
      ] as const) {
        await house.pool.query(
          `insert into person_merge (${side}, status, office_code, reason, proposed_at, proposed_by, decided_at, decided_by)
           values ($1::bigint, -$1::bigint, 'merged', '52T01', 'thử', $2, $3, $2, 0)`,
          [personId, decidedAt, chief.staffId],
        );
      }
      await open(lan, fresh);
      expect((await looksOf(lan, fresh))[0]).toMatchObject({ action: "person.look", detail: { case: "merge" } });
      await expect(open(lan, old)).rejects.toMatchObject({ code: "looks_no_case" });
    }
  });

  it("is found by name, without its numbers and its whole birth date", async () => {
    const one = await aRecord(house, { name: "Khương Thị Ẩn" });
    expect(await searchPersons(house, lan, "Khương Thị")).toMatchObject([
      { isOpen: false, numbers: [expect.stringMatching(/^•+\d{3}$/), expect.stringMatching(/^•+\d{3}$/)] },
    ]);
    await openMatter(house, lan, { person: one.publicId, form: paperOf(one) });
    const [found] = (await searchPersons(house, lan, "Khương Thị")) ?? [];
    expect(found).toMatchObject({ isOpen: true });
    expect(found?.numbers).toContain(one.insuranceNumber);
  });

  it("opens until the end of the day with number and birth date of a paper, and not with others", async () => {
    const one = await aRecord(house);
    const wrong = { ...paperOf(one), matter_birth_day: "7" };
    await expect(openMatter(house, lan, { person: one.publicId, form: wrong })).rejects.toBeInstanceOf(Invalid);
    await expect(open(lan, one)).rejects.toBeInstanceOf(Forbidden);
    await openMatter(house, lan, { person: one.publicId, form: paperOf(one) });
    await open(chief, one);
    house.clock.moveTo(new Date("2026-11-25T08:00:00+07:00"));
    await expect(open(lan, one)).rejects.toBeInstanceOf(Forbidden);
    house.clock.moveTo(new Date("2026-11-24T09:10:00+07:00"));
    expect((await looksOf(lan, one)).map(({ action }) => action)).toEqual([
      ...["look.matter_refused", "look.refused", "look.matter", "look.refused"],
    ]);
  });
});

describe("a record opened in an emergency", () => {
  it("is not said to be told, nor to have reached a device, where there is no account", async () => {
    const one = await aRecord(house);
    const asked = { person: one.publicId, reason: "treatment", says: "Bệnh viện huyện gọi lúc 9 giờ" };
    expect(await openInEmergency(house, chief, asked)).toMatchObject({ isTold: false });
    expect(await countNotices(house.db, { officeCodes: ["52T01"] }, house.clock.now(), 100)).toMatchObject({
      shown: { delivered: 0 },
    });
    expect(stateText({ channel: "inbox", state: "delivered" }, "vi")).toBe("Trong tài khoản");
    expect(stateText({ channel: "sms", state: "delivered" }, "vi")).toBe("Đã đến máy");
  });

  it("is open to one member for an hour, the person is told in the account, and somebody else must review it", async () => {
    const one = await aRecord(house, { hasAccount: true });
    const asked = { person: one.publicId, reason: "treatment", says: "Bệnh viện huyện gọi lúc 9 giờ" };
    await expect(openInEmergency(house, chief, { ...asked, says: "gấp" })).rejects.toBeInstanceOf(Invalid);
    expect(await openInEmergency(house, chief, asked)).toMatchObject({ isTold: true });
    await open(chief, one);
    await expect(open(lan, one)).rejects.toBeInstanceOf(Forbidden);
    const looks = await looksOf(chief, one);
    expect(looks.map(({ action, purpose }) => [action, purpose])).toEqual([
      ["look.break_glass", "break_glass"],
      ["person.look", "break_glass"],
    ]);
    const inbox = await readInbox(house, { personId: one.personId, readBy: one.personId }, { limit: 5 });
    expect(inbox.messages).toMatchObject([{ template: "record_opened", ways: [{ channel: "inbox" }] }]);
    expect(await rowsOf("select channel, state from notice where person_id = $1", [one.personId])).toEqual([
      { channel: "inbox", state: "delivered" },
    ]);
    house.clock.moveTo(new Date("2026-11-24T10:11:00+07:00"));
    await expect(open(chief, one)).rejects.toBeInstanceOf(Forbidden);
    const flag = (await flagsNow(chief)).find(({ kind }) => kind === "break_glass");
    expect(flag).toMatchObject({ dueOn: "2026-11-27", personId: one.personId, officeCode: "52T01" });
    const given = { id: flag?.id ?? "", verdict: "explained", note: "Đã gọi lại bệnh viện" };
    await expect(judge(house, chief, given)).rejects.toMatchObject({ code: "two_persons" });
    await expect(judge(house, lan, given)).rejects.toBeInstanceOf(NotFound);
    const second = await aMember(house, "Lê Thị Phó", "supervisor");
    await judge(house, second, given);
    await expect(judge(house, second, given)).rejects.toBeInstanceOf(NotAllowed);
  });

  it("twice in one day is reviewed twice: a verdict on the first says nothing of the second", async () => {
    const [one, reviewer] = [await aRecord(house), await aMember(house, "Lê Thị Duyệt", "supervisor")];
    const asked = { person: one.publicId, reason: "treatment", says: "Bệnh viện huyện gọi lúc 10 giờ" };
    const waiting = async () =>
      (await flagsIn(house.db, "all", { isJudged: false, limit: 100 })).find(
        ({ personId }) => personId === one.personId,
      );
    await openInEmergency(house, chief, asked);
    const first = await waiting();
    await judge(house, reviewer, { id: first?.id ?? "", verdict: "explained", note: "Đã gọi lại bệnh viện" });
    expect(await waiting()).toBeUndefined();
    await openInEmergency(house, chief, asked);
    expect(await waiting()).toMatchObject({ id: first?.id, kind: "break_glass", times: 2, dueOn: "2026-11-27" });
    expect(await waiting()).toMatchObject({ verdict: null, note: null, judgedBy: null, judgedAt: null });
  });
});

describe("a program that leafs through people", () => {
  it("is stopped at the ceiling, told within a sweep, and goes on only when a supervisor lifts it for the day", async () => {
    const snoop = await aMember(house, "Ngô Văn Tò Mò", "officer");
    const small = { hour: { soft: 4, hard: 8 }, day: { soft: 6, hard: 12 } };
    await setPolicy(house, ceilings, { value: forOfficers(small), from: "2026-11-24", by: "Quyết định thử" });
    const people = await Promise.all(Array.from({ length: 14 }, () => aRecord(house)));
    const opened: Made[] = [];
    for (const person of people) {
      await openMatter(house, snoop, { person: person.publicId, form: paperOf(person) });
      await open(snoop, person).then(
        () => opened.push(person),
        (failure) => expect(failure).toMatchObject({ code: "looks_spent_hour" }),
      );
    }
    expect(opened.length).toBe(8);
    await open(snoop, opened[0] as Made);
    const flags = await flagsNow(snoop);
    expect(flags.map(({ kind }) => kind).toSorted()).toEqual(["ceiling", "many_persons"]);
    const ceiling = flags.find(({ kind }) => kind === "ceiling");
    expect(ceiling).toMatchObject({ times: 6, officeCode: "52T01" });
    const lift = { id: ceiling?.id ?? "", reason: "Hôm nay nhận lô của công ty" };
    await expect(liftCeilings(house, { ...chief, staffId: snoop.staffId }, lift)).rejects.toBeInstanceOf(Forbidden);
    await house.pool.query("insert into staff_role values ($1, 'officer', '52T01', null, '2026-01-01', null)", [
      snoop.staffId,
    ]);
    await liftCeilings(house, chief, lift);
    await open(snoop, people[12] as Made);
    house.clock.moveTo(new Date("2026-11-24T16:00:00+07:00"));
    await open(snoop, people[13] as Made);
  });

  it("goes on by no supervisor of an office where its owner does not work any more", async () => {
    const moved = await aMember(house, "Vũ Văn Chuyển", "officer");
    await expect(open(moved, await aRecord(house))).rejects.toBeInstanceOf(Forbidden);
    const [flag] = (await flagsNow(moved)).filter(({ kind }) => kind === "no_case");
    await house.pool.query("update staff_role set office_code = '52T02' where staff_id = $1", [moved.staffId]);
    const lift = { id: flag?.id ?? "", reason: "Hôm nay nhận lô của công ty" };
    await expect(liftCeilings(house, chief, lift)).rejects.toMatchObject({ code: "supervisor_only" });
    expect(await rowsOf("select 1 from look_lift where staff_id = $1", [moved.staffId])).toEqual([]);
  });

  it("gains nothing at midnight: the hour goes on, the day begins anew", async () => {
    const snoop = await aMember(house, "Mai Văn Đêm", "officer");
    const at = (time: string) => ({ actor: snoop, purpose: "review", at: new Date(`2026-12-${time}:00+07:00`) });
    const look = (file: string, time: string) =>
      recordLooks(
        house.db,
        snoop,
        [{ ...at(time), action: "review.look", object: { kind: "declaration", id: file } }],
        "nothing",
      );
    const few = { hour: { soft: 3, hard: 3 }, day: { soft: 4, hard: 4 } };
    await setPolicy(house, ceilings, { value: forOfficers(few), from: "2026-12-01", by: "Quyết định thử" });
    for (const file of ["BD-1", "BD-2"]) await look(file, "01T20:00");
    for (const file of ["BD-3", "BD-4"]) await look(file, "01T23:50");
    await expect(look("BD-5", "01T23:55")).rejects.toMatchObject({ code: "looks_spent_day" });
    await look("BD-5", "02T00:05");
    await look("BD-4", "02T00:06");
    await expect(look("BD-6", "02T00:10")).rejects.toMatchObject({ code: "looks_spent_hour" });
    await look("BD-6", "02T01:10");
    await expect(look("BD-3", "02T01:20")).resolves.toMatchObject([{ refused: null }]);
    await expect(look("BD-7", "02T02:30")).rejects.toMatchObject({ code: "looks_spent_day" });
  });

  it("finds no more by searching: a whole list is refused", async () => {
    const snoop = await aMember(house, "Bùi Văn Dò", "officer");
    for (let n = 0; n < 9; n += 1) await aRecord(house, { name: "Tôn Nữ Danh Sách" });
    await expect(searchPersons(house, snoop, "Tôn Nữ")).rejects.toMatchObject({ code: "looks_spent_hour" });
  });

  it("gains by asking at the same moment no more than there are connections", async () => {
    const twin = await aMember(house, "Hai Tay Một Lúc", "officer");
    const { rows } = await house.pool.query<{ person_id: string }>("select person_id from person limit 40");
    const look = (personId: string) => ({
      ...{ at: house.clock.now(), actor: twin, action: "account_seen", purpose: "account", personId },
    });
    const done = await Promise.allSettled(
      rows.map(({ person_id }) => recordLooks(house.db, twin, [look(person_id)], "nothing")),
    );
    expect(done.filter(({ status }) => status === "fulfilled").length).toBeLessThan(8 + 8);
  });
});

describe("flags", () => {
  it("tell decoys, protected persons, colleagues, neighbours and oneself; an auditor reads them without names", async () => {
    await setPolicy(house, ceilings, { value: forOfficers(wide), from: "2026-11-25", by: "Quyết định thử" });
    house.clock.moveTo(new Date("2026-11-25T09:00:00+07:00"));
    const huong = await aMember(house, "Đỗ Thị Hương", "officer");
    const [decoy, famous, colleague, neighbour, own] = [
      await aRecord(house),
      await aRecord(house),
      await aRecord(house),
      await aRecord(house),
      await aRecord(house),
    ] as [Made, Made, Made, Made, Made];
    for (const { personId } of [neighbour, own]) {
      await house.pool.query(
        "insert into contact_point (person_id, kind, value, valid_from, source) values ($1::bigint, 'address', 'Thôn ' || $1::bigint || ', Xã Mẫu, Tỉnh Gia Lai', '2020-01-01', 'register')",
        [personId],
      );
    }
    await watchPerson(house, { number: decoy.insuranceNumber, kind: "canary", why: "QĐ thử", by: "người trực" });
    await watchPerson(house, { number: famous.insuranceNumber, kind: "protected", why: "QĐ thử", by: "người trực" });
    await house.pool.query("update staff set username = 'huong.looks' where staff_id = $1", [huong.staffId]);
    await house.pool.query("update staff set username = 'lan.looks' where staff_id = $1", [lan.staffId]);
    await nameOwnRecord(house, "huong.looks", own.insuranceNumber);
    await nameOwnRecord(house, "lan.looks", colleague.insuranceNumber);
    for (const person of [decoy, famous, colleague, neighbour, own]) {
      await openMatter(house, huong, { person: person.publicId, form: paperOf(person) });
      await open(huong, person);
    }
    house.clock.moveTo(new Date("2026-11-25T21:00:00+07:00"));
    await open(huong, neighbour);
    const flags = await flagsNow(huong);
    expect(flags.map(({ kind }) => kind).toSorted()).toEqual(
      ["canary", "colleague", "neighbour", "odd_hours", "own_record", "protected"].toSorted(),
    );
    expect(flags.find(({ kind }) => kind === "neighbour")).toMatchObject({ times: 2, personId: neighbour.personId });
    expect(await sweepLooks(house)).toBe(0);
    const odd = flags.find(({ kind }) => kind === "odd_hours")?.id ?? "";
    const before = (await looksOf(auditor, neighbour)).length;
    expect((await openFlag(house, auditor, odd)).rows).toHaveLength(1);
    expect((await looksOf(auditor, neighbour)).length).toBe(before);
    await openFlag(house, chief, odd);
    expect((await looksOf(chief, neighbour)).map(({ action }) => action)).toEqual(["look.flag"]);
    expect(await flagsIn(house.db, scopeOf(lan), { isJudged: false, limit: 9 })).toEqual([]);
  });

  it("that are judged wait again when the same looking goes on, and the chain stays whole", async () => {
    const phuc = await aMember(house, "Võ Văn Phúc", "officer");
    const one = await aRecord(house);
    await expect(open(phuc, one)).rejects.toBeInstanceOf(Forbidden);
    const [flag] = (await flagsNow(phuc)).filter(({ kind }) => kind === "no_case");
    await judge(house, auditor, { id: flag?.id ?? "", verdict: "wrong", note: "Bấm nhầm đường dẫn" });
    expect((await flagsNow(phuc)).map(({ kind }) => kind)).not.toContain("no_case");
    await expect(open(phuc, one)).rejects.toBeInstanceOf(Forbidden);
    expect((await flagsNow(phuc)).find(({ kind }) => kind === "no_case")).toMatchObject({ id: flag?.id, times: 2 });
    expect(await verifyAudit(house.db, house.clock.now())).toMatchObject({ isWhole: true });
  });
});

const wide = { hour: { soft: 60, hard: 120 }, day: { soft: 150, hard: 200 } };
const forOfficers = (officer: Ceiling) => ({ ...ceilings.values[0]?.value, officer });
