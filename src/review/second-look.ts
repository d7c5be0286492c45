import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { advance, onFile } from "../registration/advance.ts";
import { type Declaration, eventsOf } from "../registration/store.ts";
import { admit } from "./admit.ts";
import { type Desk, lockOwnFile, NotAcceptable, NotSecond, overtakenBy } from "./desk.ts";
import { inTheWayOf, lockDossier } from "./dossier.ts";
import { isMarkOf } from "./proposal-mark.ts";
import { mayBeSecond, ruleOn } from "./rules.ts";
import { isStillAsProposed } from "./rules-findings.ts";
import { findingsAt } from "./store-findings.ts";

export interface SecondLook {
  code: string;
  verdict: "confirm" | "send_back";
  /** To the officer who proposed: needed when the file is sent back. */
  words: string;
}

/**
 * The second pair of eyes (two-person rule for a mismatch of identity): a supervisor of the office, never the
 * one who proposed, confirms or sends back with words.
 */
export async function secondLook(house: House, staff: Staff, asked: SecondLook): Promise<Declaration> {
  const at = house.clock.now();
  const words = asked.words.normalize("NFC").replace(/\s+/gu, " ").trim().slice(0, 500);
  return onFile(house, at, async (tx) => {
    const { file, desk } = await lockOwnFile(tx, staff, asked.code);
    if (file.status !== "received") throw await overtakenBy(tx, file);
    const answer = mayBeSecond({ isSupervisor: desk.isSupervisor, proposedBy: file.proposedBy }, staff.staffId);
    if (answer !== "yes") throw new NotSecond(answer);
    const seen = { file, staff, desk, at, words };
    const decided = asked.verdict === "confirm" ? await confirm(tx, house, seen) : await sendBack(tx, seen);
    await record(tx, {
      at,
      actor: staff,
      action: asked.verdict === "confirm" ? "review.confirm_second" : "review.send_back",
      purpose: "review",
      personId: decided.personId ?? undefined,
      object: { kind: "declaration", id: file.code },
      officeCode: desk.officeCode,
    });
    return decided;
  });
}

interface Seen {
  file: Declaration;
  staff: Staff;
  desk: Desk;
  at: Date;
  words: string;
}

/** What was proposed is what is confirmed: a register that has changed since sends the file back to an officer. */
async function confirm(tx: Tx, house: House, { file, staff, desk, at, words }: Seen): Promise<Declaration> {
  const proposal = (await eventsOf(tx, file.id)).findLast(({ kind }) => kind === "proposed");
  const findings = proposal ? await findingsAt(tx, file.id, proposal.seq) : [];
  const paper = proposal?.detail.paper as { reading?: number } | undefined;
  const dossier = await lockDossier(tx, file, at, { paperNo: paper?.reading });
  if (ruleOn(dossier.need) === "impossible") throw new NotAcceptable("impossible", inTheWayOf(dossier));
  const seen = proposal?.detail.seen;
  const isAsSeen =
    typeof seen === "string" ? isMarkOf(house.vault, dossier, seen) : isStillAsProposed(dossier.rows, findings);
  if (!isAsSeen) throw new NotAcceptable("changed_since", inTheWayOf(dossier));
  const proposedBy = file.proposedBy ?? undefined;
  return admit(tx, house, { dossier, findings, staff, at, officeCode: desk.officeCode, note: words, proposedBy });
}

async function sendBack(tx: Tx, { file, staff, desk, at, words }: Seen): Promise<Declaration> {
  if (!/\p{L}/u.test(words)) throw new Invalid([{ field: "words", key: "words_missing" }]);
  const step = { kind: "sent_back", actor: staff, at, officeCode: desk.officeCode } as const;
  return advance(tx, file.code, { ...step, detail: { reason: words, proposedBy: file.proposedBy } });
}
