import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { CODE_SEAL, checkMarks, receiptCodes } from "./marks.ts";
import { insertReceiptCode, type KeptCode, type Receipt, receiptsAfter, sealedCodeOf } from "./store-receipts.ts";

/** Shown where the secret from which the code came was dropped before the codes were marked anew. */
const GONE = "–";

/** The code on the printed receipt: the same on every copy, whichever secret is in front now. */
export async function codeOfReceipt(house: House, receipt: Receipt): Promise<string> {
  const { addresseeId } = receipt;
  return derivedCode(house, receipt) ?? openCode(house, addresseeId, await sealedCodeOf(house.db, addresseeId)) ?? GONE;
}

/** The code that follows from what was signed, under the secret of its day. */
function derivedCode(house: House, { digest, checkMark }: Pick<Receipt, "digest" | "checkMark">): string | undefined {
  return receiptCodes(house, digest).find((code) => checkMarks(house, code).some((mark) => mark.equals(checkMark)));
}

function openCode({ vault }: House, addresseeId: string, sealed: Buffer | undefined): string | undefined {
  return sealed && vault.open(CODE_SEAL, sealed, addresseeId).toString();
}

const BATCH = 200;

/**
 * Marks the codes of receipts with the secret in front, so that papers in people's hands can be checked when the earlier
 * one is gone. May be stopped and run again. Answers how many were marked, and how many could not be: their secret is
 * not known here.
 */
export async function remarkReceipts(house: House): Promise<{ done: number; lost: number }> {
  const count = { done: 0, lost: 0 };
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const batch = await receiptsAfter(house.db, after, BATCH);
    for (const one of batch) {
      const code = derivedCode(house, one) ?? openCode(house, one.addresseeId, one.sealedCode ?? undefined);
      if (code === undefined) count.lost += 1;
      else if (await remark(house, one, code)) count.done += 1;
    }
    const last = batch.at(-1);
    if (!last) return count;
    after = last.addresseeId;
  }
}

/** False when it is marked with the secret in front already. */
async function remark(house: House, { addresseeId, checkMark }: KeptCode, code: string): Promise<boolean> {
  const [mark] = checkMarks(house, code);
  if (mark.equals(checkMark)) return false;
  const sealedCode = house.vault.seal(CODE_SEAL, Buffer.from(code), addresseeId);
  return inTransaction(house.db, (tx) =>
    insertReceiptCode(tx, { checkMark: mark, addresseeId, sealedCode, madeAt: house.clock.now() }),
  );
}
