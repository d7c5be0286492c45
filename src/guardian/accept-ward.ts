import { randomUUID } from "node:crypto";
import { issueWardAccount } from "../account/issue-ward-account.ts";
import type { House, Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { plainDate } from "../kernel/calendar.ts";
import { Conflict } from "../kernel/failures.ts";
import { enqueue } from "../notices/enqueue.ts";
import { getPerson } from "../register/store.ts";
import type { Declaration } from "../registration/store.ts";
import { checkPair } from "./check-pair.ts";
import { appendEvent, insertLink } from "./store.ts";
import { findNamed, getPaper } from "./store-paper.ts";
import { reachOf } from "./tell.ts";

/**
 * A child's file is accepted: its account without a password, the link to the guardian whom the officer named, and
 * the message to that guardian come into being in the acceptance's own transaction.
 */
export async function acceptWard(
  tx: Tx,
  house: House,
  accepted: { file: Declaration; wardId: string; staff: Staff; officeCode: string; at: Date },
): Promise<void> {
  const { file, wardId, staff, officeCode, at } = accepted;
  const named = await findNamed(tx, file.id);
  if (!named) throw new Conflict("guardian_not_possible");
  const { guardianId, relation, paperId, fromOn, lastOn } = named;
  const checked = await checkPair(
    tx,
    {
      guardian: { personId: guardianId },
      ward: await getPerson(tx, wardId),
      paperKind: (await getPaper(tx, paperId)).kind,
      fromOn: plainDate(fromOn),
      lastOn: lastOn === null ? undefined : plainDate(lastOn),
    },
    at,
  );
  if (!checked.ok) throw new Conflict("guardian_not_possible");
  await issueWardAccount(tx, { personId: wardId, declarationId: file.id, lang: file.lang, now: at });
  const linkId = randomUUID();
  const link = { linkId, wardId, guardianId, relation, paperId, fromOn, lastOn, endsByAge: checked.endsByAge };
  const isNew = await insertLink(tx, { ...link, declarationId: file.id, status: "active", askedBy: null, at });
  if (!isNew) throw new Conflict("link_exists");
  await appendEvent(tx, link, { kind: "declared", at, staffId: staff.staffId, officeCode, paperId });
  await enqueue(tx, house.vault, {
    dedupeKey: `declaration:${file.id}:outcome`,
    class: "outcome",
    template: "ward_accepted",
    ...(await reachOf(tx, guardianId)),
    lang: file.lang,
    fields: { code: file.code },
    dueAt: file.noticeDueAt ?? at,
    now: at,
    declarationId: file.id,
    personId: guardianId,
    officeCode,
  });
}
