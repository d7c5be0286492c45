import type { KyselyPlugin } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { enrolPerson, issueTo } from "../account/account.fixture.ts";
import { addCodes } from "../batch/add.ts";
import { openBatch } from "../batch/open.ts";
import type { Staff } from "../kernel/actor.ts";
import { foldName } from "../kernel/names.ts";
import { getByCode } from "../registration/store.ts";
import { aConfirmed, aStaff } from "../review/counter.fixture.ts";
import { createWeb } from "../web/server.ts";
import { askAppointment, comingAppointments, dropAppointment } from "./appoint.ts";
import { routes as uploadRoutes } from "./coordinator-upload.tsx";
import { followRosters, recountRosters } from "./follow.ts";
import { forgetOld } from "./forget-old.ts";
import { confirmLeavers } from "./leavers.ts";
import { lookAtPeople, takePeople } from "./look.ts";
import { mark, removePerson } from "./mark.ts";
import { aCoordinator, aUnit } from "./roster.fixture.ts";
import { getOwnUnit } from "./scope.ts";
import { startDeclaration } from "./start-declaration.ts";
import { figuresOf, peopleOf } from "./store-list.ts";
import { refusalsOf, type Upload, uploadsOf } from "./store-upload.ts";
import { takeRoster } from "./take-roster.ts";

let house: TestHouse;
let staff: Staff;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.clean();
  await aUnit(house, "DV71");
  staff = await aCoordinator(house, "DV71");
});

const HEADS = "Họ và tên,Ngày sinh,Mã số BHXH,Số CCCD,Số điện thoại";
const send = (lines: readonly string[], isWhole = false, heads = HEADS): Promise<Upload> =>
  takeRoster(house, staff, {
    ...{ unitCode: "DV71", isWhole, basis: "duty" },
    bytes: new Uint8Array(Buffer.from(`${heads}\n${lines.join("\n")}\n`)),
  });
const list = async () => peopleOf(house.db, "DV71", { limit: 100 });
const matches = async () =>
  (await list()).map(({ fullName, match, differs }) => [fullName, match, ...differs].join(" "));
/** Born 15/01/1990. */
const enrol = (name: string, tail: string) => enrolPerson(house, name, `52710${tail}`, `0521900${tail}`);

describe("a list beside the register", () => {
  test("each person is found, differs in a field, is one of several, or is none; and no field of the register comes out", async () => {
    await enrol("Đặng Thị Hòa", "00711");
    await enrol("Lê Thị Sáu", "00712");
    await enrol("Lê Thị Bảy", "00713");
    await enrol("Lê Thị Tám", "00714");
    await enrol("Trùng Tên", "00715");
    await enrol("Trùng Tên", "00716");
    await send([
      "DANG THI HOA,15/01/1990,5271000711",
      "Lê Thị Sau,16/01/1990,5271000712",
      "Lê Thị Bốn,15/01/1990,5271000713",
      "Lê Thị Tám,15/01/1990,5271000799",
      "Trùng Tên,15/01/1990",
      "Người Lạ,01/02/1971,5271000714",
      "Năm Sinh,1990,5271000798",
    ]);
    expect((await matches()).toSorted()).toEqual([
      "DANG THI HOA found",
      "Lê Thị Bốn differs name",
      "Lê Thị Sau differs birth",
      "Lê Thị Tám differs number",
      "Người Lạ none",
      "Năm Sinh none",
      "Trùng Tên several",
    ]);
    const unit = await getOwnUnit(house.db, staff, house.clock.now());
    const seen = JSON.stringify(await lookAtPeople(house, staff, unit, { limit: 100 }));
    for (const secret of ["Lê Thị Sáu", "Lê Thị Bảy", "5271000715", "052190000714"]) expect(seen).not.toContain(secret);
    const { rows } = await house.pool.query(
      "select action, count(*)::int as n from audit_event where action like 'roster.l%' group by 1 order by 1",
    );
    expect(rows).toEqual([
      { action: "roster.list", n: 1 },
      { action: "roster.look", n: 4 },
    ]);
  });

  test("a name and a birth date without a number find one person, and say that the number is missing", async () => {
    await enrol("Đặng Thị Hòa", "00721");
    await send(["Đặng Thị Hòa,15/01/1990"]);
    expect(await matches()).toEqual(["Đặng Thị Hòa differs number_missing"]);
    await send(["Đặng Thị Hòa,1990,,052190000721"]);
    expect(await matches()).toEqual(["Đặng Thị Hòa found"]);
  });
});

describe("a list that is sent again", () => {
  test("the same is unchanged, what is new is added, what differs is changed, one person twice is refused", async () => {
    await enrol("Đặng Thị Hòa", "00731");
    const first = await send(["Đặng Thị Hòa,15/01/1990,5271000731", "Người Một,01/02/1971,5271000732"]);
    expect(first).toMatchObject({ added: 2, changed: 0, unchanged: 0, refused: 0 });
    const second = await send([
      "Đặng Thị Hòa,15/01/1990,5271000731,,0912345678",
      "Người Một,01/02/1971,5271000732",
      "Người Một,01/02/1971,5271000732",
      "Dang Thi Hoa,15/01/1990,,052190000731",
      "Không Ngày,32/01/1990,5271000733",
    ]);
    expect(second).toMatchObject({ added: 0, changed: 1, unchanged: 1, refused: 3 });
    const refused = await refusalsOf(house.db, second.uploadId, 10);
    expect(refused.map(({ row, reason, otherRow }) => [row, reason, otherRow])).toEqual([
      [4, "repeated", 3],
      [5, "repeated", 2],
      [6, "birth_wrong", null],
    ]);
    expect(refused[2]?.cells).toEqual(["Không Ngày", "32/01/1990", "5271000733"]);
    // An empty cell takes nothing away.
    expect(await send(["Đặng Thị Hòa,15/01/1990,5271000731"])).toMatchObject({ unchanged: 1, missing: 0 });
    expect((await list()).find(({ fullName }) => fullName === "Đặng Thị Hòa")?.phone).toBe("0912345678");
  });

  test("a line that leaves the number empty is who it was by the number that stands on the list, with the moments", async () => {
    const personId = await enrol("Đặng Thị Hòa", "00734");
    await enrol("Đặng Thị Hòa", "00735");
    await issueTo(house, personId, "0912345682");
    await send(["Đặng Thị Hòa,1990,5271000734"]);
    const [before] = await list();
    expect(await send(["Đặng Thị Hòa,1990,,,0912345682"])).toMatchObject({ added: 0, changed: 1 });
    const [after] = await list();
    expect(after).toEqual({ ...before, phone: "0912345682" });
    expect([after?.match, after?.moments.approved]).toEqual(["found", expect.any(Date)]);
    await send(["Đặng Thị Hòa,15/01/1990,5271000734"]);
    expect(await send(["Đặng Thị Hòa,15/01/1990"])).toMatchObject({ added: 0, unchanged: 1 });
    expect(await matches()).toContain("Đặng Thị Hòa found");
  });

  test("a line that leaves the birth date empty still differs in the one that stands on the list", async () => {
    await enrol("Lê Thị Sáu", "00737");
    await send(["Lê Thị Sáu,16/01/1990,5271000737"]);
    expect(await send(["Lê Thị Sáu,,5271000737"])).toMatchObject({ added: 0, unchanged: 1 });
    expect(await matches()).toEqual(["Lê Thị Sáu differs birth"]);
  });

  test("whoever is missing from a whole list leaves when the coordinator says so; a line that was refused is not missing", async () => {
    await send([
      "Người Một,01/02/1971,5271000741",
      "Người Hai,01/02/1972,5271000742",
      "Người Ba,01/02/1973,5271000743",
    ]);
    const part = await send(["Người Một,01/02/1971,5271000741"]);
    expect(part.missing).toBe(0);
    await expect(confirmLeavers(house, staff, part.uploadId)).rejects.toMatchObject({ code: "leavers_late" });
    const whole = await send(["Người Một,01/02/1971,5271000741", "Người Hai,99/99/1972,5271000742"], true);
    expect(whole).toMatchObject({ unchanged: 1, refused: 1, missing: 1 });
    expect(await list()).toHaveLength(3);
    expect(await confirmLeavers(house, staff, whole.uploadId)).toBe(1);
    expect((await list()).map(({ fullName }) => fullName).toSorted()).toEqual(["Người Hai", "Người Một"]);
    await expect(confirmLeavers(house, staff, whole.uploadId)).rejects.toMatchObject({ code: "leavers_late" });
    // Back again: a new line, and the one of before stays as it ended.
    expect(await send(["Người Ba,01/02/1973,5271000743"])).toMatchObject({ added: 1 });
  });

  test("a refused line counts as present where the name stands in two columns", async () => {
    const heads = "Họ và tên đệm,Tên,Ngày sinh,Mã số BHXH";
    await send(["Người,Một,01/02/1971,5271000744", "Người,Hai,01/02/1972,5271000745"], true, heads);
    const whole = await send(["Người,Một,01/02/1971,5271000744", "Người ,Hai,99/99/1972,5271000745"], true, heads);
    expect(whole).toMatchObject({ unchanged: 1, refused: 1, missing: 0 });
    expect((await refusalsOf(house.db, whole.uploadId, 10)).map(({ name }) => name)).toEqual(["Người Hai"]);
  });

  test.each([
    ["by its number", "??,99/99/1972,5271000750"],
    ["by its birth date", "Người H4i,01/02/1972,"],
  ])("a refused line whose name cannot be read counts as present %s", async (_by, line) => {
    await send(["Người Một,01/02/1971,5271000749", "Người Hai,01/02/1972,5271000750"], true);
    const whole = await send(["Người Một,01/02/1971,5271000749", line], true);
    expect(whole).toMatchObject({ unchanged: 1, refused: 1, missing: 0 });
    await send(["Người Một,01/02/1971,5271000749"], true);
    expect((await uploadsOf(house.db, "DV71", 1)).map(({ missing }) => missing)).toEqual([1]);
  });

  test("nobody is ended by a whole list whose refused lines are forgotten: it is sent again", async () => {
    const two = ["Người Một,01/02/1971,5271000746", "Người Hai,01/02/1972,5271000747"];
    await send([...two, "Người Ba,01/02/1973,5271000748"]);
    const whole = await send(["Người Một,01/02/1971,5271000746", "Người Hai,99/99/1972,5271000747"], true);
    expect(whole).toMatchObject({ refused: 1, missing: 1 });
    house.clock.moveTo(new Date(house.clock.now().getTime() + 31 * 86_400_000));
    await forgetOld(house);
    await expect(confirmLeavers(house, staff, whole.uploadId)).rejects.toMatchObject({ code: "leavers_late" });
    expect(await list()).toHaveLength(3);
    const clean = await send(two, true);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 31 * 86_400_000));
    expect(await confirmLeavers(house, staff, clean.uploadId)).toBe(1);
  });
});

describe("who sees whose list", () => {
  test("a unit sees its own people and its hamlets', never those of an enterprise below it or beside it", async () => {
    await aUnit(house, "THON71", { kind: "hamlet", parent: "DV71" });
    await aUnit(house, "CTY71", { kind: "enterprise", parent: "DV71" });
    await aUnit(house, "DV72");
    const own = async (code?: string) => (await getOwnUnit(house.db, staff, house.clock.now(), code)).code;
    expect([await own(), await own("THON71")]).toEqual(["DV71", "THON71"]);
    for (const other of ["CTY71", "DV72", "KHONGCO"]) await expect(own(other)).rejects.toMatchObject({ status: 404 });
    const leader = { ...staff, roles: [{ role: "leader" as const, unitCode: "DV71" }] };
    await expect(getOwnUnit(house.db, leader, house.clock.now())).rejects.toMatchObject({ status: 404 });
  });
});

describe("who is told of a look", () => {
  test("each person whom the register knows, on a page that shows them, in print and in a file; and nobody else", async () => {
    const known = [
      ["Lê Thị Mai", "00781"],
      ["Lê Thị Lan", "00782"],
      ["Lê Thị Hoa", "00783"],
    ] as const;
    for (const [name, tail] of known) await enrol(name, tail);
    await send(["Người Lạ,01/02/1971,5271000789", ...known.map(([name, tail]) => `${name},15/01/1990,52710${tail}`)]);
    const unit = await getOwnUnit(house.db, staff, house.clock.now());
    const told = async (look: () => Promise<unknown>) => {
      const count = async () =>
        Number((await house.pool.query("select count(*) from audit_event where action = 'roster.look'")).rows[0].count);
      const before = await count();
      await look();
      return (await count()) - before;
    };
    expect((await lookAtPeople(house, staff, unit, { search: "le thi", limit: 2 })).hasMore).toBe(true);
    expect(await told(() => lookAtPeople(house, staff, unit, { search: "le thi", limit: 2 }))).toBe(2);
    expect((await lookAtPeople(house, staff, unit, { search: "le thi", limit: 3 })).hasMore).toBe(false);
    expect(await told(() => takePeople(house, staff, unit, { limit: 1000 }, "xlsx"))).toBe(3);
  });

  test("lines that a list hands back are named by the list and their rows, and whoever is missing from it is told", async () => {
    await enrol("Lê Thị Thu", "00784");
    await send(["Lê Thị Thu,15/01/1990,5271000784", "Người Một,01/02/1971,5271000785"]);
    const { uploadId } = await send(["Người Một,01/02/1971,5271000785", "Ai Đó,99/99/1972,", "Ai Kia,,"], true);
    const app = await createWeb(house, uploadRoutes, async () => staff);
    await app.inject("/console/roster/upload");
    await app.inject(`/console/roster/upload/${uploadId}/refused.xlsx`);
    await app.close();
    const { rows } = await house.pool.query(
      "select action, object_id, detail from audit_event where action in ('roster.export', 'roster.look') order by event_id",
    );
    expect(rows).toEqual([
      {
        action: "roster.export",
        object_id: uploadId,
        detail: { unit: "DV71", people: 3, as: "page", rows: ["3", "4"] },
      },
      { action: "roster.look", object_id: null, detail: {} },
      { action: "roster.export", object_id: uploadId, detail: { unit: "DV71", people: 2, as: "refused" } },
    ]);
  });
});

describe("the five moments", () => {
  test("come one by one, are counted apart, and a person who declared before the list has them at once", async () => {
    const personId = await enrol("Đặng Thị Hòa", "00751");
    await issueTo(house, personId, "0912345679");
    await send(["Đặng Thị Hòa,15/01/1990,5271000751", "Người Mới,05/06/1990,5271000752"]);
    const figures = await figuresOf(house.db, "DV71");
    expect(figures.moments).toEqual({ declared: 0, handed_in: 0, approved: 1, signed_in: 0, installed: 0 });
    expect(figures.stages).toMatchObject({ to_declare: 1, to_sign_in: 1 });
    await followRosters(house);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 60_000));
    await house.pool.query("update account set first_signed_in_at = $1", [house.clock.now()]);
    expect(await followRosters(house)).toMatchObject({ filled: 1 });
    expect(await followRosters(house)).toMatchObject({ filled: 0 });
    expect((await figuresOf(house.db, "DV71")).moments).toMatchObject({ approved: 1, signed_in: 1, installed: 0 });
    expect(await recountRosters(house)).toBe(0);
  });

  test("a form that was scanned into a batch is handed in, for the follower and for the recount of older lines", async () => {
    await send(["Nộp Theo Lô,15/01/1990,5271000791"]);
    const file = await aConfirmed(house, { full_name: "Nộp Theo Lô", insurance_number: "5271000791" });
    await followRosters(house);
    expect((await figuresOf(house.db, "DV71")).stages).toMatchObject({ to_hand_in: 1, to_approve: 0 });
    house.clock.moveTo(new Date(house.clock.now().getTime() + 120_000));
    const officer = await aStaff(house, "Trần Thị Lan");
    const batch = await openBatch(house, officer, { unit_name: "Đơn vị Mẫu DV71" });
    await addCodes(house, officer, batch.id, file.code);
    expect(await followRosters(house)).toMatchObject({ filled: 1 });
    const [line] = await list();
    expect(line?.moments.handed_in).toEqual((await getByCode(house.db, file.code)).batchedAt);
    const stages = { to_hand_in: 0, to_approve: 1 };
    expect((await figuresOf(house.db, "DV71")).stages).toMatchObject(stages);
    await house.pool.query("update roster_person set handed_in_at = null");
    expect(await recountRosters(house)).toBe(1);
    expect((await figuresOf(house.db, "DV71")).stages).toMatchObject(stages);
  });

  test("are recounted unit by unit: no statement grows with how many units have lists", async () => {
    for (const [nth, unitCode] of ["DV71", "DV72"].entries()) {
      if (nth > 0) await aUnit(house, unitCode);
      await issueTo(house, await enrol("Đặng Thị Hòa", `0078${nth}`), `091234569${nth}`);
      const bytes = new Uint8Array(Buffer.from(`${HEADS}\nĐặng Thị Hòa,15/01/1990,527100078${nth}\n`));
      await takeRoster(house, staff, { unitCode, isWhole: false, basis: "duty", bytes });
    }
    await house.pool.query("update roster_person set approved_at = null");
    const touched: number[] = [];
    const transformResult: KyselyPlugin["transformResult"] = async ({ result }) => {
      touched.push(Number(result.numAffectedRows ?? 0n));
      return result;
    };
    const db = house.db.withPlugin({ transformQuery: ({ node }) => node, transformResult });
    expect(await recountRosters({ ...house, db })).toBe(2);
    expect(Math.max(...touched)).toBe(1);
  });

  test("somebody of whom the register knew nothing is found once they are in it", async () => {
    await send(["Người Mới,15/01/1990,5271000761"]);
    await followRosters(house);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 60_000));
    const personId = await enrolPerson(house, "Người Mới", "5271000761", "052190000761");
    await issueTo(house, personId, "0912345680");
    expect(await followRosters(house)).toEqual({ matched: 1, filled: 1 });
    expect(await matches()).toEqual(["Người Mới found"]);
    expect(foldName((await list())[0]?.fullName ?? "")).toBe("nguoi moi");
  });
});

describe("what a coordinator does for one person", () => {
  test("says why not yet and who helps, opens form 01 with the unit's own words, and takes a leaver off the list", async () => {
    await enrol("Lê Thị Sáu", "00771");
    await send(["Lê Thị Sau,16/01/1990,,052190000771,0912345681"]);
    const [one] = await list();
    const line = one?.lineId ?? "";
    await mark(house, staff, line, { reason: "  Đi công tác  ", helper: staff.staffId });
    await expect(mark(house, staff, line, { helper: "999" })).rejects.toMatchObject({ status: 422 });
    expect((await list())[0]).toMatchObject({ notYetReason: "Đi công tác", helperName: "Đầu Mối Thử" });
    const { code, next } = await startDeclaration(house, staff, line, "vi");
    const { answers } = await getByCode(house.db, code);
    expect([next, answers.name?.full, answers.birth?.on, answers.phone?.number]).toEqual([
      "insurance",
      "Lê Thị Sau",
      "1990-01-16",
      "0912345681",
    ]);
    expect(answers.who).toEqual({ forWhom: "helped", declarer: "Đầu Mối Thử", declarerAs: "Đơn vị Mẫu DV71" });
    const stranger = await aCoordinator(house, "DV71-KHAC");
    for (const act of [() => mark(house, stranger, line, {}), () => removePerson(house, stranger, line)]) {
      await expect(act()).rejects.toMatchObject({ status: 404 });
    }
    await removePerson(house, staff, line);
    expect(await list()).toEqual([]);
  });

  test("a window at the office is seen there, with no name in it, until it is withdrawn", async () => {
    const asked = { unit: "DV71", day: "30/11/2026", from: "8:30", to: "10h", people: "25" };
    await expect(askAppointment(house, staff, { ...asked, to: "8:00" })).rejects.toMatchObject({ status: 422 });
    expect(await askAppointment(house, staff, asked)).toEqual({ others: 0 });
    expect(await askAppointment(house, staff, asked)).toEqual({ others: 25 });
    const officer = { ...staff, roles: [{ role: "officer" as const, officeCode: "52T01" }] };
    const seen = await comingAppointments(house, officer);
    expect(seen.map(({ startsAt, people }) => [startsAt.toISOString(), people])).toEqual([
      ["2026-11-30T01:30:00.000Z", 25],
      ["2026-11-30T01:30:00.000Z", 25],
    ]);
    const elsewhere = { ...staff, roles: [{ role: "officer" as const, officeCode: "52T02" }] };
    expect(await comingAppointments(house, elsewhere)).toEqual([]);
    await dropAppointment(house, staff, seen[0]?.id ?? "");
    await expect(dropAppointment(house, staff, seen[0]?.id ?? "")).rejects.toMatchObject({ status: 404 });
    expect(await comingAppointments(house, officer)).toHaveLength(1);
  });
});
