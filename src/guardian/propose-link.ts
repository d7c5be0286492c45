import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { getPerson } from "../register/store.ts";
import { checkPair } from "./check-pair.ts";
import { officeOf } from "./desk.ts";
import { cleanCopy, filePaper, refuseSpent, sentCopy } from "./file-copy.ts";
import { type LinkForm, parseLink } from "./rules-parse.ts";
import { appendEvent, insertLink } from "./store.ts";

/**
 * An officer proposes a link outside a declaration: somebody with an account came with the paper. It opens nothing
 * until a supervisor, another person, confirms it. Answers the link's id.
 */
export async function proposeLink(
  house: House,
  staff: Staff,
  wardId: string,
  given: { form: LinkForm; copy?: Uint8Array | undefined },
): Promise<string> {
  const at = house.clock.now();
  const officeCode = officeOf(staff);
  const parsed = parseLink(given.form, at);
  if (!parsed.ok) throw new Invalid(parsed.faults);
  const { number, relation, paper, fromOn, lastOn } = parsed.value;
  const picture = await cleanCopy(given.copy);
  return inTransaction(house.db, async (tx) => {
    const ward = await getPerson(tx, wardId);
    const checked = await checkPair(tx, { guardian: number, ward, paperKind: paper.kind, fromOn, lastOn }, at);
    if (!checked.ok) throw new Invalid(checked.faults);
    await refuseSpent(tx, { picture, wardId, staff, at });
    const paperId = await filePaper(tx, house, { paper, picture, staff, at });
    const link = {
      linkId: randomUUID(),
      wardId,
      guardianId: checked.guardian.personId,
      relation,
      paperId,
      endsByAge: checked.endsByAge,
      fromOn: fromOn.toString(),
      lastOn: lastOn?.toString() ?? null,
      declarationId: null,
    };
    const isNew = await insertLink(tx, { ...link, status: "proposed", askedBy: staff.staffId, at });
    if (!isNew) throw new Conflict("link_exists");
    await appendEvent(tx, link, { kind: "proposed", at, staffId: staff.staffId, officeCode, paperId });
    const about = { relation, paper: paper.kind };
    for (const personId of [wardId, link.guardianId]) {
      // The copy came once, and is counted with the ward.
      const detail = personId === wardId ? { ...about, ...sentCopy(picture) } : about;
      const object = { kind: "guardianship", id: link.linkId };
      const what = { action: "guardian.propose", purpose: "account", personId, object, officeCode, detail };
      await record(tx, { at, actor: staff, ...what });
    }
    return link.linkId;
  });
}
