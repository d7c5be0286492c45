import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { parseMoment } from "../backup/rules.ts";
import type { House } from "../db/house.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "../kernel/failures.ts";
import { findAffected, type Search } from "./find.ts";
import { getBreach, noteNotified, openBreach } from "./open.ts";
import { writePack } from "./pack.ts";
import { runningClocks, type Subject } from "./rules.ts";
import { KINDS } from "./rules-kinds.ts";
import { listBreaches } from "./store.ts";
import { approveTelling, queueTelling } from "./tell.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;

interface SearchOptions {
  from: string;
  to: string;
  staff?: string[];
  account?: string[];
  address?: string[];
  action?: string[];
  table?: string[];
  persons?: string;
}

interface OpenOptions extends SearchOptions {
  detected: string;
  serious?: true;
  what: string;
  cause?: string;
  measures?: string;
  contact: string;
  by: string;
  out: string;
}

/** `vssid breach …`: whom a breach of data touched, both forms, the clocks, the notices. No name is ever printed. */
export function register(program: Command, openHouse: OpenHouse): void {
  const breach = program.command("breach").description("A breach of personal data: who was affected, forms, clocks");
  const run = (work: (house: House) => Promise<void>) => within(openHouse, work);
  searchOptions(breach.command("find").description("Count whom a search finds; nothing is kept")).action(
    (options: SearchOptions) =>
      run(async (house) => printFound((await findAffected(house, searchOf(options))).subjects)),
  );
  searchOptions(breach.command("open").description("Keep whom the search finds, start the clocks, write the papers"))
    .requiredOption("--detected <moment>", "when it was detected: the clocks run from here")
    .option("--serious", "serious by NĐ 331/2026: 24 hours")
    .requiredOption("--what <sentence>", "what happened; no name, no illness")
    .option("--cause <sentence>", "why, as far as it is known")
    .option("--measures <sentence>", "what was done and will be")
    .requiredOption("--contact <who>", "who answers for it: name and telephone of an office")
    .requiredOption("--by <name>", "user name: operator, supervisor or leader")
    .requiredOption("--out <folder>", "where the papers go, readable by you alone")
    .action((options: OpenOptions) => run((house) => open(house, options)));
  breach
    .command("pack <code>")
    .description("Write forms, letter and list again")
    .requiredOption("--out <folder>", "where they go")
    .action((code: string, { out }: { out: string }) => run((house) => pack(house, code, out)));
  breach
    .command("list", { isDefault: true })
    .description("Breaches with the clocks that run")
    .action(() => run(printList));
  breach
    .command("notified <code>")
    .description("An authority has taken the notice")
    .requiredOption("--to <whom>", "authority (personal data) or cyber")
    .requiredOption("--reference <number>", "under which number")
    .requiredOption("--by <name>", "user name")
    .action((code: string, { to, reference, by }: { to: string; reference: string; by: string }) =>
      run(async (house) => {
        if (to !== "authority" && to !== "cyber") throw new Invalid([{ field: "to", key: "to_unknown" }]);
        await noteNotified(house, { code, to, reference, by });
        console.log(JSON.stringify({ notified: code, to }));
      }),
    );
  breach
    .command("approve <code>")
    .description("A second person lets the persons be told")
    .requiredOption("--by <name>", "user name, not of who opened it")
    .action((code: string, { by }: { by: string }) =>
      run(async (house) => {
        await approveTelling(house, { code, by });
        console.log(JSON.stringify({ approved: code }));
      }),
    );
  breach
    .command("tell <code>")
    .description("Queue the notices to the persons; each once, however often this is run")
    .action((code: string) => run(async (house) => console.log(JSON.stringify(await queueTelling(house, code)))));
}

function searchOptions(command: Command): Command {
  return command
    .requiredOption("--from <moment>", 'first moment, as "2026-11-20 08:00"')
    .requiredOption("--to <moment>", "first moment after it")
    .option("--staff <name...>", "looks of these members of staff")
    .option("--account <number...>", "what was read from the accounts of these persons")
    .option("--address <path...>", "what was shown at these addresses, as /console/persons")
    .option("--action <name...>", "deeds that begin so, as they stand in the record of looks")
    .option("--table <name...>", "everybody of whom a row stands in this table")
    .option("--persons <file>", "also these persons: a number a line");
}

function searchOf({ from, to, staff, account, address, action, table, persons }: SearchOptions): Search {
  const numbers = persons ? readFileSync(persons, "utf8").split(/\r?\n/) : [];
  return {
    from: momentOf(from, "from"),
    to: momentOf(to, "to"),
    ...{ staff, accounts: account, addresses: address, actions: action, tables: table },
    persons: numbers.map((line) => line.trim()).filter(Boolean),
  };
}

function momentOf(text: string, field: string): Date {
  const moment = parseMoment(text);
  if (!moment) throw new Invalid([{ field, key: "moment_unreadable" }]);
  return moment;
}

async function open(house: House, options: OpenOptions): Promise<void> {
  const { serious = false, cause = "", measures = "", what, contact, by } = options;
  const detectedAt = momentOf(options.detected, "detected");
  const asked = { ...searchOf(options), detectedAt, isSerious: serious, what, cause, measures, contact, by };
  // Before anything is kept: whoever is told of a folder alone opens the same breach a second time.
  makeFolder(options.out);
  const { code } = await openBreach(house, asked);
  await pack(house, code, options.out).catch((error: Error) => {
    const next = `bin/vssid breach pack ${code} --out another folder`;
    throw new Error(`${code} is open and its clocks run; its papers are not written (${error.message}): ${next}`);
  });
}

function makeFolder(out: string): void {
  mkdirSync(out, { recursive: true, mode: 0o700 });
  accessSync(out, constants.W_OK);
}

async function pack(house: House, code: string, out: string): Promise<void> {
  const breach = await getBreach(house, code);
  makeFolder(out);
  const { papers, persons, files } = await writePack(house, breach);
  for (const [name, text] of Object.entries(papers)) writeFileSync(join(out, name), text, { mode: 0o600 });
  console.log(JSON.stringify({ code, persons, files, papers: Object.keys(papers) }));
}

function printFound(subjects: readonly Subject[]): void {
  const persons = subjects.filter(({ personId }) => personId !== "0").length;
  const kinds = KINDS.map((kind) => [kind, subjects.filter((one) => one.kinds.includes(kind)).length] as const);
  const shown = Object.fromEntries(kinds.filter(([, count]) => count > 0));
  console.log(JSON.stringify({ persons, files: subjects.length - persons, kinds: shown }));
}

async function printList(house: House): Promise<void> {
  const breaches = await listBreaches(house.db);
  console.log(`${breaches.length} breaches`);
  for (const breach of breaches) {
    const clocks = runningClocks(breach, house.clock.now()).map(
      ({ clock, by, hoursLeft }) => `${clock} by ${formatInstant(by)} (${hoursLeft} h)`,
    );
    console.log([breach.code, formatInstant(breach.detectedAt), clocks.join("; ") || "all told"].join("\t"));
  }
}

async function within(openHouse: OpenHouse, work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } catch (error) {
    throw sentenceOf(error);
  } finally {
    await house.close();
  }
}

function sentenceOf(error: unknown): unknown {
  const said = (keys: readonly string[]) => new Error(keys.map((key) => faultTexts[key] ?? key).join("; "));
  if (error instanceof Invalid) return said(error.faults.map(({ key }) => key));
  if (error instanceof Conflict || error instanceof Forbidden) return said([error.code]);
  if (error instanceof NotFound) return said([`no_${error.what}`]);
  return error;
}

const faultTexts: Record<string, string> = {
  window_empty: "--from must lie before --to",
  moment_unreadable: 'a moment is written "2026-11-20 08:00" (Viet Nam) or 2026-11-20T01:00:00Z',
  table_unknown: "--table: no table of persons is called so",
  address_unknown: "--address: nothing is known of what is shown there; search by --action",
  search_empty: "say what to look for: --staff, --account, --address, --action, --table or --persons",
  what_missing: "--what must say in a sentence what happened",
  contact_missing: "--contact is empty",
  detected_ahead: "--detected lies ahead of now",
  reference_missing: "--reference is empty",
  to_unknown: "--to is authority or cyber",
  breach_of_nobody: "the search finds nobody: nothing was kept",
  breach_notified: "this was written down already",
  breach_two_persons: "who opened the breach cannot approve the notices",
  breach_approved: "the notices are approved already",
  breach_not_approved: "a second person must approve first: bin/vssid breach approve",
  not_a_operator: "--by must be an operator, a supervisor or a leader",
  no_staff: "no member of staff at work is called so",
  no_person: "nobody has one of these numbers",
  no_breach: "there is no breach of this code",
};
