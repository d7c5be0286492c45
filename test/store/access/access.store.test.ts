import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../../src/app.ts";
import { openTestHouse, type TestHouse } from "../../house.ts";
import { ask } from "./ask.ts";
import { type Cast, gather } from "./cast.ts";
import { cellsOf, complaints, isLet, missingRows, type Seen, wentIn } from "./judge.ts";
import { ACTORS, type ActorName } from "./kinds.ts";
import { table } from "./table.ts";

/**
 * Every role asks at every address for its own and for another's things, by real requests (R26). That this comparison
 * sees a hole is shown in test/unit/access-judge.test.ts. To see it here: take the office out of `deskFor` in
 * src/review/desk.ts, or `person_id` out of the reading of one visit, and a sentence names actor, address and thing.
 */
let house: TestHouse;
let cast: Cast;
beforeAll(async () => {
  house = await openTestHouse();
  cast = await gather(house);
});
afterAll(() => house.close());

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

async function askAll(): Promise<Seen[]> {
  const seen: Seen[] = [];
  const tokens = new Map<ActorName, string | undefined>();
  /** Something was let in that may have changed accounts or ended sessions. */
  let isTouched = true;
  for (const route of registry) {
    const name = nameOf(route);
    const row = table[name];
    if (!row) continue;
    for (const cell of cellsOf(name, row)) {
      // A facility's token is a bearer's: no page ever sees it.
      if (cell.actor === "facility" && route.kind === "page") continue;
      const isFresh = row.file !== undefined && route.method !== "GET" && isLet(cell, row);
      const side = cell.reach === "any" ? undefined : cell.reach;
      const things = await cast.thingsOf(cell.actor, side, row.file, isFresh);
      if (isTouched) {
        await cast.putBack();
        tokens.clear();
      }
      await row.before?.(house, things);
      if (!tokens.has(cell.actor)) tokens.set(cell.actor, await cast.signIn(cell.actor));
      const token = tokens.get(cell.actor);
      const { statusCode, headers } = await ask(
        house,
        route,
        token,
        things,
        row.given?.(things) ?? {},
        cast.wardOf(cell.actor),
      );
      const one = { ...cell, status: statusCode, location: headers.location?.toString() };
      isTouched = row.before !== undefined || (route.method !== "GET" && wentIn(one, row) !== false);
      seen.push(one);
    }
  }
  return seen;
}

describe("role × operation × ownership", () => {
  it("is written down for every address, and for no address that is not there", () => {
    expect(missingRows(registry.map(nameOf), table)).toEqual([]);
  });

  it("holds in every cell, and what was asked for in vain is unchanged", { timeout: 600_000 }, async () => {
    const seen = await askAll();
    expect(complaints(seen, table)).toEqual([]);
    expect(seen.length).toBeGreaterThan(ACTORS.length * registry.length);
    expect(await cast.movedFiles()).toEqual([]);
  });
});
