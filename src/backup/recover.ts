/** Starts a server in an unpacked folder, lets it play the log up to a moment, and gives it to whoever looks. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { embeddedBinaries } from "../db/binaries.ts";
import type { Connection } from "../db/connection.ts";
import { startCluster } from "../db/embedded.ts";
import { findRunAs, giveTo } from "../db/run-as.ts";
import type { Manifest } from "./folder.ts";

/**
 * Where the playing ends: at the backup's mark, with the log, or after the last change up to a moment. `timeline`: the
 * newest one that is known, or the backup's own, where later ones left it before the backup.
 */
export type Target = "mark" | { until?: Date; timeline: "latest" | "current" };

export interface Recovered {
  /** As the owner, over a socket that nobody else may open. */
  connection: Connection;
  /** Ends the server; the folder is then one that any server of the same version may take. */
  stop(): Promise<void>;
}

/** Folder of `postgres` for this backup. Throws a sentence when there is none of its version. */
export function binariesFor(manifest: Manifest, given: string | undefined): string {
  const wanted = Math.floor(manifest.server.version / 10_000);
  const binDir = given ?? embeddedBinaries();
  const { stdout, error } = spawnSync(join(binDir, "postgres"), ["--version"], { encoding: "utf8" });
  const found = Number(/ (\d+)[.\w]/.exec(stdout ?? "")?.[1]);
  if (found === wanted) return binDir;
  const says = error ? `${binDir} holds no postgres` : `${binDir} is PostgreSQL ${found}`;
  throw new Error(
    `${says}; the backup is of PostgreSQL ${wanted}: give its programs with --pg-bin, for example /usr/lib/postgresql/${wanted}/bin`,
  );
}

/** To whom the files of the folder must belong on this machine. */
export function ownerFor(binDir: string): (path: string) => void {
  const runAs = findRunAs(join(binDir, "postgres"));
  return (path) => giveTo(runAs, path);
}

export async function recover(into: string, manifest: Manifest, target: Target, binDir: string): Promise<Recovered> {
  const dataDir = join(into, "pg");
  const own = join(into, "recovery");
  const give = ownerFor(binDir);
  mkdirSync(own, { mode: 0o700 });
  // Those of the source may name other people, other folders and a network; nothing but this socket is opened.
  for (const [name, text] of Object.entries(ownFiles)) writeFileSync(join(own, name), text, { mode: 0o600 });
  writeFileSync(join(dataDir, "recovery.signal"), "", { mode: 0o600 });
  for (const path of [own, ...Object.keys(ownFiles).map((name) => join(own, name)), join(dataDir, "recovery.signal")])
    give(path);
  const cluster = await startCluster({
    binDir,
    dataDir,
    startLimitMs: 0,
    settings: {
      config_file: join(own, "postgresql.conf"),
      hba_file: join(own, "pg_hba.conf"),
      ident_file: join(own, "pg_ident.conf"),
      archive_mode: "off",
      hot_standby: "off",
      max_connections: "40",
      restore_command: `cp ${shellQuoted(join(into, "log"))}/%f "%p"`,
      recovery_target_action: "promote",
      ...settingsOf(manifest, target),
    },
  }).catch((error: Error) => {
    throw explained(error, dataDir);
  });
  const { host } = cluster.connection as { host: string };
  return {
    connection: { host, user: manifest.server.user, database: manifest.server.database },
    async stop() {
      await cluster.stop();
      rmSync(own, { recursive: true, force: true });
      rmSync(join(into, "log"), { recursive: true, force: true });
    },
  };
}

const ownFiles = {
  "postgresql.conf": "",
  "pg_hba.conf": "local all all trust\n",
  "pg_ident.conf": "",
};

function settingsOf({ positions }: Manifest, target: Target): Record<string, string> {
  // Only a rehearsal ends there, and its folder goes at once.
  if (target === "mark") return { fsync: "off", recovery_target_lsn: positions.mark, recovery_target_inclusive: "off" };
  const { until, timeline } = target;
  const time = until && { recovery_target_time: until.toISOString().replace("T", " ").replace("Z", "+00") };
  return { recovery_target_timeline: timeline, ...time };
}

function explained(error: Error, dataDir: string): Error {
  const log = readFileSync(`${dataDir}.log`, "utf8");
  if (!log.includes("recovery ended before configured recovery target was reached")) return error;
  const last = /last completed transaction was at log time (.+)/.exec(log)?.[1];
  return new Error(
    `the log that was kept does not reach that moment${last ? `; its last change is of ${last}` : ""}: without --until all that there is comes back`,
    { cause: error },
  );
}

/** For a shell, inside a setting in which % has a meaning. */
function shellQuoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`).replaceAll("%", "%%")}'`;
}
