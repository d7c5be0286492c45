import type { Command } from "commander";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { goOn, lookAtTime } from "./trust.ts";

/** `vssid clock`: is it believed? `--go-on`: it is right, and what waits for it may end. Exit 1 while it is not believed. */
export function register(program: Command, openHouse: () => Promise<House & { close(): Promise<void> }>): void {
  program
    .command("clock")
    .description("Whether the clock is believed; nothing lapses, ends or is deleted while it is not")
    .option("--go-on", "the clock is right: go on")
    .action(async (options: { goOn?: boolean }) => {
      const house = await openHouse();
      try {
        const before = await lookAtTime(house);
        const { distrust, times, lastSeenAt } = options.goOn ? await goOn(house) : before;
        if (options.goOn && before.distrust) {
          const detail = { was: before.distrust, lastSeen: before.lastSeenAt?.toISOString() ?? "" };
          const at = house.clock.now();
          await inTransaction(house.db, (tx) =>
            record(tx, { at, actor: { kind: "operator" }, action: "clock.go_on", purpose: "operation", detail }),
          );
        }
        const { own, database } = times;
        console.log(JSON.stringify({ believed: !distrust, why: distrust, own, database, lastSeen: lastSeenAt }));
        if (distrust) process.exitCode = 1;
      } finally {
        await house.close();
      }
    });
}
