import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { onFile } from "../registration/advance.ts";
import type { Declaration } from "../registration/store.ts";
import { admit } from "./admit.ts";
import { lockForDecision, NotAcceptable } from "./desk.ts";
import { type Dossier, inTheWayOf, lockDossier } from "./dossier.ts";
import { ruleOn } from "./rules.ts";
import { type Finding, judge, type Ticks } from "./rules-findings.ts";

/** What an officer says when deciding: a note, ticks row by row, the paper that was used, and the page's holding number. */
export interface Verdict {
  code: string;
  note: string;
  ticks?: Ticks;
  paperNo?: number | undefined;
  holding?: number | undefined;
}

/**
 * Acceptance by one officer (letter 330, annex 1, step 4): possible while nothing says that this is somebody
 * else. What really differs in identity is proposed instead (propose.ts) and confirmed by another person.
 */
export async function accept(house: House, staff: Staff, asked: Verdict): Promise<Declaration> {
  const at = house.clock.now();
  return onFile(house, at, async (tx) => {
    const { file, desk } = await lockForDecision(tx, staff, asked.code, asked.holding);
    const dossier = await lockDossier(tx, file, at, { paperNo: asked.paperNo });
    const ruling = ruleOn(dossier.need);
    if (ruling !== "accept") throw new NotAcceptable(ruling, inTheWayOf(dossier));
    const findings = findingsOf(dossier, asked);
    const { officeCode } = desk;
    const accepted = await admit(tx, house, { dossier, findings, staff, at, officeCode, note: asked.note.trim() });
    await record(tx, {
      at,
      actor: staff,
      action: "review.accept",
      purpose: "review",
      personId: accepted.personId ?? undefined,
      object: { kind: "declaration", id: file.code },
      officeCode,
      detail: { need: dossier.need },
    });
    return accepted;
  });
}

/** The ticks as findings; throws Invalid when a source, a reason or the note is missing. */
export function findingsOf(dossier: Dossier, { ticks, note }: Pick<Verdict, "ticks" | "note">): Finding[] {
  const judged = judge(dossier, ticks ?? {}, note);
  if (!judged.ok) throw new Invalid(judged.faults);
  return judged.value;
}
