/** `vssid import KIND PATH…`: files, folders or standard input into the register, each with its result. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import type { House } from "../db/house.ts";
import type { Lang } from "../kernel/words.ts";
import { importClaimFiles } from "./import-claims.ts";
import { importDocuments } from "./import-documents.ts";
import type { ImportOptions, ImportResult } from "./import-file.ts";
import { importPersons } from "./import-persons.ts";
import { importBenefits, importCards, importFacilities, importParticipation, importUnits } from "./import-rows.ts";
import { REJECTS_HEAD, reasonOf, rejectLine } from "./rejects-csv.ts";
import { collectSources, type SizedSource, type Sources } from "./sources.ts";
import { words } from "./words.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;
type ImportOne = (house: House, source: SizedSource, options: ImportOptions) => Promise<ImportResult>;

interface CliOptions {
  json?: boolean;
  rejects?: string;
  lang: Lang;
}

const descriptions = {
  claims: "Claim files (GIAMDINHHS XML) into visits",
  documents: "Benefit documents (HSCHUNGTU XML)",
  participation: "Months of participation (CSV)",
  persons: "Persons and their numbers (CSV)",
  cards: "Health-insurance cards (CSV)",
  benefits: "Benefits received (CSV)",
  facilities: "Care facilities (CSV)",
  units: "Units that take part: employers, schools, communes (CSV)",
} as const;
type Kind = keyof typeof descriptions;

const oneByOne: Record<Exclude<Kind, "claims">, ImportOne> = {
  documents: importDocuments,
  participation: importParticipation,
  persons: importPersons,
  cards: importCards,
  benefits: importBenefits,
  facilities: importFacilities,
  units: importUnits,
};

const SOME_REJECTED = 2;
const COULD_NOT_RUN = 1;
/** Rejects that are told on the screen; all of them stand in the file of --rejects and in the database. */
const REJECTS_TOLD = 20;

export function register(program: Command, openHouse: OpenHouse): void {
  const group = program
    .command("import")
    .description("Take files into the register; the same file twice changes nothing");
  for (const [kind, description] of Object.entries(descriptions) as [Kind, string][]) {
    group
      .command(kind)
      .description(description)
      .argument("<path...>", "file, folder, or - for standard input")
      .option("--json", "one JSON line a file, no progress bar")
      .option("--rejects <file>", "write every rejected record to this CSV: place and reason, never values")
      .option("--lang <lang>", "language of the sentences: vi or en", "vi")
      .action(async (paths: string[], options: CliOptions) => {
        process.exitCode = await runImport(kind, paths, options, openHouse);
      });
  }
}

/** 0: all taken. 2: some rejected. 1: could not run. */
async function runImport(kind: Kind, paths: string[], options: CliOptions, openHouse: OpenHouse): Promise<number> {
  const speak = words(options.lang === "en" ? "en" : "vi");
  let found: Sources | undefined;
  try {
    found = await collectSources(paths, kind === "claims" || kind === "documents" ? ".xml" : ".csv");
    const { sources } = found;
    if (sources.length === 0) throw new Error(speak.cli.noFiles);
    const house = await openHouse();
    try {
      const results = await withRejects(options, (reject) => importAll(kind, house, sources, options, reject));
      return results.some((result) => result.rejected > 0) ? SOME_REJECTED : 0;
    } finally {
      await house.close();
    }
  } catch (error) {
    console.error(speak.cli.couldNotRun((error as Error).message));
    return COULD_NOT_RUN;
  } finally {
    await found?.dispose();
  }
}

async function importAll(
  kind: Kind,
  house: House,
  sources: readonly SizedSource[],
  options: CliOptions,
  onReject: NonNullable<ImportOptions["onReject"]>,
): Promise<ImportResult[]> {
  const progress = startProgress(sources, options);
  const heard: ImportOptions = { onReject, onProgress: progress.step };
  const onResult = (result: ImportResult) => progress.tell(() => tell(result, options));
  try {
    if (kind === "claims") return await importClaimFiles(house, sources, { ...heard, onResult });
    const results: ImportResult[] = [];
    for (const source of sources) {
      const result = await oneByOne[kind](house, source, heard);
      results.push(result);
      onResult(result);
    }
    return results;
  } finally {
    progress.stop();
  }
}

/** A bar of bytes on a terminal; nothing in a pipe or with --json. */
function startProgress(sources: readonly SizedSource[], options: CliOptions) {
  if (options.json || !process.stderr.isTTY)
    return { step: () => {}, tell: (say: () => void) => say(), stop: () => {} };
  const read = new Map<string, number>();
  const bar = new SingleBar({ format: "{bar} {percentage}% {file}", stream: process.stderr, hideCursor: true });
  bar.start(
    sources.reduce((sum, source) => sum + source.size, 0),
    0,
    { file: "" },
  );
  return {
    step(bytes: number, file: string) {
      read.set(file, bytes);
      bar.update(
        [...read.values()].reduce((sum, part) => sum + part, 0),
        { file },
      );
    },
    tell(say: () => void) {
      process.stderr.write("\r\x1b[K");
      say();
    },
    stop: () => bar.stop(),
  };
}

function tell(result: ImportResult, options: CliOptions): void {
  if (options.json) {
    const { rejects, ...counts } = result;
    console.log(JSON.stringify({ ...counts, rejects: rejects.slice(0, REJECTS_TOLD) }));
    return;
  }
  const speak = words(options.lang === "en" ? "en" : "vi");
  const { taken, unchanged, rejected, flagged, refusal, declaredCount } = result;
  console.log(`${result.name}: ${speak.cli.summary(taken, unchanged, rejected, flagged)}`);
  if (result.isKnown) console.log(`  ${speak.cli.known}`);
  if (refusal) console.log(`  ${speak.cli.refused(speak.refusals[refusal.code])}`);
  if (refusal && refusal.readable > 0) console.log(`  ${speak.cli.readable(refusal.readable)}`);
  if (declaredCount !== undefined) console.log(`  ${speak.cli.declared(declaredCount, taken + unchanged + rejected)}`);
  for (const reject of refusal ? [] : result.rejects.slice(0, REJECTS_TOLD)) {
    console.log(`  ${reject.record} ${reject.field}: ${reasonOf(reject.code, options.lang === "en" ? "en" : "vi")}`);
  }
}

/** Runs `work` with a listener that writes every reject to the file of --rejects. */
async function withRejects<T>(
  { rejects: path, lang }: CliOptions,
  work: (onReject: NonNullable<ImportOptions["onReject"]>) => Promise<T>,
): Promise<T> {
  if (!path) return work(() => {});
  const file = createWriteStream(path, { mode: 0o600 });
  await once(file, "open");
  file.write(REJECTS_HEAD);
  try {
    return await work((reject, name) => {
      file.write(rejectLine({ ...reject, file: name }, lang === "en" ? "en" : "vi"));
    });
  } finally {
    file.end();
    await finished(file);
  }
}
