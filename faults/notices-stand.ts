/** The stand of the trials: an outbox, two providers that do what they are told, and senders in processes of their own. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import type { Session } from "smpp";
import type { Connection } from "../src/db/connection.ts";
import type { Db, SmsProvider } from "../src/db/house.ts";
import type { Pace } from "../src/notices/channel.ts";
import { accept, type FakeSmsc, fakeSmsc, type OnSubmit, receiptOf } from "../src/notices/providers.fixture.ts";
import { outboxState } from "../src/notices/store-read.ts";
import { quickPace, type SenderPlan, type StopAt } from "./notices-plan.ts";
import { countOpen, empty, rowsOf } from "./notices-store.ts";

const HALF_DAY_MS = 12 * 3600_000;

export interface Ground {
  /** As the owner. */
  pool: pg.Pool;
  db: Db;
  connection: Connection;
  /** Kills the database with -9, or restarts it in order; undefined where it is shared with others. */
  killDatabase?: (how: "SIGKILL" | "SIGINT") => Promise<void>;
}

export interface Sender {
  child: ChildProcess;
  shiftClock(ms: number): void;
  kill(): Promise<void>;
  /** Resolves when it was killed, by itself or by us. */
  ended: Promise<unknown>;
}

export interface Outcome {
  /** Recipients that no provider ever had the message for. */
  lost: number;
  /** Copies beyond the first, as the telephones count them. */
  twice: number;
  /** What the product shows of them. */
  counted: number;
  open: number;
}

export class Stand {
  readonly ground: Ground;
  readonly centres: FakeSmsc[] = [];
  readonly #senders: Sender[] = [];
  smtpUrl = "";

  constructor(ground: Ground) {
    this.ground = ground;
  }

  /** Providers a and b; one that is left out is not there at all. */
  async open(...scripts: OnSubmit[]): Promise<void> {
    await empty(this.ground.pool);
    for (const script of scripts) this.centres.push(await fakeSmsc(script));
  }

  providers(): SmsProvider[] {
    return this.centres.map(({ url }, at) => {
      return { kind: "smpp", name: "ab"[at] ?? "", weight: 50, receipts: true, url };
    });
  }

  async sender(more: { stopAt?: StopAt; pace?: Partial<Pace>; providers?: SmsProvider[] } = {}): Promise<Sender> {
    const plan: SenderPlan = {
      connection: this.ground.connection,
      providers: more.providers ?? this.providers(),
      smtpUrl: this.smtpUrl,
      pace: { ...quickPace, ...more.pace },
      ...(more.stopAt ? { stopAt: more.stopAt } : {}),
    };
    const script = senderScript();
    const execArgv = script.endsWith(".ts") ? asSource : [];
    const child = fork(script, [JSON.stringify(plan)], { execArgv });
    const ended = once(child, "exit");
    const sender: Sender = {
      child,
      ended,
      shiftClock: (ms) => void child.send({ shiftMs: ms }),
      async kill() {
        child.kill("SIGKILL");
        await ended;
      },
    };
    this.#senders.push(sender);
    await Promise.race([once(child, "message"), ended]);
    return sender;
  }

  /** False when something is still waiting after so many seconds. */
  async settled(seconds = 30): Promise<boolean> {
    const endsAt = performance.now() + seconds * 1000;
    while (performance.now() < endsAt) {
      // A database that has just been killed says nothing for a moment.
      if ((await countOpen(this.ground.pool).catch(() => 1)) === 0) return true;
      await wait(50);
    }
    return false;
  }

  /** Waits until so many messages are reported as delivered, at most so many seconds. */
  async delivered(count: number, seconds: number): Promise<boolean> {
    const endsAt = performance.now() + seconds * 1000;
    while (performance.now() < endsAt) {
      const rows = await rowsOf(this.ground.pool);
      if (rows.filter(({ state }) => state === "delivered").length >= count) return true;
      await wait(50);
    }
    return false;
  }

  /** `copies`: what arrived beyond the two providers, by recipient (e-mail). */
  async outcome(copies: Map<string, number> = this.copies()): Promise<Outcome> {
    const rows = await rowsOf(this.ground.pool);
    // Half a day ago: what senders with a clock put back by a day have written counts as of the last day too.
    const state = await outboxState(this.ground.db, new Date(Date.now() - HALF_DAY_MS));
    return {
      lost: rows.filter(({ recipient, repeat_of: of }) => of === null && !copies.has(recipient)).length,
      twice: [...copies.values()].reduce((sum, count) => sum + count - 1, 0),
      counted: state.perhapsTwice,
      open: await countOpen(this.ground.pool),
    };
  }

  copies(): Map<string, number> {
    const copies = new Map<string, number>();
    for (const { to } of this.centres.flatMap(({ submits }) => submits)) {
      const phone = to.replace(/^84/, "0");
      copies.set(phone, (copies.get(phone) ?? 0) + 1);
    }
    return copies;
  }

  async close(): Promise<void> {
    await Promise.all(this.#senders.splice(0).map((sender) => sender.kill()));
    await Promise.all(this.centres.splice(0).map((centre) => centre.stop()));
    this.smtpUrl = "";
  }
}

const asSource = ["--experimental-transform-types", "--disable-warning=ExperimentalWarning"];

/** Beside this file, as source in the tests and as bundle in the command. */
function senderScript(): string {
  const name = import.meta.url.endsWith(".ts") ? "./notices-sender.ts" : "./faults-notices-sender.js";
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Takes the message and reports its delivery a moment later, again and again until the report is confirmed. */
export const deliver: OnSubmit = (session, pdu, count) => {
  accept(session, pdu, count);
  insist(session, `m${count}`, 50);
};

function insist(session: Session, messageId: string, tries: number): void {
  if (tries === 0) return;
  setTimeout(
    () => {
      report(session, messageId, "DELIVRD", (status) => {
        if (status !== 0) insist(session, messageId, tries - 1);
      });
    },
    20 + 200 * Number(tries < 50),
  );
}

export function report(session: Session, messageId: string, stat: string, confirmed: (status: number) => void): void {
  session.deliver_sm(receiptOf(messageId, stat), ({ command_status: status }) => confirmed(status));
}
