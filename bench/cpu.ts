/** Processor time of processes with all that they started: what a busy machine does not change. Needs /proc. */
import { readdirSync, readFileSync } from "node:fs";

const TICK_MS = 10;

interface Used {
  parent: number;
  ms: number;
}

/** Milliseconds that these processes and all below them have used so far; those that have ended count with their parents. */
export function cpuMsUnder(roots: readonly (number | undefined)[]): number {
  const all = new Map<number, Used>();
  for (const name of readdirSync("/proc")) {
    const used = /^\d+$/.test(name) ? usedBy(name) : undefined;
    if (used) all.set(Number(name), used);
  }
  const isBelow = (pid: number): boolean => {
    if (roots.includes(pid)) return true;
    const parent = all.get(pid)?.parent;
    return parent ? isBelow(parent) : false;
  };
  return [...all].reduce((sum, [pid, { ms }]) => (isBelow(pid) ? sum + ms : sum), 0);
}

/** Its own and that of its ended children; undefined when it has ended meanwhile. */
function usedBy(pid: string): Used | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ").map(Number) ?? [];
    const [own = 0, system = 0, ended = 0, endedSystem = 0] = fields.slice(11, 15);
    return { parent: fields[1] ?? 0, ms: (own + system + ended + endedSystem) * TICK_MS };
  } catch {
    return undefined;
  }
}
