import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { plainDate, startOf } from "../kernel/calendar.ts";
import { Invalid } from "../kernel/failures.ts";
import { flagsSince } from "./store.ts";
import { nameOwnRecord, unwatchPerson, watchPerson } from "./watch.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;
const AT_MOST = 10_000;

/** `vssid looks …`: flags of unusual looking, without any name; and what they are raised by. */
export function register(program: Command, openHouse: OpenHouse): void {
  const looks = program.command("looks").description("Unusual looks of staff at persons");
  const run = (work: (house: House) => Promise<void>) => within(openHouse, work);
  looks
    .command("list", { isDefault: true })
    .description("Flags since a day, one a line: number, kind, member (id), office, last look, times, verdict")
    .requiredOption("--since <day>", "first day (yyyy-mm-dd)")
    .action((options: { since: string }) => run((house) => printFlags(house, options.since)));
  looks
    .command("watch")
    .description("Tell every look at this person")
    .requiredOption("--number <number>", "insurance number or citizen ID")
    .requiredOption("--kind <kind>", "protected: known to many or in danger; canary: a decoy, nobody's")
    .requiredOption("--why <why>", "whose decision or which document; no name, no illness")
    .requiredOption("--by <who>", "who adds it")
    .action((options: { number: string; kind: string; why: string; by: string }) =>
      run(async (house) => console.log(JSON.stringify(await watchPerson(house, options)))),
    );
  looks
    .command("unwatch")
    .description("No longer tell looks at this person")
    .requiredOption("--number <number>", "insurance number or citizen ID")
    .action((options: { number: string }) =>
      run(async (house) => console.log(JSON.stringify(await unwatchPerson(house, options.number)))),
    );
  looks
    .command("own-record")
    .description("Which record is a member of staff's own: for looks at oneself, colleagues and neighbours")
    .requiredOption("--username <name>", "who")
    .requiredOption("--number <number>", "insurance number or citizen ID")
    .action((options: { username: string; number: string }) =>
      run(async (house) => console.log(JSON.stringify(await nameOwnRecord(house, options.username, options.number)))),
    );
}

async function printFlags(house: House, since: string): Promise<void> {
  const flags = await flagsSince(house.db, "all", startOf(plainDate(since)), AT_MOST);
  console.log(`${flags.length} flags since ${since}`);
  for (const flag of flags) {
    const what = [flag.id, flag.kind, `staff ${flag.staffId}`, flag.officeCode ?? "-", flag.lastAt.toISOString()];
    console.log([...what, `${flag.times}x`, flag.verdict ?? "open"].join("\t"));
  }
}

async function within(openHouse: OpenHouse, work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Error(error.faults.map(({ key }) => faultTexts[key] ?? key).join("; "));
  } finally {
    await house.close();
  }
}

const faultTexts: Record<string, string> = {
  watch_kind: "--kind must be protected or canary",
  why_missing: "--why is empty",
};
