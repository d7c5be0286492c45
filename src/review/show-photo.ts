import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { stampImage } from "../pictures/images.ts";
import { findPhoto } from "../registration/photos/store-photo.ts";
import { getOwnFile } from "./desk.ts";

/** Opens one picture that the person sent, for an officer of the file's office: on record first, and stamped. */
export async function showPhoto(house: House, staff: Staff, code: string, photoId: string): Promise<Buffer> {
  const { file, desk } = await getOwnFile(house.db, staff, code);
  const photo = isUuid(photoId) ? await findPhoto(house.db, file.id, photoId) : undefined;
  if (!photo) throw new NotFound("photo");
  const at = house.clock.now();
  await record(house.db, {
    at,
    actor: staff,
    action: "review.show_photo",
    purpose: "review",
    personId: file.personId ?? undefined,
    object: { kind: "declaration_photo", id: photoId },
    officeCode: desk.officeCode,
    detail: { code, kind: photo.kind },
  });
  const jpeg = await house.vault.openOwn("declaration-photo", photo, photoId);
  return stampImage(jpeg, `${staff.name} · ${formatInstant(at)} · ${code}`);
}
