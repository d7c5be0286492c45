import { parse } from "csv-parse/sync";
import { expect } from "vitest";
import type { TestHouse } from "../../test/house.ts";
import { dayOf, plainDate } from "../kernel/calendar.ts";
import { hired } from "../staff-factor/staff.fixture.ts";
import { readReport } from "./make-report.ts";
import { recount } from "./roll-up.fixture.ts";
import { type Counts, MOMENTS, type Moment } from "./rules-moments.ts";

/**
 * Every page of coverage as a leader reads it, figure by figure, against the recount of the rows: the sentence, the dot
 * plot, the funnel's and the tiles' figures, the tables to take away, the weeks of each unit, the leader's page and the
 * weekly report. The arithmetic is the test's own.
 */
const KINDS = ["commune", "district"] as const;
const WEEKS = 13;
/** Groups of fewer people are hidden (policy). */
const LEAST = 5;
const nobody: Counts = { people: 0, declared: 0, handed_in: 0, approved: 0, signed_in: 0, installed: 0 };
const called: Record<Moment, string> = {
  declared: "Đã kê khai",
  handed_in: "Đã nộp",
  approved: "Đã duyệt",
  signed_in: "Đã đăng nhập",
  installed: "Đã cài",
};

const whole = (count: number) => count.toLocaleString("vi");
const people = (come: number, of: number) => `${whole(come)} / ${whole(of)} người`;

/** Never 100 while somebody is missing, never 0 while somebody has come. */
function percent(come: number, of: number, digits = 0): number {
  const scale = 10 ** digits;
  const rounded = Math.round((come / of) * 100 * scale) / scale;
  if (come < of && rounded === 100) return 100 - 1 / scale;
  return come > 0 && rounded === 0 ? 1 / scale : rounded;
}
const share = (come: number, of: number, digits = 0) =>
  of === 0 ? "–" : percent(come, of, digits).toLocaleString("vi", { maximumFractionDigits: digits });

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("\u00a0", " ")
    .replace(/\s+/g, " ");

export async function dashboardsAgree(
  house: TestHouse,
  { territory, day, moments }: { territory: string; day: string; moments: readonly Moment[] },
  when: string,
): Promise<void> {
  const { token } = await hired(house, { username: "thu.doc", name: "Lê Đọc", role: "leader", unit: territory });
  const get = async (url: string) =>
    (await house.app.inject({ url, headers: { cookie: `vssid_session=${token}` } })).body;
  const table = async (url: string) => parse(await get(url), { bom: true, relax_column_count: true }) as string[][];
  const back = (days: number) => plainDate(day).subtract({ days }).toString();
  const weeks = Array.from({ length: WEEKS }, (_, week) => back(7 * (WEEKS - 1 - week)));
  const truth = await recount(house, [...new Set([...weeks, back(7), back(28)])]);
  const of = (code: string, on = day) => truth.get(`${code} ${on}`) ?? nobody;
  const codes = new Map(
    (await house.pool.query<{ name: string; code: string }>("select name, unit_code as code from drive_unit")).rows.map(
      ({ name, code }) => [name, code],
    ),
  );
  const all = of(territory);
  expect(all.people, when).toBeGreaterThan(5);
  for (const moment of moments) {
    for (const kind of KINDS) {
      const asked = `territory=${territory}&moment=${moment}&kind=${kind}`;
      const [, , first, ...units] = await table(`/console/coverage.csv?${asked}`);
      const told = (code: string, { [moment]: come, people: on }: Counts) => {
        const before = of(code, back(28));
        return [whole(come).replaceAll(".", ""), `${on}`, share(come, on, 1), monthOf(before, moment)];
      };
      expect(first?.slice(1, 5), `${when}, ${asked}`).toEqual(told(territory, all));
      const shown = units.filter((row) => row.length > 1);
      for (const [name = "", ...figures] of shown) {
        const code = codes.get(name) ?? "";
        expect(figures.slice(0, 4), `${when}, ${asked}, ${name}`).toEqual(told(code, of(code)));
      }
      for (const view of ["list", "funnel", "tiles"]) {
        const page = textOf(await get(`/console/coverage?${asked}&view=${view}`));
        expect(page, `${when}, ${asked}, ${view}`).toContain(`Toàn địa bàn ${share(all[moment], all.people)} %`);
        expect(page).toContain(`${called[moment]}: ${people(all[moment], all.people)}`);
        for (const [name = ""] of shown) {
          const { [moment]: come, people: on } = of(codes.get(name) ?? "");
          expect(page, `${when}, ${asked}, ${view}, ${name}`).toContain(people(come, on));
        }
      }
      for (const [name = ""] of kind === "commune" ? shown : []) {
        const code = codes.get(name) ?? "";
        const [, , ...lines] = await table(`/console/coverage.csv?unit=${code}&moment=${moment}`);
        const expected = weeks
          .map((on) => ({ on, ...of(code, on) }))
          .filter((one) => one.people > 0)
          .map((one) => [written(one.on), `${one[moment]}`, `${one.people}`, share(one[moment], one.people, 1)]);
        // Weeks end where this unit was hidden, or one beside it or above it: then they are the last ones.
        expect(lines, `${when}, weeks of ${name}, ${moment}`).toEqual(expected.slice(-lines.length));
        expect(lines.length).toBeGreaterThan(0);
        for (const [, , reach] of lines) expect(Number(reach), `${when}, ${name}`).toBeGreaterThanOrEqual(LEAST);
        const isSmallAnywhere = (on: string) => [...codes.values()].some((one) => isSmall(of(one, on).people));
        if (!weeks.some(isSmallAnywhere)) expect(lines).toHaveLength(expected.length);
      }
    }
  }
  await unitPagesAgree(get, codes, of, when);
  leaderAgrees(textOf(await get("/console/coverage/leader")), all, of(territory, back(7)), when);
  const report = await readReport(house, territory, house.clock.now());
  const rows = report.rows.map(([name, come, part]) => [name, come, part?.replaceAll("\u00a0", " ")]);
  expect(rows, `${when}, the weekly report`).toEqual(
    MOMENTS.map((one) => [called[one], people(all[one], all.people), `${share(all[one], all.people)} %`]),
  );
  expect(report.look.today.toString()).toBe(dayOf(house.clock.now()).toString());
}

const written = (iso: string) => iso.split("-").toReversed().join("/");
const isSmall = (people: number) => people > 0 && people < LEAST;
const monthOf = (before: Counts, moment: Moment) =>
  before.people < LEAST ? "" : share(before[moment], before.people, 1);

/** The five moments of each unit that is shown. */
async function unitPagesAgree(
  get: (url: string) => Promise<string>,
  codes: ReadonlyMap<string, string>,
  of: (code: string) => Counts,
  when: string,
): Promise<void> {
  for (const code of codes.values()) {
    const html = await get(`/console/coverage/units/${code}`);
    const five = /<dl class="five"[^>]*>(.*?)<\/dl>/s.exec(html)?.[1];
    if (!five) continue;
    const counts = of(code);
    const told = [...textOf(five).matchAll(/([\d.]+) \/ ([\d.]+) người/g)].map(([, come, on]) => `${come}/${on}`);
    expect(told, `${when}, the page of ${code}`).toEqual(
      MOMENTS.map((one) => `${whole(counts[one])}/${whole(counts.people)}`),
    );
  }
}

/** What changed in seven days, moment by moment. */
function leaderAgrees(page: string, now: Counts, before: Counts, when: string): void {
  expect(page, `${when}, the leader's page`).toContain(people(now.approved, now.people));
  for (const moment of MOMENTS) {
    const by = now[moment] - before[moment];
    const line = `${called[moment]}: ${by > 0 ? "thêm" : "bớt"} ${whole(Math.abs(by))} người`;
    if (by !== 0) expect(page, `${when}, the leader's page`).toContain(line);
  }
  const joined = now.people - before.people;
  const line = `Danh sách ${joined > 0 ? "thêm" : "bớt"} ${whole(Math.abs(joined))} người`;
  if (joined !== 0) expect(page, `${when}, the leader's page`).toContain(line);
}
