/** What the tests of the outbox share: a quick pace, a message to queue, and reading its row back. */
import { vi } from "vitest";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { type Pace, usualPace } from "./channel.ts";
import { enqueue, type NewNotice } from "./enqueue.ts";
import type { Share } from "./rules-shares.ts";

export const quick: Pace = { ...usualPace, pollMs: 15, answerMs: 1000, probeMs: 60, slowMs: 300 };

/** What the only provider of a channel takes. */
export const everything: Share = { from: 0, to: 1000, leavesOwn: false };

let count = 0;

export async function queue(house: House, changes: Partial<NewNotice> = {}): Promise<string> {
  const notice = noticeOf(house, changes);
  await inTransaction(house.db, (tx) => enqueue(tx, house.vault, notice));
  return notice.dedupeKey;
}

/** A result with its activation code, due in fifteen minutes; each with a meaning of its own. */
export function noticeOf(house: House, changes: Partial<NewNotice> = {}): NewNotice {
  count += 1;
  const now = house.clock.now();
  return {
    dedupeKey: `test:${count}`,
    class: "outcome",
    template: "declaration_accepted",
    lang: "vi",
    phone: "0912345678",
    fields: { code: "BD-4F7K-92QX", login: "7912345678", until: "09:00 24/11/2026" },
    secrets: { password: "bake-metu-haga-4729" },
    dueAt: new Date(now.getTime() + 15 * 60_000),
    now,
    ...changes,
  };
}

/** The next test starts with an empty outbox. */
export async function emptyOutbox(house: House): Promise<void> {
  for (const table of ["notice_part", "notice_attempt", "notice_receipt", "notice"] as const) {
    await house.db.deleteFrom(table).execute();
  }
}

export const rowOf = (house: House, dedupeKey: string, channel = "sms") =>
  house.db
    .selectFrom("notice")
    .selectAll()
    .where("dedupe_key", "=", `${dedupeKey}:${channel}`)
    .executeTakeFirstOrThrow();

export const attemptsOf = (house: House, noticeId: string) =>
  house.db.selectFrom("notice_attempt").selectAll().where("notice_id", "=", noticeId).orderBy("attempt_no").execute();

/** Asks again and again, a few milliseconds apart, until it holds. */
export const soon = <T>(check: () => T | Promise<T>, timeout = 30_000) => vi.waitFor(check, { timeout, interval: 10 });
