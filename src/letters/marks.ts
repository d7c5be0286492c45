import { createHash, randomInt } from "node:crypto";
import type { House } from "../db/house.ts";
import { makeCheckCode, parseCheckCode } from "../kernel/check-code.ts";
import type { LetterHead } from "./rules.ts";
import type { Letter } from "./store.ts";
import type { Addressee } from "./store-addressees.ts";
import type { Receipt } from "./store-receipts.ts";

/** Codes, keyed marks and hashes of letters: what is kept can be compared, not read. */
type Vaulted = Pick<House, "vault">;

export const PAPER_SEAL = "letter";
export const DRAWING_SEAL = "letter-signature";
export const CODE_SEAL = "letter-code";

export const drawKey = () => makeCheckCode((below) => randomInt(below), "CV");
export const keyMarks = ({ vault }: Vaulted, key: string) => vault.everyMark("letter-key", key);
export const checkMarks = ({ vault }: Vaulted, code: string) => vault.everyMark("letter-receipt", code);

/** The code on a printed receipt follows from what was signed, and from a secret: the one in front first. */
export function receiptCodes({ vault }: Vaulted, digest: Buffer): readonly [string, ...string[]] {
  const [front, ...others] = vault.everyMark("letter-receipt-code", digest.toString("hex"));
  return [codeFrom(front), ...others.map(codeFrom)];
}

function codeFrom(bytes: Buffer): string {
  let at = 0;
  return makeCheckCode((below) => {
    at += 2;
    return bytes.readUInt16BE(at - 2) % below;
  }, "BN");
}

/** A code as typed, with or without its letters in front: what it may be. */
export function typedCodes(text: string): { key: string | undefined; receipt: string | undefined } {
  return { key: parseCheckCode(text, "CV"), receipt: parseCheckCode(text, "BN") };
}

/** Of a head as a page shows it: travels in its form, and tells whether the draft still is what was seen. */
export function headMark(head: LetterHead): string {
  const { number, datedOn, subject, issuer, signedBy, lang, answerBy, replyEmail, replacesId } = head;
  const facts = [number, datedOn, subject, issuer, signedBy, lang, answerBy, replyEmail, replacesId];
  return createHash("sha256").update(JSON.stringify(facts)).digest("base64url");
}

type Signed = Pick<Receipt, "addresseeId" | "signerName" | "signerPosition" | "place" | "way" | "signedAt">;

/** SHA-256 over the PDF of the letter, its head, the addressee and all that the receipt says. */
export function digestOf(
  letter: Letter,
  addressee: Pick<Addressee, "name" | "unitCode">,
  signed: Signed,
  drawing: string,
): Buffer {
  const { number, datedOn, subject, issuer, signedBy, pdfSha256 } = letter;
  const facts = [
    ...["vssid.letter-receipt.1", letter.id, number, datedOn, subject, issuer, signedBy, pdfSha256.toString("hex")],
    ...[signed.addresseeId, addressee.unitCode ?? "", addressee.name],
    ...[signed.signerName, signed.signerPosition, signed.place, signed.way, signed.signedAt.toISOString(), drawing],
  ];
  return createHash("sha256").update(JSON.stringify(facts)).digest();
}
