/** Acts over HTTP that meet a fault at a passage of a door, and are asked again under the same key. */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openSession } from "../src/account/open-session.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { uploadFolder } from "../src/facility/receive-upload.ts";
import { issueToken } from "../src/facility/token.ts";
import { type Door, HANG_MS, type Mode, type Trap } from "./crash-doors.ts";
import { unwritten, violations } from "./crash-judge.ts";
import { type ActName, type AskedAt, BEFORE, CrashLife } from "./crash-life.ts";
import { CrashProcess } from "./crash-process.ts";
import type { LivesStand } from "./lives-stand.ts";
import { someAddress } from "./some-address.ts";

const PATIENCE_MS = 8000;
/** Whoever waits for one that hangs gives up sooner than it wakes up. */
const SHORT_PATIENCE_MS = 1000;
/** From an act that wakes up to its end. */
const SETTLES_MS = 1000;
/** What is planted must be found at any size of the trial. */
const SOUGHT_EVERY = 5;
const UPLOAD = "<GIAMDINHHS/>";

export interface Played {
  /** Passages at which something was made to happen. */
  points: number;
  /** Passages that the act makes where nothing happens. */
  passages: number;
  broken: string[];
}

export class WebDoors {
  readonly #stand: LivesStand;
  readonly #at: AskedAt;
  readonly #every: number;
  #born = 0;
  #process: CrashProcess | undefined;
  /** More of the environment of the next process. */
  #env: Record<string, string> = {};
  #facilityToken = "";
  #wakesAt = 0;
  readonly #uploads = new Map<string, string>();

  constructor(stand: LivesStand, at: AskedAt, every: number) {
    this.#stand = stand;
    this.#at = at;
    this.#every = every;
  }

  async open(): Promise<this> {
    const { token } = await issueToken(this.#stand.house, { facility: "79999", days: 30, label: "thử" });
    this.#facilityToken = token;
    await this.#serve();
    return this;
  }

  async close(): Promise<void> {
    await this.#process?.kill();
  }

  /** One act at each passage of a door, from the first until one that it does not reach, or until something is `sought`. */
  async act(act: ActName, door: Door, mode: Mode, sought = false): Promise<Played> {
    const played: Played = { points: 0, passages: 0, broken: [] };
    const step = sought ? Math.min(this.#every, SOUGHT_EVERY) : this.#every;
    for (let at = 1; ; at += step) {
      this.#born += 1;
      const life = new CrashLife(this.#born, this.#at);
      for (const step of BEFORE[act]) await life.act(step);
      if (act === "read" || act === "dispute") life.token = await this.#session(life);
      const key = randomUUID();
      const passed = await this.#struck({ door, at, mode }, () => life.once(act, key, patienceOf(mode)));
      await this.#forgetPatience();
      const answer = await life.act(act, key).catch((error: Error) => ({ status: 599, text: error.message }));
      // One officer holds three files at most, and this one receives for everybody.
      await this.#stand.owner.query(
        "update declaration set held_by = null, held_since = null where held_by is not null",
      );
      const where = `${act}, ${door} ${at}, ${mode}:`;
      await this.#awake();
      if (answer.status >= 300) played.broken.push(`${where} ${answer.status} ${answer.text}`);
      const found = await violations(this.#stand.owner, [life.person.insurance]);
      found.push(...(await unwritten(this.#stand.owner, life.person.insurance, life.reads)));
      played.broken.push(...found.map((line) => `${where} ${line}`));
      if (passed !== undefined && passed < at) return { ...played, passages: passed };
      played.points += 1;
      if (sought && played.broken.length > 0) return played;
    }
  }

  async #session({ person }: CrashLife): Promise<string> {
    const { house, owner } = this.#stand;
    const { rows } = await owner.query<{ id: string }>(
      "select person_id::text as id from declaration where insurance_number = $1 and status = 'accepted'",
      [person.insurance],
    );
    // As somebody who has been here before.
    await owner.query(
      "update account set password_kind = 'chosen', issued_until = null, password_set_on = current_date where person_id = $1",
      [rows[0]?.id],
    );
    const asked = { scope: "full", kind: "bearer", device: "", now: house.clock.now(), proofs: ["password"] } as const;
    const { token } = await inTransaction(house.db, (tx) => openSession(tx, { personId: rows[0]?.id ?? "" }, asked));
    return token;
  }

  /** A facility's file. There is no key: asked again it is another file, and each receipt must be kept. */
  async upload(door: Door, mode: Mode): Promise<Played> {
    const played: Played = { points: 0, passages: 0, broken: [] };
    for (let at = 1; ; at += this.#every) {
      const passed = await this.#struck({ door, at, mode }, () => this.#send(patienceOf(mode)));
      await this.#send(PATIENCE_MS).catch((error: Error) => {
        played.broken.push(`upload, ${door} ${at}, ${mode}: ${error.message}`);
      });
      await this.#awake();
      played.broken.push(...(await this.#unkept()).map((line) => `upload, ${door} ${at}, ${mode}: ${line}`));
      if (passed !== undefined && passed < at) return { ...played, passages: passed };
      played.points += 1;
    }
  }

  /** With transactions that are none: what the judge must find. */
  async planted(act: ActName): Promise<string[]> {
    const { oracle } = this.#at;
    // What is broken on purpose is no loss of the trial.
    this.#at.oracle = `${oracle}.planted`;
    await this.#begin({ FAULTS_PLANTED: "no transactions" });
    const { broken } = await this.act(act, "statement", "before", true);
    await this.#begin({});
    this.#at.oracle = oracle;
    return broken;
  }

  async #begin(env: Record<string, string>): Promise<void> {
    this.#env = env;
    await this.#process?.kill();
    await this.#serve();
  }

  /** How often the door was passed; undefined: the process died of it, and another one is there. */
  async #struck(trap: Trap, act: () => Promise<unknown>): Promise<number | undefined> {
    const there = this.#process;
    await there?.setTrap(trap);
    const strikesAt = performance.now();
    const isAnswered = await act().then(
      () => true,
      () => false,
    );
    let passed = (await there?.passed())?.[trap.door];
    for (let times = 0; !isAnswered && passed !== undefined && passed < trap.at && times < 30; times += 1) {
      await wait(100);
      passed = (await there?.passed())?.[trap.door];
    }
    const isStruck = passed === undefined || passed >= trap.at;
    if (isStruck && (trap.mode === "before" || trap.mode === "after")) await there?.ended;
    await there?.setTrap(undefined);
    if (isStruck && trap.mode === "hang") this.#wakesAt = strikesAt + HANG_MS + SETTLES_MS;
    if (there?.isAlive) return passed;
    await this.#serve();
    return undefined;
  }

  /** What hung has gone on, and is over. */
  async #awake(): Promise<void> {
    await wait(Math.max(0, this.#wakesAt - performance.now()));
  }

  /** A minute of patience: the key of the dead one may be taken over. What still works at it holds it. */
  async #forgetPatience(): Promise<void> {
    await this.#stand.owner.query(
      `update idempotency_key set created_at = created_at - interval '2 minutes' where (asker, key) in
         (select asker, key from idempotency_key where status is null for update skip locked)`,
    );
  }

  async #serve(): Promise<void> {
    const { one, said } = await CrashProcess.start<{ port: number }>("crash-serve", {
      ...this.#stand.environment(),
      ...this.#env,
    });
    if (!said) throw new Error("a web process did not start");
    this.#process = one;
    this.#at.port = said.port;
  }

  async #send(limitMs: number): Promise<void> {
    const reply = await fetch(`http://127.0.0.1:${this.#at.port}/api/v1/facility/uploads`, {
      ...{ method: "POST", body: UPLOAD, signal: AbortSignal.timeout(limitMs) },
      headers: {
        authorization: `Bearer ${this.#facilityToken}`,
        "content-type": "application/xml",
        "x-forwarded-for": someAddress(),
      },
    });
    const { id } = (await reply.json()) as { id?: string };
    if (reply.status !== 202 || !id) throw new Error(`not received: ${reply.status}`);
    this.#uploads.set(id, createHash("sha256").update(UPLOAD).digest("hex"));
  }

  /** I3 and I5 of files: each receipt has its row, and each row the bytes that it tells of. */
  async #unkept(): Promise<string[]> {
    const { rows } = await this.#stand.owner.query<{ id: string; sha256: string }>(
      "select upload_id::text as id, encode(sha256, 'hex') as sha256 from facility_upload where facility_code = '79999'",
    );
    const kept = new Map(rows.map(({ id, sha256 }) => [id, sha256]));
    const lost = [...this.#uploads].filter(([id, sha256]) => kept.get(id) !== sha256);
    const empty = rows.filter(
      ({ id, sha256 }) => sha256Of(join(uploadFolder(this.#stand.house.settings), `${id}.xml`)) !== sha256,
    );
    return [
      ...lost.map(([id]) => `I5 receipt ${id} without a row`),
      ...empty.map(({ id }) => `I3 upload ${id} without its bytes`),
    ];
  }
}

const patienceOf = (mode: Mode) => (mode === "hang" ? SHORT_PATIENCE_MS : PATIENCE_MS);

const sha256Of = (path: string) =>
  existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : undefined;
