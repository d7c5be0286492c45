import { createHash } from "node:crypto";
import { createWriteStream, renameSync, rmSync } from "node:fs";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Connection } from "./connection.ts";
import { writeFrame } from "./frames.ts";
import { withClient } from "./one-client.ts";
import { type Applied, appliedTo, quoted, sequencesOf, type TableShape, tablesOf } from "./schema-shape.ts";

/** First frame of an archive. */
export interface Manifest {
  format: 1;
  takenAt: string;
  /** Which secret the sealed columns need; the secret itself is never in an archive. */
  keyId: string;
  migrations: Applied[];
  sequences: Record<string, string>;
}

/** Last frame of each table. */
export interface TableTrailer {
  table: string;
  rows: number;
  sha256: string;
}

export interface Archived {
  tables: number;
  rows: number;
}

/**
 * All tables of one instant, while the system runs: one snapshot, COPY by COPY, into one compressed file
 * that only its owner may read. The npm binaries hold no pg_dump; this needs none and fits any version.
 */
export async function backup(
  connection: Connection,
  path: string,
  taken: { at: Date; keyId: string },
): Promise<Archived> {
  const draft = `${path}.part`;
  return withClient(connection, async (client) => {
    try {
      await client.query("begin isolation level repeatable read read only");
      await client.query("set local statement_timeout = 0");
      await client.query(
        `set local datestyle = 'ISO, YMD'; set local timezone = 'UTC'; set local bytea_output = 'hex'`,
      );
      const file = createWriteStream(draft, { mode: 0o600 });
      const archive = createGzip({ level: 6 });
      const written = finished(archive.pipe(file));
      const result = await writeAll(client, archive, taken);
      archive.end();
      await written;
      await client.query("commit");
      renameSync(draft, path);
      return result;
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  });
}

async function writeAll(client: pg.Client, archive: Writable, taken: { at: Date; keyId: string }): Promise<Archived> {
  const manifest: Manifest = {
    format: 1,
    takenAt: taken.at.toISOString(),
    keyId: taken.keyId,
    migrations: await appliedTo(client),
    sequences: await sequencesOf(client),
  };
  await writeFrame(archive, "manifest", manifest);
  const trailers: TableTrailer[] = [];
  for (const table of await tablesOf(client)) trailers.push(await writeTable(client, archive, table));
  const result = { tables: trailers.length, rows: trailers.reduce((sum, { rows }) => sum + rows, 0) };
  await writeFrame(archive, "end", result);
  return result;
}

async function writeTable(client: pg.Client, archive: Writable, table: TableShape): Promise<TableTrailer> {
  await writeFrame(archive, "table", table);
  const columns = table.columns.map(quoted).join(", ");
  const copy = client.query(copyTo(`copy ${quoted(table.name)} (${columns}) to stdout`));
  const hash = createHash("sha256");
  for await (const chunk of copy as AsyncIterable<Buffer>) {
    hash.update(chunk);
    await writeFrame(archive, "rows", chunk);
  }
  const trailer = { table: table.name, rows: copy.rowCount, sha256: hash.digest("hex") };
  await writeFrame(archive, "end_of_table", trailer);
  return trailer;
}
