import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { openHold, releaseHold } from "./hold.ts";
import { proveRetention } from "./prove.ts";
import { planRetention, runRetention } from "./run.ts";
import type { HoldReason } from "./store.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;

const REASONS: readonly HoldReason[] = ["investigation", "complaint", "lawsuit"];

/** `vssid retention`: what ends by its period. Exit 1 when the proof does not hold. */
export function register(program: Command, openHouse: OpenHouse): void {
  const retention = program
    .command("retention")
    .description("Delete what is past its period; a class without a period is never touched")
    .option("--plan", "say what a run would delete")
    .option("--run", "delete it, in small batches")
    .option("--prove", "count that nothing past its period is left, and that each deletion is on record")
    .action((asked: { plan?: true; run?: true; prove?: true }) =>
      withHouse(openHouse, async (house) => {
        if (asked.run) {
          const { deleted, refused } = await runRetention(house);
          console.log(JSON.stringify({ deleted }));
          for (const name of refused) console.log(`${name}: no period, nothing deleted (retention.${name}_days)`);
        }
        if (asked.prove) {
          const proved = await proveRetention(house);
          for (const one of proved) console.log(JSON.stringify(one));
          if (proved.some(({ isGood }) => !isGood)) process.exitCode = 1;
        }
        if (asked.plan || !(asked.run || asked.prove)) {
          for (const one of await planRetention(house)) console.log(JSON.stringify(one));
        }
      }),
    );
  retention
    .command("hold <code>")
    .description("Delete nothing of this file and its person from now on")
    .requiredOption("--reason <why>", REASONS.join(", "))
    .action((code: string, { reason }: { reason: string }) =>
      withHouse(openHouse, async (house) => {
        const known = REASONS.find((one) => one === reason);
        if (!known) throw new Error(`--reason is one of ${REASONS.join(", ")}`);
        const unreadable = await openHold(house, code, known);
        console.log(JSON.stringify({ held: code, unreadable }));
      }),
    );
  retention
    .command("release <code>")
    .description("End the hold of a file")
    .action((code: string) =>
      withHouse(openHouse, async (house) => {
        await releaseHold(house, code);
        console.log(JSON.stringify({ released: code }));
      }),
    );
}

async function withHouse(openHouse: OpenHouse, work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } finally {
    await house.close();
  }
}
