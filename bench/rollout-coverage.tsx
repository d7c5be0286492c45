/** Coverage of a province: the overview from its counts, and what a day's events cost against counting all again. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { renderToString } from "preact-render-to-string";
import { lookAt } from "../src/coverage/look.ts";
import { OverviewPage } from "../src/coverage/overview-view.tsx";
import { rollUp } from "../src/coverage/roll-up.ts";
import { sightOf } from "../src/coverage/scopes.ts";
import { countsOn } from "../src/coverage/store.ts";
import { ownerOf } from "../src/db/connection.ts";
import type { House } from "../src/db/house.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import type { Staff } from "../src/kernel/actor.ts";
import { dayOf } from "../src/kernel/calendar.ts";
import { parseEnvironment } from "../src/settings.ts";
import { madeUpAsk } from "../src/ui/made-up-ask.ts";
import type { Ask } from "../src/web/route.ts";
import { median, optionOf, tellAtMost } from "./harness.ts";
import { aDayOfEvents, fillProvince, PROVINCE, recountToday, type Size } from "./rollout-store.ts";

const GOAL_MS = 100;
/** A day in which one in two hundred comes a step further, against counting today again from all rows. */
const DAY = 200;
const GOAL_RATIO = 0.25;
/** With few people what is asked at each run costs more than the people do: the ratio has no goal but one. */
const FEW = 500_000;
const LOOKS = 60;

const leader: Staff = {
  kind: "staff",
  staffId: "1",
  name: "Lãnh đạo Mẫu",
  sessionId: "00",
  roles: [{ role: "leader", unitCode: PROVINCE }],
};

/** True when every figure held. `--people=20000` a small one: a hundred times smaller in all. */
export async function measureCoverage(): Promise<boolean> {
  const people = optionOf("people") ?? 2_000_000;
  const size: Size = { communes: 135, enterprises: Math.max(10, Math.round(people / 333)), people };
  const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
  const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
  if (!environment.ok) throw new Error(environment.faults.join("; "));
  const house = await makeHouse(environment.value, forCommand);
  const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  try {
    await fillProvince(owner, size, house.clock.now());
    const startedAt = performance.now();
    await rollUp(house);
    await owner.query("analyze");
    console.log(`${people} people counted for the first time in ${secondsSince(startedAt)} s`);
    const held = [await overviews(house, size), await days(house, owner, size)];
    return held.every(Boolean);
  } finally {
    await owner.end();
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const secondsSince = (startedAt: number) => ((performance.now() - startedAt) / 1000).toFixed(1);

/** From the reader's role to the finished page, each kind of unit in turn. */
async function overviews(house: House, { communes, enterprises }: Size): Promise<boolean> {
  const held: boolean[] = [];
  for (const kind of ["commune", "enterprise"] as const) {
    const times: number[] = [];
    for (let look = 0; look < LOOKS; look += 1) {
      const startedAt = performance.now();
      const today = dayOf(house.clock.now());
      const sight = await sightOf(house, leader, today.toString());
      const asked = { territory: undefined, moment: "approved", base: "roster", kind } as const;
      const found = await lookAt(house, sight, asked, today);
      const ask = { ...madeUpAsk({ actor: leader }), house, now: house.clock.now(), query: {} } as Ask;
      const html = renderToString(
        <OverviewPage
          ask={ask}
          look={found}
          view="list"
          territories={sight.territories}
          faults={[]}
          mayPlaceTiles={false}
        />,
      );
      times.push(performance.now() - startedAt);
      if (found.units.length === 0 || !html.includes("</table>")) throw new Error("the overview shows nobody");
    }
    const extra = `${kind === "commune" ? communes : enterprises} units of the kind, ${LOOKS} looks, page included`;
    held.push(
      tellAtMost({
        id: "rollout",
        what: `overview of ${kind}s, p50 in ms`,
        value: median(times),
        goal: GOAL_MS,
        extra,
      }),
    );
  }
  return held.every(Boolean);
}

async function days(house: House, owner: pg.Pool, { people }: Size): Promise<boolean> {
  const ratios: number[] = [];
  const said: string[] = [];
  for (let salt = 1; salt <= 3; salt += 1) {
    const events = await aDayOfEvents(owner, DAY, salt, house.clock.now());
    const startedAt = performance.now();
    const { counted } = await rollUp(house);
    const byChange = performance.now() - startedAt;
    if (counted < events) throw new Error(`${events} events, ${counted} counted`);
    const againAt = performance.now();
    const truth = await recountToday(owner);
    const again = performance.now() - againAt;
    await compare(house, truth);
    ratios.push(byChange / again);
    said.push(`${events} events in ${Math.round(byChange)} ms, all again in ${Math.round(again)} ms`);
  }
  const what = `a day's events counted, against counting ${people} people again`;
  return tellAtMost({
    id: "rollout",
    what,
    value: median(ratios),
    goal: people < FEW ? 1 : GOAL_RATIO,
    extra: said.join("; "),
  });
}

/** Whoever counts wrongly was not quick. */
async function compare(house: House, truth: Awaited<ReturnType<typeof recountToday>>): Promise<void> {
  const day = dayOf(house.clock.now()).toString();
  const counted = await countsOn(house.db, [...truth.keys()], [day]);
  for (const [scope, { people, approved }] of truth) {
    const own = counted.get(`${scope} ${day}`);
    if (own?.people !== people || own.approved !== approved) throw new Error(`${scope} is counted wrongly`);
  }
}
