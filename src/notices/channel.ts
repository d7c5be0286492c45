/** What the worker needs of a way to reach people, and how fast it goes. */
import type { House } from "../db/house.ts";
import type { Answer } from "./outcome.ts";
import type { ChannelName } from "./rules.ts";
import type { Values } from "./rules-words.ts";
import type { Claimed } from "./store.ts";

export interface Channel {
  name: ChannelName;
  /** Names the provider in attempts and receipts; no password in it. */
  provider: string;
  /** Its share of the first tries, against the other providers of the channel. */
  weight: number;
  /** Messages under way at once; also the most that a killed sender can have sent without a mark. */
  window: number;
  /** It takes its own failing parts out of use; one that fails says nothing about the others. */
  judgesItself?: boolean;
  /** Says later whether a message reached the handset. */
  reportsDelivery: boolean;
  /** False while not connected, or while the provider asked for a pause: nothing is claimed then. */
  isReady(): boolean;
  /** Never rejects. `tellLate`: an answer that came after we stopped waiting for it. */
  send(notice: Claimed, values: Values, tellLate: (answer: Answer) => void): Promise<Answer>;
  /** Ends at once what is under way. */
  stop(): Promise<void>;
}

/** What a handset wrote to us: the national number and its text. Kept when it resolves; comes again when it rejects. */
export type TakeReply = (house: House, reply: { phone: string; text: string }) => Promise<void>;

export interface Pace {
  /** 1 is real time; 0.1 runs the 15 minutes in 90 seconds. */
  scale: number;
  pollMs: number;
  /** Longer than any call can last: a lease needs no renewal. */
  leaseMs: number;
  /** A provider that takes longer is not waited for. */
  answerMs: number;
  smsWindow: number;
  mailWindow: number;
  pushWindow: number;
  /** Between two tries to reach a provider that is down. */
  probeMs: number;
  /** Answers slower than this make a provider slow. */
  slowMs: number;
  /** Between two steps by which a provider that was out gets its share back. */
  stepMs: number;
}

export const usualPace: Pace = {
  scale: 1,
  pollMs: 250,
  leaseMs: 30_000,
  answerMs: 5_000,
  smsWindow: 16,
  mailWindow: 8,
  pushWindow: 16,
  probeMs: 5_000,
  slowMs: 2_500,
  stepMs: 5 * 60_000,
};
