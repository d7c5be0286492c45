/**
 * Imports of inputs of any size, each in a process of its own that reads standard input: at most 512 MB of memory and a
 * second a megabyte that is read, whatever comes. `--megabytes=20` makes inputs of that size (blanks five times as
 * many), FAULTS_ONLY tries those whose name holds the word.
 * Needs /proc. Exit 0 only when every input held.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { optionOf } from "../bench/harness.ts";
import { projectRoot } from "../src/db/root.ts";
import { generateFiles } from "../src/generate/files.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { importPersons } from "../src/intake/import-persons.ts";
import { parseEnvironment } from "../src/settings.ts";
import { type Input, inputs, KNOWN } from "./memory-inputs.ts";

const MEMORY_MB_MAX = 512;
const MS_PER_MB_MAX = 1000;
/** What a machine that is busy with other things takes more to start a process than it took the first time. */
const STARTING_AGAIN = 1.5;
const LOOK_EVERY_MS = 50;
const CLI = fileURLToPath(new URL("./cli.js", import.meta.url));
const megabytes = optionOf("megabytes") ?? 200;
const part = process.env.FAULTS_ONLY ?? "";

const folder = mkdtempSync(join(tmpdir(), "vssid-memory-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
try {
  for (const file of generateFiles(KNOWN)) if (file.kind === "persons") await importPersons(house, file);
  let isHeld = true;
  const startedAt = performance.now();
  await run({ name: "nothing", kind: "persons", told: "empty_file", bytes: () => [] });
  const startingMs = (performance.now() - startedAt) * STARTING_AGAIN + 1000;
  for (const input of inputs.filter(({ name }) => name.includes(part)))
    isHeld = (await tryOne(input, startingMs)) && isHeld;
  process.exitCode = isHeld ? 0 : 1;
} finally {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

async function tryOne(input: Input, startingMs: number): Promise<boolean> {
  const startedAt = performance.now();
  const { peakMb, said, sentMb } = await run(input);
  const tookMs = performance.now() - startedAt;
  const readMb = input.unpackedMb?.(megabytes) ?? sentMb;
  const isQuick = tookMs - startingMs <= readMb * MS_PER_MB_MAX;
  const isHeld = peakMb <= MEMORY_MB_MAX && isQuick && input.told.split(" or ").includes(said);
  const seconds = (tookMs / 1000).toFixed(1);
  console.log(
    `${isHeld ? "held" : "SHORT"}  ${input.name}: ${sentMb.toFixed(1)} MB, ${said}, peak ${peakMb} MB, ${seconds} s`,
  );
  return isHeld;
}

async function run({ kind, told, bytes }: Input): Promise<{ peakMb: number; said: string; sentMb: number }> {
  const env = { ...process.env, VSSID_DATA_DIR: folder };
  const child = spawn(process.execPath, [CLI, "import", kind, "--json", "-"], {
    env,
    stdio: ["pipe", "pipe", "ignore"],
  });
  let [peakMb, sent, out] = [0, 0, ""];
  const looking = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
  }, LOOK_EVERY_MS);
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  // A child that has seen enough closes its end.
  child.stdin.on("error", () => {});
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  Readable.from(counted(bytes(megabytes))).pipe(child.stdin);
  await ended;
  clearInterval(looking);
  return { peakMb, said: outcomeOf(out, told), sentMb: sent / 1e6 };

  function* counted(chunks: Iterable<Buffer>): Generator<Buffer> {
    for (const chunk of chunks) {
      sent += chunk.length;
      yield chunk;
    }
  }
}

interface Told {
  taken: number;
  refusal?: { code: string };
  rejects: { code: string }[];
}

/** What the input was answered; a code among the rejects when it is the one that is waited for. */
function outcomeOf(out: string, told: string): string {
  const line = out.trim().split("\n").at(-1);
  if (!line) return "no answer";
  const { taken, refusal, rejects } = JSON.parse(line) as Told;
  if (refusal) return refusal.code;
  const waitedFor = rejects.find(({ code }) => told.split(" or ").includes(code));
  if (waitedFor) return waitedFor.code;
  return taken > 0 ? "taken" : (rejects[0]?.code ?? "nothing");
}

/** The most that a process ever had, in megabytes. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "latin1");
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
