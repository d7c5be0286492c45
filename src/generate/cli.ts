/** `vssid generate`: made-up people with their records and claim files, for load and demos. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { GENERATED_UNTIL, generateFiles } from "./files.ts";

interface CliOptions {
  persons: number;
  seed: number;
  out: string;
  until: string;
}

export function register(program: Command): void {
  program
    .command("generate")
    .description("Make up people with cards, participation, benefits and claim files; the same seed, the same bytes")
    .requiredOption("--persons <n>", "how many people", wholeNumber)
    .requiredOption("--seed <s>", "a whole number", wholeNumber)
    .requiredOption("--out <folder>", "where the files go; import them folder by folder")
    .option("--until <day>", "nothing lies after this day", isoDay, GENERATED_UNTIL)
    .action(async ({ persons, seed, out, until }: CliOptions) => {
      let count = 0;
      for (const file of generateFiles({ persons, seed, until })) {
        const path = join(out, file.name);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, file.bytes);
        count += 1;
      }
      console.log(`${count} files in ${out}`);
    });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("a whole number is needed");
  return value;
}

function isoDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new InvalidArgumentError("a day as 2026-10-31 is needed");
  }
  return text;
}
