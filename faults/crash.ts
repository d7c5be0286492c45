/**
 * R7 (F1, §4.1): each act is made to die at its first statement, its second, and so on until it passes unharmed: with
 * SIGKILL before the statement, after it, and with a fault thrown. Then it is asked again under the same key, and must
 * have happened once. --every=1 for every statement, --small every ninth.
 */
import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { optionOf } from "../bench/harness.ts";
import type { LifeAct } from "./history-model.ts";
import { type Answered, type Asked, Caller } from "./lives-caller.ts";
import { judgeOracle } from "./lives-judge.ts";
import { personOf } from "./lives-plan.ts";
import { LivesStand, OFFICE } from "./lives-stand.ts";

export interface Trap {
  at: number;
  mode: "before" | "after" | "throw";
}

const EVERY = optionOf("every") ?? (process.argv.includes("--small") ? 9 : 1);
const MODES = ["before", "after", "throw"] as const;
const ACTS = ["declare", "confirm", "withdraw", "receive", "accept", "refuse"] as const;
type ActName = (typeof ACTS)[number];
const BEFORE: Record<ActName, ActName[]> = {
  declare: [],
  confirm: ["declare"],
  withdraw: ["declare", "confirm"],
  receive: ["declare", "confirm"],
  accept: ["declare", "confirm", "receive"],
  refuse: ["declare", "confirm", "receive"],
};

const stand = new LivesStand();
let child: ChildProcess | undefined;
let port = 0;
let born = 0;
const seen = { points: 0, broken: [] as string[] };
try {
  await stand.open({ webs: 0, workers: 0, officers: 1 });
  await serve();
  for (const mode of MODES) for (const act of ACTS) await everyStatement(act, mode);
  process.exitCode = (await tell()) ? 0 : 1;
} finally {
  child?.kill("SIGKILL");
  await stand.close();
}

async function everyStatement(act: ActName, mode: Trap["mode"]): Promise<void> {
  for (let at = 1; ; at += EVERY) {
    const life = new Life();
    for (const step of BEFORE[act]) await life.act(step);
    await set({ at, mode });
    const key = randomUUID();
    await life.once(act, key).catch(() => undefined);
    const isUnharmed = child?.exitCode === null && child.signalCode === null && (await passed()) < at;
    if (!isUnharmed) seen.points += 1;
    await revive();
    const answer = await life.act(act, key);
    if (answer.status >= 300) seen.broken.push(`${act} ${mode} ${at}: ${answer.status} ${answer.text}`);
    if (isUnharmed) return;
  }
}

/** As a service manager and a minute of patience would: another process, and the key of the dead one may be taken over. */
async function revive(): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) await serve();
  await stand.owner.query("update idempotency_key set created_at = created_at - interval '2 minutes' where status is null");
}

async function serve(): Promise<void> {
  const script = fileURLToPath(new URL("./faults-crash-serve.js", import.meta.url));
  child = fork(script, { env: { ...process.env, ...stand.environment() } });
  [{ port }] = (await once(child, "message")) as [{ port: number }];
}

async function set(trap: Trap): Promise<void> {
  child?.send(trap);
  if (child) await once(child, "message");
}

async function passed(): Promise<number> {
  if (!child) return 0;
  child.send("count");
  const [told] = (await once(child, "message")) as [{ passed: number }];
  return told.passed;
}

class Life {
  readonly #person = personOf(++born);
  #code = "";
  #fileToken = "";

  /** Until it is answered, and noted as acknowledged. */
  async act(act: ActName, key: string = randomUUID()): Promise<Answered> {
    const asked = this.#asked(act, key);
    const caller = new Caller(port, stand.oracle);
    const answer = await caller.act(this.#person.insurance, asked, (given) =>
      given && given.status < 300 ? ({ act, answer: "done", secret: "issued" } as LifeAct) : undefined,
    );
    if (!answer) throw new Error(`${act} is not answered`);
    if (act === "declare") {
      this.#code = String(answer.body.code);
      this.#fileToken = String(answer.body.accessToken);
    }
    return answer;
  }

  async once(act: ActName, key: string): Promise<void> {
    const { method, path, body, bearer, fileToken } = this.#asked(act, key);
    await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      signal: AbortSignal.timeout(8000),
      headers: {
        ...{ "idempotency-key": key, "x-file-token": fileToken ?? "" },
        ...(body ? { "content-type": "application/json" } : {}),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).then((reply) => reply.arrayBuffer());
  }

  #asked(act: ActName, key: string): Asked {
    const { insurance, paper, phone, name } = this.#person;
    const path = `/api/v1/declarations${act === "declare" ? "" : `/${this.#code}/${nounOf[act]}`}`;
    const asked = { method: "POST", path, key } as const;
    const bearer = stand.officers[0] ?? "";
    if (act === "confirm" || act === "withdraw") return { ...asked, fileToken: this.#fileToken };
    if (act === "accept") return { ...asked, bearer, body: { note: "Chưa có trong sổ gốc, đã đối chiếu bản chính." } };
    if (act === "refuse") return { ...asked, bearer, body: { grounds: ["form_not_signed"] } };
    if (act === "receive") {
      const reading = { kind: "cccd", number: paper, name, birth: "1990-01-15" };
      const ticks = { originalSeen: true, formSigned: true, faceMatches: true, copyKept: true };
      return { ...asked, bearer, body: { paper: reading, ...ticks } };
    }
    const body = {
      ...{ for: "self", paper: { kind: "cccd", number: paper }, fullName: name, sex: 2, birth: "1990-01-15" },
      ...{ insuranceNumber: insurance, phone, email: null, officeCode: OFFICE },
      address: { communeCode: "21952", street: "12 Đường Thử" },
    };
    return { ...asked, body };
  }
}

const nounOf = {
  confirm: "confirmation",
  withdraw: "withdrawal",
  receive: "reception",
  accept: "acceptance",
  refuse: "refusal",
} as Record<ActName, string>;

async function tell(): Promise<boolean> {
  const found = await judgeOracle(stand.owner, stand.oracle, () => 0);
  const isHeld = found.lost.length + found.twice.length + seen.broken.length === 0 && seen.points > 0;
  for (const one of [...seen.broken, ...found.lost, ...found.twice].slice(0, 20)) console.log(`  ${one}`);
  console.log(
    `R7 acts that die at a statement of theirs and are asked again: ${seen.points} points of ${ACTS.length} acts in ${MODES.length} modes, ${found.acknowledged} acknowledged: ` +
      `acknowledged and lost: ${found.lost.length}, done twice: ${found.twice.length}, not done by asking again: ${seen.broken.length}: ${isHeld ? "held" : "short"}`,
  );
  return isHeld;
}
