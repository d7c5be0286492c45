/** Somebody with an account in the crash loop: what they hold, and what each of their acts may leave behind. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { hashSecret } from "../src/account/hash-lane.ts";
import type { Proof } from "../src/account/rules-proof.ts";
import type { FakeMx } from "../src/notices/providers.fixture.ts";
import { formTokenFor } from "../src/web/form-token.ts";
import type { Books } from "./crash-books.ts";
import { type AskedAt, BEFORE, CrashLife } from "./crash-life.ts";
import { activationsIn, codesIn, readAt, stopsIn } from "./crash-messages.ts";
import type { Cast, CrashPerson } from "./crash-people.ts";
import { sessionOf } from "./crash-sessions.ts";
import { releaseFiles, wasHereBefore } from "./crash-store.ts";
import { type Answered, type Asked, askOnce, isFinal } from "./lives-caller.ts";
import type { LivesStand } from "./lives-stand.ts";

export interface Ground {
  stand: LivesStand;
  at: AskedAt;
  cast: Cast;
  /** Where all mailboxes are. */
  mx: FakeMx;
}

/** An act that is about to be asked for. */
export interface Begun {
  /** Whose books are read, by mã số BHXH. */
  people: readonly string[];
  asked: Asked;
  /** What is asked instead by whoever asks again: a device answers no question twice. */
  anew?(): Promise<Asked>;
  /** "done": this asking did it. "before": an earlier one had. Neither: the answer is wrong. */
  says(answer: Answered): "done" | "before" | undefined;
  /** Whether the answer, final as it looks, tells to come again in some seconds. */
  isToCome?(answer: Answered): boolean;
  /** Asked again it is done again: there is nothing by which the product could know the first asking. */
  isEachTime?: boolean;
  /** What is written when it was done so many times. */
  written(times: number, before: Books): Books;
  /** What an asking leaves of itself, done or not: a look, a refusal. At most one each, or `most`; `isOfEach`: of each answered one. */
  trace?: { line: string; isOfEach: boolean; most?: number };
  /** What it leaves between two commits of its own; asked again it goes on from there. */
  between?(before: Books): Books;
  /** What is wrong at any moment, done or not. */
  anytime?(): Promise<string[]>;
  /** When all is over, as people meet it: what is wrong. */
  outside(last: Answered, after: Books): Promise<string[]>;
}

type Fields = NonNullable<Asked["form"]>;
export type AccountAct = (ground: Ground) => Promise<Begun>;

/** Of everybody who was here before. */
export const OWN = "thuyền nan qua bến số không";
export const NEXT = "cây khế ngọt sau vườn nhà ai";
const hashOfOwn = hashSecret(OWN);
const MESSAGE_WAIT_MS = 60_000;

export class AccountLife {
  readonly person: CrashPerson;
  readonly #ground: Ground;
  readonly #life: CrashLife;

  constructor(ground: Ground, person = ground.cast.adult()) {
    this.person = person;
    this.#ground = ground;
    this.#life = new CrashLife(person, ground.at);
  }

  /** A file that was taken so far; `accept`: the account is there, and its activation code on its way. */
  async upTo(act: "receive" | "accept"): Promise<this> {
    for (const step of [...BEFORE[act], act]) await this.#life.act(step);
    await releaseFiles(this.#ground.stand.owner);
    return this;
  }

  /** With an account and a password of their own. */
  async settled(): Promise<this> {
    await this.upTo("accept");
    await wasHereBefore(this.#ground.stand.owner, this.person.insurance, await hashOfOwn);
    return this;
  }

  get fileCode(): string {
    return this.#life.code;
  }

  bearer(...proofs: Proof[]): Promise<string> {
    return sessionOf(this.#ground.stand, this.person, { kind: "bearer", proofs });
  }

  /** A browser in which two proofs were just given. */
  cookie(): Promise<string> {
    return sessionOf(this.#ground.stand, this.person, { kind: "cookie", proofs: ["password", "code"] });
  }

  /** `code`: of the second factor, where there is one. */
  signingIn(password: string, code?: string): Asked {
    const body = { login: this.person.insurance, password, ...(code ? { code } : {}) };
    return { method: "POST", path: "/api/v1/session", body };
  }

  /** One of the two passwords enters and the other does not. */
  async entersBy(right: string, wrong: string, code?: string): Promise<string[]> {
    return [...(await this.enters(right, 201, code)), ...(await this.enters(wrong, 401, code))];
  }

  async enters(password: string, status: number, code?: string): Promise<string[]> {
    const answer = await this.ask(this.signingIn(password, code));
    return answer?.status === status ? [] : [`"${password}" is answered ${answer?.status} and not ${status}`];
  }

  /** Whoever asks now is struck by nothing. */
  ask(asked: Asked): Promise<Answered | undefined> {
    return askOnce(this.#ground.at.port, asked);
  }

  /** What leads to an act must be done before it begins. */
  async done(asked: Asked): Promise<Answered> {
    const answer = await this.answered(asked);
    if (!answer || answer.status >= 400) throw new Error(`${asked.path} is answered ${answer?.status}`);
    return answer;
  }

  /** However busy the process is that is asked. */
  async answered(asked: Asked): Promise<Answered | undefined> {
    for (const giveUpAt = performance.now() + MESSAGE_WAIT_MS; performance.now() < giveUpAt; await wait(200)) {
      const answer = await this.ask(asked);
      if (isFinal(answer)) return answer;
    }
    return undefined;
  }

  /** The newest activation code, when so many have come. */
  async activationCode(count = 1): Promise<string> {
    return this.#until(async () => (await this.activationCodes())[count - 1]);
  }

  async activationCodes(): Promise<string[]> {
    return activationsIn(await readAt(this.#ground, this.person.phone));
  }

  /** The newest code that came to a telephone or mailbox, when so many have come. */
  async codeAt(place: string, count = 1): Promise<string> {
    return this.#until(async () => (await this.codesAt(place))[count - 1]);
  }

  async codesAt(place: string): Promise<string[]> {
    return codesIn(await readAt(this.#ground, place));
  }

  /** The code that stops a change, as the telephone of before was told it. */
  async stopCode(): Promise<string> {
    return this.#until(async () => stopsIn(await readAt(this.#ground, this.person.phone))[0]);
  }

  async #until<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (const giveUpAt = performance.now() + MESSAGE_WAIT_MS; performance.now() < giveUpAt; await wait(20)) {
      const seen = await look();
      if (seen !== undefined) return seen;
    }
    throw new Error(`no message came for ${this.person.insurance}`);
  }
}

/** A page's form, as the browser with that session sends it. */
export function posted({ stand }: Ground, session: string, path: string, fields: Fields): Asked {
  const form = { _token: formTokenFor(stand.house.vault, session), ...fields };
  return { method: "POST", path, form, cookie: `vssid_session=${session}` };
}

/** The same from a browser in which nobody is signed in. */
export function postedByVisitor(
  { stand }: Ground,
  path: string,
  fields: Fields,
  visitor: string = randomUUID(),
): Asked {
  const form = { _token: formTokenFor(stand.house.vault, visitor), ...fields };
  return { method: "POST", path, form, cookie: `vssid_visitor=${visitor}` };
}

/** The session that a browser was given. */
export const sessionIn = ({ cookies }: Answered): string | undefined =>
  cookies.flatMap((cookie) => /^vssid_session=([^;]+)/.exec(cookie)?.[1] ?? [])[0];

/** "by sms" and, where there is a mailbox, "by email". */
export function messages(template: string, { email }: CrashPerson, copies = 1): Books {
  const ways = email ? ["sms", "email"] : ["sms"];
  return Object.fromEntries(ways.map((way) => [`message ${template} by ${way}`, copies]));
}

/** Faults of an answer of the API, by their keys. */
export const faultsOf = ({ body }: Answered): string[] =>
  ((body.faults ?? []) as { key: string }[]).map(({ key }) => key);
