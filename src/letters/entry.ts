import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { type Actor, anyone } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { policyOn } from "../policy/store.ts";
import type { Vault } from "../vault/vault.ts";
import { checkMarks, DRAWING_SEAL, digestOf, keyMarks, PAPER_SEAL, typedCodes } from "./marks.ts";
import { keyDays } from "./rules.ts";
import { findLetter, findPaper, type Letter } from "./store.ts";
import { type Addressee, findAddressee, findByKey, markOpened } from "./store-addressees.ts";
import { findByCheck, type Receipt } from "./store-receipts.ts";

const PURPOSE = "letter-pass";
export const PASS_COOKIE = "vssid_letter";
export const PASS_SECONDS = 2 * 3600;
const DAY_MS = 86_400_000;

/** What a typed code led to: a letter to read, or a printed receipt to check. */
export type Entered =
  | { kind: "letter"; pass: string }
  | { kind: "receipt"; letter: Letter; addressee: Addressee; receipt: Receipt; isUnchanged: boolean };

/**
 * The code of a message opens the letter to whoever holds it; typing it is the opening that the register tells of, so
 * that no program that looks through mails opens anything. A code that was never given out is answered like any other.
 */
export async function enter(house: House, typed: string, now: Date): Promise<Entered> {
  const { key, receipt } = typedCodes(typed);
  if (!key && !receipt) throw new Invalid([{ field: "key", key: typed.trim() ? "key_wrong" : "key_missing" }]);
  const days = await policyOn(house.db, keyDays, dayOf(now));
  const addresseeId = key
    ? await findByKey(house.db, keyMarks(house, key), new Date(now.getTime() - days * DAY_MS))
    : undefined;
  if (addresseeId) {
    await noteOpened(house, addresseeId, now);
    return { kind: "letter", pass: issuePass(house.vault, addresseeId, now) };
  }
  const found = receipt ? await findByCheck(house.db, checkMarks(house, receipt)) : undefined;
  if (!found) throw new Invalid([{ field: "key", key: "key_unknown" }]);
  const { letter, addressee } = await getByAddressee(house, found.addresseeId);
  const digest = digestOf(letter, addressee, found, drawingOf(house, found));
  return { kind: "receipt", letter, addressee, receipt: found, isUnchanged: digest.equals(found.digest) };
}

/** The first opening, by a code or by somebody signed in at the unit's desk. */
export async function noteOpened(house: House, addresseeId: string, at: Date, actor: Actor = anyone): Promise<void> {
  await inTransaction(house.db, async (tx) => {
    if (!(await markOpened(tx, addresseeId, at))) return;
    const object = { kind: "letter_addressee", id: addresseeId };
    await record(tx, { at, actor, action: "letter.open", purpose: "rollout", object });
  });
}

/** Names one addressee for two hours: kept in a cookie, never in an address. */
function issuePass(vault: Vault, addresseeId: string, now: Date): string {
  const end = Math.floor(now.getTime() / 1000) + PASS_SECONDS;
  return `${addresseeId}.${end}.${vault.mark(PURPOSE, `${addresseeId}.${end}`).toString("base64url")}`;
}

/** Whom this pass names now; undefined when it was not made by us or has ended. */
export function readPass(vault: Vault, pass: string | undefined, now: Date): string | undefined {
  const [addresseeId = "", end = "", mark = ""] = (pass ?? "").split(".");
  if (!isUuid(addresseeId) || !/^\d{1,12}$/.test(end)) return undefined;
  if (!vault.isMark(PURPOSE, `${addresseeId}.${Number(end)}`, Buffer.from(mark, "base64url"))) return undefined;
  return now.getTime() < Number(end) * 1000 ? addresseeId : undefined;
}

export async function getByAddressee(
  house: House,
  addresseeId: string,
): Promise<{ letter: Letter; addressee: Addressee }> {
  const addressee = await findAddressee(house.db, addresseeId);
  const letter = addressee && (await findLetter(house.db, addressee.letterId));
  if (!addressee || !letter?.sentAt) throw new NotFound("letter");
  return { letter, addressee };
}

export async function pdfOf(house: House, letterId: string): Promise<Buffer> {
  const sealed = await findPaper(house.db, letterId);
  if (!sealed) throw new NotFound("letter");
  return house.vault.open(PAPER_SEAL, sealed, letterId);
}

/** The strokes of a drawn signature as they were kept; empty where another way was taken. */
export function drawingOf(house: House, { sealedDrawing, addresseeId }: Receipt): string {
  return sealedDrawing ? house.vault.open(DRAWING_SEAL, sealedDrawing, addresseeId).toString() : "";
}
