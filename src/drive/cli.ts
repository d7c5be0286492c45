import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { FileRefused } from "../intake/refusal.ts";
import { collectSources } from "../intake/sources.ts";
import { words as intakeWords } from "../intake/words.ts";
import { toCsv } from "../kernel/csv.ts";
import type { Lang } from "../kernel/words.ts";
import { importDriveUnits, type UnitImport } from "./import-units.ts";
import { faultWords } from "./words-faults.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;

interface CliOptions {
  json?: boolean;
  rejects?: string;
  lang: string;
}

const SOME_REJECTED = 2;
const COULD_NOT_RUN = 1;

/** `vssid drive units PATH…`: the units of the roll-out, from tables. Ends with 0: all taken, 2: some rejected, 1: could not run. */
export function register(program: Command, openHouse: OpenHouse): void {
  program
    .command("drive")
    .description("The roll-out: its units")
    .command("units")
    .description("Take units of the roll-out from CSV or Excel; the same file twice changes nothing")
    .argument("<path...>", "file, folder, or - for standard input")
    .option("--json", "one JSON line a file")
    .option("--rejects <file>", "write every rejected line to this CSV: place and reason, never values")
    .option("--lang <lang>", "language of the sentences: vi or en", "vi")
    .action(async (paths: string[], options: CliOptions) => {
      process.exitCode = await run(paths, options, openHouse);
    });
}

async function run(paths: string[], options: CliOptions, openHouse: OpenHouse): Promise<number> {
  const lang: Lang = options.lang === "en" ? "en" : "vi";
  const speak = intakeWords(lang);
  const found = await collectSources(paths, [".csv", ".xlsx"]);
  try {
    if (found.sources.length === 0) throw new Error(speak.cli.noFiles);
    const house = await openHouse();
    try {
      const results: { name: string; result: UnitImport }[] = [];
      for (const source of found.sources) {
        const result = await importDriveUnits(house, source);
        results.push({ name: source.name, result });
        tell(source.name, result, lang, options.json ?? false);
      }
      if (options.rejects) await writeRejects(options.rejects, results, lang);
      return results.some(({ result }) => result.rejects.length > 0) ? SOME_REJECTED : 0;
    } finally {
      await house.close();
    }
  } catch (error) {
    const reason = error instanceof FileRefused ? speak.refusals[error.code] : (error as Error).message;
    console.error(speak.cli.couldNotRun(reason));
    return COULD_NOT_RUN;
  } finally {
    await found.dispose();
  }
}

function tell(name: string, { taken, unchanged, rejects }: UnitImport, lang: Lang, isJson: boolean): void {
  if (isJson) {
    console.log(JSON.stringify({ name, taken, unchanged, rejected: rejects.length, rejects }));
    return;
  }
  console.log(`${name}: ${intakeWords(lang).cli.summary(taken, unchanged, rejects.length, 0)}`);
  for (const { line, field, key } of rejects) console.log(`  ${line} ${field}: ${sentenceOf(key, lang)}`);
}

function sentenceOf(key: string, lang: Lang): string {
  const said: Record<string, string> = faultWords(lang);
  return said[key] ?? key;
}

async function writeRejects(
  path: string,
  results: readonly { name: string; result: UnitImport }[],
  lang: Lang,
): Promise<void> {
  const rows = results.flatMap(({ name, result }) =>
    result.rejects.map(({ line, field, key }) => [name, String(line), field, key, sentenceOf(key, lang)]),
  );
  const file = createWriteStream(path, { mode: 0o600 });
  file.end(toCsv([["file", "line", "field", "code", "reason"], ...rows]));
  await finished(file);
}
