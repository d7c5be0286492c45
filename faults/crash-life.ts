/** The acts of the crash loop, each with what comes before it. */
import { randomUUID } from "node:crypto";
import type { CrashPerson } from "./crash-people.ts";
import type { LifeAct } from "./history-model.ts";
import { type Answered, type Asked, askWithin, Caller } from "./lives-caller.ts";
import { OFFICE } from "./lives-stand.ts";

export const ACTS = ["declare", "confirm", "withdraw", "receive", "accept", "refuse", "read", "dispute"] as const;
export type ActName = (typeof ACTS)[number];
/** What leads there. */
export const BEFORE: Record<ActName, ActName[]> = {
  declare: [],
  confirm: ["declare"],
  withdraw: ["declare", "confirm"],
  receive: ["declare", "confirm"],
  accept: ["declare", "confirm", "receive"],
  refuse: ["declare", "confirm", "receive"],
  read: ["declare", "confirm", "receive", "accept"],
  dispute: ["declare", "confirm", "receive", "accept"],
};

/** Where the process is that is asked now, the list of what it acknowledged, and an officer. */
export interface AskedAt {
  port: number;
  oracle: string;
  bearer: string;
}

/** One made-up person of the trial, asking the process that is there now. */
export class CrashLife {
  readonly person: CrashPerson;
  readonly #at: AskedAt;
  #code = "";
  #fileToken = "";
  /** Of the person's own session. */
  token = "";
  /** Answers that showed the person's own record. */
  reads = 0;

  /** `at.port` may change between two acts. */
  constructor(person: CrashPerson, at: AskedAt) {
    this.person = person;
    this.#at = at;
  }

  get code(): string {
    return this.#code;
  }

  /** Until it is answered, and noted as acknowledged. */
  async act(act: ActName, key: string = randomUUID()): Promise<Answered> {
    const asked = this.#asked(act, key);
    const caller = new Caller(this.#at.port, this.#at.oracle);
    const answer = await caller.act(this.person.insurance, asked, (given) =>
      given && given.status < 300 ? ({ act, answer: "done", secret: "issued" } as LifeAct) : undefined,
    );
    if (!answer) throw new Error(`not answered: ${[...caller.troubles.keys()].join(", ")}`);
    if (act === "read") this.reads += 1;
    if (act === "declare") {
      this.#code = String(answer.body.code);
      this.#fileToken = String(answer.body.accessToken);
    }
    return answer;
  }

  /** Rejects where no answer came within `limitMs`. */
  async once(act: ActName, key: string, limitMs: number): Promise<void> {
    const { status } = await askWithin(this.#at.port, this.#asked(act, key), limitMs);
    if (act === "read" && status === 200) this.reads += 1;
  }

  #asked(act: ActName, key: string): Asked {
    const { insurance, paper, phone, name, birth, sex, street, email, declarer } = this.person;
    const own = { key, bearer: this.token };
    if (act === "read") return { ...own, method: "GET", path: "/api/v1/me" };
    if (act === "dispute") {
      const body = { kind: "missing", fact: { kind: "benefit", id: "" }, says: "Thiếu một chế độ đã hưởng." };
      return { ...own, method: "POST", path: "/api/v1/me/disputes", body };
    }
    const path = `/api/v1/declarations${act === "declare" ? "" : `/${this.#code}/${nounOf[act]}`}`;
    const asked = { method: "POST", path, key } as const;
    const { bearer } = this.#at;
    if (act === "confirm" || act === "withdraw") return { ...asked, fileToken: this.#fileToken };
    if (act === "accept") return { ...asked, bearer, body: { note: "Chưa có trong sổ gốc, đã đối chiếu bản chính." } };
    if (act === "refuse") return { ...asked, bearer, body: { grounds: ["form_not_signed"] } };
    if (act === "receive") {
      const reading = { kind: "cccd", number: paper, name, birth };
      const ticks = { originalSeen: true, formSigned: true, faceMatches: true, copyKept: true };
      return { ...asked, bearer, body: { paper: reading, ...ticks } };
    }
    const body = {
      ...(declarer ? { for: "child", declarer: declarer.name, declarerAs: declarer.as } : { for: "self" }),
      ...{ paper: { kind: "cccd", number: paper }, fullName: name, sex, birth },
      ...{ insuranceNumber: insurance, phone, email, officeCode: OFFICE },
      address: { communeCode: "21952", street },
    };
    return { ...asked, body };
  }
}

const nounOf = {
  confirm: "confirmation",
  withdraw: "withdrawal",
  receive: "reception",
  accept: "acceptance",
  refuse: "refusal",
} as Record<ActName, string>;
