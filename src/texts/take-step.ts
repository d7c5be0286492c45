import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid, NotAllowed } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import type { TemplateName } from "../notices/rules-templates.ts";
import { getVersion, readText } from "./read.ts";
import { type Act, allowedActs, type StepKind, standingOf } from "./rules.ts";
import { insertStep, lockTemplate, type Version } from "./store.ts";
import { noteText } from "./write.ts";

export interface Named {
  template: TemplateName;
  lang: Lang;
  version: number;
}

interface Taken {
  reason: string | null;
  effectiveFrom: Date | null;
}

const kinds: Record<Act, StepKind> = { propose: "proposed", approve: "approved", refuse: "refused", retire: "retired" };

/**
 * One step in the life of a version, decided under the lock of its template; `decide` may still say no.
 * Throws NotAllowed with the standing and with what this person may do.
 */
export async function takeStep(
  house: House,
  staff: Staff,
  named: Named,
  act: Act,
  decide: (version: Version, now: Date) => Taken = nothingMore,
): Promise<void> {
  await inTransaction(house.db, (tx) => takeStepIn(tx, house.clock.now(), staff, named, { act, decide }));
}

const nothingMore = (): Taken => ({ reason: null, effectiveFrom: null });

export async function takeStepIn(
  tx: Tx,
  at: Date,
  staff: Staff,
  { template, lang, version }: Named,
  { act, decide = nothingMore }: { act: Act; decide?: (version: Version, now: Date) => Taken },
): Promise<void> {
  await lockTemplate(tx, template, lang);
  const { versions } = await readText(tx, template, lang, at);
  const one = getVersion(versions, version);
  const acts = allowedActs(one, versions, staff.staffId, at);
  if (!acts.includes(act)) {
    const isOwn = (act === "approve" || act === "refuse") && one.authorId === staff.staffId;
    throw new NotAllowed(standingOf(one, versions, at), acts, isOwn ? "own_words" : "not_allowed");
  }
  const { reason, effectiveFrom } = decide(one, at);
  await insertStep(tx, {
    message_text_id: one.id,
    kind: kinds[act],
    staff_id: staff.staffId,
    author_id: one.authorId,
    at,
    reason,
    effective_from: effectiveFrom,
  });
  const detail = effectiveFrom ? { from: effectiveFrom.toISOString() } : {};
  await noteText(tx, { at, staff, act, template, lang, version, detail });
}

export const REASON_SIGNS = 300;

/** A no is never without words that help its author. Throws Invalid. */
export function getReason(typed: string): string {
  const words = typed.normalize("NFC").replace(/\s+/gu, " ").trim();
  if (words === "") throw new Invalid([{ field: "reason", key: "reason_missing" }]);
  if (words.length > REASON_SIGNS) throw new Invalid([{ field: "reason", key: "reason_long" }]);
  return words;
}
