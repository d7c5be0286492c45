import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ActorKind,
  allowed,
  type EventKind,
  isOverdue,
  lapsesAt,
  noticeDueAt,
  STATUSES,
  type Status,
  type StepKind,
  statusAfter,
  statusOf,
} from "../../src/registration/rules.ts";
import { dice } from "../dice.ts";
import { DIAGRAM, walk } from "./diagram.ts";
import { madeUpTable } from "./second-counter.ts";

/**
 * Citizens, officers and the clock act at random on a handful of files, by the rules alone. The same on the real
 * database: test/store/life-of-a-file.store.test.ts.
 */
const SEED = Number(process.env.VSSID_SEED ?? 330);
const ACTS = 10_000;
const HOUR_MS = 3_600_000;
const calendar = madeUpTable(2026, 2060);
const kinds: readonly StepKind[] = [
  "confirmed",
  "withdrawn",
  "lapsed",
  "received",
  "taken",
  "released",
  "paper_filed",
  "printed",
  "accepted",
  "refused",
];
const actors: readonly ActorKind[] = ["citizen", "staff", "system"];

interface File {
  person: number;
  status: Status;
  events: { kind: EventKind; at: Date }[];
  lapsesAt: Date | null;
}

interface World {
  now: Date;
  files: File[];
  /** Person → number of accounts. */
  accounts: Map<number, number>;
}

type Act = { does: StepKind; by: ActorKind; file: number } | { declares: number } | { passes: number };

const newWorld = (): World => ({ now: new Date("2026-11-23T02:00:00Z"), files: [], accounts: new Map() });
const isOpen = ({ status }: File) => status === "confirmed" || status === "received";

/** As advance.ts and accept.ts decide: the clock first, then the diagram, then the account of the person. */
function happen(world: World, act: Act): void {
  if ("passes" in act) world.now = new Date(world.now.getTime() + act.passes * HOUR_MS);
  else if ("declares" in act) {
    const file: File = { person: act.declares, status: "draft", events: [], lapsesAt: null };
    file.events.push({ kind: "drafted", at: world.now });
    world.files.push(file);
  } else step(world, act);
}

function step(world: World, { does, by, file: nth }: Extract<Act, { does: StepKind }>): void {
  const file = world.files[nth % Math.max(1, world.files.length)];
  if (!file) return;
  const { now } = world;
  if (isOverdue(file, now)) {
    file.events.push({ kind: "lapsed", at: now });
    file.status = "lapsed";
    return;
  }
  if (does === "lapsed") return;
  const next = statusAfter(file.status, does, by);
  if (!next) return;
  const isRival =
    does === "confirmed" && world.files.some((one) => one !== file && one.person === file.person && isOpen(one));
  const hasAccount = (world.accounts.get(file.person) ?? 0) > 0;
  if (isRival || ((does === "confirmed" || does === "accepted") && hasAccount)) return;
  if (does === "confirmed") file.lapsesAt = lapsesAt(now, calendar);
  if (does === "accepted") world.accounts.set(file.person, (world.accounts.get(file.person) ?? 0) + 1);
  file.events.push({ kind: does, at: now });
  file.status = next;
}

/** What may never be; the first sentence that is true of this world. */
function wrongIn({ files, accounts }: World): string | undefined {
  for (const { events, status, lapsesAt: end } of files) {
    const told = events.map(({ kind }) => kind).join(" → ");
    if (walk(events.map(({ kind }) => kind)) !== status) return `outside the diagram: ${told}`;
    if (statusOf(events) !== status) return `the fold says ${statusOf(events)}: ${told}`;
    const late = events.find(({ kind, at }) => (kind === "received" || kind === "withdrawn") && end && at >= end);
    if (late) return `${late.kind} after the last instant: ${told}`;
    const early = events.find(({ kind, at }) => kind === "lapsed" && end && at < end);
    if (early) return `lapsed too early: ${told}`;
  }
  for (const [person, count] of accounts) if (count > 1) return `person ${person} has ${count} accounts`;
  const open = files.filter(isOpen).map(({ person }) => person);
  return new Set(open).size < open.length ? "two open files of one person" : undefined;
}

const someAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ does: fc.constantFrom(...kinds), by: fc.constantFrom(...actors), file: fc.nat(40) }),
  },
  { weight: 2, arbitrary: fc.record({ declares: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ passes: fc.integer({ min: 1, max: 120 }) }) },
);

describe("the life of a file, played at random", () => {
  it(`never leaves the diagram in ${ACTS} acts of citizens, officers and the clock (seed ${SEED})`, () => {
    const { pick, below, roll } = dice(SEED);
    const world = newWorld();
    for (let nth = 0; nth < ACTS; nth += 1) {
      const chance = roll();
      if (chance < 0.03) happen(world, { declares: below(100) });
      else if (chance < 0.07) happen(world, { passes: 1 + below(60) });
      else {
        // Mostly the latest files: those that still live.
        const file = Math.max(0, world.files.length - 1 - below(12));
        happen(world, { does: pick(kinds), by: pick(actors), file });
      }
    }
    expect(wrongIn(world)).toBeUndefined();
    const reached = new Set(world.files.map(({ status }) => status));
    expect([...reached].sort()).toEqual([...STATUSES].sort());
  });

  it("nor in any short game that can be told again", () => {
    fc.assert(
      fc.property(fc.array(someAct, { maxLength: 120 }), (acts) => {
        const world = newWorld();
        for (const act of acts) happen(world, act);
        expect(wrongIn(world)).toBeUndefined();
      }),
      { numRuns: 300, seed: SEED },
    );
  });

  it("and this game would notice an acceptance after the lapse, a second account and a step that is not drawn", () => {
    const at = new Date("2026-11-23T02:00:00Z");
    const file = (status: Status, ...events: EventKind[]): File => ({
      person: 1,
      status,
      events: events.map((kind) => ({ kind, at })),
      lapsesAt: null,
    });
    const world = { ...newWorld(), files: [file("accepted", "drafted", "confirmed", "lapsed", "accepted")] };
    expect(wrongIn(world)).toContain("outside the diagram");
    expect(wrongIn({ ...newWorld(), accounts: new Map([[7, 2]]) })).toBe("person 7 has 2 accounts");
    expect(wrongIn({ ...newWorld(), files: [file("received", "drafted", "received")] })).toContain("outside");
  });

  it("lets through exactly the steps of the diagram, and to nobody but the actors of each", () => {
    for (const status of STATUSES) {
      for (const kind of kinds) {
        const by = actors.filter((actor) => statusAfter(status, kind, actor) !== undefined);
        expect([status, kind, by.length > 0]).toEqual([status, kind, DIAGRAM[status][kind] !== undefined]);
        for (const actor of by) expect(statusAfter(status, kind, actor)).toBe(DIAGRAM[status][kind]);
      }
    }
    expect(allowed("accepted", "staff")).toEqual([]);
  });

  it("gives every reception its quarter of an hour, whatever the hour", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date("2026-01-01"), max: new Date("2046-01-01") }), (at) => {
        expect(noticeDueAt(at).getTime() - at.getTime()).toBe(15 * 60_000);
      }),
    );
  });
});
