import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { stampImage } from "../pictures/images.ts";
import { getOwnFile } from "./desk.ts";
import { findCopy } from "./store.ts";

/**
 * Opens one copy for an officer of the file's office. The look is on record before a byte leaves, and the
 * picture bears who looked and when, so that a photographed screen can be traced.
 */
export async function showPaper(house: House, staff: Staff, code: string, copyId: string): Promise<Buffer> {
  const { file, desk } = await getOwnFile(house.db, staff, code);
  const copy = isUuid(copyId) ? await findCopy(house.db, file.id, copyId) : undefined;
  if (!copy) throw new NotFound("copy");
  const at = house.clock.now();
  await record(house.db, {
    at,
    actor: staff,
    action: "review.show_paper",
    purpose: "review",
    personId: file.personId ?? undefined,
    object: { kind: "id_paper_copy", id: copyId },
    officeCode: desk.officeCode,
    detail: { code, side: copy.side },
  });
  const jpeg = await house.vault.openOwn("id-paper", copy, copy.copyId);
  return stampImage(jpeg, `${staff.name} · ${formatInstant(at)} · ${code}`);
}
