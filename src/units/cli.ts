import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { registerLists } from "./cli-lists.ts";
import { communesOf, findOffices, provinces } from "./store.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;

/** `vssid unit list`, `vssid office list`: what is in force on a day. */
export function register(program: Command, openHouse: OpenHouse): void {
  registerLists(program, openHouse);
  const unit = program.command("unit").description("Administrative units by date");
  unit
    .command("list")
    .description("Provinces, or the communes of one")
    .option("--province <code>", "communes of this province")
    .option("--on <day>", "as of this day (yyyy-mm-dd); today when absent")
    .action(async (options: { province?: string; on?: string }) => {
      await print(
        openHouse,
        (house, on) => (options.province ? communesOf(house.db, options.province, on) : provinces(house.db, on)),
        options.on,
      );
    });
  const office = program.command("office").description("BHXH offices by date");
  office
    .command("list")
    .description("Offices, those near a commune first")
    .option("--commune <code>", "near this commune")
    .option("--province <code>", "of this province first")
    .option("--on <day>", "as of this day (yyyy-mm-dd); today when absent")
    .action(async (options: { commune?: string; province?: string; on?: string }) => {
      const where = { communeCode: options.commune, provinceCode: options.province };
      await print(openHouse, (house, on) => findOffices(house.db, { ...where, on }), options.on);
    });
}

async function print(
  openHouse: OpenHouse,
  list: (house: House, on: string) => Promise<readonly { code: string; name: string }[]>,
  asked: string | undefined,
): Promise<void> {
  const house = await openHouse();
  try {
    const on = asked ?? dayOf(house.clock.now()).toString();
    for (const { code, name } of await list(house, on)) console.log(`${code}\t${name}`);
  } finally {
    await house.close();
  }
}
