import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { standingOfOffices } from "../staff-review/read-office.ts";
import { confirmRights, resumeStaff, reviewRights } from "./review-staff.ts";

/** `vssid user review` and `vssid user resume`: the quarter's look at who may do what, and idle accounts. */
export function registerReview(user: Command, run: (work: (house: House) => Promise<unknown>) => Promise<void>): void {
  user
    .command("review")
    .description("Who may do what since when, when they were last here, who confirmed it; or confirm it for one")
    .option("--due", "only what must be confirmed now")
    .option("--offices", "a line an office instead: what is overdue there, and who reviewed it last")
    .option("--confirm <username>", "what this member holds today is still needed")
    .option("--by <who>", "who answers for it: document or person")
    .action(({ due, offices, confirm, by = "" }: ReviewOptions) =>
      run(async (house) => {
        if (offices) return officeLines(house, due ?? false);
        if (confirm !== undefined) return confirmRights(house, confirm, by);
        return (await reviewRights(house)).filter(({ isDue }) => isDue || !due);
      }),
    );
  user
    .command("resume")
    .description("Take up again an account that was stopped because nobody signed in")
    .requiredOption("--username <name>", "who")
    .requiredOption("--by <who>", "whose decision: document or person")
    .action(({ username, by }: { username: string; by: string }) =>
      run(async (house) => {
        await resumeStaff(house, username, by);
        return { resumed: username };
      }),
    );
}

interface ReviewOptions {
  due?: boolean;
  offices?: boolean;
  confirm?: string;
  by?: string;
}

/** What the pages of the offices themselves show: those where something is overdue first, or alone. */
async function officeLines(house: House, onlyDue: boolean) {
  const offices = await standingOfOffices(house.db, house.clock.now());
  return offices
    .filter(({ due }) => due > 0 || !onlyDue)
    .map(({ last, ...office }) => ({ ...office, reviewedAt: last?.at ?? null, reviewedBy: last?.byName ?? null }));
}
