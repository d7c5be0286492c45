import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Actor } from "../kernel/actor.ts";
import { advance, onFile } from "./advance.ts";
import { type Declaration, lockByCode } from "./store.ts";
import { tellDeclarer } from "./tell-declarer.ts";

/** The person takes the declaration back before it is received. Withdrawing twice is the same as once. */
export async function withdraw(house: House, by: { code: string; actor: Actor; now: Date }): Promise<Declaration> {
  const { code, actor, now } = by;
  return onFile(house, now, async (tx) => {
    const before = await lockByCode(tx, code);
    if (before.status === "withdrawn") return before;
    const withdrawn = await advance(tx, code, { kind: "withdrawn", actor, at: now });
    if (before.status === "confirmed") await tellDeclarer(tx, house, withdrawn, "declaration_withdrawn", { code }, now);
    await record(tx, {
      at: now,
      actor,
      action: "declaration.withdraw",
      purpose: "registration",
      object: { kind: "declaration", id: code },
      officeCode: withdrawn.officeCode ?? undefined,
    });
    return withdrawn;
  });
}
