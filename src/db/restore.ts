import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { finished } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Archived, Manifest, TableTrailer } from "./backup.ts";
import type { Connection } from "./connection.ts";
import { type Frame, notOurs, readFrames } from "./frames.ts";
import { withClient } from "./one-client.ts";
import { appliedTo, quoted, type TableShape, tablesOf } from "./schema-shape.ts";

/**
 * Puts an archive into a database that holds no person, file, account or event yet: all of it in one
 * transaction, or nothing. Every table's rows are counted and hashed against what was written.
 */
export async function restore(connection: Connection, path: string, keyIds: readonly string[]): Promise<Archived> {
  return withClient(connection, async (client) => {
    try {
      await client.query("begin");
      await client.query("set local statement_timeout = 0");
      const shapes = await tablesOf(client);
      await refuseUsed(client);
      await client.query(`truncate ${shapes.map(({ name }) => quoted(name)).join(", ")}`);
      const forced = await forcedTables(client);
      for (const name of forced) await client.query(`alter table ${quoted(name)} no force row level security`);
      const result = await readAll(client, path, keyIds, shapes);
      for (const name of forced) await client.query(`alter table ${quoted(name)} force row level security`);
      await client.query("commit");
      return result;
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      const isNotCompressed = (error as NodeJS.ErrnoException).code?.startsWith("Z_") ?? false;
      throw isNotCompressed ? new Error(notOurs, { cause: error }) : error;
    }
  });
}

const mustBeEmpty = ["person", "declaration", "account", "staff", "audit_event", "source_file"];

async function refuseUsed(client: pg.Client): Promise<void> {
  for (const table of mustBeEmpty) {
    const { rows } = await client.query<{ used: boolean }>(`select exists (select from ${table}) as used`);
    if (rows[0]?.used) {
      throw new Error(
        `the database is in use (${table} has rows); restore into an empty one, for example with a new VSSID_DATA_DIR`,
      );
    }
  }
}

/** COPY fills no table whose policies hold for its owner, too: so it is on a server where we may make no roles. */
async function forcedTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity",
  );
  return rows.map(({ name }) => name);
}

async function readAll(
  client: pg.Client,
  path: string,
  keyIds: readonly string[],
  shapes: TableShape[],
): Promise<Archived> {
  const frames = readFrames(createReadStream(path).compose(createGunzip()) as AsyncIterable<Buffer>);
  const manifest = contentOf<Manifest>(await next(frames), "manifest");
  await refuseOther(client, manifest, keyIds);
  const left = new Map(shapes.map((shape) => [shape.name, shape]));
  let rows = 0;
  for (;;) {
    const frame = await next(frames);
    if (frame.kind === "end") break;
    const table = contentOf<TableShape>(frame, "table");
    if (!left.delete(table.name)) throw new Error(`the archive holds a table that is unknown here: ${table.name}`);
    rows += await readTable(client, table, frames);
  }
  if (left.size > 0) throw new Error(`the archive lacks ${[...left.keys()].join(", ")}`);
  for (const [name, last] of Object.entries(manifest.sequences)) {
    await client.query("select setval(quote_ident($1)::regclass, $2::bigint)", [name, last]);
  }
  return { tables: shapes.length, rows };
}

async function refuseOther(client: pg.Client, manifest: Manifest, keyIds: readonly string[]): Promise<void> {
  if (manifest.format !== 1) throw new Error(`the archive has format ${manifest.format}; this program reads 1`);
  const here = await appliedTo(client);
  if (JSON.stringify(here) !== JSON.stringify(manifest.migrations)) {
    throw new Error(
      `the archive was made by another version (${manifest.migrations.at(-1)?.name}); restore it with that one, then upgrade`,
    );
  }
  if (!keyIds.includes(manifest.keyId)) {
    throw new Error(
      `the archive needs the secret ${manifest.keyId}, and here is ${keyIds.join(", ")}: set VSSID_SECRET to that of the source or name it in VSSID_SECRETS_KNOWN, or copy its keys/secret`,
    );
  }
}

async function readTable(client: pg.Client, table: TableShape, frames: AsyncGenerator<Frame>): Promise<number> {
  const columns = table.columns.map(quoted).join(", ");
  const copy = client.query(copyFrom(`copy ${quoted(table.name)} (${columns}) from stdin`));
  const taken = finished(copy);
  // The failure is met below; without this it would count as unhandled while a frame is awaited.
  taken.catch(() => undefined);
  const hash = createHash("sha256");
  for (;;) {
    const frame = await next(frames);
    if (frame.kind === "rows") {
      hash.update(frame.content);
      if (!copy.write(frame.content)) await Promise.race([new Promise((done) => copy.once("drain", done)), taken]);
      continue;
    }
    const trailer = contentOf<TableTrailer>(frame, "end_of_table");
    copy.end();
    await taken;
    if (copy.rowCount !== trailer.rows || hash.digest("hex") !== trailer.sha256) {
      throw new Error(`the rows of ${table.name} are not those that were written`);
    }
    return trailer.rows;
  }
}

async function next(frames: AsyncGenerator<Frame>): Promise<Frame> {
  const { value, done } = await frames.next();
  if (done) throw new Error("the archive ends too early");
  return value;
}

function contentOf<T>(frame: Frame, kind: Frame["kind"]): T {
  if (frame.kind !== kind) throw new Error(`the archive is damaged: ${frame.kind} stands where ${kind} must be`);
  return JSON.parse(frame.content.toString("utf8")) as T;
}
