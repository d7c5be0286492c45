import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { advance, onFile } from "../registration/advance.ts";
import type { Declaration } from "../registration/store.ts";
import { findingsOf, type Verdict } from "./accept.ts";
import { detailOf } from "./admit.ts";
import { lockForDecision, NotAcceptable } from "./desk.ts";
import { inTheWayOf, loadDossier } from "./dossier.ts";
import { markOf } from "./proposal-mark.ts";
import { ruleOn } from "./rules.ts";
import { insertFindings } from "./store-findings.ts";

/**
 * Identity really differs: the officer proposes acceptance with a reason a row, and the file leaves the desk to
 * wait for another person, a supervisor of this office. The 15 minutes go on.
 */
export async function propose(house: House, staff: Staff, asked: Verdict): Promise<Declaration> {
  const at = house.clock.now();
  const note = asked.note.normalize("NFC").trim().slice(0, 500);
  return onFile(house, at, async (tx) => {
    const { file, desk } = await lockForDecision(tx, staff, asked.code, asked.holding);
    const dossier = await loadDossier(tx, file, at, asked.paperNo);
    const ruling = ruleOn(dossier.need);
    if (ruling === "impossible") throw new NotAcceptable(ruling, inTheWayOf(dossier));
    if (ruling === "accept") throw new NotAcceptable("one_is_enough", []);
    const findings = findingsOf(dossier, asked);
    const step = { kind: "proposed", actor: staff, at, officeCode: desk.officeCode } as const;
    const detail = { ...detailOf({ dossier, note }), seen: markOf(house.vault, dossier) };
    const proposed = await advance(tx, file.code, { ...step, detail });
    await insertFindings(tx, file.id, proposed.seq, findings);
    await record(tx, {
      at,
      actor: staff,
      action: "review.propose",
      purpose: "review",
      personId: dossier.person?.personId,
      object: { kind: "declaration", id: file.code },
      officeCode: desk.officeCode,
      detail: { fields: inTheWayOf(dossier) },
    });
    return proposed;
  });
}
