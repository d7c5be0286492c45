/** A made-up person's way from form 01 to a password of their own, with everybody in everybody's way. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { inTransaction } from "../src/db/transaction.ts";
import { enrol } from "../src/register/enrol.ts";
import { findPersonByKey } from "../src/register/store.ts";
import type { Dice } from "../test/dice.ts";
import type { Done, LifeAct } from "./history-model.ts";
import type { Answered, Caller } from "./lives-caller.ts";
import { type LivesStand, OFFICE } from "./lives-stand.ts";

export interface Person {
  nth: number;
  insurance: string;
  paper: string;
  phone: string;
  name: string;
}

const BIRTH = "1990-01-15";
const CODE_WAIT_MS = 60_000;
const FIRST_NUMBER = 7_200_000;
const STRENGTH = "thuyền nan qua bến số";

export function personOf(nth: number): Person {
  const tail = String(FIRST_NUMBER + nth);
  return { nth, insurance: `529${tail}`, paper: `05219${tail}`, phone: `091${tail}`, name: "Nguyễn Thị Mẫu Thử Lỗi" };
}

/** Asked again after a commit whose answer was lost, the person is there. */
export function enrolPerson({ house }: LivesStand, person: Person): Promise<string> {
  return inTransaction(house.db, async (tx) => {
    const known = await findPersonByKey(tx, "bhxh", person.insurance);
    if (known) return known.personId;
    return enrol(tx, {
      ...{ personId: undefined, name: person.name, birthOn: BIRTH, birthPrecision: "day", sex: 2 },
      numbers: [
        { kind: "bhxh", number: person.insurance },
        { kind: "personal_id", number: person.paper },
      ],
      at: house.clock.now(),
    });
  });
}

/** One person's whole life; two at a time press the same buttons, and now and then it ends otherwise. */
export class LifeOf {
  readonly person: Person;
  readonly #stand: LivesStand;
  readonly #caller: Caller;
  readonly #officer: () => string;
  readonly #dice: Dice;
  #code = "";
  #fileToken = "";
  #secrets: Record<string, string> = { none: "sông dài núi rộng mây bay" };

  constructor(stand: LivesStand, caller: Caller, person: Person, officer: () => string, random: Dice) {
    this.person = person;
    this.#stand = stand;
    this.#caller = caller;
    this.#officer = officer;
    this.#dice = random;
  }

  async run(): Promise<void> {
    if (!(await this.#declare())) return;
    await this.#together(
      () => this.#confirm(),
      () => this.#confirm(),
      this.#perhaps(10, () => this.#withdraw()),
    );
    await this.#together(
      this.#perhaps(12, () => this.#overdue()),
      () => this.#look(),
    );
    await this.#together(
      () => this.#receive(),
      () => this.#receive(),
      this.#perhaps(8, () => this.#withdraw()),
    );
    await this.#together(
      () => this.#decide("acceptance"),
      this.#perhaps(40, () => this.#decide("refusal")),
      () => this.#look(),
    );
    if ((await this.#look()) === "accepted") await this.#useAccount();
  }

  async #useAccount(): Promise<void> {
    const issued = await this.#activation();
    if (!issued) return;
    this.#secrets.issued = issued;
    const tokens = [await this.#signIn("issued"), await this.#signIn("issued")];
    await this.#together(
      () => this.#change(tokens[0], "issued", "first"),
      () => this.#change(tokens[1], "issued", "second"),
      () => this.#signIn("issued"),
    );
    await this.#signIn("none");
    const at = ((await this.#signIn("first")) ? "first" : "second") as string;
    const token = await this.#signIn(at);
    await this.#together(
      () => this.#change(token, at, "third"),
      () => this.#signIn(at),
    );
    await this.#signIn("third");
  }

  async #declare(): Promise<boolean> {
    const { insurance, paper, phone, name } = this.person;
    const body = {
      ...{ for: "self", paper: { kind: "cccd", number: paper }, fullName: name, sex: 2, birth: BIRTH },
      ...{ insuranceNumber: insurance, phone, email: null, officeCode: OFFICE },
      address: { communeCode: "21952", street: "12 Đường Thử" },
    };
    const asked = { method: "POST", path: "/api/v1/declarations", body, key: randomUUID() } as const;
    const answer = await this.#act(asked, (done) => ({ act: "declare", answer: done }));
    this.#code = String(answer?.body.code ?? "");
    this.#fileToken = String(answer?.body.accessToken ?? "");
    return answer?.status === 201;
  }

  #confirm(): Promise<unknown> {
    return this.#onFile("confirmation", (answer) => ({ act: "confirm", answer }));
  }

  #withdraw(): Promise<unknown> {
    return this.#onFile("withdrawal", (answer) => ({ act: "withdraw", answer }));
  }

  #onFile(verb: string, told: (done: Done) => LifeAct): Promise<unknown> {
    const asked = { method: "POST", path: this.#path(verb), fileToken: this.#fileToken, key: randomUUID() } as const;
    return this.#act(asked, told);
  }

  /** Its ten days have passed meanwhile: the clock of everybody else stays as it is. */
  async #overdue(): Promise<void> {
    const invokedAt = performance.now();
    const changed = await this.#stand.owner
      .query(
        `update declaration set confirmed_at = confirmed_at - interval '40 days', lapses_at = lapses_at - interval '40 days'
          where code = $1 and status = 'confirmed'`,
        [this.#code],
      )
      .catch(() => undefined);
    if (changed?.rowCount === 0) return;
    this.#caller.note(this.person.insurance, { act: "overdue", answer: "done" }, invokedAt, changed !== undefined);
  }

  async #look(): Promise<string | undefined> {
    const asked = { method: "GET", path: this.#path(""), fileToken: this.#fileToken } as const;
    const answer = await this.#caller.act(this.person.insurance, asked, (told) =>
      told?.status === 200 ? { act: "look", answer: { now: String(told.body.status) } } : undefined,
    );
    return answer?.status === 200 ? String(answer.body.status) : undefined;
  }

  #receive(): Promise<unknown> {
    const { paper, name } = this.person;
    const body = {
      paper: { kind: "cccd", number: paper, name, birth: BIRTH },
      ...{ originalSeen: true, formSigned: true, faceMatches: true, copyKept: true },
    };
    return this.#atCounter("reception", body, (answer) => ({ act: "receive", answer }));
  }

  #decide(verb: "acceptance" | "refusal"): Promise<unknown> {
    if (verb === "refusal") {
      return this.#atCounter(verb, { grounds: ["form_not_signed"] }, (answer) => ({ act: "refuse", answer }));
    }
    return this.#atCounter(verb, {}, (answer) => ({ act: "accept", answer, secret: "issued" }));
  }

  #atCounter(verb: string, body: object, told: (done: Done) => LifeAct): Promise<unknown> {
    const asked = { method: "POST", path: this.#path(verb), body, bearer: this.#officer(), key: randomUUID() } as const;
    return this.#act(asked, told);
  }

  /** A right sign-in answers with its token. No key: asking again would open another session. */
  async #signIn(secret: string): Promise<string | undefined> {
    const typed = this.#secrets[secret];
    if (typed === undefined) return undefined;
    const body = { login: this.person.insurance, password: typed };
    const asked = { method: "POST", path: "/api/v1/session", body } as const;
    const answer = await this.#caller.act(this.person.insurance, asked, (given) => ({
      ...{ act: "sign in", typed: secret, answer: given?.status === 201 ? "done" : "denied" },
    }));
    return answer?.status === 201 ? String(answer.body.token) : undefined;
  }

  async #change(bearer: string | undefined, typed: string, next: string): Promise<void> {
    if (!bearer) return;
    this.#secrets[next] = `${STRENGTH} ${next} ${this.person.nth}`;
    const body = { currentPassword: this.#secrets[typed], newPassword: this.#secrets[next] };
    const asked = { method: "PUT", path: "/api/v1/account/password", body, bearer } as const;
    await this.#caller.act(this.person.insurance, asked, (given) => {
      // Its session was ended by the other change: nothing is said about the password.
      if (given?.status === 401) return undefined;
      return { act: "change password", typed, next, answer: given?.status === 204 ? "done" : "denied" };
    });
  }

  /** What the telephone was sent. */
  async #activation(): Promise<string | undefined> {
    const to = this.person.phone.replace(/^0/, "84");
    for (const giveUpAt = performance.now() + CODE_WAIT_MS; performance.now() < giveUpAt; await wait(100)) {
      const texts = this.#stand.smsc.submits.filter((one) => one.to === to).map(({ text }) => text);
      const code = /[a-z]{4}-[a-z]{4}-[a-z]{4}-\d{4}/i.exec(texts.join(""))?.[0];
      if (code) return code;
    }
    return undefined;
  }

  #act(asked: Parameters<Caller["ask"]>[0], told: (done: Done) => LifeAct): Promise<Answered | undefined> {
    return this.#caller.act(this.person.insurance, asked, (answer) => {
      if (!answer) return told("done");
      if (answer.status < 300) return told("done");
      if (answer.status === 409 && typeof answer.body.now === "string" && answer.body.code !== "hands_full") {
        return told({ now: answer.body.now });
      }
      if (answer.status === 409) return undefined;
      throw new Error(`${asked.path} answered ${answer.status}: ${answer.text}`);
    });
  }

  #path(verb: string): string {
    return `/api/v1/declarations/${this.#code}${verb ? `/${verb}` : ""}`;
  }

  #perhaps(percent: number, act: () => Promise<unknown>): () => Promise<unknown> {
    return this.#dice.below(100) < percent ? act : async () => undefined;
  }

  async #together(...acts: (() => Promise<unknown>)[]): Promise<void> {
    // People think between two pages: what is tried is faults, not load.
    await wait(100 + this.#dice.below(400));
    const done = await Promise.allSettled(this.#dice.shuffled(acts).map((act) => act()));
    for (const one of done) if (one.status === "rejected") throw one.reason;
  }
}
