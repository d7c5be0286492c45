/** A text that was taken and not reported as delivered: seen as not confirmed, and told once through another provider. */
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { isSafeTwice, receiptWait } from "./rules-receipts.ts";
import { needs, type TemplateName } from "./rules-templates.ts";
import { openSecrets, sealSecrets } from "./secrets.ts";
import { insertNotices, type NewRow } from "./store.ts";
import { lockUnconfirmed, noteUnconfirmed, type Unconfirmed } from "./store-repeats.ts";

const BATCH = 500;

export interface RepeatOptions {
  /** 1 is real time. */
  scale: number;
  /** There is another provider of texts. */
  hasOther: boolean;
}

/** Answers the providers that owe a report, one a message. */
export async function repeatUnconfirmed(house: House, options: RepeatOptions): Promise<string[]> {
  const owing: string[] = [];
  const waitMs = (await policyOn(house.db, receiptWait, dayOf(house.clock.now()))) * 1000 * options.scale;
  for (;;) {
    const batch = await inTransaction(house.db, async (tx) => {
      const now = house.clock.now();
      const found = await lockUnconfirmed(tx, new Date(now.getTime() - waitMs), BATCH);
      if (found.length === 0) return found;
      const again = options.hasOther ? found.filter((one) => isSafeTwice(one) && one.repeat_of === null) : [];
      const copies = again.flatMap((one) => copyOf(house, one, now, waitMs) ?? []);
      await insertNotices(tx, copies);
      const ids = found.map((one) => one.notice_id);
      await noteUnconfirmed(tx, ids, now);
      return found;
    });
    owing.push(...batch.flatMap((one) => one.last_provider ?? []));
    if (batch.length < BATCH) return owing;
  }
}

/** The promise was kept by the first copy; the second has a time of its own. Without its secret it would say nothing. */
function copyOf(house: House, notice: Unconfirmed, now: Date, waitMs: number): NewRow | undefined {
  const dedupeKey = `${notice.dedupe_key}:again`;
  const { notice_id: noticeId, last_provider: provider, repeat_of: _none, ...same } = notice;
  const sealed = sealedAgain(house, notice, dedupeKey);
  if (sealed === null && needs[notice.template as TemplateName].secrets.length > 0) return undefined;
  return {
    ...same,
    dedupe_key: dedupeKey,
    fields: JSON.stringify(notice.fields),
    sealed_fields: sealed,
    created_at: now,
    queued_at: now,
    due_at: new Date(Math.max(notice.due_at.getTime(), now.getTime() + waitMs)),
    next_at: now,
    state: "queued",
    ended_at: null,
    last_error: null,
    repeat_of: noticeId,
    ...(provider ? { last_provider: provider } : {}),
  };
}

/** One seal that does not open must not stop the others. */
function sealedAgain({ vault, log }: House, notice: Unconfirmed, dedupeKey: string): Buffer | null {
  if (!notice.sealed_fields) return null;
  try {
    return sealSecrets(vault, dedupeKey, openSecrets(vault, notice.dedupe_key, notice.sealed_fields));
  } catch (error) {
    log.error({ err: error, noticeId: notice.notice_id }, "the secret of a message could not be read");
    return null;
  }
}
