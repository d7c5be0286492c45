import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { type Desk, getOwnFile } from "./desk.ts";
import { type Dossier, loadDossier } from "./dossier.ts";

/** An officer opens a file of their own office. The look is on record before anything is shown. */
export async function openFile(
  house: House,
  staff: Staff,
  code: string,
  paperNo?: number,
): Promise<{ dossier: Dossier; desk: Desk }> {
  const at = house.clock.now();
  const { file, desk } = await getOwnFile(house.db, staff, code);
  const dossier = await loadDossier(house.db, file, at, paperNo);
  await record(house.db, {
    at,
    actor: staff,
    action: "review.look",
    purpose: "review",
    personId: dossier.person?.personId,
    object: { kind: "declaration", id: file.code },
    officeCode: desk.officeCode,
  });
  return { dossier, desk };
}
