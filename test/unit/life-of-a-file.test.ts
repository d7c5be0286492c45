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
/** Every step there is: the type asks for each of them by name. */
const kinds = Object.keys({
  confirmed: 1,
  withdrawn: 1,
  lapsed: 1,
  received: 1,
  taken: 1,
  released: 1,
  paper_filed: 1,
  printed: 1,
  proposed: 1,
  sent_back: 1,
  accepted: 1,
  refused: 1,
  handed_over: 1,
  batched: 1,
  unbatched: 1,
} satisfies Record<StepKind, 1>) as StepKind[];
const actors: readonly ActorKind[] = ["citizen", "staff", "system"];

interface File {
  person: number;
  status: Status;
  events: { kind: EventKind; at: Date }[];
  lapsesAt: Date | null;
  /** Handed in with a batch: its days no longer run. */
  batchedAt: Date | null;
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
    const file: File = { person: act.declares, status: "draft", events: [], lapsesAt: null, batchedAt: null };
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
  // As batch/remove.ts decides: what would lapse at once stays in its batch.
  if (does === "unbatched" && isOverdue({ ...file, batchedAt: null }, now)) return;
  if (isRival || ((does === "confirmed" || does === "accepted") && hasAccount)) return;
  if (does === "batched") file.batchedAt = now;
  if (does === "unbatched") file.batchedAt = null;
  if (does === "confirmed") file.lapsesAt = lapsesAt(now, calendar);
  if (does === "accepted") world.accounts.set(file.person, (world.accounts.get(file.person) ?? 0) + 1);
  file.events.push({ kind: does, at: now });
  file.status = next;
}

/** Nobody hands in, or takes back, what is past its last instant, unless it lies in a batch since before. */
const AFTER_DEADLINE: ReadonlySet<EventKind> = new Set(["received", "withdrawn", "batched"]);

/** What may never be; the first sentence that is true of this world. */
function wrongIn({ files, accounts }: World): string | undefined {
  for (const { events, status, lapsesAt: end } of files) {
    const told = events.map(({ kind }) => kind).join(" → ");
    if (walk(events.map(({ kind }) => kind)) !== status) return `outside the diagram: ${told}`;
    if (statusOf(events) !== status) return `the fold says ${statusOf(events)}: ${told}`;
    const handedIn = events.findLast(({ kind }) => kind === "batched" || kind === "unbatched");
    const isInBatch = handedIn?.kind === "batched";
    const late = events.find(({ kind, at }) => AFTER_DEADLINE.has(kind) && end && at >= end);
    if (late && !(isInBatch && late.kind !== "batched")) return `${late.kind} after the last instant: ${told}`;
    const early = events.find(({ kind, at }) => kind === "lapsed" && end && at < end);
    if (early) return `lapsed too early: ${told}`;
    if (status === "lapsed" && isInBatch) return `lapsed in a batch: ${told}`;
    const lapsed = events.findIndex(({ kind }) => kind === "lapsed");
    if (lapsed >= 0 && lapsed < events.length - 1) return `went on after the lapse: ${told}`;
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
    const done = new Set(world.files.flatMap(({ events }) => events.map(({ kind }) => kind)));
    expect([...done].sort()).toEqual([...kinds, "drafted"].sort());
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
      batchedAt: null,
    });
    const world = { ...newWorld(), files: [file("accepted", "drafted", "confirmed", "lapsed", "accepted")] };
    expect(wrongIn(world)).toContain("outside the diagram");
    expect(wrongIn({ ...newWorld(), accounts: new Map([[7, 2]]) })).toBe("person 7 has 2 accounts");
    expect(wrongIn({ ...newWorld(), files: [file("received", "drafted", "received")] })).toContain("outside");
    const deadline = { lapsesAt: at };
    const late = { ...file("received", "drafted", "confirmed", "received"), ...deadline };
    expect(wrongIn({ ...newWorld(), files: [late] })).toContain("received after the last instant");
    const lost = { ...file("lapsed", "drafted", "confirmed", "batched", "lapsed"), lapsesAt: null };
    expect(wrongIn({ ...newWorld(), files: [lost] })).toContain("lapsed in a batch");
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
