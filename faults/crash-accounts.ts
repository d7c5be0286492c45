/** Acts on accounts that meet a fault at a passage of a door, and are asked for again: done once, wholly, or not at all. */
import { addStaff } from "../src/account/staff.ts";
import { blockRest, unreadInBlock } from "../src/codes/rules.ts";
import { ceilings } from "../src/looks/rules-policies.ts";
import { type Delivery, startDelivery } from "../src/notices/deliver.ts";
import { setPolicy } from "../src/policy/set.ts";
import type { AccountAct, Begun, Ground } from "./crash-account-life.ts";
import { activationActs } from "./crash-acts-activation.ts";
import { contactActs } from "./crash-acts-contact.ts";
import { counterActs } from "./crash-acts-counter.ts";
import { deskActs, OTHER_OFFICE } from "./crash-acts-desk.ts";
import { erasureActs } from "./crash-acts-erasure.ts";
import { factorActs } from "./crash-acts-factors.ts";
import { guardianActs, SUPERVISOR } from "./crash-acts-guardian.ts";
import { paperActs } from "./crash-acts-papers.ts";
import { passwordActs } from "./crash-acts-passwords.ts";
import { wayActs } from "./crash-acts-ways.ts";
import { type Books, misfit } from "./crash-books.ts";
import type { Door, Mode } from "./crash-doors.ts";
import { booksOf, forgetPatience, openOfficeBeside } from "./crash-store.ts";
import { patienceOf, type StruckWeb } from "./crash-struck.ts";
import { type Played, passageAfter, type Walk } from "./crash-walk.ts";
import { type Answered, askOnce, askWithin, isFinal } from "./lives-caller.ts";
import { type LivesStand, OFFICE } from "./lives-stand.ts";
import { quickPace } from "./notices-plan.ts";

const acts = {
  ...{ ...passwordActs, ...factorActs, ...wayActs, ...activationActs, ...contactActs },
  ...{ ...guardianActs, ...paperActs, ...counterActs, ...deskActs, ...erasureActs },
} satisfies Record<string, AccountAct>;
export type AccountActName = keyof typeof acts;
export const ACCOUNT_ACTS = Object.keys(acts) as AccountActName[];

/** In which whoever is told to come again comes again. */
const AGAIN_MS = 30_000;
const AGAIN_AFTER_MS = 200;
const OUT_OF_REACH = 1_000_000;

/** Who confirms what an officer has asked for, and another office to which a file may go; and codes that are never typed, as many as the trial leaves behind. */
export async function prepareAccounts({ house, owner }: LivesStand): Promise<void> {
  await openOfficeBeside(owner, OFFICE, OTHER_OFFICE);
  const named = { username: SUPERVISOR, name: "Kiểm Soát Thử", role: "supervisor", office: OFFICE } as const;
  await addStaff(house, { ...named, password: "quầy gỗ mưa rào đèn lồng" });
  const since = { from: "2021-01-01", by: "trial of crashes" };
  // One officer looks at everybody here.
  const endless = { soft: OUT_OF_REACH, hard: OUT_OF_REACH };
  const all = { hour: endless, day: endless };
  await setPolicy(house, ceilings, {
    value: { ...ceilings.values[0]?.value, officer: all, supervisor: all },
    ...since,
  });
  await setPolicy(house, blockRest, { value: 0, ...since });
  await setPolicy(house, unreadInBlock, { value: OUT_OF_REACH, ...since });
}

export class AccountDoors {
  readonly #ground: Ground;
  readonly #web: StruckWeb;
  readonly #walk: Walk;
  #delivery: Delivery | undefined;

  constructor(ground: Ground, web: StruckWeb, walk: Walk) {
    this.#ground = ground;
    this.#web = web;
    this.#walk = walk;
  }

  /** A sender that nothing befalls: codes reach people as they do in earnest. */
  open(): this {
    this.#delivery = startDelivery(this.#ground.stand.house, quickPace);
    return this;
  }

  async close(): Promise<void> {
    await this.#delivery?.stop();
  }

  /** One act at each passage of a door, until one that it does not reach, or until something is `sought`. */
  async play(act: AccountActName, door: Door, mode: Mode, sought = false): Promise<Played> {
    const played: Played = { points: 0, passages: 0, broken: [] };
    for (let at = 1; ; at = passageAfter(at, this.#walk)) {
      const begun = await acts[act](this.#ground);
      const run = new Run(this.#ground, begun, await this.#books(begun));
      const passed = await this.#web.struck({ door, at, mode }, () => run.ask(patienceOf(mode)));
      // What hangs is still on its way, and at every moment all of it is done or nothing.
      await run.look(await this.#books(begun), { isOver: false });
      await forgetPatience(this.#ground.stand.owner);
      await run.again();
      await this.#web.awake();
      await run.look(await this.#books(begun), { isOver: true });
      played.broken.push(...run.wrong.map((line) => `${act}, ${door} ${at}, ${mode}: ${line}`));
      if (passed !== undefined && passed < at) return { ...played, passages: passed };
      played.points += 1;
      if (sought && played.broken.length > 0) return played;
    }
  }

  #books({ people }: Begun): Promise<Books> {
    return booksOf(this.#ground.stand.owner, people);
  }
}

/** One act that was struck, asked for until it is answered. */
class Run {
  readonly wrong: string[] = [];
  readonly #ground: Ground;
  readonly #begun: Begun;
  readonly #before: Books;
  #asked = 0;
  #answered = 0;
  #done = 0;
  #last: Answered | undefined;

  constructor(ground: Ground, begun: Begun, before: Books) {
    this.#ground = ground;
    this.#begun = begun;
    this.#before = before;
  }

  /** Rejects where no answer came in time. */
  async ask(limitMs: number): Promise<void> {
    this.#asked += 1;
    this.#hear(await askWithin(this.#ground.at.port, this.#begun.asked, limitMs));
  }

  /** A person who was not answered, or was told that it failed, does the same again. */
  async again(): Promise<void> {
    for (const giveUpAt = performance.now() + AGAIN_MS; ; await pause()) {
      this.#asked += 1;
      const answer = await askOnce(this.#ground.at.port, (await this.#begun.anew?.()) ?? this.#begun.asked);
      if (answer) this.#last = this.#hear(answer);
      if (this.#last) return;
      if (performance.now() > giveUpAt) {
        this.wrong.push(`not answered for ${AGAIN_MS / 1000} s, at last ${answer?.status} ${answer?.text}`);
        return;
      }
    }
  }

  /** What was answered is written, nothing oftener than it was asked for, and nothing in part. */
  async look(after: Books, { isOver }: { isOver: boolean }): Promise<void> {
    const { isEachTime, written, between, anytime, outside } = this.#begun;
    const least = Math.max(this.#done > 0 ? (isEachTime ? this.#done : 1) : 0, Number(isOver));
    const most = isEachTime ? Math.max(this.#asked, least) : 1;
    const steps = Array.from({ length: most - least + 1 }, (_, more) =>
      least + more === 0 ? {} : written(least + more, this.#before),
    );
    if (between && least === 0) steps.push(between(this.#before));
    const when = isOver ? "in the end" : "at once";
    const found = [misfit(this.#before, this.#withoutTrace(after), steps), this.#traceFault(after)];
    this.wrong.push(...found.flatMap((line) => (line ? [`${when} ${line}`] : [])));
    this.wrong.push(...((await anytime?.()) ?? []).map((line) => `${when} ${line}`));
    if (isOver && this.#last) this.wrong.push(...(await outside(this.#last, after)));
  }

  #withoutTrace(after: Books): Books {
    const { trace } = this.#begun;
    return trace ? { ...after, [trace.line]: this.#before[trace.line] ?? 0 } : after;
  }

  #traceFault(after: Books): string | undefined {
    const { trace } = this.#begun;
    if (!trace) return undefined;
    const left = (after[trace.line] ?? 0) - (this.#before[trace.line] ?? 0);
    const isFair = left <= this.#asked * (trace.most ?? 1) && left >= (trace.isOfEach ? this.#answered : 0);
    return isFair ? undefined : `${trace.line}: ${left} of ${this.#asked} askings, ${this.#answered} answered`;
  }

  /** The answer, where it says what became of the act. */
  #hear(answer: Answered): Answered | undefined {
    const said = this.#begun.says(answer);
    if (said === "done") this.#done += 1;
    if (!isFinal(answer) || this.#begun.isToCome?.(answer)) return undefined;
    this.#answered += 1;
    if (!said) this.wrong.push(`answered ${answer.status} ${answer.text.slice(0, 200)}`);
    return answer;
  }
}

const pause = () => new Promise((done) => setTimeout(done, AGAIN_AFTER_MS));
