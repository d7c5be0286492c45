import { replaceContact } from "../account/replace-contact.ts";
import { lockAccount } from "../account/store.ts";
import { record } from "../audit/record.ts";
import { noteConsent } from "../consent/note-consent.ts";
import type { House, Tx } from "../db/house.ts";
import { noteEvent } from "../holder/note-event.ts";
import type { Citizen, Staff, System } from "../kernel/actor.ts";
import type { ContactKind } from "./rules.ts";
import { type ChangeRow, moveChange } from "./store.ts";
import { reachedAt, tellDone } from "./tell.ts";

/**
 * The new telephone or address is the account's from now on, in the caller's transaction: in the register of
 * contacts, told to old and new, written down with a number. False when it could not be: it serves another account
 * by now, or this account has ended; the change is refused then. The caller has locked the person, then the change.
 */
export async function apply(
  tx: Tx,
  house: House,
  change: ChangeRow,
  {
    by,
    from,
    supervisorId,
    now,
  }: { by: Citizen | Staff | System; from: "waiting" | "asked" | "second"; supervisorId?: string; now: Date },
): Promise<boolean> {
  const { person_id: personId, kind, source } = change;
  const account = await lockAccount(tx, personId);
  const before = await reachedAt(tx, personId);
  const contact = { personId, kind: kind as ContactKind, value: change.new_value, source, now };
  const fits = account?.status === "active" && (await replaceContact(tx, contact));
  const to = fits ? "done" : "refused";
  const isFirst = await moveChange(tx, change, { from: [from], to, now, ...(supervisorId ? { supervisorId } : {}) });
  if (!isFirst) throw new Error("a change that is locked was moved");
  const action = fits ? `${kind}_changed` : `${kind}_change_refused`;
  const detail = { source };
  await record(tx, { at: now, actor: by, action, purpose: "account", personId, detail });
  if (!fits) return false;
  if (kind === "email") {
    await noteConsent(tx, { personId, kind, isGiven: true, source: source as "online" | "counter", now });
  }
  await noteEvent(tx, {
    personId,
    kind: `${kind as ContactKind}_changed`,
    source: source as "online" | "counter",
    now,
  });
  await tellDone(tx, house, change, { before, now });
  return true;
}
