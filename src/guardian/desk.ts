import type { Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Forbidden, NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { type Link, lockLink } from "./store.ts";

/** The office at whose counter somebody decides about links. Whoever sits at none decides nothing. */
export function officeOf(staff: Staff): string {
  const held = staff.roles.find(({ role, officeCode }) => officeCode && (role === "officer" || role === "supervisor"));
  if (!held?.officeCode) throw new Forbidden();
  return held.officeCode;
}

export const isSupervisor = (staff: Staff) =>
  staff.roles.some(({ role, officeCode }) => role === "supervisor" && officeCode);

export async function getLocked(tx: Tx, linkId: string): Promise<Link> {
  const link = isUuid(linkId) ? await lockLink(tx, linkId) : undefined;
  if (!link) throw new NotFound("link");
  return link;
}
