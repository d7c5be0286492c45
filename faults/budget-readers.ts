/** People who sign in and read their record while things break, and what they were answered. */
import { setTimeout as wait } from "node:timers/promises";
import { tellFigure } from "../bench/harness.ts";
import { percentile } from "../bench/load-arrivals.ts";
import { type Answered, type Asked, askOnce, isFinal } from "./lives-caller.ts";
import type { Beside } from "./lives-play.ts";
import type { LivesStand } from "./lives-stand.ts";
import { fillPeople, type People } from "./upgrade-store.ts";

const SIZE = { persons: 500, membersCount: 200 };
/** People who come in a second, and what each of them reads. */
const PER_SECOND = 2;
const READS = ["/api/v1/me/visits", "/api/v1/me/cards", "/api/v1/me/participation"];
/** What a telephone waits before it asks again; what comes later than that limit was not in time. */
const AGAIN_MS = 300;
const IN_TIME_MS = 10_000;
const GOAL_PERCENT = 99.95;

export async function openReading(stand: LivesStand): Promise<Beside> {
  const people = await fillPeople(stand.owner, stand.house, SIZE);
  const readers = new Readers(stand.balancer.port, people);
  const coming = readers.come();
  return {
    async end() {
      readers.isOn = false;
      await coming;
      return readers.tell();
    },
  };
}

class Readers {
  isOn = true;
  readonly #port: number;
  readonly #people: People;
  readonly #times: number[] = [];
  #asked = 0;
  #atFirst = 0;
  #late = 0;
  readonly #wrong: string[] = [];
  /** What each was answered the first time: nothing changes meanwhile. */
  readonly #bodies = new Map<string, string>();

  constructor(port: number, people: People) {
    this.#port = port;
    this.#people = people;
  }

  /** Open loop: nobody waits for the one before. */
  async come(): Promise<void> {
    const here = new Set<Promise<void>>();
    for (let nth = 0; this.isOn; nth += 1) {
      await wait((-Math.log(1 - Math.random()) / PER_SECOND) * 1000);
      const one = this.#person(nth).finally(() => here.delete(one));
      here.add(one);
    }
    await Promise.all(here);
  }

  tell(): boolean {
    for (const line of this.#wrong.slice(0, 10)) console.log(`  wrong: ${line}`);
    const share = (count: number) => ((100 * count) / Math.max(1, this.#asked)).toFixed(3);
    return tellFigure({
      id: "R48",
      what: `percent of requests right within ${IN_TIME_MS / 1000} s`,
      value: (100 * (this.#asked - this.#late - this.#wrong.length)) / Math.max(1, this.#asked),
      goal: GOAL_PERCENT,
      extra: `${this.#asked} requests, ${share(this.#atFirst)} % right at the first asking, ${this.#late} late, ${this.#wrong.length} wrong, p99.9 ${percentile(this.#times, 0.999).toFixed(0)} ms`,
    });
  }

  async #person(nth: number): Promise<void> {
    const member = this.#people.members[nth % this.#people.members.length];
    if (!member) return;
    const entered = await this.#right({ method: "POST", path: "/api/v1/session", body: member });
    const bearer = entered?.body.token;
    if (typeof bearer !== "string") return;
    for (const path of READS) {
      const answer = await this.#right({ method: "GET", path, bearer });
      if (!answer) continue;
      const key = `${member.login} ${path}`;
      const before = this.#bodies.get(key) ?? answer.text;
      this.#bodies.set(key, before);
      if (answer.text !== before) this.#wrong.push(`${path} answered something else`);
    }
  }

  /** Asks until there is an answer that counts, as long as it is in time. */
  async #right(asked: Asked): Promise<Answered | undefined> {
    const startedAt = performance.now();
    this.#asked += 1;
    for (let tries = 1; ; tries += 1) {
      const answer = await askOnce(this.#port, asked);
      const ms = performance.now() - startedAt;
      if (ms > IN_TIME_MS) {
        this.#late += 1;
        return undefined;
      }
      if (isFinal(answer)) {
        this.#times.push(ms);
        if (answer.status < 300) this.#atFirst += tries === 1 ? 1 : 0;
        else this.#wrong.push(`${asked.path}: ${answer.status}`);
        return answer.status < 300 ? answer : undefined;
      }
      await wait(AGAIN_MS);
    }
  }
}
