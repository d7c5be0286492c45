/** What a message costs, by kind of process: processor time tells the same on a busy machine and on a quiet one. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { owner, pids } from "./notices-stage.ts";

const TICKS_PER_SECOND = 100;
/** Fields of /proc/PID/stat after the name, which may hold spaces: parent, times of its own, times of its ended children. */
const [PARENT, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM] = [1, 11, 12, 13, 14];

interface Work {
  /** Seconds of processor time. */
  senders: number;
  database: number;
  simulators: number;
  bench: number;
  walBytes: number;
  rows: number;
  updates: number;
  hotUpdates: number;
}

export async function workSoFar(): Promise<Work> {
  const { senders, peers, postmaster } = pids();
  const { rows } = await owner.query<Record<"walBytes" | "rows" | "updates" | "hotUpdates", string>>(
    `select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as "walBytes",
            sum(n_tup_ins + n_tup_upd) as rows, sum(n_tup_upd) as updates, sum(n_tup_hot_upd) as "hotUpdates"
       from pg_stat_user_tables where relname like 'notice%'`,
  );
  const [row] = rows;
  return {
    senders: senders.reduce((sum, pid) => sum + secondsOf(pid), 0),
    database: secondsOf(postmaster, true),
    simulators: secondsOf(peers),
    bench: secondsOf(process.pid),
    walBytes: Number(row?.walBytes),
    rows: Number(row?.rows),
    updates: Number(row?.updates),
    hotUpdates: Number(row?.hotUpdates),
  };
}

/** One line a kind, and what the database wrote. */
export function tellWork(from: Work, to: Work, messages: number): void {
  const of = (name: keyof Work) => to[name] - from[name];
  const ms = (name: keyof Work) => ((of(name) * 1000) / messages).toFixed(3);
  const total = of("senders") + of("database") + of("simulators") + of("bench");
  console.log(
    `  a message: ${((total * 1000) / messages).toFixed(3)} ms of processor: senders ${ms("senders")}, database ${ms("database")}, simulators ${ms("simulators")}, bench ${ms("bench")}`,
  );
  const hot = Math.round((100 * of("hotUpdates")) / of("updates"));
  console.log(
    `  a message: ${Math.round(of("walBytes") / messages)} bytes of log, ${(of("rows") / messages).toFixed(1)} row versions, ${hot} % of the updates without a new index entry`,
  );
}

/** `withChildren`: the processes that it began, ended ones too. */
function secondsOf(pid: number, withChildren = false): number {
  const own = statOf(pid);
  const at = (stat: readonly string[], field: number) => Number(stat[field] ?? 0);
  let ticks = at(own, USER) + at(own, SYSTEM);
  if (withChildren) {
    ticks += at(own, CHILDREN_USER) + at(own, CHILDREN_SYSTEM);
    for (const child of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const stat = statOf(Number(child));
      if (at(stat, PARENT) === pid) ticks += at(stat, USER) + at(stat, SYSTEM);
    }
  }
  return ticks / TICKS_PER_SECOND;
}

/** Empty once the process is gone. */
function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(join("/proc", String(pid), "stat"), "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
