/** Somebody with an account in the crash loop: what they hold, and what each of their acts may leave behind. */
import { setTimeout as wait } from "node:timers/promises";
import { hashSecret } from "../src/account/hash-lane.ts";
import type { Proof } from "../src/account/rules-proof.ts";
import { formTokenFor } from "../src/web/form-token.ts";
import type { Books } from "./crash-books.ts";
import { type AskedAt, BEFORE, CrashLife } from "./crash-life.ts";
import type { Cast, CrashPerson } from "./crash-people.ts";
import { sessionOf } from "./crash-sessions.ts";
import { releaseFiles, wasHereBefore } from "./crash-store.ts";
import { type Answered, type Asked, askOnce } from "./lives-caller.ts";
import type { LivesStand } from "./lives-stand.ts";

export interface Ground {
  stand: LivesStand;
  at: AskedAt;
  cast: Cast;
}

/** An act that is about to be asked for. */
export interface Begun {
  /** Whose books are read, by mã số BHXH. */
  people: readonly string[];
  asked: Asked;
  /** "done": this asking did it. "before": an earlier one had. Neither: the answer is wrong. */
  says(answer: Answered): "done" | "before" | undefined;
  /** Asked again it is done again: there is nothing by which the product could know the first asking. */
  isEachTime?: boolean;
  /** What is written when it was done so many times. */
  written(times: number, before: Books): Books;
  /** What an asking leaves of itself, done or not: a look, a refusal. At most one each; `isOfEach`: of each answered one. */
  trace?: { line: string; isOfEach: boolean };
  /** What it leaves between two commits of its own; asked again it goes on from there. */
  between?(before: Books): Books;
  /** What is wrong at any moment, done or not. */
  anytime?(): Promise<string[]>;
  /** When all is over, as people meet it: what is wrong. */
  outside(last: Answered, after: Books): Promise<string[]>;
}

export type AccountAct = (ground: Ground) => Promise<Begun>;

/** Of everybody who was here before. */
export const OWN = "thuyền nan qua bến số không";
export const NEXT = "cây khế ngọt sau vườn nhà ai";
const hashOfOwn = hashSecret(OWN);
const TEXT_WAIT_MS = 60_000;
const CODE = /\bMa [^:]+: (\d{6,8}),/g;
const ACTIVATION = /[a-z]{4}-[a-z]{4}-[a-z]{4}-\d{4}/i;

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

  signingIn(password: string): Asked {
    return { method: "POST", path: "/api/v1/session", body: { login: this.person.insurance, password } };
  }

  /** One of the two passwords enters and the other does not. */
  async entersBy(right: string, wrong: string): Promise<string[]> {
    return [...(await this.enters(right, 201)), ...(await this.enters(wrong, 401))];
  }

  async enters(password: string, status: number): Promise<string[]> {
    const answer = await this.ask(this.signingIn(password));
    return answer?.status === status ? [] : [`"${password}" is answered ${answer?.status} and not ${status}`];
  }

  /** Whoever asks now is struck by nothing. */
  ask(asked: Asked): Promise<Answered | undefined> {
    return askOnce(this.#ground.at.port, asked);
  }

  async activationCode(): Promise<string> {
    return this.#until(() => ACTIVATION.exec(this.#texts(this.person.phone))?.[0]);
  }

  /** The newest code that came to a telephone, when so many have come. */
  async codeAt(phone: string, count = 1): Promise<string> {
    return this.#until(() => this.codesAt(phone)[count - 1]);
  }

  codesAt(phone: string): string[] {
    return [...this.#texts(phone).matchAll(CODE)].map(([, code = ""]) => code);
  }

  #texts(phone: string): string {
    const to = phone.replace(/^0/, "84");
    return this.#ground.stand.smsc.submits
      .filter((one) => one.to === to)
      .map(({ text }) => text)
      .join("");
  }

  async #until<T>(look: () => T | undefined): Promise<T> {
    for (const giveUpAt = performance.now() + TEXT_WAIT_MS; performance.now() < giveUpAt; await wait(20)) {
      const seen = look();
      if (seen !== undefined) return seen;
    }
    throw new Error(`no text message came for ${this.person.insurance}`);
  }
}

/** A page's form, as the browser with that session sends it. */
export function posted({ stand }: Ground, session: string, path: string, fields: Record<string, string>): Asked {
  const form = { ...fields, _token: formTokenFor(stand.house.vault, session) };
  return { method: "POST", path, form, cookie: `vssid_session=${session}` };
}

/** "by sms" and, where there is a mailbox, "by email". */
export function messages(template: string, { email }: CrashPerson, copies = 1): Books {
  const ways = email ? ["sms", "email"] : ["sms"];
  return Object.fromEntries(ways.map((way) => [`message ${template} by ${way}`, copies]));
}

/** Faults of an answer of the API, by their keys. */
export const faultsOf = ({ body }: Answered): string[] =>
  ((body.faults ?? []) as { key: string }[]).map(({ key }) => key);
