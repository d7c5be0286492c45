/** The tables of the simulated product: rows are replaced, never changed, and what was not committed is undone. */
import type { NoticeClass, NoticeState } from "../src/notices/rules.ts";
import type { EventKind, Status } from "../src/registration/rules.ts";
import type { Sighting } from "../src/timekeeping/rules.ts";

export interface FileRow {
  code: string;
  status: Status;
  confirmedAt: Date | null;
  lapsesAt: Date | null;
  receivedAt: Date | null;
  decidedAt: Date | null;
  /** ISO day. */
  keepUntil: string | null;
  hasAnswers: boolean;
  /** `key`: of the request that did it. */
  events: readonly { kind: EventKind; at: Date; key: string }[];
}

interface AccountRow {
  person: string;
  /** The file from which it came; "": it was there before. */
  file: string;
  kind: "issued" | "chosen";
  /** ISO day. */
  setOn: string;
  warnedDays: number | null;
}

export interface NoticeRow {
  key: string;
  about: "accepted" | "refused" | "lapsed" | "moved" | "reminder" | "warning";
  /** File or person. */
  subject: string;
  /** Reminders and warnings: of which day, and how many days before it. */
  lastDay: string;
  daysBefore: number;
  class: NoticeClass;
  state: NoticeState;
  /** Stays when the clock is put back. */
  madeAt: Date;
  queuedAt: Date;
  dueAt: Date;
  nextAt: Date;
  tries: number;
  fence: number;
}

interface AuditRow {
  action: string;
  key: string;
  before: number;
  hash: number;
}

interface SessionRow {
  person: string;
  idleUntil: Date;
  endsAt: Date;
}

export interface Answer {
  ok: boolean;
  /** What the file is instead. */
  now?: Status;
}

/** The process dies here. */
export class Died extends Error {}

export class Tables {
  readonly files = new Map<string, FileRow>();
  readonly accounts = new Map<string, AccountRow>();
  readonly papers = new Map<string, { sha: string }>();
  readonly notices = new Map<string, NoticeRow>();
  readonly reminders = new Map<string, true>();
  readonly audit = new Map<string, AuditRow>();
  readonly answers = new Map<string, Answer>();
  readonly sessions = new Map<string, SessionRow>();
  readonly sightings = new Map<"last", Sighting>();
  /** Files that changed since the judge looked. */
  readonly touched = new Set<string>();
  /** Writes until the process dies; undefined: it lives. */
  diesIn: number | undefined;
  #undo: (() => void)[] = [];

  put<K extends string, Row>(table: Map<K, Row>, key: K, row: Row): void {
    this.#step();
    const was = table.get(key);
    this.#undo.push(() => (was === undefined ? table.delete(key) : table.set(key, was)));
    table.set(key, row);
  }

  remove<K extends string, Row>(table: Map<K, Row>, key: K): void {
    this.#step();
    const was = table.get(key);
    this.#undo.push(() => was !== undefined && table.set(key, was));
    table.delete(key);
  }

  /** Throws Died after taking back what was written, where acts are whole. */
  transact<T>(work: () => T, isAtomic: boolean): T {
    this.#undo = [];
    try {
      return work();
    } catch (error) {
      if (isAtomic) for (const undo of this.#undo.toReversed()) undo();
      throw error;
    }
  }

  note(action: string, key: string): void {
    const before = this.audit.get(String(this.audit.size - 1))?.hash ?? 0;
    this.put(this.audit, String(this.audit.size), { action, key, before, hash: linkOf(before, action, key) });
  }

  #step(): void {
    if (this.diesIn === undefined) return;
    if (this.diesIn === 0) {
      this.diesIn = undefined;
      throw new Died();
    }
    this.diesIn -= 1;
  }
}

export function linkOf(before: number, action: string, key: string): number {
  let hash = before ^ 0x811c9dc5;
  for (const sign of `${action} ${key}`) hash = Math.imul(hash ^ sign.charCodeAt(0), 16_777_619);
  return hash;
}
