/** Opting out of campaigns (NĐ 91/2020/NĐ-CP): by a text, by the header of an e-mail, in the account. Said twice is once. */
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone, type Citizen } from "../kernel/actor.ts";
import { NotFound } from "../kernel/failures.ts";
import { enqueue } from "../notices/enqueue.ts";
import { findMailingNotice, lastMailingOf, lastMailingTo } from "../notices/store-mailing.ts";
import { noticeOfToken } from "../notices/unsubscribe.ts";
import { contactsOf } from "../register/store.ts";
import { isRefusal } from "./rules-reply.ts";
import { endRefusals, refuseAddress, refusedAmong, refusePerson } from "./store-refusals.ts";

const ANSWER_WITHIN_MS = 15 * 60_000;

/** A text that came in. TC takes the number out of all campaigns and is answered once; anything else does nothing. */
export async function takeReply(house: House, { phone, text }: { phone: string; text: string }): Promise<void> {
  if (!isRefusal(text)) return;
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const mailingId = await lastMailingTo(tx, phone);
    const refusal = await refuseAddress(tx, { channel: "sms", address: phone, way: "reply", mailingId }, now);
    if (!refusal) return;
    await enqueue(tx, house.vault, {
      ...{ dedupeKey: `campaigns_refused:${refusal}`, class: "reminder", template: "mailing_refused" },
      ...{ lang: "vi", phone, fields: {}, dueAt: new Date(now.getTime() + ANSWER_WITHIN_MS), now },
    });
    await record(tx, { at: now, actor: anyone, action: "mailing.refused_by_reply", purpose: "notices" });
  });
}

/** The one-click address of an e-mail. Throws NotFound when it is none of ours, or its message is long forgotten. */
export async function refuseByLink(house: House, token: string): Promise<void> {
  const notice = await findByToken(house, token);
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    const { channel, recipient: address, mailingId } = notice;
    if (!(await refuseAddress(tx, { channel, address, way: "link", mailingId }, now))) return;
    await record(tx, { at: now, actor: anyone, action: "mailing.refused_by_link", purpose: "notices" });
  });
}

export async function findByToken(house: House, token: string) {
  const noticeId = noticeOfToken(house, token);
  const notice = noticeId ? await findMailingNotice(house.db, noticeId) : undefined;
  if (!notice) throw new NotFound("page");
  return notice;
}

export interface OwnChoice {
  /** Said in the account: nothing is sent to any place. */
  refuses: boolean;
  /** Said by a text or by a link, of one's own numbers and addresses. */
  places: number;
}

export async function ownChoice({ db }: House, personId: string): Promise<OwnChoice> {
  const addresses = (await contactsOf(db, personId)).map(({ value }) => value);
  const refused = await refusedAmong(db, { persons: [personId], addresses });
  return { refuses: refused.persons.size > 0, places: refused.phones.size + refused.emails.size };
}

export async function chooseCampaigns(house: House, citizen: Citizen, wants: boolean): Promise<void> {
  const { personId } = citizen;
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    if (wants) {
      const addresses = (await contactsOf(tx, personId)).map(({ value }) => value);
      await endRefusals(tx, personId, addresses, now);
    } else await refusePerson(tx, personId, await lastMailingOf(tx, personId), now);
    const action = wants ? "campaigns.allowed" : "campaigns.refused";
    await record(tx, { at: now, actor: citizen, action, purpose: "account", personId });
  });
}
