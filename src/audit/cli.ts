import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { noteBeat } from "../notices/store-beat.ts";
import { checkedCheckpoints, takeCheckpoint, witnessKeys } from "./checkpoint.ts";
import { sealAudit } from "./seal.ts";
import { verifyAudit } from "./verify.ts";

/** Chunks that the database makes at a time; a house for commands has eight connections. */
const lanes = Math.min(availableParallelism(), 6);

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;

/**
 * `vssid audit verify`: exit 0 when the chain is whole, 1 when a row was removed, changed or reordered, 2 when all fits
 * and events wait to be chained: so it is where a worker was stopped, and nobody has chained its last seconds.
 */
export function register(program: Command, openHouse: OpenHouse): void {
  const audit = program.command("audit").description("The record of who looked at and changed what");
  audit
    .command("verify")
    .description("Walk the hash chain and name the first row that does not fit")
    .option("--witness <file>", "checkpoints that were kept elsewhere: finds a chain that was made anew, or cut off")
    .option(
      "--key <base64...>",
      "the keys that signed them, as `audit key` printed each when the witness began with it",
    )
    .action(async ({ witness, key }: { witness?: string; key?: string[] }) => {
      const text = witness === undefined ? undefined : readFileSync(witness, "utf8");
      await within(openHouse, async (house) => {
        const kept = text === undefined ? undefined : checkedCheckpoints(text, key?.length ? key : witnessKeys(house));
        if (kept && kept.good.length + kept.forged.length === 0) throw new Error(`${witness} holds no checkpoint`);
        const verdict = await verifyAudit(house.db, house.clock.now(), kept, { lanes });
        console.log(JSON.stringify(verdict));
        // For the watch; a copy that takes no writes is walked along all the same. What a witness alone can see is over when
        // a walk with a witness says so.
        const part = `${kept ? "witness" : "chain"}_${verdict.fault ? "broken" : "whole"}` as const;
        await noteBeat(house.db, part, house.clock.now()).catch(() => undefined);
        if (!verdict.isWhole) process.exitCode = verdict.fault ? 1 : 2;
      });
    });
  audit
    .command("checkpoint")
    .description("One signed line: how far the chain is. To be kept where whoever runs the database has no hand")
    .option("--every <seconds>", "again and again, until it is ended", (text) => Number(text))
    .action(({ every }: { every?: number }) => within(openHouse, (house) => tellCheckpoints(house, every)));
  audit
    .command("key")
    .description("The public key of checkpoints, for the witness to keep")
    .action(() => within(openHouse, async (house) => console.log(witnessKeys(house)[0])));
}

async function tellCheckpoints(house: House, everySeconds: number | undefined): Promise<void> {
  if (everySeconds !== undefined && !(everySeconds >= 1)) throw new Error("--every takes seconds, at least 1");
  for (let before = ""; ; ) {
    await sealAudit(house);
    const one = await takeCheckpoint(house);
    if (one && one.head !== before) console.log(JSON.stringify(one));
    if (everySeconds === undefined) return;
    before = one?.head ?? before;
    await wait(everySeconds * 1000);
  }
}

async function within(openHouse: OpenHouse, work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } finally {
    await house.close();
  }
}
