import { resolve } from "node:path";
import type { Command } from "commander";
import type pg from "pg";
import { type Connection, ownerOf } from "../db/connection.ts";
import type { House } from "../db/house.ts";
import { withClient } from "../db/one-client.ts";
import { forgetStandby, makeStandby, promoteStandby, standbyState } from "./standby.ts";

type Opened = House & { owner: Connection | undefined; close(): Promise<void> };

/** `vssid standby …`: the second server that takes over (docs/guides/scale-out.md). */
export function register(program: Command, openHouse: () => Promise<Opened>): void {
  const standby = program.command("standby").description("The second server, which has every change and takes over");
  standby
    .command("state", { isDefault: true })
    .description("Who is there, and whether an answered change is in two places; exit 1 when one is required and away")
    .action(() =>
      asOwner(openHouse, async (client) => {
        const state = await standbyState(client);
        print(state);
        if (state.required && !state.isSafe) process.exitCode = 1;
      }),
    );
  standby
    .command("make")
    .description("A copy of the server in a new folder, which follows it once PostgreSQL is started there")
    .requiredOption("--into <dir>", "new data folder of the second")
    .requiredOption("--name <name>", "what the first calls it, for synchronous_standby_names")
    .option("--reach <words>", 'how the second reaches the first: "host=10.0.0.1 user=vssid sslmode=verify-full"')
    .action(({ into, name, reach }: { into: string; name: string; reach?: string }) =>
      within(openHouse, async (house) => {
        await makeStandby({ connection: ownerOf(house), into: resolve(into), name, reach });
        print({ standby: name, into: resolve(into) });
      }),
    );
  standby
    .command("promote")
    .description("The second becomes the first. Before: nobody reaches the old one. After: DATABASE_URL leads here")
    .requiredOption("--server <url>", "address of the second, as one who may promote it")
    .action(async ({ server }: { server: string }) => print(await promoteStandby({ connectionString: server })));
  standby
    .command("forget <name>")
    .description("The first keeps no log any longer for a second that does not come back")
    .action((name: string) =>
      asOwner(openHouse, async (client) => {
        if (!(await forgetStandby(client, name))) throw new Error(`nothing is kept for "${name}", or it is there`);
        print({ forgotten: name });
      }),
    );
}

async function within(openHouse: () => Promise<Opened>, work: (house: Opened) => Promise<void>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } finally {
    await house.close();
  }
}

/** The role of the product sees nothing of other connections. */
function asOwner(openHouse: () => Promise<Opened>, work: (client: pg.Client) => Promise<void>): Promise<void> {
  return within(openHouse, async (house) => {
    return withClient(ownerOf(house), async (client) => {
      await work(client);
    });
  });
}

function print(line: object): void {
  console.log(JSON.stringify(line));
}
