/**
 * R7 (F1, §4.1): whatever passes one of five doors – a statement, a call on a file, bytes to a provider, a timer, an
 * answer over HTTP – dies before its first passage, after it, fails or hangs at it, then at its second, and so on until
 * it passes unharmed. Then it is asked again, or done by the next worker, and I1–I7 must hold; of an account all that is
 * written must have moved by one whole act. At the end acts without transactions, and one that is written down twice, must be
 * seen. --every=9 every ninth passage, --small 40; --seeds=20 so many casts of people and orders of acts, at other passages;
 * --only=send one door, --mode=hang one way, --acts=accept,upload,worker,erase some of what is done; --planted=erase in
 * which other acts on accounts an end of transactions is sought.
 */
import { appendFileSync } from "node:fs";
import { optionOf, tellAtMost, tellFigure, wordsOf } from "../bench/harness.ts";
import { sealAudit } from "../src/audit/seal.ts";
import { verifyAudit } from "../src/audit/verify.ts";
import { fakeMx } from "../src/notices/providers.fixture.ts";
import { ACCOUNT_ACTS, AccountDoors, prepareAccounts } from "./crash-accounts.ts";
import { DOORS, type Door, HANG_MS, MODES, type Mode, type Plant } from "./crash-doors.ts";
import { ACTS, type AskedAt } from "./crash-life.ts";
import { Cast } from "./crash-people.ts";
import { StruckWeb } from "./crash-struck.ts";
import type { Played, Walk } from "./crash-walk.ts";
import { WebDoors } from "./crash-web.ts";
import { WorkerDoors } from "./crash-worker.ts";
import { judgeOracle } from "./lives-judge.ts";
import { LivesStand } from "./lives-stand.ts";

const EVERY = optionOf("every") ?? (process.argv.includes("--small") ? 40 : 1);
const SEEDS = optionOf("seeds") ?? 1;
const POINTS = 200;
const SOUGHT_EVERY = 5;
const sought = ACCOUNT_ACTS.filter((act) => wordsOf("planted")?.includes(act));
const asked = { doors: wordsOf("only") ?? DOORS, modes: wordsOf("mode") ?? MODES, acts: wordsOf("acts") };
const stand = new LivesStand();
const mx = await fakeMx();
const seen = {
  points: 0,
  passages: new Map<string, number>(),
  broken: [] as string[],
  /** What the judge says of each thing that is wrong on purpose. */
  planted: new Map<string, string[]>(),
};

/** Something that is played at each passage of a door. */
interface Job {
  what: string;
  mode: Mode;
  play(): Promise<Played>;
}

/** Of one seed: its people, its passages, and the order of what is played. */
interface Round {
  cast: Cast;
  walk: Walk;
  inOrder(jobs: Job[]): Job[];
}

try {
  await stand.open({ webs: 0, workers: 0, officers: 1, env: { SMTP_URL: mx.url } });
  await prepareAccounts(stand);
  const at = { port: 0, oracle: stand.oracle, bearer: "" };
  const web = await new StruckWeb(stand, at).begin();
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const round = roundOf(seed);
    if (SEEDS > 1) console.log(`  seed ${seed}, passages 1 and from ${round.walk.from} on`);
    await stand.renewOfficers();
    at.bearer = stand.officers[0] ?? "";
    await everyAct(await new WebDoors(stand, at, { web, ...round }).open(), round);
    await onListOf("accounts", at, () =>
      everyAccount(new AccountDoors({ stand, at, cast: round.cast, mx }, web, round.walk), round),
    );
    if (isAsked("worker")) await onListOf("worker", at, () => everyWork(at, { ...round, cast: new Cast(seed, true) }));
  }
  await onListOf("planted", at, () => seek(web, at));
  process.exitCode = (await tell()) ? 0 : 1;
  await web.close();
} finally {
  await stand.close();
  await mx.stop();
}

/** What is broken on purpose, or judged by its own books, stands on a list of its own. */
async function onListOf(name: string, at: AskedAt, play: () => Promise<void>): Promise<void> {
  at.oracle = `${stand.oracle}.${name}`;
  await play();
  at.oracle = stand.oracle;
}

/** The first seed takes all in order. Every act meets something at its first passage, and each seed at others further on. */
function roundOf(seed: number): Round {
  const cast = new Cast(seed);
  const from = seed === 1 ? 1 : 1 + cast.dice.below(EVERY);
  return { cast, walk: { from, every: EVERY }, inOrder: (jobs) => (seed === 1 ? jobs : cast.dice.shuffled(jobs)) };
}

async function everyAct(web: WebDoors, { inOrder }: Round): Promise<void> {
  const jobs = modes().flatMap((mode) => [
    ...doors("statement", "response").flatMap((door) =>
      ACTS.filter(isAsked).map((act) => ({ what: `${act} by ${door}`, mode, play: () => web.act(act, door, mode) })),
    ),
    ...(isAsked("upload") ? doors("statement", "response", "file") : []).map((door) => ({
      ...{ what: `upload by ${door}`, mode, play: () => web.upload(door, mode) },
    })),
  ]);
  await playAll(inOrder(jobs));
}

async function everyAccount(accounts: AccountDoors, { inOrder }: Round): Promise<void> {
  const jobs = modes().flatMap((mode) =>
    doors("statement", "response").flatMap((door) =>
      ACCOUNT_ACTS.filter(isAsked).map((act) => ({
        ...{ what: `${act} by ${door}`, mode, play: () => accounts.play(act, door, mode) },
      })),
    ),
  );
  if (jobs.length === 0) return;
  accounts.open();
  await playAll(inOrder(jobs)).finally(() => accounts.close());
}

async function everyWork(at: AskedAt, { cast, walk, inOrder }: Round): Promise<void> {
  const worker = await new WorkerDoors(stand, mx, at, { cast, walk }).open();
  const jobs = modes().flatMap((mode) =>
    doors("statement", "file", "send", "timer").map((door) => ({
      ...{ what: `worker by ${door}`, mode, play: () => worker.play(door, mode) },
    })),
  );
  await playAll(inOrder(jobs));
}

async function playAll(jobs: readonly Job[]): Promise<void> {
  for (const { what, mode, play } of jobs) note(what, mode, await play());
}

/** What is planted must be found at any size of the trial. */
async function seek(web: StruckWeb, at: AskedAt): Promise<void> {
  const [cast, walk] = [new Cast(SEEDS + 1), { from: 1, every: Math.min(EVERY, SOUGHT_EVERY) }];
  const acts = new WebDoors(stand, at, { web, cast, walk });
  const accounts = new AccountDoors({ stand, at, cast, mx }, web, walk).open();
  const change = () => accounts.play("later password", "statement", "before", true);
  const plants: [string, Plant, () => Promise<Played>][] = [
    ["where transactions are none", "no transactions", () => acts.act("accept", "statement", "before", true)],
    ["of a change of password without transactions", "no transactions", change],
    ["of a change of password whose record is written twice", "records twice", change],
    ...sought.map((act): [string, Plant, () => Promise<Played>] => [
      `of "${act}" without transactions`,
      "no transactions",
      () => accounts.play(act, "statement", "before", true),
    ]),
  ];
  for (const [what, plant, play] of plants) {
    await web.begin({ FAULTS_PLANTED: plant });
    seen.planted.set(what, (await play()).broken);
  }
  await accounts.close();
}

function isAsked(part: string): boolean {
  return asked.acts?.includes(part) ?? true;
}

function modes(): Mode[] {
  return MODES.filter((mode) => asked.modes.includes(mode));
}

function doors(...some: Door[]): Door[] {
  return some.filter((door) => asked.doors.includes(door));
}

function note(what: string, mode: Mode, { points, passages, broken }: Played): void {
  console.log(`  ${what}, ${mode}: ${points} of ${passages} passages, ${broken.length} violations`);
  seen.points += points;
  seen.passages.set(what, Math.max(seen.passages.get(what) ?? 0, passages));
  for (const one of broken) console.log(`    ${one}`);
  seen.broken.push(...broken);
}

async function tell(): Promise<boolean> {
  appendFileSync(stand.oracle, "");
  const found = await judgeOracle(stand.owner, stand.oracle, () => 0);
  await sealAudit(stand.house);
  const chain = await verifyAudit(stand.house.db, new Date());
  const wrong = [...seen.broken, ...found.lost, ...found.twice];
  for (const one of [...found.lost, ...found.twice].slice(0, 20)) console.log(`  ${one}`);
  const byDoor = DOORS.map((door) => {
    const passages = [...seen.passages].filter(([what]) => what.endsWith(`by ${door}`));
    return `${door} ${passages.reduce((sum, [, count]) => sum + count, 0)}`;
  });
  const all = [...seen.passages.values()].reduce((sum, count) => sum + count, 0);
  const hang = `hanging is ${HANG_MS / 1000} s for 60, beside senders twenty times as fast, and its asker gives up after one`;
  return [
    tellFigure({ id: "R7", what: "passages of five doors", value: all, goal: POINTS, extra: byDoor.join(", ") }),
    tellAtMost({
      ...{
        id: "R7",
        what: "violations of I1–I7, not done by asking again, lost or twice",
        value: wrong.length,
        goal: 0,
      },
      extra: `${seen.points} faults in ${modes().length} modes, every ${EVERY}th passage, ${SEEDS} seeds; ${found.acknowledged} answers acknowledged; ${hang}`,
    }),
    ...[...seen.planted].map(([what, lines]) =>
      tellFigure({
        ...{ id: "R7", what: `violations found ${what}`, value: lines.length, goal: 1 },
        extra: lines[0] ?? "none was seen",
      }),
    ),
    tellAtMost({
      id: "R7",
      what: "links of the audit that do not fit",
      value: Number(!chain.isWhole),
      goal: 0,
      extra: `${chain.links} links`,
    }),
  ].every(Boolean);
}
