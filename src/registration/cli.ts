import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { lapseDue } from "./lapse-due.ts";

/** `vssid lapse`: the sweep by hand. After an alarm about an unusual number, `--approve` lets it go on. */
export function register(program: Command, openHouse: () => Promise<House & { close(): Promise<void> }>): void {
  program
    .command("lapse")
    .description("Lapse the declarations that were not handed in within their ten days")
    .option("--approve", "also when their number is unusual")
    .action(async (options: { approve?: boolean }) => {
      const house = await openHouse();
      try {
        console.log(JSON.stringify(await lapseDue(house, { isApproved: options.approve ?? false })));
      } finally {
        await house.close();
      }
    });
}
