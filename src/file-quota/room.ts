import { filesOfStaff, filesWithDeclaration, lockFilesOfStaff } from "../audit/store-files.ts";
import type { Db, Tx } from "../db/house.ts";
import { dayOf, startOf } from "../kernel/calendar.ts";
import type { Policy } from "../kernel/policy.ts";
import { policyOn } from "../policy/store.ts";
import { hasRoom, type Quota, sentByStaff, sentWithDeclaration, type Tally } from "./rules.ts";

/** Whether files that came still fit, asked in the transaction that would keep them (decision 75). */
interface Wanted {
  more: Tally;
  at: Date;
}

/** Files sent by one member of staff today, of every kind. Others of theirs wait, so that none slips past the figure. */
export async function staffHasRoom(tx: Tx, staffId: string, { more, at }: Wanted): Promise<boolean> {
  await lockFilesOfStaff(tx, staffId);
  return fits(tx, sentByStaff, { held: await filesOfStaff(tx, staffId, startOf(dayOf(at))), more, at });
}

/** Pictures sent with one declaration today. Its row is locked by whoever sends. */
export async function declarationHasRoom(tx: Tx, code: string, { more, at }: Wanted): Promise<boolean> {
  const held = await filesWithDeclaration(tx, code, startOf(dayOf(at)));
  return fits(tx, sentWithDeclaration, { held, more, at });
}

/** The figure of today, beside what is held already. */
export async function fits(db: Db | Tx, quota: Policy<Quota>, asked: Wanted & { held: Tally }): Promise<boolean> {
  return hasRoom(await policyOn(db, quota, dayOf(asked.at)), asked.held, asked.more);
}

/** How much came: the numbers that the record of the deed holds. */
export function tallyOf(files: readonly { length: number }[]): Tally {
  return { files: files.length, bytes: files.reduce((sum, { length }) => sum + length, 0) };
}

/** As the record of deeds holds it, for the next count. */
export const sentDetail = ({ files, bytes }: Tally) => ({ sentFiles: files, sentBytes: bytes });
