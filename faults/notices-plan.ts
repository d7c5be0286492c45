/** What the trials of messages and the senders that they kill say to each other. */
import type { Connection } from "../src/db/connection.ts";
import type { SmsProvider } from "../src/db/house.ts";
import { type Pace, usualPace } from "../src/notices/channel.ts";
import type { SendStep } from "../src/notices/steps.ts";

/** Where a sender is to be stopped: at the nth passage of a step. */
export interface StopAt {
  step: SendStep;
  nth: number;
  signal: "SIGKILL" | "SIGSTOP";
}

export interface SenderPlan {
  connection: Connection;
  providers: readonly SmsProvider[];
  smtpUrl: string;
  pace: Pace;
  stopAt?: StopAt;
}

/** Twenty times as fast as in earnest: the fifteen minutes in 45 seconds, a lease in three. */
export const quickPace: Pace = {
  ...usualPace,
  scale: 0.05,
  pollMs: 25,
  leaseMs: 60_000,
  answerMs: 400,
  slowMs: 300,
};
