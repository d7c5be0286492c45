/** The replication protocol of PostgreSQL: copies of a whole server and its log, with nothing but a connection. */
import { Readable } from "node:stream";
import type pg from "pg";
import type { Connection } from "./connection.ts";
import { oneClient } from "./one-client.ts";
import { whyRefused } from "./why-refused.ts";

/** Rows of each result, as text. */
type Results = (string | null)[][][];

/** The half of a connection of `pg` that a command of one's own is given. */
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  stream: { pause(): void; resume(): void };
}

/** One command whose answer may hold a copy: `onChunk` gets each piece, the promise the rows before and after it. */
class CopyCommand {
  readonly done: Promise<Results>;
  wire: Wire | undefined;
  readonly #text: string;
  readonly #onChunk: (chunk: Buffer, wire: Wire) => void;
  readonly #results: Results = [];
  #failure: Error | undefined;
  #settle: (failure: Error | undefined) => void = () => undefined;

  constructor(text: string, onChunk: (chunk: Buffer, wire: Wire) => void = () => undefined) {
    this.#text = text;
    this.#onChunk = onChunk;
    this.done = new Promise((good, bad) => {
      this.#settle = (failure) => (failure ? bad(failure) : good(this.#results));
    });
  }

  submit(wire: Wire): void {
    this.wire = wire;
    wire.query(this.#text);
  }
  handleRowDescription(): void {
    this.#results.push([]);
  }
  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.#results.at(-1)?.push(fields);
  }
  handleCopyData({ chunk }: { chunk: Buffer }, wire: Wire): void {
    this.#onChunk(chunk, wire);
  }
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  /** After an error the server says that it is ready again; where the connection broke, nothing more comes. */
  handleError(error: Error): void {
    this.#failure = error;
    this.#settle(error);
  }
  handleReadyForQuery(): void {
    this.#settle(this.#failure);
  }
}

export interface Replication {
  /** `systemId` is the same for a server and all copies of it. */
  identify(): Promise<{ systemId: string; timeline: number }>;
  /** Bytes of one file of the log. */
  segmentBytes(): Promise<number>;
  /** Keeps the log from here on; a temporary one goes with the connection. Answers false when it was there. */
  createSlot(name: string, isTemporary: boolean): Promise<boolean>;
  /** Where the log that a slot keeps begins; undefined: nothing is kept. */
  slotStart(name: string): Promise<string | undefined>;
  historyOf(timeline: number): Promise<Buffer>;
  /** One tar of the whole data folder; `found` is ready when the stream has ended. */
  baseBackup(label: string): { tar: Readable; found: Promise<BaseFound> };
  /** The log from a position on, until stopped. `acknowledge` tells the server what is safe with us. */
  streamLog(from: { slot: string; timeline: number; position: string }, onLog: (piece: LogPiece) => void): LogStream;
  end(): Promise<void>;
}

export interface BaseFound {
  startPosition: string;
  timeline: number;
  endPosition: string;
}

export interface LogPiece {
  /** Byte position of the first byte. */
  at: bigint;
  bytes: Buffer;
}

export interface LogStream {
  acknowledge(position: bigint): void;
  /** Stops reading from the server until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends when the connection does. */
  done: Promise<unknown>;
}

/** Known to the package, not to its types. */
const asReplica: pg.ClientConfig & { replication: string } = {
  application_name: "vssid_backup",
  replication: "true",
};

/** Needs the right REPLICATION and a line for it in pg_hba.conf; the embedded server grants both. */
export async function openReplication(connection: Connection): Promise<Replication> {
  const client = oneClient(connection, asReplica);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw new Error(
      `the database gives no replication connection: ${whyRefused(error as Error)}. Its user needs the right REPLICATION and a line "replication" in pg_hba.conf.`,
      { cause: error },
    );
  }
  const run = (command: CopyCommand): CopyCommand => client.query(command as never) as unknown as CopyCommand;
  const ask = (text: string): Promise<Results> => run(new CopyCommand(text)).done;
  const row = async (text: string): Promise<(string | null)[]> => (await ask(text))[0]?.[0] ?? [];
  return {
    async identify() {
      const [systemId, timeline] = await row("IDENTIFY_SYSTEM");
      return { systemId: systemId ?? "", timeline: Number(timeline) };
    },
    async segmentBytes() {
      const [text] = await row("SHOW wal_segment_size");
      return bytesOf(text ?? "");
    },
    async createSlot(name, isTemporary) {
      try {
        await ask(`CREATE_REPLICATION_SLOT ${name} ${isTemporary ? "TEMPORARY " : ""}PHYSICAL RESERVE_WAL`);
        return true;
      } catch (error) {
        if ((error as { code?: string }).code === "42710") return false;
        throw error;
      }
    },
    async slotStart(name) {
      const [, position] = await row(`READ_REPLICATION_SLOT ${name}`);
      return position ?? undefined;
    },
    async historyOf(timeline) {
      const [, content] = await row(`TIMELINE_HISTORY ${timeline}`);
      return Buffer.from(content ?? "");
    },
    baseBackup: (label) => baseBackup(run, label),
    streamLog(from, onLog) {
      const command = run(
        new CopyCommand(
          `START_REPLICATION SLOT ${from.slot} PHYSICAL ${from.position} TIMELINE ${from.timeline}`,
          (chunk, wire) => takeLog(chunk, wire, onLog, () => acknowledged),
        ),
      );
      let acknowledged = 0n;
      return {
        acknowledge(position) {
          acknowledged = position;
          command.wire?.sendCopyFromChunk(statusOf(position));
        },
        pause: () => command.wire?.stream.pause(),
        resume: () => command.wire?.stream.resume(),
        done: command.done,
      };
    },
    end: () => client.end(),
  };
}

/** First byte of a piece of BASE_BACKUP: n a new archive, d bytes of it, p progress. */
function baseBackup(run: (command: CopyCommand) => CopyCommand, label: string) {
  let wire: Wire | undefined;
  const tar = new Readable({
    highWaterMark: 4 * 1024 * 1024,
    read: () => wire?.stream.resume(),
  });
  let archives = 0;
  const command = new CopyCommand(
    `BASE_BACKUP (LABEL '${label.replaceAll("'", "''")}', CHECKPOINT 'fast', WAL false, WAIT false, MANIFEST 'no')`,
    (chunk, from) => {
      wire = from;
      const kind = String.fromCharCode(chunk[0] ?? 0);
      if (kind === "n") archives += 1;
      // A second archive is a tablespace: `found` fails then.
      if (kind === "d" && archives === 1 && !tar.push(Buffer.from(chunk.subarray(1)))) from.stream.pause();
    },
  );
  const found = run(command).done.then((results): BaseFound => {
    if (archives > 1) throw new Error("the server keeps tables in tablespaces of their own, which is not provided for");
    tar.push(null);
    const [startPosition, timeline] = results[0]?.[0] ?? [];
    const [endPosition] = results.at(-1)?.[0] ?? [];
    return { startPosition: startPosition ?? "", timeline: Number(timeline), endPosition: endPosition ?? "" };
  });
  found.catch((error: Error) => tar.destroy(error));
  return { tar, found };
}

/** w: log (start, end, time, bytes) · k: the server's pulse (end, time, answer at once). */
function takeLog(chunk: Buffer, wire: Wire, onLog: (piece: LogPiece) => void, acknowledged: () => bigint): void {
  if (chunk[0] === 0x77) onLog({ at: chunk.readBigUInt64BE(1), bytes: Buffer.from(chunk.subarray(25)) });
  else if (chunk[0] === 0x6b && chunk[17] === 1) wire.sendCopyFromChunk(statusOf(acknowledged()));
}

/** 2000-01-01 in microseconds of the usual epoch: where PostgreSQL counts from. */
const EPOCH_MICROS = 946_684_800_000_000n;

/** Written, flushed and applied up to the position. */
function statusOf(position: bigint): Buffer {
  const status = Buffer.alloc(34);
  status.write("r", 0, "latin1");
  for (const at of [1, 9, 17]) status.writeBigUInt64BE(position, at);
  status.writeBigInt64BE(BigInt(Date.now()) * 1000n - EPOCH_MICROS, 25);
  return status;
}

/** "16MB", "1GB". */
function bytesOf(text: string): number {
  const [, number = "", unit = ""] = /^(\d+)([kMG]?)B$/.exec(text) ?? [];
  return Number(number) * { "": 1, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[unit as "" | "k" | "M" | "G"];
}
