/**
 * A server that was left when another took over may come back with what it had: whoever was on the newer one does not
 * go back to it. Each take-over begins a timeline with a higher number; the highest that was seen is kept in the folder
 * of data, by the identity that a server and all its copies share.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import type { Connection } from "./connection.ts";

interface Epoch {
  system: string;
  /** 0: a copy that only reads. */
  timeline: number;
}

const highest = new Map<string, number>();
let file: string | undefined;
let address: string | undefined;

/** The connection leads to a server whose place another has taken. Its code is that of a server that only reads. */
class LeftBehind extends Error {
  readonly code = "25006";
  constructor({ timeline }: Epoch, seen: number) {
    super(
      timeline === 0
        ? "this server only reads: another one has the writes"
        : `this server is of timeline ${timeline}, and ${seen} was seen: another one took its place. If it is the right one all the same (restored on purpose), remove ${file ?? "the file database-epochs.json"} and start again`,
    );
    this.name = new.target.name;
  }
}

/**
 * From here on whatever answers at this address is looked at, and what was seen is kept in this folder over a start of
 * the process. Copies of the server elsewhere – a rehearsal of a backup – are nobody's successor.
 */
export function keepEpochs(dataDir: string, databaseUrl: string): void {
  address = databaseUrl;
  file = join(dataDir, "database-epochs.json");
  try {
    const kept = JSON.parse(readFileSync(file, "utf8")) as Record<string, number>;
    for (const [system, timeline] of Object.entries(kept)) note({ system, timeline });
  } catch {
    // None yet.
  }
}

export const isWatched = (connection: Connection): boolean =>
  address !== undefined && "connectionString" in connection && connection.connectionString === address;

/** Throws LeftBehind. Where a server does not tell, nothing is refused. */
export async function refuseLeftBehind(client: Pick<pg.ClientBase, "query">): Promise<void> {
  const epoch = await epochOf(client);
  if (!epoch) return;
  const seen = highest.get(epoch.system) ?? 0;
  if (epoch.timeline < seen) throw new LeftBehind(epoch, seen);
  if (epoch.timeline > seen) {
    note(epoch);
    keep();
  }
}

async function epochOf(client: Pick<pg.ClientBase, "query">): Promise<Epoch | undefined> {
  try {
    const { rows } = await client.query<Epoch>(`
      select system_identifier::text as system,
             case when pg_is_in_recovery() then 0
                  else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int end as timeline
        from pg_control_system()`);
    return rows[0];
  } catch {
    return undefined;
  }
}

function note({ system, timeline }: Epoch): void {
  highest.set(system, Math.max(timeline, highest.get(system) ?? 0));
}

function keep(): void {
  if (!file) return;
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(draft, JSON.stringify(Object.fromEntries(highest)), { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    // A disk that is full or read-only: this process remembers all the same.
  }
}
