import { renderSVG } from "uqr";
import type { Db, House, Tx } from "../db/house.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { maskNumber } from "../kernel/numbers.ts";
import type { Lang } from "../kernel/words.ts";
import { getPerson, numbersOf } from "../register/store.ts";
import { typeset } from "../typeset/typeset.ts";
import template from "./confirmation.typ?raw";
import { type AccountEvent, findEvent } from "./store.ts";
import { words } from "./words.ts";

/**
 * The paper of one change of the registration (change, stop, close, reopen), as a tagged PDF/UA of one A4. Throws
 * NotFound unless the number is one of that person's.
 */
export async function printConfirmation(
  house: House,
  { personId, reference, lang, now }: { personId: string; reference: string; lang: Lang; now: Date },
): Promise<Buffer> {
  const event = await findEvent(house.db, personId, reference);
  if (!event) throw new NotFound("account_event");
  const isMadeUp = house.settings.profile === "demo";
  return renderConfirmation({ event, ...(await holderOf(house.db, personId)), lang, now, isMadeUp });
}

async function holderOf(db: Db | Tx, personId: string): Promise<{ name: string; number: string }> {
  const { fullName } = await getPerson(db, personId);
  const [first] = await numbersOf(db, personId);
  return { name: fullName, number: first ? maskNumber(first.number) : "" };
}

export interface Confirmed {
  event: AccountEvent;
  name: string;
  /** Masked. */
  number: string;
  lang: Lang;
  /** When it is printed. */
  now: Date;
  isMadeUp?: boolean | undefined;
}

export function renderConfirmation({ event, name, number, lang, now, isMadeUp }: Confirmed): Buffer {
  const said = words(lang);
  const { kind, reference, source, grounds } = event;
  const groundsOf: Record<string, string> = said.desk.groundsOf;
  const why = grounds ? groundsOf[grounds] : undefined;
  const paper = {
    lang,
    service: said.paper.service,
    title: said.paper.title,
    reference,
    qr: renderSVG(reference, { border: 2, ecc: "M" }),
    qrAlt: said.paper.qr(reference),
    facts: [
      [said.paper.name, name],
      ...(number ? [[said.paper.number, number]] : []),
      [said.paper.what, said.kinds[kind]],
      ...(why ? [[said.desk.grounds, why]] : []),
      [said.paper.at, formatInstant(event.at, lang)],
      [said.paper.where, said.paper.wheres[source]],
      [said.paper.printedAt, formatInstant(now, lang)],
    ],
    notes: [...(kind === "stopped" || kind === "closed" ? said.paper.ended : []), said.paper.unasked],
  };
  return typeset(template, { paper }, isMadeUp);
}
