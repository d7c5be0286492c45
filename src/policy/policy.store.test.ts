import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { plainDate } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { definePolicy } from "../kernel/policy.ts";
import { policies, register } from "./cli.ts";
import { setPolicy } from "./set.ts";
import { policyOn, policyWithDay } from "./store.ts";

const hours = definePolicy({
  name: "test.hours",
  meaning: "Hours of a test",
  schema: z.number().int().min(1),
  values: [
    { from: "2021-01-01", value: 72, source: "made up" },
    { from: "2026-06-01", value: 24, source: "made up" },
  ],
});

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const on = (day: string) => policyOn(house.db, hours, plainDate(day));

describe("a policy that an operator may change", () => {
  it("has the product's own value by date until somebody sets another", async () => {
    expect([await on("2020-12-31"), await on("2026-05-31"), await on("2026-06-01")]).toEqual([72, 72, 24]);
  });

  it("holds what the operator set from that day on, and what it was before that day", async () => {
    await setPolicy(house, hours, { value: 12, from: "2026-12-01", by: "Quyết định thử" });
    await setPolicy(house, hours, { value: 48, from: "2026-03-01", by: "Quyết định thử" });
    expect([await on("2026-02-28"), await on("2026-03-01"), await on("2026-06-01"), await on("2026-12-01")]).toEqual([
      72, 48, 24, 12,
    ]);
    expect((await policyWithDay(house.db, hours, plainDate("2026-12-31"))).by).toBe("Quyết định thử");
  });

  it("refuses a value of another kind and a day that does not exist", async () => {
    const wrong = setPolicy(house, hours, { value: "a day", from: "2026-02-30", by: "nobody" });
    await expect(wrong).rejects.toThrow(Invalid);
    await expect(wrong).rejects.toMatchObject({ faults: [{ field: "value" }, { field: "from" }] });
  });

  it("refuses a day before the product's own first value, from which nothing would come, and a decision of nobody", async () => {
    const early = setPolicy(house, hours, { value: 5, from: "2016-12-01", by: " " });
    await expect(early).rejects.toMatchObject({
      faults: [
        { field: "from", key: "policy_day_early" },
        { field: "by", key: "by_missing" },
      ],
    });
    expect(await on("2026-02-28")).toBe(72);
  });
});

describe("the list of policies", () => {
  it("names each once, with own values that fit, in the order of their days", () => {
    expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
    for (const { name, schema, values } of policies) {
      expect(values.length, name).toBeGreaterThan(0);
      expect(values.map(({ from }) => from).toSorted(), name).toEqual(values.map(({ from }) => from));
      for (const { value } of values) expect(schema.safeParse(value).success, name).toBe(true);
    }
  });
});

describe("vssid policy", () => {
  const by = ["--by", "Trực hệ thống"];

  /** Runs one command line; the lines that it printed. */
  async function run(...words: string[]): Promise<string[]> {
    const printed = vi.spyOn(console, "log").mockImplementation(() => {});
    const program = new Command("vssid");
    register(program, async () => ({ ...house, close: async () => {} }));
    try {
      await program.parseAsync(["policy", ...words], { from: "user" });
      return printed.mock.calls.map(([line]) => String(line));
    } finally {
      printed.mockRestore();
    }
  }
  const set = (value: string, from: string) => run("set", "codes.life_minutes", value, "--from", from, ...by);

  it("says what ends a value that was set, and that nothing changes where that is over already", async () => {
    house.clock.moveTo(new Date("2027-02-01T20:00:00Z"));
    expect(await set("7", "2026-11-28")).toEqual(["codes.life_minutes is 7 from 2026-11-28 on, by Trực hệ thống"]);
    expect(await set("5", "2026-11-29")).toHaveLength(1);
    expect(await set("9", "2026-11-28")).toEqual([
      "codes.life_minutes is 9 from 2026-11-28 on, by Trực hệ thống",
      "then 5 from 2026-11-29, Trực hệ thống",
      "so nothing changes today: 5 from 2026-11-29, Trực hệ thống. To change it from today on: --from 2027-02-02",
    ]);
  });

  it("lists what comes behind what holds", async () => {
    await set("8", "2027-02-02");
    await set("6", "2027-02-03");
    const [line] = (await run("list")).filter((one) => one.startsWith("codes.life_minutes\t"));
    expect(line?.split("\t")[2]).toBe("from 2027-02-02, Trực hệ thống; then 6 from 2027-02-03, Trực hệ thống");
  });

  it("says what does not fit in a value, and what one looks like", async () => {
    await expect(set("five", "2027-02-03")).rejects.toThrow(/expected number, received string.*As delivered it is 5/s);
    await expect(run("set", "codes.most", '{"subjectADay": -1}', "--from", "2027-02-03", ...by)).rejects.toThrow(
      /Too small.*at subjectADay/s,
    );
  });

  it.each([
    ["a value that does not fit", ["many", "2026-12-01", "QĐ"], "the value does not fit"],
    ["a day that does not exist", ["7", "2026-13-45", "QĐ"], "--from: no such day (yyyy-mm-dd)"],
    ["a day before all values", ["7", "2016-12-01", "QĐ"], "--from: the first value holds from 2021-01-01"],
    ["a decision of nobody", ["7", "2026-12-01", " "], "--by: whose decision it is"],
  ])("refuses %s in words", async (_, [value = "", from = "", who = ""], said) => {
    await expect(run("set", "codes.life_minutes", value, "--from", from, "--by", who)).rejects.toThrow(said);
  });
});
