import type { Command } from "commander";
import { backup } from "./backup.ts";
import type { Connection } from "./connection.ts";
import type { House } from "./house.ts";
import { restore } from "./restore.ts";

type OpenHouse = () => Promise<House & { connection: Connection; close(): Promise<void> }>;

/** `vssid backup`, `vssid restore`: everything but the secret, in one file. */
export function register(program: Command, openHouse: OpenHouse): void {
  program
    .command("backup")
    .description("Write all data into one compressed file, while the system runs; the secret is not in it")
    .requiredOption("--out <file>", "file to write; it holds health data, so keep it where only few can read")
    .action(async ({ out }: { out: string }) => {
      await withHouse(openHouse, async (house) => {
        const written = await backup(house.connection, out, { at: house.clock.now(), keyId: house.vault.keyId });
        console.log(JSON.stringify({ file: out, secret: house.vault.keyId, ...written }));
      });
    });
  program
    .command("restore <file>")
    .description("Put a backup into an empty database; all of it, or nothing")
    .action(async (file: string) => {
      await withHouse(openHouse, async (house) => {
        console.log(JSON.stringify({ file, ...(await restore(house.connection, file, house.vault.keyId)) }));
      });
    });
}

type Opened = Awaited<ReturnType<OpenHouse>>;

async function withHouse(openHouse: OpenHouse, work: (house: Opened) => Promise<void>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } finally {
    await house.close();
  }
}
