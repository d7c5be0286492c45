import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Actor } from "../kernel/actor.ts";
import { NotAllowed } from "../kernel/failures.ts";
import { getOffice } from "../units/store.ts";
import { advance, eventActor, onFile } from "./advance.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { linesOf } from "./form01/lines.ts";
import { renderForm01 } from "./form01/render.ts";
import { shownStatus } from "./is-over.ts";
import { allowed, lastDayOf } from "./rules.ts";
import { isComplete } from "./rules-answers.ts";
import { type Declaration, getByCode } from "./store.ts";
import { movesOf } from "./store-prints.ts";

/**
 * Form 01 for signing (letter 330, annex 1, step 3): printed by the person, or by the officer on request,
 * which leaves an event. Only what was confirmed is printed, exactly as it was confirmed.
 */
export async function printForm(
  house: House,
  by: { code: string; actor: Actor; now: Date; officeCode?: string },
): Promise<Buffer> {
  const file = by.actor.kind === "staff" ? await notePrinted(house, by) : await getPrintable(house, by);
  const { answers, lapsesAt } = file;
  if (!isComplete(answers) || !lapsesAt) throw new Error("a confirmed declaration lacks answers or a deadline");
  if (!file.answersSha256?.equals(fingerprintOf(answers))) throw new Error("answers were changed after confirmation");
  const office = await getOffice(house.db, answers.office.code);
  return renderForm01(
    linesOf({
      code: file.code,
      printNo: (await movesOf(house.db, file.id)).length + 1,
      answers,
      officeName: office?.name ?? answers.office.code,
      lastDay: lastDayOf(lapsesAt),
      consent: file.consent,
    }),
    house.settings.profile === "demo",
  );
}

async function getPrintable(house: House, by: { code: string; actor: Actor; now: Date }): Promise<Declaration> {
  const file = await getByCode(house.db, by.code);
  const status = await shownStatus(house.db, file, by.now);
  const acts = allowed(status, eventActor(by.actor).actorKind);
  if (!acts.includes("print")) throw new NotAllowed(status, acts);
  return file;
}

async function notePrinted(
  house: House,
  by: { code: string; actor: Actor; now: Date; officeCode?: string },
): Promise<Declaration> {
  const { code, actor, now, officeCode } = by;
  return onFile(house, now, async (tx) => {
    const at = officeCode ? { officeCode } : {};
    const printed = await advance(tx, code, { kind: "printed", actor, at: now, ...at });
    await record(tx, {
      at: now,
      actor,
      action: "declaration.print",
      purpose: "registration",
      object: { kind: "declaration", id: code },
      officeCode,
    });
    return printed;
  });
}
