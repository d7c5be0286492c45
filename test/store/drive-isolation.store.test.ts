import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../src/app.ts";
import { aMember } from "../../src/drive/drive.fixture.ts";
import type { PageRoute, Who } from "../../src/web/route.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { ask } from "./access/ask.ts";
import { CANARY, type Cast, gather, UNIT } from "./access/cast.ts";
import type { Given, Things } from "./access/kinds.ts";
import { table } from "./access/table.ts";

/**
 * A coordinator of one unit opens every address of the registry that answers a GET, asking for what belongs to another
 * unit. Addresses come from the registry and their parameters from the access table: a new feature is asked by itself.
 */
let house: TestHouse;
let cast: Cast;
let things: Things;
let token: string | undefined;
const people = {
  name: `Hồ Thị ${CANARY.B} Bảy`,
  number: "9899990708",
  phone: "0999900708",
  note: "Ghi chú riêng của B",
};
const keeper = "Đầu Mối Xã Bên";

beforeAll(async () => {
  house = await openTestHouse();
  cast = await gather(house);
  await house.pool.query(
    `insert into roster_person (unit_code, line_id, full_name, folded_name, number_typed, phone, match, joined_at, note)
     values ($1, gen_random_uuid(), $2, lower($2), $3, $4, 'none', $5, $6)`,
    [UNIT.B, people.name, people.number, people.phone, house.clock.now(), people.note],
  );
  await aMember(house, "thu.xaben", { role: "coordinator", unit: UNIT.B }, keeper);
  things = await cast.thingsOf("coordinator", "B", "received", false);
  token = await cast.signIn("coordinator");
});
afterAll(() => house.close());

const pages = registry.filter(
  (route): route is PageRoute => route.kind === "page" && route.method === "GET" && !route.who.includes("dev"),
);

/** What the table would ask for B; and B's unit in every place that an address leaves open, in its query too. */
function waysTo({ path }: PageRoute): Given[] {
  const own = table[`GET ${path}`]?.given?.(things) ?? {};
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const byUnit = Object.fromEntries(names.map((name) => [name, things.unitCode]));
  const query = { unit: UNIT.B, q: CANARY.B, on: "2026-11-23" };
  return [own, { ...own, query: { ...own.query, ...query } }, { params: { ...byUnit, ...own.params }, query }];
}

const OPEN_TO_THEM = new Set<Who>(["anyone", "staff_settling", "any_staff", "coordinator"]);
const secrets = [CANARY.B, people.name, people.number, people.phone, people.note, keeper];

describe("a coordinator of one unit", () => {
  it("reads nothing of another unit's people at any address, and is refused where only officers may be", async () => {
    const found: string[] = [];
    const entered: string[] = [];
    let asked = 0;
    for (const route of pages) {
      for (const given of waysTo(route)) {
        const answer = await ask(house, route, token, things, given);
        asked += 1;
        const echoed = answer.body.replaceAll(/value="[^"]*"|href="[^"]*"/g, "");
        for (const secret of secrets) if (echoed.includes(secret)) found.push(`${route.path} shows ${secret}`);
        const mayEnter = route.who.some((who) => OPEN_TO_THEM.has(who));
        // The address that all staff know leads each to where their own work begins.
        const isLedHome = route.path === "/console" && answer.headers.location === "/console/units";
        if (!mayEnter && !isLedHome && ![401, 403, 404].includes(answer.statusCode)) {
          entered.push(`${route.path} answered ${answer.statusCode}`);
        }
      }
    }
    expect(asked).toBeGreaterThan(300);
    expect([...new Set(found)]).toEqual([]);
    expect([...new Set(entered)]).toEqual([]);
  });

  it("and the same words are there for those whose unit it is: the search above can find them", async () => {
    const other = await cast.signIn("otherOfficer");
    const route = { method: "GET", path: "/console/units/:unit", kind: "page" } as const;
    const { body } = await ask(house, route, other, things, { params: { unit: UNIT.B } });
    expect(secrets.filter((secret) => body.includes(secret))).toEqual([CANARY.B, keeper]);
  });
});
