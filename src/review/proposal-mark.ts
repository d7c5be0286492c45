import type { Vault } from "../vault/vault.ts";
import type { Dossier } from "./dossier.ts";

/**
 * What an officer proposed on: the person to whom the numbers led, and every row with what each source said. Kept with
 * the proposal as a keyed mark, so that another reading is told apart and no value stands in an event.
 */
const PURPOSE = "review-proposal";

export function markOf(vault: Vault, dossier: Dossier): string {
  return vault.mark(PURPOSE, textOf(dossier)).toString("base64url");
}

export function isMarkOf(vault: Vault, dossier: Dossier, mark: string): boolean {
  return vault.isMark(PURPOSE, textOf(dossier), Buffer.from(mark, "base64url"));
}

function textOf({ file, person, rows }: Dossier): string {
  const said = rows.map((row) => [row.field, row.declared, row.paper, row.register, row.difference]);
  return JSON.stringify([file.id, person?.personId ?? null, said]);
}
