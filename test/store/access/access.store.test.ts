import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../../src/app.ts";
import { actionsAt, REFUSED } from "../../../src/breach/rules-kinds.ts";
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

/** A line without a person leads there by what it was about (src/breach/store-find.ts). */
const LEAD_TO_PERSONS = [
  "declaration",
  "notice",
  "ticket",
  "roster_person",
  "unreached_task",
  "id_paper_copy",
  "declaration_photo",
];
const isTurnedDown = (action: string) => REFUSED.some((one) => one === action);

/** What the record of looks holds of persons, by the address at which it was written. */
const written = new Map<string, Set<string>>();
let lastEvent = "0";

async function noteWritten(path: string): Promise<void> {
  const { rows } = await house.pool.query<{ event_id: string; action: string }>(
    `select event_id, action from audit_event
      where event_id > $1 and (person_id is not null or object_kind = any($2)) order by event_id`,
    [lastEvent, LEAD_TO_PERSONS],
  );
  lastEvent = rows.at(-1)?.event_id ?? lastEvent;
  written.set(path, new Set([...(written.get(path) ?? []), ...rows.map(({ action }) => action)]));
}

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
      await noteWritten("");
      const { statusCode, headers } = await ask(
        house,
        route,
        token,
        things,
        row.given?.(things) ?? {},
        cast.wardOf(cell.actor),
      );
      await noteWritten(route.path);
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

  it("is found by the address at which it was written, when a breach is searched", () => {
    written.delete("");
    const missing = [...written].flatMap(([path, actions]) => {
      const known = actionsAt(path) ?? [];
      const isFound = (action: string) => isTurnedDown(action) || known.some((start) => action.startsWith(start));
      return [...actions].filter((action) => !isFound(action)).map((action) => `${path} ${action}`);
    });
    expect(missing).toEqual([]);
    expect(written.size).toBeGreaterThan(100);
  });
});
