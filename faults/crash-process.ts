/** A process of the crash loop, seen from its parent. */
import { type ChildProcess, fork, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Order } from "./crash-child.ts";
import type { Door, Trap } from "./crash-doors.ts";

export class CrashProcess {
  readonly #child: ChildProcess;
  readonly ended: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.ended = once(child, "exit");
  }

  /** `said`: what it told first. */
  static async start<T>(name: string, env: Record<string, string>, given: string[] = []) {
    const script = fileURLToPath(new URL(`./faults-${name}.js`, import.meta.url));
    // Whatever dies of a planted fault says so.
    const stdio: StdioOptions = ["ignore", "ignore", process.env.FAULTS_LOG ? "inherit" : "ignore", "ipc"];
    const child = fork(script, given, { env: { ...process.env, ...env }, stdio });
    const one = new CrashProcess(child);
    return { one, said: await one.#answer<T>() };
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async setTrap(trap: Trap | undefined): Promise<void> {
    await this.#order(trap ? { trap } : {});
  }

  /** How often each door was passed since the trap was set; undefined: it has died. */
  async passed(): Promise<Record<Door, number> | undefined> {
    const said = await this.#order<{ passed: Record<Door, number> }>("count");
    return said?.passed;
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }

  async #order<T>(order: Order): Promise<T | undefined> {
    if (!this.isAlive) return undefined;
    // One that dies just now hears nothing, and its end is the answer.
    this.#child.send(order, () => undefined);
    return this.#answer<T>();
  }

  async #answer<T>(): Promise<T | undefined> {
    const heard = new AbortController();
    const said = once(this.#child, "message", { signal: heard.signal }).then(([told]) => told as T);
    said.catch(() => undefined);
    const answer = await Promise.race([said, this.ended.then(() => undefined)]);
    heard.abort();
    return answer;
  }
}
