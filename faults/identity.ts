/**
 * R21: on four routes whether a number or file exists shows neither in the answer nor in its time. Pairs of a known
 * and an unknown number in random order; the 99 % interval of the median difference lies inside ±0.5 ms. First a
 * leak of 0.2 ms is planted: a trial that cannot see that one proves nothing.
 */
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashSecret } from "../src/account/hash-lane.ts";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { makeFileCode } from "../src/kernel/file-code.ts";
import { parseEnvironment } from "../src/settings.ts";
import { fillKnown, insuranceNumber } from "./identity-store.ts";
import { medianInterval } from "./statistics.ts";

const PAIRS = Number(process.env.FAULTS_PAIRS ?? 3000);
const WARM = 100;
const GOAL_MS = 0.5;
const PLANTED_MS = 0.2;

interface Asked {
  path: string;
  body: object;
  headers?: Record<string, string>;
}
interface Answered {
  ms: number;
  /** Status and body, without what is random in both. */
  text: string;
}
type Side = (n: number) => Promise<Asked> | Asked;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const folder = mkdtempSync(join(tmpdir(), "vssid-faults-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
let server: ChildProcess | undefined;
let port = 0;
try {
  const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  const passwordHash = await hashSecret("mật khẩu không ai biết ở đây");
  await fillKnown(owner, { count: PAIRS + WARM, passwordHash, now: house.clock.now() });
  await owner.end();
  server = fork(fileURLToPath(new URL("./faults-identity-serve.js", import.meta.url)), [folder], {
    env: { ...process.env, NODE_ENV: "production" },
  });
  [{ port }] = (await once(server, "message")) as [{ port: number }];
  process.exitCode = (await runAll()) ? 0 : 1;
} finally {
  agent.destroy();
  if (server?.exitCode === null) {
    const ended = once(server, "exit");
    server.kill();
    await ended;
  }
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

async function runAll(): Promise<boolean> {
  const held = [await calibrate()];
  const sides: Record<string, (isKnown: boolean) => Side> = {
    "sign-in": (isKnown) => (n) => ({
      path: "/api/v1/session",
      body: { login: insuranceNumber(n, isKnown), password: "mật khẩu sai nhưng đủ dài" },
    }),
    recovery: (isKnown) => (n) => ({
      path: "/api/v1/account/recovery",
      body: { login: insuranceNumber(n, isKnown), channel: "sms" },
    }),
    "confirming a declaration": (isKnown) => (n) => confirmation(n, isKnown),
    "opening a file": fileSides(),
  };
  for (const [name, sideOf] of Object.entries(sides)) held.push(await trial(name, sideOf(true), sideOf(false)));
  return held.every(Boolean);
}

/** Two sides that are alike, but for the planted work on the first. */
async function calibrate(): Promise<boolean> {
  const side = (planted: number): Side => {
    const headers = planted > 0 ? { "x-planted-ms": String(planted) } : {};
    return () => ({ path: `/api/v1/declarations/${strangeCode()}/access`, body: { birth: "1980-01-01" }, headers });
  };
  const { differences } = await askPairs(side(PLANTED_MS), side(0));
  const { median, low, high } = medianInterval(differences);
  const isSeen = low > 0 && Math.abs(median - PLANTED_MS) < PLANTED_MS / 2;
  const verdict = isSeen ? "held" : "short";
  console.log(
    `R21 a planted leak of ${PLANTED_MS} ms is seen as ${show(median)} [${show(low)}, ${show(high)}]: ${verdict}`,
  );
  return isSeen;
}

async function trial(name: string, known: Side, unknown: Side): Promise<boolean> {
  const { differences, unequal } = await askPairs(known, unknown);
  const { median, low, high } = medianInterval(differences);
  const isHeld = unequal === 0 && low > -GOAL_MS && high < GOAL_MS;
  console.log(
    `R21 ${name}: known − unknown ${show(median)} ms [${show(low)}, ${show(high)}] (goal inside ±${GOAL_MS} ms), ` +
      `${unequal} of ${differences.length} answers differ (goal 0): ${isHeld ? "held" : "short"}`,
  );
  return isHeld;
}

async function askPairs(first: Side, second: Side) {
  const differences: number[] = [];
  let unequal = 0;
  for (let n = 1; n <= PAIRS + WARM; n += 1) {
    // Made before either is asked: what prepares one side must not warm the other.
    const asked = [await first(n), await second(n)] as const;
    const isFirstAhead = Math.random() < 0.5;
    const ahead = await ask(asked[isFirstAhead ? 0 : 1]);
    const behind = await ask(asked[isFirstAhead ? 1 : 0]);
    const [one, other] = isFirstAhead ? [ahead, behind] : [behind, ahead];
    if (n <= WARM) continue;
    differences.push(one.ms - other.ms);
    if (one.text !== other.text) unequal += 1;
  }
  return { differences, unequal };
}

/** A file of its own, declared by somebody of another name; the confirmation is what is timed. */
async function confirmation(n: number, isKnown: boolean): Promise<Asked> {
  const { code, accessToken } = await declare(n, insuranceNumber(n, isKnown), isKnown ? "1" : "2");
  return { path: `/api/v1/declarations/${code}/confirmation`, body: {}, headers: { "x-file-token": accessToken } };
}

async function declare(n: number, insurance: string, kind: string): Promise<{ code: string; accessToken: string }> {
  const tail = String(n).padStart(6, "0");
  const { text } = await ask(
    {
      path: "/api/v1/declarations",
      body: {
        for: "self",
        paper: { kind: "cccd", number: `05${kind}190${tail}` },
        fullName: "Trần Thị Thử",
        sex: 2,
        birth: "1991-02-03",
        insuranceNumber: insurance,
        phone: `08${kind}1${tail}`,
        address: { communeCode: "21952", street: "Thôn Mẫu 2" },
        officeCode: "52T01",
      },
    },
    false,
  );
  return JSON.parse(text.slice(text.indexOf("{")));
}

/** A code that exists with a wrong birth date, against a code that does not. */
function fileSides(): (isKnown: boolean) => Side {
  return (isKnown) => async (n) => {
    const code = isKnown ? (await declare(n, insuranceNumber(n, false), "3")).code : strangeCode();
    return { path: `/api/v1/declarations/${code}/access`, body: { birth: "1980-01-01" } };
  };
}

/** That it is somebody's is as likely as guessing one. */
function strangeCode(): string {
  return makeFileCode(randomBytes(8));
}

function ask({ path, body, headers = {} }: Asked, isNeutral = true): Promise<Answered> {
  const payload = JSON.stringify(body);
  return new Promise((done, fail) => {
    const startedAt = performance.now();
    const call = request(
      {
        host: "127.0.0.1",
        port,
        path,
        method: "POST",
        agent,
        headers: { "content-type": "application/json", "content-length": Buffer.byteLength(payload), ...headers },
      },
      (reply) => {
        let text = "";
        reply.on("data", (chunk: Buffer) => {
          text += chunk.toString();
        });
        reply.on("end", () => {
          const ms = performance.now() - startedAt;
          if ((reply.statusCode ?? 500) >= 500) return fail(new Error(`${path}: ${reply.statusCode} ${text}`));
          return done({ ms, text: `${reply.statusCode} ${isNeutral ? neutral(text) : text}` });
        });
      },
    );
    call.on("error", fail);
    call.end(payload);
  });
}

/** Codes, ids, tokens and moments differ in every answer, whoever asks. */
function neutral(text: string): string {
  return text
    .replace(/BD-\w{4}-\w{4}/g, "CODE")
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "ID")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "AT")
    .replace(/"(insuranceNumber|phone|number)":"\d+"/g, '"$1":"N"');
}

function show(ms: number): string {
  return (ms < 0 ? "−" : "") + Math.abs(ms).toFixed(3);
}
