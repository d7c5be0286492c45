import type { Clock } from "../kernel/clock.ts";
import { isTimeTrusted } from "../timekeeping/trust.ts";
import { whyChange } from "./rules.ts";

/** What the account owes now. A clock that is not believed makes no password old. */
export function dutyNow(
  clock: Clock,
  account: Parameters<typeof whyChange>[0],
  now: Date,
): ReturnType<typeof whyChange> {
  const why = whyChange(account, now);
  return why === "outlived" && !isTimeTrusted(clock) ? undefined : why;
}
