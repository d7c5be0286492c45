import type { House } from "../db/house.ts";
import type { Actor } from "../kernel/actor.ts";
import { NotAllowed } from "../kernel/failures.ts";
import { createDraft } from "./draft.ts";
import { lapse } from "./lapse.ts";
import { allowed, isOverdue } from "./rules.ts";
import { type Declaration, getByCode } from "./store.ts";

/** After a lapse, a refusal or a withdrawal: a new draft with the old answers, a new code and new clocks. */
export async function redeclare(house: House, by: { code: string; actor: Actor; now: Date }): Promise<Declaration> {
  const found = await getByCode(house.db, by.code);
  const isLapsing = isOverdue(found, by.now) && (await lapse(house, found.id, by.now)) !== "moved";
  const ended = isLapsing ? await getByCode(house.db, by.code) : found;
  const acts = allowed(ended.status, "citizen");
  if (!acts.includes("redeclare")) throw new NotAllowed(ended.status, acts);
  return createDraft(house, ended.answers, { lang: ended.lang, actor: by.actor, now: by.now });
}
