/** A second server that has each change before it is answered, and takes over: made, looked at, promoted. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import type { Connection } from "../db/connection.ts";
import { withClient } from "../db/one-client.ts";
import { openReplication } from "../db/replication.ts";
import { unpackTar } from "./tar.ts";

interface Making {
  /** The server that is there. */
  connection: Connection;
  /** A new or empty folder: the data folder of the second. */
  into: string;
  /** What the first calls it: letters, digits, _. */
  name: string;
  /** How the second reaches the first, for libpq; as we reach it when not given. */
  reach?: string | undefined;
  /** Gets each path, to give it to whoever runs the server. */
  onMade?: (path: string) => void;
}

const NAME = /^[a-z][a-z0-9_]{0,40}$/;
const WRITES_WITHIN_MS = 60_000;

/** The first keeps its log for it from here on: a second that is given up must be forgotten (`forgetStandby`). */
export async function makeStandby({ connection, into, name, reach, onMade = () => undefined }: Making): Promise<void> {
  if (!NAME.test(name)) throw new Error(`"${name}" is no name: small letters, digits and _, a letter first`);
  if (existsSync(into) && readdirSync(into).length > 0) throw new Error(`${into} is not empty`);
  mkdirSync(into, { recursive: true, mode: 0o700 });
  onMade(into);
  const first = await openReplication(connection);
  try {
    await first.createSlot(slotOf(name), false);
    const { tar, found } = first.baseBackup(`vssid standby ${name}`);
    await unpackTar(tar as AsyncIterable<Buffer>, into, onMade);
    await found;
  } finally {
    await first.end();
  }
  const settings = {
    primary_conninfo: `${reach ?? reachOf(connection)} application_name=${name}`,
    primary_slot_name: slotOf(name),
    // What the first waits for is nothing that the second, once it is the first, should wait for.
    synchronous_standby_names: "",
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = '${value.replaceAll("'", "''")}'\n`);
  const own = join(into, "postgresql.auto.conf");
  appendFileSync(own, lines.join(""), { mode: 0o600 });
  const signal = join(into, "standby.signal");
  writeFileSync(signal, "", { mode: 0o600 });
  for (const path of [own, signal]) onMade(path);
}

const slotOf = (name: string): string => `vssid_standby_${name}`;

/** As words of libpq: an address may carry a password and how the other side is checked. */
function reachOf(connection: Connection): string {
  if (!("connectionString" in connection)) return `host=${quoted(connection.host)} user=${connection.user}`;
  const { hostname, port, username, password, searchParams } = new URL(connection.connectionString);
  const words: [string, string][] = [
    ["host", searchParams.get("host") ?? decodeURIComponent(hostname)],
    ["port", port],
    ["user", decodeURIComponent(username)],
    ["password", decodeURIComponent(password)],
    ...["sslmode", "sslcert", "sslkey", "sslrootcert"].map((key): [string, string] => [
      key,
      searchParams.get(key) ?? "",
    ]),
  ];
  return words.flatMap(([key, value]) => (value ? [`${key}=${quoted(value)}`] : [])).join(" ");
}

const quoted = (value: string): string => `'${value.replaceAll(/['\\]/g, "\\$&")}'`;

/** As the first sees it. */
interface StandbyState {
  /** Who must have a change before it is answered, as PostgreSQL is told; "": nobody. */
  required: string;
  /** True: somebody who is required is there. False: writing stands still, or nobody is required. */
  isSafe: boolean;
  standbys: { name: string; state: string; sync: string; behindBytes: number }[];
}

export async function standbyState(client: Pick<pg.ClientBase, "query">): Promise<StandbyState> {
  const { rows } = await client.query<{ required: string; standbys: StandbyState["standbys"] }>(`
    select current_setting('synchronous_standby_names') as required,
           coalesce((select json_agg(json_build_object('name', application_name, 'state', state, 'sync', sync_state,
             'behindBytes', pg_wal_lsn_diff(pg_current_wal_lsn(), flush_lsn)) order by application_name)
             from pg_stat_replication where state is not null), '[]') as standbys`);
  const { required = "", standbys = [] } = rows[0] ?? {};
  return { required, standbys, isSafe: standbys.some(({ sync }) => sync === "sync" || sync === "quorum") };
}

/** The first keeps no log any longer for a second that is not coming back. */
export function forgetStandby(client: Pick<pg.ClientBase, "query">, name: string): Promise<boolean> {
  return forgetSlot(client, slotOf(name));
}

/** False where there is none of that name, or somebody reads it. */
export async function forgetSlot(client: Pick<pg.ClientBase, "query">, slot: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1 and not active",
    [slot],
  );
  return rowCount === 1;
}

/** The second becomes the first. Answers seconds until it takes writes; throws when it is none, or does not. */
export async function promoteStandby(connection: Connection): Promise<{ seconds: number; timeline: number }> {
  const startedAt = performance.now();
  return withClient(connection, async (client) => {
    const { rows } = await client.query<{ is_second: boolean }>("select pg_is_in_recovery() as is_second");
    if (!rows[0]?.is_second) throw new Error("this server takes writes already: it is no standby");
    await client.query("select pg_promote(true, 60)");
    const giveUpAt = performance.now() + WRITES_WITHIN_MS;
    for (;;) {
      const found = await client.query<{ timeline: number }>(
        `select ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int as timeline where not pg_is_in_recovery()`,
      );
      const [row] = found.rows;
      if (row) return { seconds: (performance.now() - startedAt) / 1000, timeline: row.timeline };
      if (performance.now() > giveUpAt) throw new Error("the standby was told to take over and takes no writes yet");
      await wait(20);
    }
  });
}
