/** A web process that is struck at a passage of a door, and the next one where it has died of it. */
import { setTimeout as wait } from "node:timers/promises";
import { HANG_MS, type Mode, type Trap } from "./crash-doors.ts";
import type { AskedAt } from "./crash-life.ts";
import { CrashProcess } from "./crash-process.ts";
import type { LivesStand } from "./lives-stand.ts";

export const PATIENCE_MS = 8000;
/** Whoever waits for one that hangs gives up sooner than it wakes up. */
const SHORT_PATIENCE_MS = 1000;
/** From an act that wakes up to its end. */
const SETTLES_MS = 1000;

export const patienceOf = (mode: Mode) => (mode === "hang" ? SHORT_PATIENCE_MS : PATIENCE_MS);

export class StruckWeb {
  readonly #stand: LivesStand;
  readonly #at: AskedAt;
  #process: CrashProcess | undefined;
  /** More of the environment of each next process. */
  #env: Record<string, string> = {};
  #wakesAt = 0;

  /** `at.port` is always the port of the process that is there. */
  constructor(stand: LivesStand, at: AskedAt) {
    this.#stand = stand;
    this.#at = at;
  }

  /** Another process, and all that follow it, with `env`. */
  async begin(env: Record<string, string> = {}): Promise<this> {
    this.#env = env;
    await this.close();
    await this.#serve();
    return this;
  }

  async close(): Promise<void> {
    await this.#process?.kill();
  }

  /** How often the door was passed; undefined: the process died of it, and another one is there. */
  async struck(trap: Trap, act: () => Promise<unknown>): Promise<number | undefined> {
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
  async awake(): Promise<void> {
    await wait(Math.max(0, this.#wakesAt - performance.now()));
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
}
