/**
 * One bind to an SMS provider (SMPP 3.4, transceiver): submits within limits of time, answers receipts
 * only when they are kept, notices a dead line, and binds again. The npm client underneath does none of it.
 */
import type { Logger } from "pino";
import smpp, { type Pdu, type Session } from "smpp";
import { partsOf, type SmsPart } from "./gsm7.ts";
import type { Answer } from "./outcome.ts";
import {
  meaningOf,
  readReceipt,
  readReply,
  type SmppReceipt,
  type SmppReply,
  toInternational,
} from "./smpp-meaning.ts";

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
const UNBIND_MS = 1_000;
const TEMPORARY_FAULT = 0x64;
const ALPHANUMERIC = { source_addr_ton: 5, source_addr_npi: 0 };
const INTERNATIONAL = { dest_addr_ton: 1, dest_addr_npi: 1 };

export function openSmpp(options: SmppOptions): SmppLink {
  return new Link(options);
}

class Link implements SmppLink {
  readonly #options: SmppOptions;
  #session: Session | undefined;
  #isBound = false;
  #isStopped = false;
  #rebindMs = FIRST_REBIND_MS;
  #pauseMs = FIRST_PAUSE_MS;
  #pausedUntil = 0;
  #silentCalls = 0;
  #timer: NodeJS.Timeout | undefined;
  #isGathering = false;
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
    const session = this.#session;
    if (session && this.#isBound) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, UNBIND_MS);
        const finish = () => {
          clearTimeout(timer);
          done();
        };
        if (!session.unbind(finish)) finish();
      });
    }
    this.#drop(session, "stopped");
  }

  #connect(): void {
    const { hostname, port, protocol, username, password } = new URL(this.#options.url);
    const isTls = protocol === "ssmpp:";
    const session = smpp.connect({
      host: hostname,
      port: Number(port) || (isTls ? 3550 : 2775),
      tls: isTls,
      servername: hostname,
    });
    // Small frames, many at once: held back for an answer that is itself held back, each costs forty milliseconds.
    session.socket.setNoDelay(true);
    this.#session = session;
    this.#timer = setTimeout(() => this.#drop(session, "no_bind"), this.#options.answerMs);
    session.on("error", (error: Error) => this.#drop(session, (error as NodeJS.ErrnoException).code ?? "garbage"));
    session.on("close", () => this.#drop(session, "closed"));
    session.on("unbind", (pdu: Pdu) => {
      session.send(pdu.response());
      this.#drop(session, "unbound");
    });
    session.on("enquire_link", (pdu: Pdu) => session.send(pdu.response()));
    session.on("deliver_sm", (pdu: Pdu) => void this.#take(session, pdu));
    session.on(isTls ? "secureConnect" : "connect", () => {
      const credentials = { system_id: decodeURIComponent(username), password: decodeURIComponent(password) };
      session.bind_transceiver({ ...credentials, interface_version: 0x34 }, (answer) => this.#bound(session, answer));
    });
  }

  #bound(session: Session, answer: Pdu): void {
    if (answer.command_status !== 0) {
      this.#drop(session, `bind_0x${answer.command_status.toString(16)}`);
      return;
    }
    this.#isBound = true;
    this.#rebindMs = FIRST_REBIND_MS;
    this.#silentCalls = 0;
    this.#watch(session);
    this.#options.log.info("SMS line is up");
  }

  /** A half-open line answers nothing: asked every few seconds, given up when the answer stays out. */
  #watch(session: Session): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => this.#drop(session, "no_link"), this.#options.answerMs);
      session.enquire_link(() => this.#session === session && this.#watch(session));
    }, this.#options.enquireMs);
  }

  #drop(session: Session | undefined, reason: string): void {
    if (session !== this.#session) return;
    clearTimeout(this.#timer);
    const wasBound = this.#isBound;
    this.#session = undefined;
    this.#isBound = false;
    session?.destroy();
    for (const end of [...this.#underWay]) end({ kind: "unknown", error: "line_cut" });
    if (this.#isStopped) return;
    if (wasBound) this.#options.log.warn({ reason }, "SMS line is down");
    this.#timer = setTimeout(() => this.#connect(), this.#rebindMs * (0.8 + 0.4 * Math.random()));
    this.#rebindMs = Math.min(this.#rebindMs * 2, LONGEST_REBIND_MS);
  }

  #submitPart(phone: string, part: SmsPart, tellLate: (answer: Answer) => void): Promise<Answer> {
    const session = this.#session;
    if (!session || !this.#isBound) return Promise.resolve({ kind: "later", error: "no_line", isDown: true });
    return new Promise((resolve) => {
      let isSettled = false;
      const settle = (answer: Answer) => {
        clearTimeout(timer);
        this.#underWay.delete(settle);
        this.#judge(session, answer);
        if (isSettled) return tellLate(answer);
        isSettled = true;
        resolve(answer);
      };
      const timer = setTimeout(() => settle({ kind: "unknown", error: "no_answer" }), this.#options.answerMs);
      this.#underWay.add(settle);
      this.#gather(session);
      const isOut = session.submit_sm(this.#fieldsOf(phone, part), (pdu) =>
        settle(meaningOf(pdu.command_status, pdu.message_id)),
      );
      if (!isOut) settle({ kind: "later", error: "no_line", isDown: true });
    });
  }

  /** Frames of one moment leave in one call of the system. */
  #gather({ socket }: Session): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    socket.cork();
    setImmediate(() => {
      this.#isGathering = false;
      socket.uncork();
    });
  }

  #fieldsOf(phone: string, part: SmsPart) {
    return {
      ...ALPHANUMERIC,
      ...INTERNATIONAL,
      source_addr: this.#options.sender,
      destination_addr: toInternational(phone),
      registered_delivery: 1,
      data_coding: part.coding,
      short_message: part.header ? { udh: part.header, message: part.bytes } : part.bytes,
    };
  }

  /** Throttling is back-pressure: a growing pause. Silence three times in a row: a new line. */
  #judge(session: Session, answer: Answer): void {
    if (answer.kind === "throttled") {
      this.#pausedUntil = performance.now() + this.#pauseMs;
      this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    } else if (answer.kind === "accepted") this.#pauseMs = FIRST_PAUSE_MS;
    this.#silentCalls = answer.kind === "unknown" ? this.#silentCalls + 1 : 0;
    if (this.#silentCalls >= SILENT_CALLS) this.#drop(session, "silent");
  }

  async #take(session: Session, pdu: Pdu): Promise<void> {
    try {
      const receipt = readReceipt(pdu);
      const reply = readReply(pdu);
      if (reply) await this.#options.onReply?.(reply);
      if (receipt) await this.#options.onReceipt(receipt);
      this.#gather(session);
      session.send(pdu.response());
    } catch (error) {
      this.#options.log.warn({ err: error }, "an SMS receipt or reply could not be kept; the network will repeat it");
      session.send(pdu.response({ command_status: TEMPORARY_FAULT }));
    }
  }
}
