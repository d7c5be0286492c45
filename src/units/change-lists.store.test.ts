import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { programFor } from "../command.ts";
import { projectRoot } from "../db/root.ts";
import type { OpenHouse } from "../house.ts";
import { isWorkingDay, plainDate } from "../kernel/calendar.ts";
import { loadReference } from "./load-reference.ts";
import { workingCalendar } from "./store.ts";
import { codeList } from "./store-lists.ts";

/** What an operator enters into the lists of a release, and strikes out of them, by command. */
let house: TestHouse;
const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  await house.clean();
  said.mockClear();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await house.close();
});

const nowhere = {} as Parameters<typeof programFor>[1];
const warrant = ["--by", "TB thử", "--why", "hoán đổi"];
async function vssid(...args: string[]): Promise<string> {
  const opened = { ...house, close: async () => undefined } as unknown as OpenHouse;
  await programFor(async () => opened, nowhere).parseAsync(args, { from: "user" });
  return String(said.mock.lastCall?.[0]);
}
/** As the next release does, one of whose lists has changed. */
async function release(): Promise<void> {
  await house.pool.query("delete from setting where name = 'reference_sha256'");
  await loadReference(house.db, projectRoot, { withDemoPlaces: true });
}
const works = async (day: string) => isWorkingDay(plainDate(day), await workingCalendar(house.db));

describe("public holidays", () => {
  it("are entered and struck out, each on record, and no release turns that back", async () => {
    expect(await works("2026-12-03")).toBe(true);
    await vssid("holiday", "add", "2026-12-03", "--name", "Ngày nghỉ thử", ...warrant);
    await vssid("holiday", "strike", "2026-09-01", ...warrant);
    await release();
    expect(await works("2026-12-03")).toBe(false);
    expect(await works("2026-09-01")).toBe(true);
    await vssid("holiday", "strike", "2026-12-03", ...warrant);
    await vssid("holiday", "add", "2026-09-01", "--name", "Quốc khánh", ...warrant);
    await release();
    expect(await works("2026-12-03")).toBe(true);
    expect(await works("2026-09-01")).toBe(false);
    const { rows } = await house.pool.query("select action, object_id, detail from audit_event order by event_id");
    expect(rows[1]).toEqual({
      action: "reference.struck",
      object_id: '["2026-09-01"]',
      detail: { by: "TB thử", why: "hoán đổi" },
    });
    expect(rows).toHaveLength(4);
  });

  it("and what is entered over a row of the release stay so when the version before has started once beside this one", async () => {
    await vssid("holiday", "strike", "2026-09-01", ...warrant);
    await vssid("holiday", "add", "2026-09-02", "--name", "Nghỉ theo quyết định thử", ...warrant);
    // It knows nothing of what an operator changed, and puts the rows of its own lists back.
    await house.pool.query("update public_holiday set name = 'Quốc khánh' where on_day = '2026-09-02'");
    await house.pool.query("insert into public_holiday values ('2026-09-01', 2026, 'holiday', 'Quốc khánh', 'thử')");
    await release();
    expect(await works("2026-09-01")).toBe(true);
    expect(await vssid("holiday", "list", "--year", "2026")).toContain("Nghỉ theo quyết định thử");
    await vssid("holiday", "add", "2026-09-01", "--name", "Quốc khánh", ...warrant);
  });

  it("a Saturday is made a working day, a Monday is not", async () => {
    await vssid("holiday", "add", "2026-12-05", "--working", "--name", "Làm bù", ...warrant);
    expect(await works("2026-12-05")).toBe(true);
    const monday = vssid("holiday", "add", "2026-12-07", "--working", "--name", "Làm bù", ...warrant);
    await expect(monday).rejects.toThrow("only a Saturday or Sunday");
  });

  it("of a year count once somebody says that the year is complete", async () => {
    const complete = () => vssid("holiday", "year", "2029", ...warrant);
    await expect(complete()).rejects.toThrow("enter the days of the year first");
    await vssid("holiday", "add", "2029-02-13", "--name", "Tết", ...warrant);
    expect(await vssid("holiday", "list", "--year", "2029")).toContain("2029: not complete");
    await complete();
    expect(await vssid("holiday", "list", "--year", "2029")).toBe("2029-02-13\tholiday\tTết\tTB thử\n2029: complete");
  });

  it.each([
    [["holiday", "add", "2026-13-01", "--name", "x"], "yyyy-mm-dd"],
    [["holiday", "strike", "2026-12-03"], "no such row"],
    [["base-wage", "set", "2.5tr", "--from", "2027-01-01"], "digits alone"],
    [["code-list", "set", "no_list", "A", "--from", "2027-01-01", "--vi", "x", "--en", "x"], "no such list"],
    [["code-list", "set", "object_group", "ZZ", "--from", "2027-01-01", "--vi", "x", "--en", "x"], "names that other"],
  ])("%j is refused in words", async (args, sentence) => {
    await expect(vssid(...args, ...warrant)).rejects.toThrow(sentence);
  });
});

describe("the other lists of a release", () => {
  it("a base wage is entered and struck out, over a release", async () => {
    await vssid("base-wage", "set", "2900000", "--from", "2027-07-01", ...warrant);
    await release();
    expect(await vssid("base-wage", "list")).toContain("2027-07-01\t2900000\tTB thử");
    await vssid("base-wage", "strike", "2027-07-01", ...warrant);
    expect(await vssid("base-wage", "list")).not.toContain("2027-07-01");
  });

  it("an entry of a code list is entered, and ended by its last day", async () => {
    const entry = [
      "code-list",
      "set",
      "object_group",
      "ZZ",
      "--from",
      "2027-01-01",
      "--vi",
      "Nhóm thử",
      "--en",
      "Group",
    ];
    await vssid(...entry, "--detail", '{"level": 2}', ...warrant);
    await vssid(...entry, "--to", "2027-06-30", "--detail", '{"level": 4}', ...warrant);
    await release();
    const found = (await codeList(house.db, "object_group")).filter(({ code }) => code === "ZZ");
    expect(found).toMatchObject([{ validTo: "2027-06-30", nameEn: "Group", detail: { level: 4 } }]);
    expect(await vssid("code-list", "show", "object_group")).toContain("ZZ\t2027-01-01 – 2027-06-30\tNhóm thử");
    await house.pool.query("delete from code_list_entry where code = 'ZZ'");
  });
});
