import { record } from "../audit/record.ts";
import { issueCode } from "../codes/issue.ts";
import { codeEnded, proveCode } from "../codes/prove.ts";
import { findCode, useCode } from "../codes/store.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone, type Staff } from "../kernel/actor.ts";
import { Conflict, Invalid, TryLater } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { checkMarks, DRAWING_SEAL, digestOf, receiptCodes } from "./marks.ts";
import { type Fields, parseSigner, type Way } from "./rules.ts";
import { drawingText, parseDrawing } from "./rules-drawing.ts";
import type { Letter } from "./store.ts";
import { type Addressee, markOpened } from "./store-addressees.ts";
import { insertReceipt } from "./store-receipts.ts";

interface Received {
  letter: Letter;
  addressee: Addressee;
}

export interface Signing {
  /** signer, position, place; drawing; code and code_id. */
  form: Fields;
  way: "drawn" | "code" | "account";
  /** Who is signed in at the desk of the unit. */
  staff?: Staff | undefined;
  now: Date;
}

const boundTo = (addresseeId: string) => `letter:${addresseeId}`;

/** Sends a code to the addressee's own telephone or e-mail; answers its name. Throws TryLater when too many were asked. */
export async function sendSignCode(
  house: House,
  { letter, addressee }: Received,
  asked: { channel: "sms" | "email"; lang: Lang; now: Date },
): Promise<string> {
  refuseTwice({ letter, addressee });
  const { channel, lang, now } = asked;
  const recipient = channel === "sms" ? addressee.phone : addressee.email;
  if (!recipient) throw new Invalid([{ field: "code", key: "no_contact" }]);
  const bound = boundTo(addressee.addresseeId);
  const code = { purpose: "sign_letter", boundTo: bound, subject: bound, channel, recipient, lang, now } as const;
  const sent = await inTransaction(house.db, (tx) => issueCode(tx, house, code));
  if (!sent) throw new TryLater("codes_spent", HOUR_SECONDS);
  return sent.codeId;
}
const HOUR_SECONDS = 3600;

/**
 * "Nơi nhận ký xác nhận" (letter 330/UBND-VX): by a named person, with place and time. Signed once: the hash is made
 * over the PDF and all that the receipt says, and no row is changed later.
 */
export async function signReceipt(house: House, received: Received, signing: Signing): Promise<void> {
  const { letter, addressee } = received;
  const { staff, form, now } = signing;
  refuseTwice(received);
  const signer = parseSigner(form);
  const drawing = signing.way === "drawn" ? parseDrawing(form.drawing ?? "") : [];
  const drawingFault = typeof drawing === "string" ? [{ field: "drawing", key: drawing }] : [];
  if (!signer.ok || typeof drawing === "string")
    throw new Invalid([...(signer.ok ? [] : signer.faults), ...drawingFault]);
  const codeId = form.code_id ?? "";
  const way = signing.way === "code" ? await prove(house, addressee.addresseeId, codeId, signing) : signing.way;
  const { addresseeId } = addressee;
  const { name: signerName, position: signerPosition, place } = signer.value;
  const signed = { addresseeId, signerName, signerPosition, place, way, signedAt: now };
  const strokes = drawingText(drawing);
  const digest = digestOf(letter, addressee, signed, strokes);
  await inTransaction(house.db, async (tx) => {
    if (signing.way === "code" && !(await useCode(tx, codeId, now))) throw codeEnded();
    const isFirst = await insertReceipt(tx, {
      ...signed,
      sealedDrawing: way === "drawn" ? house.vault.seal(DRAWING_SEAL, Buffer.from(strokes), addresseeId) : null,
      staffId: staff?.staffId ?? null,
      digest,
      checkMark: checkMarks(house, receiptCodes(house, digest)[0])[0],
    });
    if (!isFirst) throw new Conflict("letter_signed");
    await markOpened(tx, addresseeId, now);
    await record(tx, {
      at: now,
      actor: staff ?? anyone,
      action: "letter.sign",
      purpose: "rollout",
      object: { kind: "letter_addressee", id: addresseeId },
      officeCode: letter.officeCode ?? undefined,
      detail: { way },
    });
  });
}

/** The code was right; answers by which way it went out, as our own rows say. */
async function prove(house: House, addresseeId: string, codeId: string, { form, now }: Signing): Promise<Way> {
  const proof = { codeId, purpose: "sign_letter", boundTo: boundTo(addresseeId), code: form.code ?? "", now } as const;
  await proveCode(house, proof);
  return (await findCode(house.db, codeId))?.channel === "email" ? "code_email" : "code_sms";
}

/** Refused with a clear answer before anything is typed in vain. */
function refuseTwice({ letter, addressee }: Received): void {
  if (addressee.signedAt) throw new Conflict("letter_signed");
  if (letter.replacedBy) throw new Conflict("letter_replaced");
}
