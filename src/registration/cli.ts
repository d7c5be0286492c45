import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { lapseDue, type Sweep } from "./lapse-due.ts";

/** What whoever is asked does next, by why the sweep ended nothing. */
const WAYS_OUT: Record<NonNullable<Sweep["refused"]>, string> = {
  unusual_number:
    "nothing was ended: far more than usual would be. If these days are right (no wrong clock, no missing holiday): bin/vssid lapse --approve",
  no_holiday_table:
    "nothing was ended: this year has no table of holidays. Enter it: bin/vssid holiday add, bin/vssid holiday year",
  clock_not_believed: "nothing was ended: the clock is not believed. See bin/vssid clock",
};

/** `vssid lapse`: the sweep by hand. After an alarm about an unusual number, `--approve` lets it go on. */
export function register(program: Command, openHouse: () => Promise<House & { close(): Promise<void> }>): void {
  program
    .command("lapse")
    .description("Lapse the declarations that were not handed in within their ten days")
    .option("--approve", "also when their number is unusual")
    .action(async (options: { approve?: boolean }) => {
      const house = await openHouse();
      try {
        const { overdue = [], ...done } = await lapseDue(house, { isApproved: options.approve ?? false });
        console.log(JSON.stringify(done));
        if (!done.refused) return;
        for (const { lastDay, files } of overdue) console.log(`${lastDay}\t${files}`);
        console.log(WAYS_OUT[done.refused]);
      } finally {
        await house.close();
      }
    });
}
