import type { Command } from "commander";
import { type Connection, ownerOf } from "../db/connection.ts";
import { grantLogin } from "../db/grant-login.ts";
import type { House } from "../db/house.ts";
import { prepareQueue } from "../db/queue.ts";
import { certificateAt, standingAt } from "../db/standing.ts";
import { kindOfWall } from "../db/wall.ts";

type Opened = House & { connection: Connection; owner: Connection | undefined; close(): Promise<void> };
type OpenHouse = () => Promise<Opened>;

/**
 * `vssid database`: who serves, and may it more than it needs (exit 1: it may). `migrate` and `grant` take the owner's
 * address: with it, opening the house has brought the schema up and admitted the login of DATABASE_URL already.
 */
export function register(program: Command, openHouse: OpenHouse): void {
  const database = program
    .command("database")
    .description("As whom the processes serve, and whether that login may more than serving takes")
    .action(() =>
      within(openHouse, async ({ connection, pool }) => {
        const { login, powers, lacks } = await standingAt(connection);
        print({ login, powers, lacks, wall: await kindOfWall(pool), certificate: await certificateAt(connection) });
        if (powers.length > 0) process.exitCode = 1;
      }),
    );
  database
    .command("migrate")
    .description("As the owner: the schema and the job queue of this program, and what the login that serves needs")
    .action(() =>
      within(openHouse, async (house) => {
        await prepareQueue(ownerOf(house));
        const { login, powers } = await standingAt(house.connection);
        print({ migrated: true, login, powers });
      }),
    );
  database
    .command("grant")
    .description("As the owner: a login may serve and nothing else; it is made where there is none, without a password")
    .requiredOption("--login <name>", "for example vssid_server")
    .action(({ login }: { login: string }) =>
      within(openHouse, async (house) => {
        await prepareQueue(ownerOf(house));
        print({ login, did: await grantLogin(ownerOf(house), { name: login }) });
      }),
    );
}

async function within(openHouse: OpenHouse, work: (house: Opened) => Promise<void>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } finally {
    await house.close();
  }
}

function print(line: object): void {
  console.log(JSON.stringify(line));
}
