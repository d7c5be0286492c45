import { createHash, randomInt, randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { words as guardianWords } from "../guardian/words.ts";
import type { Reader } from "../kernel/actor.ts";
import { dayOf, startOf } from "../kernel/calendar.ts";
import { makeCheckCode } from "../kernel/check-code.ts";
import { Invalid } from "../kernel/failures.ts";
import { maskNumber } from "../kernel/numbers.ts";
import type { Lang } from "../kernel/words.ts";
import { policyOn } from "../policy/store.ts";
import { getPerson, numbersOf } from "../register/store.ts";
import { codeMarks, FIGURES } from "./marks.ts";
import { renderStatement } from "./print.ts";
import { participationOf, visitsOf } from "./rows.ts";
import { aDayMost, expiryOf, initialsOf, paperNumberOf, type Shown, validDays, type Wish } from "./rules.ts";
import { countMadeSince, insertStatement } from "./store.ts";

export interface MadeStatement {
  statementId: string;
  code: string;
  pdf: Buffer;
  expiresOn: string;
}

/**
 * Makes a paper of one's own record, or of the ward's for whom one acts. The paper itself goes to the asker and is not
 * kept; its code, its totals and who made it are, sealed, until the code ends.
 */
export async function makeStatement(
  house: House,
  reader: Reader,
  wish: Wish,
  { lang, now }: { lang: Lang; now: Date },
): Promise<MadeStatement> {
  const { personId, actingFor } = reader;
  const today = dayOf(now);
  const [person, numbers, days, most] = await Promise.all([
    getPerson(house.db, personId),
    numbersOf(house.db, personId),
    policyOn(house.db, validDays, today),
    policyOn(house.db, aDayMost, today),
  ]);
  const source = wish.year ? await visitsOf(house, reader, wish.year) : await participationOf(house, reader);
  const number = paperNumberOf(numbers);
  const code = makeCheckCode((below) => randomInt(below));
  const expiresOn = expiryOf(today, days).toString();
  const pdf = renderStatement({
    person,
    number,
    record: source,
    withPrivate: wish.withPrivate,
    hidesSensitive: reader.hidesSensitive,
    madeBy: actingFor ? relationOf(actingFor.relation, lang) : undefined,
    code,
    address: `${house.settings.baseUrl}/check-paper`,
    expiresOn,
    isMadeUp: house.settings.profile === "demo",
    lang,
    now,
  });
  const shown: Shown = {
    initials: initialsOf(person.fullName),
    number: number ? maskNumber(number.number) : "",
    numberKind: number?.kind,
    figures: source.figures,
  };
  const statementId = randomUUID();
  await inTransaction(house.db, async (tx) => {
    if ((await countMadeSince(tx, personId, startOf(today))) >= most) {
      throw new Invalid([{ field: "kind", key: "too_many", values: { left: most } }]);
    }
    await insertStatement(tx, {
      person_id: personId,
      statement_id: statementId,
      kind: wish.kind,
      year: wish.year ?? null,
      made_at: now,
      made_by: actingFor ? reader.readBy : null,
      expires_on: expiresOn,
      code_end: code.slice(-4),
      code_mark: codeMarks(house, code)[0],
      sealed_figures: house.vault.seal(FIGURES, Buffer.from(JSON.stringify(shown)), code),
      pdf_sha256: createHash("sha256").update(pdf).digest(),
    });
    await record(tx, {
      at: now,
      actor: reader,
      action: "statement.make",
      purpose: "own_record",
      personId,
      object: { kind: "statement", id: statementId },
      detail: { kind: wish.kind, ...(wish.year ? { year: wish.year } : {}), private: wish.withPrivate },
    });
  });
  return { statementId, code, pdf, expiresOn };
}

function relationOf(relation: string, lang: Lang): string {
  const named: Record<string, string> = guardianWords(lang).relations;
  return named[relation] ?? relation;
}
