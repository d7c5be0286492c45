import { createHash } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { parseCheckCode } from "../kernel/check-code.ts";
import { Invalid } from "../kernel/failures.ts";
import { codeMarks, FIGURES } from "./marks.ts";
import { type Shown, type StatementKind, standingOf } from "./rules.ts";
import { takeCheck } from "./store.ts";

export type Answer =
  | { standing: "unknown" }
  | { standing: "withdrawn" }
  | { standing: "ended"; expiresOn: string }
  | {
      standing: "good";
      kind: StatementKind;
      year: number | null;
      madeAt: Date;
      expiresOn: string;
      shown: Shown;
      /** Whether the file that came along is the one that was given out; undefined without a file. */
      isSameFile: boolean | undefined;
    };

/**
 * A third party types the code of a paper. Nobody needs an account; a code that was never given out is answered like
 * any other number, at the same price. Each check is counted for the owner; who checked is not noted.
 */
export async function checkStatement(
  house: House,
  typed: { code: string; file?: Uint8Array | undefined },
  now: Date,
): Promise<Answer> {
  const code = parseCheckCode(typed.code);
  if (!code) {
    throw new Invalid([{ field: "code", key: typed.code.trim() === "" ? "code_missing" : "code_wrong" }]);
  }
  const found = await inTransaction(house.db, async (tx) => {
    const row = await takeCheck(tx, codeMarks(house, code), now);
    if (row) {
      await record(tx, {
        at: now,
        actor: anyone,
        action: "statement.check",
        purpose: "paper_check",
        personId: row.personId,
        object: { kind: "statement", id: row.statementId },
      });
    }
    return row;
  });
  if (!found) return { standing: "unknown" };
  const standing = standingOf(found, dayOf(now));
  if (standing === "withdrawn") return { standing };
  if (standing === "ended") return { standing, expiresOn: found.expiresOn };
  const shown = JSON.parse(house.vault.open(FIGURES, found.sealedFigures, code).toString()) as Shown;
  const { kind, year, madeAt, expiresOn, pdfSha256 } = found;
  const isSameFile = typed.file?.length
    ? createHash("sha256").update(typed.file).digest().equals(pdfSha256)
    : undefined;
  return { standing, kind, year, madeAt, expiresOn, shown, isSameFile };
}
