/** One seed: made-up people, officers, senders and clocks for so many days, with every fault mixed in. */
import { type Dice, dice } from "../test/dice.ts";
import { DAY_MS, type Game, HOLIDAYS, HOUR_MS, LEAPS_MS, MINUTE_MS, SECOND_MS } from "./simulate-game.ts";
import { Judge, Violation } from "./simulate-judge.ts";
import { settleOld } from "./simulate-old.ts";
import { LEASE_MS, Product, type Request } from "./simulate-product.ts";
import { type Answer, Died } from "./simulate-tables.ts";

export interface Played {
  violation: Violation | undefined;
  steps: number;
  trace: readonly string[];
}

export function playSeed(game: Game): Played {
  const world = new World(game);
  const { violation, trace } = world.play();
  return { violation, steps: world.steps, trace };
}

class World {
  readonly #game: Game;
  readonly #random: Dice;
  readonly #product: Product;
  readonly #judge: Judge;
  readonly #queue: { at: number; run: () => void }[] = [];
  readonly #trace: string[] = [];
  readonly #underWay = new Set<string>();
  readonly #endsAt: number;
  #now: number;
  #skewMs = 0;
  #databaseSkewMs = 0;
  #isLeap = false;
  #boot = 1;
  #bootAt: number;
  #upAt = 0;
  #provider: "up" | "down" | "throttled" | "silent" = "up";
  #wakesAt = Number.POSITIVE_INFINITY;
  #keys = 0;
  #sweeps = 0;
  #holidays = 0;

  constructor(game: Game) {
    this.#game = game;
    this.#random = dice(game.seed);
    this.#now = Date.UTC(2026, 5, 1) + this.#random.below(560) * DAY_MS + this.#random.below(DAY_MS);
    this.#endsAt = this.#now + game.days * DAY_MS;
    this.#bootAt = this.#now - DAY_MS;
    this.#product = new Product(game.rules, () => ({
      own: new Date(this.#now + this.#skewMs),
      database: new Date(this.#now + this.#databaseSkewMs),
      boot: String(this.#boot),
      uptimeSeconds: (this.#now - this.#bootAt) / SECOND_MS,
    }));
    for (const day of HOLIDAYS.split(" ")) this.#product.holidays.add(day);
    this.#judge = new Judge(this.#product, () => this.#now);
  }

  get steps(): number {
    return this.#judge.steps;
  }

  play(): { violation: Violation | undefined; trace: readonly string[] } {
    this.#product.goOn();
    for (let nth = 0; nth < this.#game.persons; nth += 1) this.#begin(nth);
    for (let at = this.#now; at < this.#endsAt; at += HOUR_MS)
      this.#at(at + this.#random.below(HOUR_MS), () => this.#sweep());
    for (let day = 0; day < this.#game.days; day += 1) this.#troubles();
    try {
      for (let next = this.#queue.pop(); next && next.at < this.#endsAt; next = this.#queue.pop()) {
        this.#now = Math.max(this.#now, next.at);
        next.run();
        this.#judge.step();
        this.#wakeSender();
      }
      this.#judge.all();
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      return { violation: error, trace: this.#trace };
    }
    return { violation: undefined, trace: this.#trace };
  }

  #at(at: number, run: () => void): void {
    let [low, high] = [0, this.#queue.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#queue[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    this.#queue.splice(low, 0, { at, run });
  }

  #in(ms: number, run: () => void): void {
    this.#at(this.#now + ms, run);
  }

  #say(what: string): void {
    this.#trace.push(`${new Date(this.#now).toISOString()} ${what}`);
  }

  #trouble(what: string): void {
    this.#judge.troubledAt = Math.max(this.#judge.troubledAt, this.#now);
    this.#say(what);
  }

  get #isClosed(): boolean {
    return this.#isLeap || this.#now < this.#upAt;
  }

  // People.

  #begin(nth: number): void {
    const life = dice(this.#game.seed * 1009 + nth);
    const code = `f${nth}`;
    if (nth % 4 === 3) {
      this.#beginOld(nth, life);
      return;
    }
    this.#in(life.below(this.#game.days * DAY_MS * 0.8), () => this.#declare(code, life));
  }

  #beginOld(nth: number, life: Dice): void {
    const person = settleOld(this.#product.tables, nth, this.#now, life);
    for (let day = 0; day < this.#game.days; day += 1 + life.below(9)) {
      this.#in(day * DAY_MS + life.below(DAY_MS), () => this.#signIn(person, life));
    }
  }

  #declare(code: string, life: Dice): void {
    this.#ask("declare", code, () => this.#in(life.below(2 * DAY_MS) + MINUTE_MS, () => this.#confirm(code, life)));
  }

  #confirm(code: string, life: Dice): void {
    if (life.below(20) === 0) {
      this.#ask("withdraw", code);
      return;
    }
    this.#ask("confirm", code, () => {
      const lapsesAt = this.#product.tables.files.get(code)?.lapsesAt?.getTime() ?? this.#now;
      const isLast = life.below(5) === 0;
      const at = isLast ? lapsesAt - 2 * SECOND_MS + life.below(4 * SECOND_MS) : this.#now + life.below(15 * DAY_MS);
      if (life.below(8) === 0) this.#in(life.below(9 * DAY_MS), () => this.#ask("withdraw", code));
      if (life.below(6) > 0) this.#at(at, () => this.#handIn(code, life));
      if (life.below(10) === 0) this.#in(life.below(9 * DAY_MS), () => this.#ask("accept", code));
    });
  }

  #handIn(code: string, life: Dice): void {
    this.#ask("look", code);
    this.#ask("receive", code, ({ ok }) => {
      if (!ok) return;
      this.#in(life.below(20 * MINUTE_MS), () => this.#decide(code, life));
      if (life.below(4) === 0) this.#in(life.below(20 * MINUTE_MS), () => this.#decide(code, life));
    });
  }

  #decide(code: string, life: Dice): void {
    this.#ask("look", code);
    this.#ask(life.below(5) === 0 ? "refuse" : "accept", code, ({ ok }) => {
      if (!ok || !this.#product.tables.accounts.has(code)) return;
      this.#in(HOUR_MS + life.below(2 * DAY_MS), () => this.#signIn(code, life));
    });
    if (life.below(6) === 0) this.#in(life.below(DAY_MS), () => this.#ask("accept", code));
  }

  /** Until it is answered; the same request may arrive twice, and an answer may get lost on its way. */
  #ask(act: Request["act"], code: string, then: (answer: Answer) => void = () => undefined): void {
    this.#keys += 1;
    this.#send({ act, code, key: `k${this.#keys}` }, then);
  }

  #send(request: Request, then: (answer: Answer) => void): void {
    if (this.#isClosed) {
      this.#in(10 * MINUTE_MS, () => this.#send(request, then));
      return;
    }
    const again = () => this.#in(this.#random.below(2 * MINUTE_MS), () => this.#send(request, then));
    const answer = this.#safely(() => this.#product.act(request));
    if (!answer || this.#random.below(100) < 3) {
      again();
      return;
    }
    this.#say(`${request.act} ${request.code}: ${answer.ok ? "done" : `no, ${answer.now}`}`);
    if (this.#random.below(100) < 5) {
      this.#in(this.#random.below(5 * SECOND_MS), () => !this.#isClosed && this.#product.act(request));
    }
    this.#judge.told(request, answer);
    then(answer);
  }

  /** Undefined: the process died under it. */
  #safely<T>(work: () => T): T | undefined {
    const { tables } = this.#product;
    tables.diesIn = this.#random.below(100) < 3 ? this.#random.below(6) : undefined;
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      this.#trouble("a process died");
      return undefined;
    } finally {
      tables.diesIn = undefined;
    }
  }

  #signIn(person: string, life: Dice): void {
    if (this.#isClosed) {
      this.#in(HOUR_MS, () => this.#signIn(person, life));
      return;
    }
    this.#keys += 1;
    const token = `t${this.#keys}`;
    const before = this.#product.tables.accounts.get(person);
    const isTrusted = this.#product.isTimeTrusted();
    const { ok, isForced } = this.#product.signIn(person, token);
    if (!ok || !before) return;
    if (before.kind === "chosen" && isTrusted) this.#judge.ofPassword(before.setOn, isForced);
    if (before.kind === "issued" || isForced || life.below(30) === 0) this.#product.changePassword(person);
    this.#use(token, { from: this.#now, last: this.#now }, life);
  }

  #use(token: string, seen: { from: number; last: number }, life: Dice): void {
    this.#in(MINUTE_MS + life.below(70 * MINUTE_MS), () => {
      if (this.#isClosed) return;
      const isOpen = this.#product.useSession(token);
      this.#judge.ofSession(isOpen, this.#now - seen.last, this.#now - seen.from);
      if (isOpen && life.below(10) > 0) this.#use(token, { ...seen, last: this.#now }, life);
    });
  }

  // What happens by itself.

  #sweep(): void {
    if (this.#now < this.#upAt) return;
    this.#sweeps += 1;
    const isDone = this.#safely(() => {
      const found = this.#product.overdue();
      // Another worker does the same at once, and is quicker.
      if (this.#random.below(3) === 0) for (const code of this.#product.overdue()) this.#product.lapseOne(code);
      for (const code of found) this.#product.lapseOne(code);
      if (this.#product.holidays.size !== this.#holidays) this.#product.moveDue();
      this.#holidays = this.#product.holidays.size;
      this.#product.forget();
      if (this.#sweeps % 3 > 0) return true;
      const first = this.#product.toRemind();
      const second = this.#random.below(3) === 0 ? this.#product.toRemind() : [];
      for (const one of [...second, ...first]) {
        const isReminded = this.#product.remindOne(one);
        // Some come at once, perhaps before the message has left.
        const isQuick = isReminded && this.#random.below(3) === 0;
        if (isQuick) this.#in(this.#random.below(HOUR_MS), () => this.#handIn(one.code, this.#random));
      }
      this.#product.warnPasswords();
      return true;
    });
    if (isDone && this.#product.isTimeTrusted()) this.#judge.noneOverdue(this.#product.now);
    this.#judge.step();
    if (this.#sweeps % 4 === 0) this.#judge.all();
  }

  #wakeSender(): void {
    let next = Number.POSITIVE_INFINITY;
    for (const { key, state, nextAt } of this.#product.tables.notices.values()) {
      const isWaiting = state === "queued" || state === "sending" || state === "unknown";
      if (isWaiting && !this.#underWay.has(key)) next = Math.min(next, nextAt.getTime() - this.#skewMs);
    }
    const at = Math.max(next, this.#now + SECOND_MS, this.#upAt);
    if (next === Number.POSITIVE_INFINITY || this.#wakesAt <= at) return;
    this.#wakesAt = at;
    this.#at(at, () => {
      this.#wakesAt = Number.POSITIVE_INFINITY;
      if (this.#now >= this.#upAt) for (const key of this.#product.dueNotices()) this.#deliver(key);
    });
  }

  #deliver(key: string): void {
    if (this.#underWay.has(key)) return;
    const fence = this.#safely(() => this.#product.lease(key));
    if (fence === undefined) return;
    const reply = this.#replyOf(key);
    const chance = this.#random.below(100);
    if (chance < 2) {
      this.#trouble(`the sender of ${key} died`);
      return;
    }
    // A worker stands still beyond its lease, and another one takes the message up.
    const isPaused = chance < 6;
    if (isPaused) this.#trouble(`the sender of ${key} stands still`);
    else this.#underWay.add(key);
    this.#in(isPaused ? LEASE_MS + this.#random.below(20 * SECOND_MS) : this.#random.below(SECOND_MS), () => {
      this.#underWay.delete(key);
      this.#product.mark(key, fence, reply, this.#random.roll());
    });
  }

  #replyOf(key: string) {
    const isSilent = this.#provider === "silent" || this.#random.below(100) < 2;
    const hasLeft = isSilent ? this.#random.below(2) === 0 : this.#provider === "up";
    if (hasLeft) this.#take(key);
    if (isSilent) this.#trouble(`no answer for ${key}`);
    else if (this.#provider !== "up") this.#trouble(`${key} not taken: ${this.#provider}`);
    if (isSilent) return { kind: "unknown", error: "no_answer" } as const;
    if (this.#provider === "down") return { kind: "later", error: "down", isDown: true } as const;
    if (this.#provider === "throttled") return { kind: "throttled", error: "throttled" } as const;
    return { kind: "accepted", references: [key] } as { kind: "accepted"; references: string[] };
  }

  #take(key: string): void {
    this.#judge.took(key);
    this.#say(`${key} left`);
    for (let times = this.#random.below(4); times > 0; times -= 1) {
      const state = this.#random.below(8) === 0 ? "failed" : "delivered";
      this.#in(this.#random.below(HOUR_MS), () => {
        this.#product.receipt(key, state);
        this.#judge.ofNotice(key);
      });
    }
  }

  // Faults.

  #troubles(): void {
    const random = this.#random;
    const some = (perDay: number, run: () => void) => {
      if (random.roll() < perDay) this.#in(random.below(this.#game.days * DAY_MS), run);
    };
    some(1, () => this.#provide(random.pick(["down", "throttled", "silent"] as const)));
    some(0.3, () => this.#nudge());
    some(0.1, () => this.#leap());
    some(0.05, () => this.#restart());
    some(0.06, () => this.#enterHoliday());
  }

  #provide(how: "down" | "throttled" | "silent"): void {
    this.#provider = how;
    this.#say(`the provider is ${how}`);
    const isLong = this.#random.below(4) === 0;
    this.#in(this.#random.below(isLong ? 5 * HOUR_MS : 14 * MINUTE_MS), () => {
      this.#provider = "up";
    });
  }

  /** As far as a clock may stand apart and be believed, from one look to the next. */
  #nudge(): void {
    if (this.#isLeap) return;
    this.#skewMs = this.#databaseSkewMs = (this.#random.below(5) - 2) * MINUTE_MS;
    this.#product.releaseFuture();
    this.#trouble(`the clock is ${this.#skewMs / MINUTE_MS} minutes off`);
  }

  #leap(): void {
    if (this.#isLeap) return;
    const [own, database] = [this.#skewMs, this.#databaseSkewMs];
    this.#isLeap = true;
    this.#skewMs += this.#random.pick(LEAPS_MS);
    if (this.#random.below(2) === 0) this.#databaseSkewMs = this.#skewMs;
    this.#product.releaseFuture();
    this.#judge.troubledAt = Number.POSITIVE_INFINITY;
    this.#say(`the clock is set to ${new Date(this.#now + this.#skewMs).toISOString()}`);
    for (let looks = 0; looks < 3; looks += 1)
      this.#in(this.#random.below(HOUR_MS), () => this.#isLeap && this.#sweep());
    this.#in(5 * MINUTE_MS + this.#random.below(20 * HOUR_MS), () => {
      [this.#skewMs, this.#databaseSkewMs, this.#isLeap] = [own, database, false];
      this.#product.releaseFuture();
      this.#judge.troubledAt = this.#now;
      this.#say("the clock is right again");
    });
  }

  #restart(): void {
    if (this.#isLeap) return;
    this.#boot += 1;
    this.#upAt = this.#now + this.#random.below(this.#random.below(3) === 0 ? 30 * HOUR_MS : 10 * MINUTE_MS);
    this.#bootAt = this.#upAt;
    this.#judge.troubledAt = this.#upAt;
    this.#say("the machine starts again");
    const operate = () => {
      if (this.#isClosed) return this.#in(HOUR_MS, operate);
      this.#product.goOn();
      this.#trouble("the operator says go on");
    };
    this.#at(this.#upAt + this.#random.below(3 * HOUR_MS), operate);
  }

  #enterHoliday(): void {
    const { holidays } = this.#product;
    const day = new Date(this.#now + (4 + this.#random.below(14)) * DAY_MS).toISOString().slice(0, 10);
    if (!holidays.delete(day)) holidays.add(day);
    this.#say(`${day} is ${holidays.has(day) ? "a holiday" : "no holiday"}`);
  }
}
