import type { Command } from "commander";
import type { NewMember } from "../account/staff.ts";
import type { House } from "../db/house.ts";
import { demoDigits } from "./demo-digits.ts";
import { introduceMadeUp } from "./made-up-staff.ts";

/** `vssid demo …`: what a look at the demo needs and no telephone shows. */
export function register(program: Command, openHouse: () => Promise<House & { close(): Promise<void> }>): void {
  const demo = program.command("demo").description("Made-up people of the demo; refused in production");
  demo
    .command("hire")
    .description("A made-up member of staff with an authenticator, shown on /dev/authenticators; prints the password")
    .requiredOption("--username <name>", "3 to 32 small letters, digits, dots and dashes")
    .requiredOption("--name <full name>", "name as colleagues and records show it")
    .requiredOption("--role <role>", "as of `user add`")
    .option("--office <code>", "BHXH office")
    .option("--unit <code>", "unit of the roll-out")
    .action((member: NewMember) =>
      within(openHouse, async (house) => JSON.stringify(await introduceMadeUp(house, member))),
    );
  demo
    .command("digits")
    .description("The six digits that this made-up person's authenticator shows now; each opens once")
    .argument("<number>", "the number they sign in with")
    .action((login: string) => within(openHouse, (house) => demoDigits(house, login)));
}

async function within(
  openHouse: () => Promise<House & { close(): Promise<void> }>,
  work: (house: House) => Promise<string>,
): Promise<void> {
  const house = await openHouse();
  try {
    console.log(await work(house));
  } finally {
    await house.close();
  }
}
