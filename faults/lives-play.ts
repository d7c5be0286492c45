/**
 * People live their lives over HTTP while something is done to the parts; afterwards every acknowledged act is there
 * exactly once, every history of a person is what some order of single acts gives, and nobody had to help.
 */
import { setTimeout as wait } from "node:timers/promises";
import { optionOf } from "../bench/harness.ts";
import { type Dice, dice } from "../test/dice.ts";
import { verdictAt } from "./amount.ts";
import { checkHistory } from "./history-check.ts";
import { lifeModel } from "./history-model.ts";
import { Caller } from "./lives-caller.ts";
import { type Injection, longestOf } from "./lives-faults.ts";
import { judgeOracle } from "./lives-judge.ts";
import { enrolPerson, LifeOf, personOf } from "./lives-plan.ts";
import { LivesStand, type StandAsked } from "./lives-stand.ts";

export interface LivesTrial {
  /** "R1 web, worker and database killed": what the figure is called. */
  title: string;
  /** Faults of the one sort and of the other: how many when nothing is asked for. */
  small: number;
  usual: number;
  /** How many its figure asks for. */
  asked: number;
  /** How many, whatever is asked for. */
  kills?: number;
  stand?: Partial<Omit<StandAsked, "officers">>;
  faults(stand: LivesStand): Injection[];
  /** Between two faults; half a second to two where nothing is said. */
  pauseMs?: (random: Dice) => number;
  /** How long a client rests between two lives. */
  restMs?: number;
  /** What goes on beside the lives. */
  beside?: (stand: LivesStand) => Promise<Beside>;
}

export interface Beside {
  /** Ends it and tells its figures; false when one is short. */
  end(): Promise<boolean>;
}

const SEED = optionOf("seed") ?? 330;
const RENEW_AFTER_MS = 300_000;
/** R9. */
const HISTORIES = 10_000;

/** Tells its figures; false when one is short. `--kills`: how many faults, `--clients`: how many live at once. */
export async function playLives(trial: LivesTrial): Promise<boolean> {
  const isSmall = process.argv.includes("--small");
  const clients = optionOf("clients") ?? (isSmall ? 6 : 12);
  const kills = trial.kills ?? optionOf("kills") ?? (isSmall ? trial.small : trial.usual);
  const stand = new LivesStand();
  try {
    await stand.open({ webs: 2, workers: 2, ...trial.stand, officers: clients });
    return await play(trial, stand, { clients, kills });
  } finally {
    await stand.close();
  }
}

interface Size {
  clients: number;
  kills: number;
}

async function play(trial: LivesTrial, stand: LivesStand, { clients, kills }: Size): Promise<boolean> {
  const random = dice(SEED);
  const caller = new Caller(stand.balancer.port, stand.oracle);
  let isOn = true;
  let born = 0;
  const broken: string[] = [];
  const client = async (nth: number) => {
    while (isOn) {
      born += 1;
      const person = personOf(born);
      const life = new LifeOf(stand, caller, person, () => stand.officers[nth] ?? "", dice(SEED + born));
      try {
        await untilDone(() => enrolPerson(stand, person));
        await life.run();
      } catch (error) {
        broken.push(`${person.insurance}: ${(error as Error).message}`);
      }
      if (trial.restMs && isOn) await wait(trial.restMs);
    }
  };
  const beside = await trial.beside?.(stand);
  const living = Array.from({ length: clients }, (_, nth) => client(nth));
  const faults = trial.faults(stand);
  let renewedAt = Date.now();
  for (let kill = 0; kill < kills; kill += 1) {
    await wait(trial.pauseMs?.(random) ?? 500 + random.below(1500));
    await faults[kill % faults.length]?.inject(random);
    if (Date.now() > renewedAt + RENEW_AFTER_MS) {
      await untilDone(() => stand.renewOfficers());
      renewedAt = Date.now();
    }
  }
  isOn = false;
  await Promise.all(living);
  const isBesideHeld = (await beside?.end()) ?? true;
  const isTold = await tell(trial, { stand, caller, faults, broken });
  console.log(`  ${born} lives by ${clients} clients`);
  return isTold && isBesideHeld;
}

interface Played {
  stand: LivesStand;
  caller: Caller;
  faults: readonly Injection[];
  broken: readonly string[];
}

async function tell(trial: LivesTrial, { stand, caller, faults, broken }: Played): Promise<boolean> {
  const unanswered = new Map<string, number>();
  for (const [person, acts] of caller.acts) {
    unanswered.set(person, acts.filter(({ returnedAt }) => returnedAt === undefined).length);
  }
  const found = await judgeOracle(stand.owner, stand.oracle, (person) => unanswered.get(person) ?? 0);
  for (const one of faults) console.log(`  ${one.name}: ${one.times.length} times, ${longestOf(one)}`);
  const troubles = [...caller.troubles].map(([what, count]) => `${count} × ${what}`).join(", ") || "none";
  console.log(`  answers on the way that were asked again: ${troubles}`);
  for (const line of broken.slice(0, 10)) console.log(`  broken: ${line}`);
  for (const line of [...found.lost.map((one) => `lost: ${one}`), ...found.twice.map((one) => `twice: ${one}`)].slice(
    0,
    20,
  )) {
    console.log(`  ${line}`);
  }
  const isKept = found.lost.length + found.twice.length + broken.length === 0;
  const injected = faults.reduce((sum, one) => sum + one.times.length, 0);
  console.log(
    `${trial.title}, ${injected} times at random moments under ${found.acknowledged} acknowledged acts: ` +
      `acknowledged and lost: ${found.lost.length}, done twice: ${found.twice.length}: ${verdictAt(isKept, injected, trial.asked)}`,
  );
  const late = faults.filter((one) => one.goalMs > 0 && Math.max(0, ...one.times) > one.goalMs).map(({ name }) => name);
  console.log(
    `R47 out no longer than its goal after any one kill, by itself: ${late.length === 0 ? "held" : `short (${late.join(", ")})`}`,
  );
  return [isKept, late.length === 0, tellHistories(caller)].every(Boolean);
}

function tellHistories(caller: Caller): boolean {
  let bad = 0;
  let acts = 0;
  for (const [person, history] of caller.acts) {
    acts += history.length;
    const verdict = checkHistory(history, lifeModel);
    if (verdict.isLinear) continue;
    bad += 1;
    if (bad > 3) continue;
    console.log(`  no order explains ${person}:`);
    const all = history.toSorted((one, other) => one.invokedAt - other.invokedAt);
    for (const { what, invokedAt, returnedAt } of all) {
      console.log(`    ${invokedAt.toFixed(0)}–${returnedAt?.toFixed(0) ?? ""} ${JSON.stringify(what)}`);
    }
  }
  const held = bad === 0 && caller.acts.size > 0;
  console.log(
    `R9 histories of ${caller.acts.size} persons (${acts} acts), on PostgreSQL at read committed, under these faults: ${bad} without an order (goal 0): ${verdictAt(held, caller.acts.size, HISTORIES)}`,
  );
  return held;
}

/** The database may be away for half a minute, and again as soon as it is back. */
const OWN_PATIENCE_MS = 150_000;

/** The trial's own work beside the product: the database is away now and then. */
async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (const giveUpAt = performance.now() + OWN_PATIENCE_MS; ; ) {
    try {
      await work();
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await wait(200);
    }
  }
}
