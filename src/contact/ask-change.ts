import { randomUUID } from "node:crypto";
import { needTwoProofs } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import { record } from "../audit/record.ts";
import { issueCode } from "../codes/issue.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen, Staff } from "../kernel/actor.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { type ContactKind, parseContact } from "./rules.ts";
import { insertChange, lapseEarlier, openChangesOf } from "./store.ts";
import { reachedAt } from "./tell.ts";

export interface ChangeAsked {
  personId: string;
  kind: ContactKind;
  /** As typed. */
  typed: string;
  lang: Lang;
  now: Date;
}

/** `same`: that is the account's already, and nothing happens. `spent`: no more codes go there today. */
export type AskedChange = { changeId: string } | "same" | "spent";

export const boundTo = (changeId: string) => `contact_change:${changeId}`;

/** The person asks for another telephone or address: after two proofs, a code goes to the new one. */
export async function askChange(house: House, citizen: Citizen, asked: Omit<ChangeAsked, "personId">) {
  refuseLimited(citizen, asked.now);
  await needTwoProofs(house.db, citizen, asked.now);
  return sendChangeCode(house, citizen, { ...asked, personId: citizen.personId });
}

/** What counter and web have in common: the code to the new place, and the change that waits for it. */
export async function sendChangeCode(
  house: House,
  by: Citizen | Staff,
  asked: ChangeAsked & { counter?: { officeCode: string; officerId: string; paper: string } },
): Promise<AskedChange> {
  const parsed = parseContact(asked.kind, asked.typed);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  return inTransaction(house.db, (tx) => write(tx, house, by, { ...asked, value: parsed.value }));
}

async function write(
  tx: Tx,
  house: House,
  by: Citizen | Staff,
  asked: ChangeAsked & { value: string; counter?: { officeCode: string; officerId: string; paper: string } },
): Promise<AskedChange> {
  const { personId, kind, value, lang, now, counter } = asked;
  const present = (await reachedAt(tx, personId))[kind];
  if (present === value) return "same";
  const open = await openChangesOf(tx, personId);
  if (open.some((one) => one.kind === kind && one.state === "waiting")) throw new Conflict("change_waiting");
  const changeId = randomUUID();
  const sent = await issueCode(tx, house, {
    purpose: kind === "phone" ? "change_phone" : "change_email",
    boundTo: boundTo(changeId),
    subject: `person:${personId}`,
    channel: kind === "phone" ? "sms" : "email",
    recipient: value,
    readTo: counter ? "counter" : undefined,
    lang,
    now,
    personId,
  });
  if (!sent) return "spent";
  // The person's budget is held by now: of two askings at one moment the second sees the first. One that hung on its way
  // is the earlier one all the same, and the code that came to who asked again goes on.
  const goesOn = await lapseEarlier(tx, personId, kind, now);
  if (goesOn) throw new Conflict(goesOn.state === "waiting" ? "change_waiting" : "change_overtaken");
  await insertChange(tx, {
    person_id: personId,
    change_id: changeId,
    kind,
    old_value: present ?? null,
    new_value: value,
    source: counter ? "counter" : "online",
    code_id: sent.codeId,
    asked_at: now,
    ...(counter ? { paper: counter.paper, office_code: counter.officeCode, officer_id: counter.officerId } : {}),
  });
  const office = counter ? { officeCode: counter.officeCode } : {};
  await record(tx, { at: now, actor: by, action: `${kind}_change_asked`, purpose: "account", personId, ...office });
  return { changeId };
}
