/** An officer sends a failed message again: a new round of tries, on record. The deadline stays what it was. */
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { NotAllowed, NotFound } from "../kernel/failures.ts";
import { allowedActs, type ChannelName, lacksSecret, type NoticeClass, type NoticeState } from "./rules.ts";
import { needs, type TemplateName } from "./rules-templates.ts";
import { lockNotice, requeue } from "./store.ts";

export interface Resend {
  noticeId: string;
  staff: Staff;
  /** Offices whose messages this member of staff may touch; undefined: all. */
  officeCodes: readonly string[] | undefined;
}

export async function resend(house: House, { noticeId, staff, officeCodes }: Resend): Promise<void> {
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const notice = await lockNotice(tx, noticeId);
    if (!notice || (officeCodes && !officeCodes.includes(notice.office_code ?? ""))) throw new NotFound("notice");
    const state = notice.state as NoticeState;
    const isLacking = lacksSecret({
      channel: notice.channel as ChannelName,
      needsSecret: needs[notice.template as TemplateName].secrets.length > 0,
      hasSecret: notice.sealed_fields !== null,
    });
    const acts = allowedActs({ state, class: notice.class as NoticeClass, lacksSecret: isLacking });
    if (!acts.includes("resend")) throw new NotAllowed(state, acts, isLacking ? "secret_gone" : "not_allowed");
    await requeue(tx, noticeId, now);
    await record(tx, {
      at: now,
      actor: staff,
      action: "notices.resend",
      purpose: "notices",
      personId: notice.person_id ?? undefined,
      object: { kind: "notice", id: noticeId },
      officeCode: notice.office_code ?? undefined,
    });
  });
}
