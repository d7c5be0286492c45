/**
 * R7 (F1, §4.1): whatever passes one of five doors – a statement, a call on a file, bytes to a provider, a timer, an
 * answer over HTTP – dies before its first passage, after it, fails or hangs at it, then at its second, and so on until
 * it passes unharmed. Then it is asked again, or done by the next worker, and I1–I7 must hold. First an act without
 * transactions must be seen. --every=9 every ninth passage, --small 40; --only=send one door,
 * --mode=hang one way, --acts=accept,upload,worker some of what is done.
 */
import { appendFileSync } from "node:fs";
import { optionOf, tellAtMost, tellFigure, wordsOf } from "../bench/harness.ts";
import { sealAudit } from "../src/audit/seal.ts";
import { verifyAudit } from "../src/audit/verify.ts";
import { fakeMx } from "../src/notices/providers.fixture.ts";
import { DOORS, type Door, HANG_MS, MODES, type Mode } from "./crash-doors.ts";
import { ACTS, type ActName } from "./crash-life.ts";
import { type Played, WebDoors } from "./crash-web.ts";
import { WorkerDoors } from "./crash-worker.ts";
import { judgeOracle } from "./lives-judge.ts";
import { LivesStand } from "./lives-stand.ts";

const EVERY = optionOf("every") ?? (process.argv.includes("--small") ? 40 : 1);
const POINTS = 200;
const asked = { doors: wordsOf("only") ?? DOORS, modes: wordsOf("mode") ?? MODES, acts: wordsOf("acts") };
const stand = new LivesStand();
const mx = await fakeMx();
const seen = { points: 0, passages: new Map<string, number>(), broken: [] as string[] };
let planted: string[] = [];
try {
  await stand.open({ webs: 0, workers: 0, officers: 1, env: { SMTP_URL: mx.url } });
  const at = { port: 0, oracle: stand.oracle, bearer: stand.officers[0] ?? "" };
  const web = await new WebDoors(stand, at, EVERY).open();
  await everyAct(web);
  const worker = new WorkerDoors(stand, mx, { ...at, oracle: `${stand.oracle}.worker` }, EVERY);
  if (isAsked("worker")) await everyWork(await worker.open());
  process.exitCode = (await tell()) ? 0 : 1;
  await web.close();
} finally {
  await stand.close();
  await mx.stop();
}

async function everyAct(web: WebDoors): Promise<void> {
  for (const mode of modes()) {
    for (const door of doors("statement", "response")) {
      for (const act of acts()) note(`${act} by ${door}`, mode, await web.act(act, door, mode));
    }
    for (const door of isAsked("upload") ? doors("statement", "response", "file") : [])
      note(`upload by ${door}`, mode, await web.upload(door, mode));
  }
  planted = await web.planted("accept");
}

async function everyWork(worker: WorkerDoors): Promise<void> {
  for (const mode of modes()) {
    for (const door of doors("statement", "file", "send", "timer"))
      note(`worker by ${door}`, mode, await worker.play(door, mode));
  }
}

function isAsked(part: string): boolean {
  return asked.acts?.includes(part) ?? true;
}

function acts(): ActName[] {
  return ACTS.filter(isAsked);
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
      extra: `${seen.points} faults in ${modes().length} modes, every ${EVERY}th passage; ${found.acknowledged} answers acknowledged; ${hang}`,
    }),
    tellFigure({
      ...{ id: "R7", what: "violations found where transactions are none", value: planted.length, goal: 1 },
      extra: planted[0] ?? "none was seen",
    }),
    tellAtMost({
      id: "R7",
      what: "links of the audit that do not fit",
      value: Number(!chain.isWhole),
      goal: 0,
      extra: `${chain.links} links`,
    }),
  ].every(Boolean);
}
