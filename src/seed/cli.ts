import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { demoDigits } from "./demo-digits.ts";

/** `vssid demo …`: what a look at the demo needs and no telephone shows. */
export function register(program: Command, openHouse: () => Promise<House & { close(): Promise<void> }>): void {
  const demo = program.command("demo").description("Made-up people of the demo; refused in production");
  demo
    .command("digits")
    .description("The six digits that this made-up person's authenticator shows now; each opens once")
    .argument("<number>", "the number they sign in with")
    .action(async (login: string) => {
      const house = await openHouse();
      try {
        console.log(await demoDigits(house, login));
      } finally {
        await house.close();
      }
    });
}
