import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dice } from "../../test/dice.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { plainDate } from "../kernel/calendar.ts";
import { dashboardsAgree } from "./dashboards.fixture.ts";
import { KINDS, lookAt } from "./look.ts";
import { act, addLine, addUnit, recount } from "./roll-up.fixture.ts";
import { rollUp } from "./roll-up.ts";
import { type Counts, MOMENTS } from "./rules-moments.ts";
import { sightOfScope } from "./scopes.ts";
import { countsOn } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const at = async (scope: string, day: string) => (await countsOn(house.db, [scope], [day])).get(`${scope} ${day}`);
const nobody: Counts = { people: 0, declared: 0, handed_in: 0, approved: 0, signed_in: 0, installed: 0 };

const seed = Number(process.env.VSSID_SEED ?? 330);
/** `npm run test:acts` plays ten thousand. */
const acts = Number(process.env.VSSID_ACTS ?? 200);
const timeout = 180_000 + acts * 200;

describe("the counts of units and days", () => {
  it("a person in two units counts once above both, and stays there while in one of them", async () => {
    await addUnit(house, { unit_code: "P", kind: "province" });
    await addUnit(house, { unit_code: "X1", parent_code: "P" });
    await addUnit(house, { unit_code: "X2", parent_code: "P", office_code: "52T02" });
    await addLine(house, {
      unit: "X1",
      person: "71",
      joined: "2026-10-01",
      left: "2026-10-20",
      declared: "2026-10-05",
    });
    await addLine(house, { unit: "X2", person: "71", joined: "2026-10-10" });
    await addLine(house, {
      unit: "X2",
      person: "72",
      joined: "2026-10-10",
      declared: "2026-10-02",
      approved: "2026-10-12",
    });
    await rollUp(house);
    expect(await at("P", "2026-10-09")).toEqual({ ...nobody, people: 1, declared: 1 });
    expect(await at("P", "2026-10-15")).toEqual({ ...nobody, people: 2, declared: 2, approved: 1 });
    expect(await at("P", "2026-10-25")).toEqual({ ...nobody, people: 2, declared: 2, approved: 1 });
    expect(await at("X1", "2026-10-20")).toEqual(nobody);
    expect(await at("@52T02", "2026-10-25")).toEqual({ ...nobody, people: 2, declared: 1, approved: 1 });
  });

  it("a unit that ended counts nobody from the next day on, its past stays", async () => {
    await house.pool.query("update drive_unit set valid_to = '2026-10-22' where unit_code = 'X2'");
    expect((await rollUp(house)).units).toBe(1);
    expect(await at("P", "2026-10-22")).toMatchObject({ people: 2 });
    expect(await at("P", "2026-10-23")).toEqual(nobody);
  });

  it("a unit that was moved counts where it stood on each day, also above what it stands under now", async () => {
    await addUnit(house, { unit_code: "Q", kind: "province" });
    await addUnit(house, { unit_code: "Q1", parent_code: "Q" });
    await addLine(house, { unit: "Q1", person: "76", joined: "2026-10-01", declared: "2026-10-03" });
    await house.pool.query("insert into drive_unit_past_parent values ('Q1', '2026-10-14', 'P')");
    await rollUp(house);
    const counted = async (scope: string, day: string) => (await at(scope, day))?.people;
    expect(await counted("Q", "2026-10-14")).toBe(0);
    expect(await at("Q", "2026-10-15")).toEqual({ ...nobody, people: 1, declared: 1 });
    expect([await counted("P", "2026-10-14"), await counted("P", "2026-10-15")]).toEqual([3, 2]);
    await house.pool.query("delete from drive_unit_past_parent");
    await rollUp(house);
    expect([await counted("Q", "2026-10-14"), await counted("P", "2026-10-14")]).toEqual([1, 2]);
  });

  it("what has not changed is not counted again", async () => {
    expect(await rollUp(house)).toEqual({ counted: 0, units: 0 });
    await addLine(house, { unit: "X1", person: "73", joined: "2026-10-26" });
    expect(await rollUp(house)).toEqual({ counted: 1, units: 0 });
  });

  it("a change that was under way during a count is in the next one", async () => {
    const slow = await house.pool.connect();
    await slow.query("begin");
    await slow.query("update roster_person set installed_at = '2026-10-27T05:00:00Z' where person_id = '73'");
    await addLine(house, { unit: "X1", person: "74", joined: "2026-10-26" });
    expect((await rollUp(house)).counted).toBe(1);
    await addLine(house, { unit: "X1", person: "75", joined: "2026-10-26" });
    await slow.query("commit");
    slow.release();
    expect((await rollUp(house)).counted).toBe(2);
    expect(await at("X1", "2026-10-27")).toMatchObject({ people: 3, installed: 1 });
  });

  it("a recount from the rows agrees after random acts of people and units", { timeout }, async () => {
    await house.clean();
    await addUnit(house, { unit_code: "T", kind: "province" });
    for (const code of ["T1", "T2"]) await addUnit(house, { unit_code: code, kind: "district", parent_code: "T" });
    for (const code of ["T1A", "T1B", "T1C", "T2A", "T2B"]) {
      const office_code = code.startsWith("T1") ? "52T01" : "52T02";
      await addUnit(house, { unit_code: code, parent_code: code.slice(0, 2), office_code });
    }
    const days = Array.from({ length: 56 }, (_, day) =>
      new Date(Date.UTC(2026, 9, 1 + day)).toISOString().slice(0, 10),
    );
    const game = dice(seed);
    for (let one = 0; one < acts; one += 1) {
      const isGone = await act(house, game, Math.floor((one / acts) * 55));
      if (isGone || one % 7 === 0) await rollUp(house, { isWhole: isGone });
      if (one % Math.ceil(acts / 6) === 0) await agree(days, `seed ${seed}, act ${one}`);
    }
    await agree(days, `seed ${seed}, at the end`);
    const last = days.at(-1) ?? "";
    await plotsAgree(last, `seed ${seed}`);
    house.clock.moveTo(new Date(`${last}T10:00:00+07:00`));
    const moments = acts < 1000 ? (["approved"] as const) : MOMENTS;
    await dashboardsAgree(house, { territory: "T", day: last, moments }, `seed ${seed}`);
  });
});

async function agree(days: readonly string[], when: string): Promise<void> {
  await rollUp(house);
  const truth = await recount(house, days);
  const scopes = (await house.pool.query("select distinct scope_code as code from unit_day")).rows.map(
    ({ code }) => code,
  );
  const counted = await countsOn(house.db, scopes, days);
  const wrong = [...counted].flatMap(([key, counts]) => {
    const own = truth.get(key) ?? nobody;
    const names = ["people", ...MOMENTS] as const;
    return names
      .filter((name) => counts[name] !== own[name])
      .map((name) => `${key} ${name}: ${counts[name]}, not ${own[name]}`);
  });
  expect(wrong, when).toEqual([]);
  expect(counted.size, when).toBeGreaterThanOrEqual(truth.size);
}

/** What the funnel and the tiles draw, unit by unit, against the recount of that day; who is left out is counted too. */
async function plotsAgree(day: string, when: string): Promise<void> {
  const truth = await recount(house, [day]);
  const sight = await sightOfScope(house, "T", day);
  for (const moment of MOMENTS) {
    for (const kind of KINDS) {
      const look = await lookAt(house, sight, { territory: "T", moment, base: "roster", kind }, plainDate(day));
      if (look.kind !== kind) continue;
      const drawn = look.units.map(({ code, now }) => ({ code, of: now.of, share: now.share }));
      const counted = drawn.map(({ code }) => {
        const own = truth.get(`${code} ${day}`) ?? nobody;
        return { code, of: own.people, share: own[moment] / own.people };
      });
      expect(drawn, `${when}, ${moment} of each ${kind}`).toEqual(counted);
      const [came, people] = counted.reduce<readonly [number, number]>(
        ([some, all], { of, share }) => [some + Math.round(share * of), all + of],
        [0, 0],
      );
      if (look.expected) expect(look.expected.overall, `${when}, ${moment}`).toBeCloseTo(came / people, 12);
      const standing = look.kinds.find((one) => one.kind === kind)?.count;
      expect(look.units.length + look.hidden + look.empty, `${when}, ${kind}`).toBe(standing);
    }
  }
}
