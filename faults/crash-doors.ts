/**
 * The five doors through which a process acts on the world outside: each passage is counted, and the n-th of one door
 * can be made to end the process before it or after it, to fail, or to hang. Only programs of the trials call this.
 */
import fs from "node:fs";
import { ServerResponse } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { Socket } from "node:net";
import promisedTimers from "node:timers/promises";
import pg from "pg";

export const DOORS = ["statement", "response", "file", "send", "timer"] as const;
export type Door = (typeof DOORS)[number];
export const MODES = ["before", "after", "throw", "hang"] as const;
export type Mode = (typeof MODES)[number];
/** `at`: the number of the passage, from 1. */
export interface Trap {
  door: Door;
  at: number;
  mode: Mode;
}

/** Sixty seconds on the clock of a trial that runs twenty times as fast. */
export const HANG_MS = 3000;

type Given = unknown[];
type Told = (error: Error | null, result?: unknown) => void;

const nobody = (): Record<Door, number> => ({ statement: 0, response: 0, file: 0, send: 0, timer: 0 });
let passed = nobody();
let trap: Trap | undefined;
const wait = promisedTimers.setTimeout;
const later = globalThis.setTimeout;

export function setTrap(next: Trap | undefined): void {
  trap = next;
  passed = nobody();
}

/** How often each was passed since the trap was set. */
export const passedDoors = (): Record<Door, number> => passed;

const die = (): never => {
  process.kill(process.pid, "SIGKILL");
  throw new Error("dead");
};
const fault = () => Object.assign(new Error("a planted fault"), { code: "EIO" });

/** What this passage has to suffer beyond its beginning. */
function enter(door: Door): Exclude<Mode, "before"> | undefined {
  passed[door] += 1;
  if (trap?.door !== door || passed[door] !== trap.at) return undefined;
  const { mode } = trap;
  trap = undefined;
  return mode === "before" ? die() : mode;
}

async function through<T>(door: Door, act: () => Promise<T>): Promise<T> {
  const mode = enter(door);
  if (mode === "throw") throw fault();
  if (mode === "hang") await wait(HANG_MS);
  const done = await act();
  return mode === "after" ? die() : done;
}

/** The last argument is told of the end. */
function calling(door: Door, own: (...given: Given) => unknown, given: Given): unknown {
  const told = given.at(-1) as Told;
  const mode = enter(door);
  if (mode === "throw") return process.nextTick(told, fault());
  const then = mode === "after" ? die : told;
  const act = () => own(...given.slice(0, -1), then);
  return mode === "hang" ? later(act, HANG_MS) : act();
}

/** What a process can be made to do wrong: it believes in transactions that it does not have, or writes records twice. */
export const PLANTS = ["no transactions", "records twice"] as const;
export type Plant = (typeof PLANTS)[number];

export function watchStatements(plant?: Plant): void {
  const own = pg.Client.prototype.query as (...given: Given) => unknown;
  pg.Client.prototype.query = function query(this: pg.Client, ...given: Given) {
    const asked = plant === "no transactions" ? withoutTransaction(given) : given;
    const act = (...all: Given) => own.apply(this, all);
    if (typeof asked.at(-1) === "function") return calling("statement", act, asked);
    const [first] = asked as [{ submit?: unknown }];
    // A stream of rows is one statement among those around it.
    if (typeof first === "object" && first.submit) return act(...asked);
    if (plant === "records twice" && RECORD.test(textOf(asked))) void act(...asked);
    return through("statement", () => act(...asked) as Promise<unknown>);
  } as typeof pg.Client.prototype.query;
}

const RECORD = /^\s*insert into audit_event\b/i;
const BOUNDS = /^\s*(begin|start transaction|commit|rollback|savepoint|release)\b/i;

const textOf = ([first]: Given) => (typeof first === "string" ? first : ((first as { text?: string }).text ?? ""));

function withoutTransaction([first, ...rest]: Given): Given {
  if (!BOUNDS.test(textOf([first]))) return [first, ...rest];
  return [typeof first === "string" ? "select 1" : { ...(first as object), text: "select 1" }, ...rest];
}

/** A write that fails is a line that is cut. */
export function watchResponses(): void {
  const own = ServerResponse.prototype.end as (...given: Given) => ServerResponse;
  ServerResponse.prototype.end = function end(this: ServerResponse, ...given: Given) {
    const mode = enter("response");
    if (mode === "throw") return this.destroy(fault());
    if (mode === "hang") {
      later(() => own.apply(this, given), HANG_MS);
      return this;
    }
    if (mode === "after") this.once("finish", () => setImmediate(die));
    return own.apply(this, given);
  } as typeof ServerResponse.prototype.end;
}

/** Bytes that go out to these ports of this machine. */
export function watchSends(ports: readonly number[]): void {
  const own = Socket.prototype.write as (...given: Given) => boolean;
  Socket.prototype.write = function write(this: Socket, ...given: Given) {
    const mode = ports.includes(this.remotePort ?? 0) ? enter("send") : undefined;
    if (mode === "throw") {
      this.destroy(fault());
      return false;
    }
    if (mode === "hang") {
      this.cork();
      later(() => this.uncork(), HANG_MS);
    }
    const isRoom = own.apply(this, given);
    if (mode === "after") setImmediate(die);
    return isRoom;
  } as typeof Socket.prototype.write;
}

/** Calls on files below `folder`. */
export function watchFiles(folder: string): void {
  const handles = new Set<unknown>();
  const isOurs = (first: unknown) =>
    typeof first === "number" ? handles.has(first) : String(first).startsWith(folder);
  const promised = fs.promises as unknown as Record<string, (...given: Given) => Promise<unknown>>;
  for (const name of ["mkdir", "rename", "rm", "stat", "readdir", "open"]) {
    const own = promised[name] as (...given: Given) => Promise<unknown>;
    promised[name] = async (...given) => {
      if (!isOurs(given[0])) return own(...given);
      const done = await through("file", () => own(...given));
      return name === "open" ? watchedHandle(done as fs.promises.FileHandle) : done;
    };
  }
  const called = fs as unknown as Record<string, (...given: Given) => unknown>;
  for (const name of ["open", "write", "writev", "read", "close"]) {
    const own = called[name] as (...given: Given) => unknown;
    called[name] = (...given) => {
      if (!isOurs(given[0]) || typeof given.at(-1) !== "function") return own(...given);
      const told = given.at(-1) as Told;
      const noting: Told = (error, result, ...more: Given) => {
        if (name === "open" && !error) handles.add(result);
        if (name === "close") handles.delete(given[0]);
        (told as (...all: Given) => void)(error, result, ...more);
      };
      return calling("file", own, [...given.slice(0, -1), noting]);
    };
  }
  syncBuiltinESMExports();
}

function watchedHandle(handle: fs.promises.FileHandle): fs.promises.FileHandle {
  const [sync, close] = [handle.sync.bind(handle), handle.close.bind(handle)];
  return Object.assign(handle, { sync: () => through("file", sync), close: () => through("file", close) });
}

/** Callbacks of timers, and waits for them. */
export function watchTimers(): void {
  for (const name of ["setTimeout", "setInterval"] as const) {
    const own = globalThis[name] as unknown as (...given: Given) => unknown;
    const watched = (callback: (...given: Given) => void, ...given: Given) => own(() => fire(callback), ...given);
    Object.defineProperties(watched, Object.getOwnPropertyDescriptors(own));
    Object.assign(globalThis, { [name]: watched });
  }
  const own = promisedTimers.setTimeout as (...given: Given) => Promise<unknown>;
  Object.assign(promisedTimers, { setTimeout: async (...given: Given) => awaited(own(...given)) });
  syncBuiltinESMExports();
}

/** What a timer throws ends the process, as it would in earnest. */
function fire(callback: (...given: Given) => void): void {
  const mode = enter("timer");
  if (mode === "throw") throw fault();
  if (mode === "hang") later(callback, HANG_MS);
  else callback();
  if (mode === "after") setImmediate(die);
}

async function awaited(waiting: Promise<unknown>): Promise<unknown> {
  const said = await waiting;
  return through("timer", async () => said);
}
