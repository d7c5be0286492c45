import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { verifyAudit } from "./verify.ts";

/** `vssid audit verify`: exit 0 when the chain is whole, 1 when a row was removed, changed or reordered. */
export function register(program: Command, openHouse: () => Promise<House & { close(): Promise<void> }>): void {
  const audit = program.command("audit").description("The record of who looked at and changed what");
  audit
    .command("verify")
    .description("Walk the hash chain and name the first row that does not fit")
    .action(async () => {
      const house = await openHouse();
      try {
        const verdict = await verifyAudit(house.db, house.clock.now());
        console.log(JSON.stringify(verdict));
        if (!verdict.isWhole) process.exitCode = 1;
      } finally {
        await house.close();
      }
    });
}
