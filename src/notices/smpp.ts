/**
 * One bind to an SMS provider (SMPP 3.4, transceiver): submits within limits of time, answers receipts
 * only when they are kept, notices a dead line, and binds again.
 */
import type { Logger } from "pino";
import { partsOf, type SmsPart } from "./gsm7.ts";
import type { Answer } from "./outcome.ts";
import {
  bindFrame,
  DELIVER,
  ENQUIRE,
  type Frame,
  frameOf,
  readDeliver,
  readMessageId,
  submitFrame,
  UNBIND,
} from "./smpp-frames.ts";
import {
  meaningOf,
  readReceipt,
  readReply,
  type SmppReceipt,
  type SmppReply,
  toInternational,
} from "./smpp-meaning.ts";
import { openWire, type Wire } from "./smpp-wire.ts";

export interface SmppOptions {
  url: string;
  /** Registered brand name, at most 11 characters. */
  sender: string;
  answerMs: number;
  enquireMs: number;
  log: Logger;
  /** Must have kept the receipt when it resolves; the network repeats it when it rejects. */
  onReceipt(receipt: SmppReceipt): Promise<void>;
  /** The same for what people write to us. */
  onReply?(reply: SmppReply): Promise<void>;
}

export interface SmsText {
  phone: string;
  text: string;
  /** The same for all tries of one message: parts of two tries still join. */
  joinReference: number;
}

export interface SmppLink {
  isReady(): boolean;
  submit(sms: SmsText, tellLate: (answer: Answer) => void): Promise<Answer>;
  stop(): Promise<void>;
}

const FIRST_REBIND_MS = 250;
const LONGEST_REBIND_MS = 5_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4_000;
/** So many calls in a row without an answer, and the line is taken for dead. */
const SILENT_CALLS = 3;
const SAY_AGAIN_MS = 60_000;
const UNBIND_MS = 1_000;
const TEMPORARY_FAULT = 0x64;
const UNKNOWN_COMMAND = 0x03;

export function openSmpp(options: SmppOptions): SmppLink {
  return new Link(options);
}

class Link implements SmppLink {
  readonly #options: SmppOptions;
  #wire: Wire | undefined;
  #isBound = false;
  #isStopped = false;
  #rebindMs = FIRST_REBIND_MS;
  #pauseMs = FIRST_PAUSE_MS;
  #pausedUntil = 0;
  #silentCalls = 0;
  /** Why the line is down, as it was said last, and when. */
  #said: { reason: string; atMs: number } | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Ends the calls under way when the line is cut. */
  readonly #underWay = new Set<(answer: Answer) => void>();

  constructor(options: SmppOptions) {
    this.#options = options;
    this.#connect();
  }

  isReady(): boolean {
    return this.#isBound && performance.now() >= this.#pausedUntil;
  }

  /** Parts go one after the other; the first that is not accepted speaks for the message. */
  async submit({ phone, text, joinReference }: SmsText, tellLate: (answer: Answer) => void): Promise<Answer> {
    const parts = partsOf(text, joinReference);
    const references: string[] = [];
    for (const part of parts) {
      const answer = await this.#submitPart(phone, part, parts.length === 1 ? tellLate : () => undefined);
      if (answer.kind !== "accepted") return answer;
      references.push(...answer.references);
    }
    return { kind: "accepted", references };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const wire = this.#wire;
    if (wire && this.#isBound) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, UNBIND_MS);
        const finish = () => {
          clearTimeout(timer);
          done();
        };
        if (!wire.ask((sequence) => frameOf(UNBIND, sequence, 0), finish)) finish();
      });
    }
    this.#drop(wire, "stopped");
  }

  #connect(): void {
    const { hostname, port, protocol, username, password } = new URL(this.#options.url);
    const isTls = protocol === "ssmpp:";
    const [systemId, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
    const wire: Wire = openWire({
      host: hostname,
      port: Number(port) || (isTls ? 3550 : 2775),
      isTls,
      onUp: () => {
        const bind = (sequence: number) => bindFrame(sequence, systemId, secret);
        wire.ask(bind, ({ status }) => this.#bound(wire, status));
      },
      onDown: (reason) => this.#drop(wire, reason),
      onAsked: (frame) => this.#answer(wire, frame),
    });
    this.#wire = wire;
    this.#timer = setTimeout(() => this.#drop(wire, "no_bind"), this.#options.answerMs);
  }

  #answer(wire: Wire, frame: Frame): void {
    if (frame.command === DELIVER) void this.#take(wire, frame);
    else if (frame.command === ENQUIRE) wire.answer(frame);
    else if (frame.command === UNBIND) {
      wire.answer(frame);
      this.#drop(wire, "unbound");
    } else wire.answer({ ...frame, command: 0 }, UNKNOWN_COMMAND);
  }

  #bound(wire: Wire, status: number): void {
    if (status !== 0) {
      this.#drop(wire, `bind_0x${status.toString(16)}`);
      return;
    }
    this.#isBound = true;
    this.#rebindMs = FIRST_REBIND_MS;
    this.#silentCalls = 0;
    this.#said = undefined;
    this.#watch(wire);
    this.#options.log.info("SMS line is up");
  }

  /** A half-open line answers nothing: asked every few seconds, given up when the answer stays out. */
  #watch(wire: Wire): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => this.#drop(wire, "no_link"), this.#options.answerMs);
      wire.ask(
        (sequence) => frameOf(ENQUIRE, sequence, 0),
        () => this.#wire === wire && this.#watch(wire),
      );
    }, this.#options.enquireMs);
  }

  #drop(wire: Wire | undefined, reason: string): void {
    if (wire !== this.#wire) return;
    clearTimeout(this.#timer);
    this.#wire = undefined;
    this.#isBound = false;
    wire?.destroy();
    for (const end of [...this.#underWay]) end({ kind: "unknown", error: "line_cut" });
    if (this.#isStopped) return;
    this.#say(reason);
    this.#timer = setTimeout(() => this.#connect(), this.#rebindMs * (0.8 + 0.4 * Math.random()));
    this.#rebindMs = Math.min(this.#rebindMs * 2, LONGEST_REBIND_MS);
  }

  /** Each try may fail for another reason; the same one is said again each minute. */
  #say(reason: string): void {
    const now = performance.now();
    if (this.#said?.reason === reason && now - this.#said.atMs < SAY_AGAIN_MS) return;
    this.#said = { reason, atMs: now };
    this.#options.log.warn({ reason }, "SMS line is down");
  }

  #submitPart(phone: string, part: SmsPart, tellLate: (answer: Answer) => void): Promise<Answer> {
    const wire = this.#wire;
    if (!wire || !this.#isBound) return Promise.resolve({ kind: "later", error: "no_line", isDown: true });
    return new Promise((resolve) => {
      let isSettled = false;
      const settle = (answer: Answer) => {
        clearTimeout(timer);
        this.#underWay.delete(settle);
        this.#judge(wire, answer);
        if (isSettled) return tellLate(answer);
        isSettled = true;
        resolve(answer);
      };
      const timer = setTimeout(() => settle({ kind: "unknown", error: "no_answer" }), this.#options.answerMs);
      this.#underWay.add(settle);
      const submit = { source: this.#options.sender, destination: toInternational(phone), ...part };
      const isOut = wire.ask(
        (sequence) => submitFrame(sequence, submit),
        ({ status, body }) => settle(meaningOf(status, readMessageId(body))),
      );
      if (!isOut) settle({ kind: "later", error: "no_line", isDown: true });
    });
  }

  /** Throttling is back-pressure: a growing pause. Silence three times in a row: a new line. */
  #judge(wire: Wire, answer: Answer): void {
    if (answer.kind === "throttled") {
      this.#pausedUntil = performance.now() + this.#pauseMs;
      this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    } else if (answer.kind === "accepted") this.#pauseMs = FIRST_PAUSE_MS;
    this.#silentCalls = answer.kind === "unknown" ? this.#silentCalls + 1 : 0;
    if (this.#silentCalls >= SILENT_CALLS) this.#drop(wire, "silent");
  }

  async #take(wire: Wire, frame: Frame): Promise<void> {
    try {
      const deliver = readDeliver(frame.body);
      const receipt = readReceipt(deliver);
      const reply = readReply(deliver);
      if (reply) await this.#options.onReply?.(reply);
      if (receipt) await this.#options.onReceipt(receipt);
      wire.answer(frame, 0, 1);
    } catch (error) {
      this.#options.log.warn({ err: error }, "an SMS receipt or reply could not be kept; the network will repeat it");
      wire.answer(frame, TEMPORARY_FAULT);
    }
  }
}
