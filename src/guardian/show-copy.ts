import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { stampImage } from "../pictures/images.ts";
import { officeOf } from "./desk.ts";
import { findLink } from "./store.ts";
import { findCopy } from "./store-paper.ts";

/** The copy of a link's paper. The look is on record first, and the picture bears who looked and when. */
export async function showCopy(house: House, staff: Staff, linkId: string): Promise<Buffer> {
  const officeCode = officeOf(staff);
  const link = /^[0-9a-f-]{36}$/.test(linkId) ? await findLink(house.db, linkId) : undefined;
  const copy = link && (await findCopy(house.db, link.paperId));
  if (!link || !copy) throw new NotFound("copy");
  const at = house.clock.now();
  await record(house.db, {
    at,
    actor: staff,
    action: "guardian.show_paper",
    purpose: "account",
    personId: link.ward.personId,
    object: { kind: "guardian_paper_copy", id: copy.copyId },
    officeCode,
  });
  const jpeg = await house.vault.openOwn("guardian-paper", copy, copy.copyId);
  return stampImage(jpeg, `${staff.name} · ${formatInstant(at)}`);
}
