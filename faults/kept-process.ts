/** A process of the product under a manager that starts it again whenever it ends, as systemd does; nobody else helps. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { projectRoot } from "../src/db/root.ts";

const START_LIMIT_MS = 120_000;
const PAUSE_MS = 50;

export class KeptProcess {
  readonly port: number;
  /** Milliseconds from each end to being ready again. */
  readonly outages: number[] = [];
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;
  #keeping: Promise<void> | undefined;
  #isWanted = true;

  readonly #log: string | undefined;

  /** `log`: the file to which its log goes. */
  constructor(port: number, env: Record<string, string>, log?: string) {
    this.port = port;
    this.#env = env;
    this.#log = log;
  }

  async start(): Promise<this> {
    this.#child = this.#spawn();
    await this.#ready();
    this.#keeping = this.#keep();
    return this;
  }

  kill(how: NodeJS.Signals = "SIGKILL"): void {
    this.#child?.kill(how);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async isReady(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.port}/readyz?brief`, { signal: AbortSignal.timeout(3000) }).then(
      async (reply) => {
        await reply.arrayBuffer();
        return reply.ok;
      },
      () => false,
    );
  }

  async end(): Promise<void> {
    this.#isWanted = false;
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
    await this.#keeping;
  }

  #spawn(): ChildProcess {
    return spawn(process.execPath, [join(projectRoot, "dist", "main.js")], {
      stdio: ["ignore", this.#log ? openSync(this.#log, "a") : "ignore", process.env.FAULTS_LOG ? "inherit" : "ignore"],
      env: { PATH: process.env.PATH, NODE_ENV: "production", ...this.#env, PORT: String(this.port) },
    });
  }

  async #ready(): Promise<void> {
    const giveUpAt = Date.now() + START_LIMIT_MS;
    while (this.#isWanted && !(await this.isReady())) {
      if (Date.now() > giveUpAt) throw new Error(`no process gets ready on port ${this.port}`);
      if (this.#child?.exitCode !== null || this.#child.signalCode !== null) {
        await wait(PAUSE_MS);
        this.#child = this.#spawn();
      }
      await wait(20);
    }
  }

  async #keep(): Promise<void> {
    while (this.#isWanted) {
      const child = this.#child;
      if (child?.exitCode === null && child.signalCode === null) await once(child, "exit");
      if (!this.#isWanted) return;
      const downAt = performance.now();
      this.#child = this.#spawn();
      await this.#ready();
      this.outages.push(performance.now() - downAt);
    }
  }
}
