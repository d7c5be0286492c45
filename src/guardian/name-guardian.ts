import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { advance, onFile } from "../registration/advance.ts";
import { personsDeclared } from "../registration/check-register.ts";
import { getOwnFile, lockForDecision } from "../review/desk.ts";
import { checkPair } from "./check-pair.ts";
import { cleanCopy, filePaper, refuseSpent, sentCopy } from "./file-copy.ts";
import { isForWard } from "./rules-declared.ts";
import { type LinkForm, parseLink } from "./rules-parse.ts";
import { saveNamed } from "./store-paper.ts";

/**
 * The officer says who declares for the child of a file, and on which paper. The link comes into being only when the
 * file is accepted; until then the last naming counts.
 */
export async function nameGuardian(
  house: House,
  staff: Staff,
  code: string,
  given: { form: LinkForm; copy?: Uint8Array | undefined },
): Promise<void> {
  const at = house.clock.now();
  await getOwnFile(house.db, staff, code);
  const parsed = parseLink(given.form, at);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const read = parsed.value;
  const picture = await cleanCopy(given.copy);
  await onFile(house, at, async (tx) => {
    const { file, desk } = await lockForDecision(tx, staff, code);
    const { birth } = file.answers;
    if (!isForWard(file.answers.who?.forWhom) || !birth) throw new NotFound("guardian");
    const [known] = await personsDeclared(tx, file.answers);
    const ward = { birthOn: birth.on, birthPrecision: birth.precision, personId: known?.personId };
    const { number, relation, paper, fromOn, lastOn } = read;
    const checked = await checkPair(tx, { guardian: number, ward, paperKind: paper.kind, fromOn, lastOn }, at);
    if (!checked.ok) throw new Invalid(checked.faults);
    await refuseSpent(tx, { picture, wardId: known?.personId, staff, at });
    const paperId = await filePaper(tx, house, { paper, picture, staff, at });
    const guardianId = checked.guardian.personId;
    const days = { fromOn: fromOn.toString(), lastOn: lastOn?.toString() ?? null };
    await saveNamed(tx, file.id, { guardianId, relation, paperId, ...days, at, by: staff.staffId });
    const { officeCode } = desk;
    await advance(tx, code, { kind: "paper_filed", actor: staff, at, officeCode, detail: { guardian: relation } });
    await record(tx, {
      at,
      actor: staff,
      action: "guardian.name",
      purpose: "review",
      personId: guardianId,
      object: { kind: "declaration", id: code },
      officeCode,
      detail: { relation, paper: paper.kind, ...sentCopy(picture) },
    });
  });
}
