/** One client of the API: asks until it gets an answer that counts, and writes down what it was told. */
import { appendFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Act } from "./history-check.ts";
import type { LifeAct } from "./history-model.ts";
import { someAddress } from "./some-address.ts";

export interface Asked {
  method: "GET" | "POST" | "PUT";
  path: string;
  body?: object;
  /** Fields of a page's form; the session goes with it as the browser's cookie. Boxes of one name: each that is ticked. */
  form?: Record<string, string | readonly string[]>;
  /** A picture that goes with the form. */
  picture?: { field: string; jpeg: Uint8Array<ArrayBuffer> };
  cookie?: string;
  bearer?: string;
  fileToken?: string;
  /** With one the same request is asked again until it is answered. */
  key?: string;
}

export interface Answered {
  status: number;
  body: Record<string, unknown>;
  text: string;
  /** Where a page sends on to. */
  to?: string | undefined;
  type?: string | undefined;
  /** What a browser keeps of it. */
  cookies: readonly string[];
}

const LIMIT_MS = 8000;
/** Longer than the minute after which an abandoned key may be taken over. */
const PATIENCE_MS = 150_000;

/** Undefined: cut, or too late. */
export async function askOnce(port: number, asked: Asked): Promise<Answered | undefined> {
  return askWithin(port, asked, LIMIT_MS).catch(() => undefined);
}

/** Rejects where no answer came within `limitMs`. */
export async function askWithin(port: number, asked: Asked, limitMs: number): Promise<Answered> {
  const reply = await fetch(`http://127.0.0.1:${port}${asked.path}`, {
    ...{ method: asked.method, headers: headersOf(asked), signal: AbortSignal.timeout(limitMs), redirect: "manual" },
    ...sentIn(asked),
  });
  const text = await reply.text();
  const body = text.startsWith("{") ? JSON.parse(text) : {};
  const { status, headers } = reply;
  const [to, type] = ["location", "content-type"].map((name) => headers.get(name) ?? undefined);
  return { status, text, body, to, type, cookies: headers.getSetCookie() };
}

function sentIn({ body, form, picture }: Asked): { body?: string | FormData } {
  if (body) return { body: JSON.stringify(body) };
  if (!form) return {};
  const fields = Object.entries(form).flatMap(([name, said]) => [said].flat().map((one) => [name, one] as const));
  if (!picture) return { body: new URLSearchParams(fields.map(([name, one]) => [name, one])).toString() };
  const parts = new FormData();
  for (const [name, one] of fields) parts.append(name, one);
  parts.append(picture.field, new Blob([picture.jpeg], { type: "image/jpeg" }), "giay-to.jpg");
  return { body: parts };
}

function headersOf({ body, form, picture, bearer, cookie, fileToken, key }: Asked): Record<string, string> {
  const headers: Record<string, string> = { "x-forwarded-for": someAddress() };
  if (body) headers["content-type"] = "application/json";
  if (form && !picture) headers["content-type"] = "application/x-www-form-urlencoded";
  if (bearer) headers.authorization = `Bearer ${bearer}`;
  if (cookie) headers.cookie = cookie;
  if (fileToken) headers["x-file-token"] = fileToken;
  if (key) headers["idempotency-key"] = key;
  return headers;
}

/** An answer of the product that says what became of the request; everything else may be asked again. */
export const isFinal = (answer: Answered | undefined): answer is Answered =>
  answer !== undefined && answer.status < 500 && answer.status !== 429 && answer.body.code !== "in_progress";

/** Whether the request surely did nothing: it was never let in. */
const isWaved = ({ status, body }: Answered) => status === 429 || (status === 503 && body.code === "busy");

export class Caller {
  /** Answers other than those that say what became of the request, each with how often. */
  readonly troubles = new Map<string, number>();
  readonly acts = new Map<string, Act<LifeAct>[]>();
  acknowledged = 0;
  readonly #port: number;
  readonly #file: string;

  /** `file`: where acknowledged answers are appended, outside of the system that gave them. */
  constructor(port: number, file: string) {
    this.#port = port;
    this.#file = file;
  }

  /** Undefined: no answer, and the request may have been carried out or not. */
  async ask(asked: Asked): Promise<Answered | undefined> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
      const answer = await askOnce(this.#port, asked);
      if (isFinal(answer)) return answer;
      this.#trouble(answer);
      const mayAgain = asked.key !== undefined || (answer !== undefined && isWaved(answer));
      if (!mayAgain || performance.now() > giveUpAt) return undefined;
      await wait(pauseMs * (0.5 + Math.random()));
    }
  }

  /** Asks and writes down what it was; `told` undefined: the answer says nothing about the file or account. */
  async act(
    person: string,
    asked: Asked,
    told: (answer: Answered | undefined) => LifeAct | undefined,
  ): Promise<Answered | undefined> {
    const invokedAt = performance.now();
    const answer = await this.ask(asked);
    this.note(person, told(answer), invokedAt, answer !== undefined);
    return answer;
  }

  note(person: string, what: LifeAct | undefined, invokedAt: number, isKnown: boolean): void {
    if (!what) return;
    const returnedAt = isKnown ? performance.now() : undefined;
    const acts = this.acts.get(person) ?? [];
    acts.push({ what, invokedAt, returnedAt });
    this.acts.set(person, acts);
    if (!isKnown) return;
    this.acknowledged += 1;
    appendFileSync(this.#file, `${JSON.stringify({ person, ...what })}\n`);
  }

  #trouble(answer: Answered | undefined): void {
    const what = answer ? `${answer.status}${answer.body.code ? ` ${answer.body.code}` : ""}` : "no answer";
    this.troubles.set(what, (this.troubles.get(what) ?? 0) + 1);
  }
}
