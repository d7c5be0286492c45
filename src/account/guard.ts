import type { House } from "../db/house.ts";
import { NotSignedIn, TryLater } from "../kernel/failures.ts";
import { lock } from "./rules.ts";
import { lockedUntil, takeTry, type WindowKey } from "./store-window.ts";

/** Number and password do not belong together; says how many tries are left, whether or not the number exists. */
export class WrongLogin extends NotSignedIn {
  constructor(readonly triesLeft: number) {
    super("wrong_login");
  }
}

/** Takes one try, or throws TryLater("locked") with the seconds to wait. Answers how many are left after it. */
export async function takeTryOrWait(house: House, key: WindowKey, now: Date): Promise<number> {
  const tries = await takeTry(house.db, key, now);
  if (tries !== undefined) return lock.tries - tries;
  const until = await lockedUntil(house.db, key);
  throw locked(until ? until.getTime() - now.getTime() : lock.milliseconds);
}

/** What a wrong password is answered: the tries that are left, or the wait that has just begun. */
export function refusal(triesLeft: number): WrongLogin | TryLater {
  return triesLeft > 0 ? new WrongLogin(triesLeft) : locked(lock.milliseconds);
}

function locked(milliseconds: number): TryLater {
  return new TryLater("locked", Math.max(1, Math.ceil(milliseconds / 1000)));
}
