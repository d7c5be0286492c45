/** `vssid import KIND PATH…`: files, folders or standard input into the register, each with its result. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Command } from "commander";
import { getStaffNamed } from "../account/staff-by-name.ts";
import type { House } from "../db/house.ts";
import { Forbidden, NotFound } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { importClaimFiles } from "./import-claims.ts";
import { importDocuments } from "./import-documents.ts";
import { type ImportOptions, type ImportResult, WHOLE_FILE } from "./import-file.ts";
import { importMerges } from "./import-merges.ts";
import { importPersons } from "./import-persons.ts";
import {
  importBenefits, importCards, importFacilities, importOffices, importParticipation, importUnits,
} from "./import-rows.ts"; // biome-ignore format: a list
import { startProgress } from "./progress.ts";
import { FileRefused } from "./refusal.ts";
import { REJECTS_HEAD, reasonOf, rejectLine } from "./rejects-csv.ts";
import { rerunRejects } from "./rerun-rejects.ts";
import { rowKinds } from "./row-kinds.ts";
import { collectSources, type SizedSource, type Sources } from "./sources.ts";
import { tableKindOf } from "./table-kinds.ts";
import { isWorthThread, threadedTables } from "./table-readers.ts";
import { watchFolder } from "./watch-folder.ts";
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
  participation: "Months of participation (CSV or Excel)",
  persons: "Persons and their numbers (CSV or Excel)",
  cards: "Health-insurance cards (CSV or Excel)",
  benefits: "Benefits received (CSV or Excel)",
  facilities: "Care facilities (CSV or Excel)",
  units: "Units that take part: employers, schools, communes (CSV or Excel)",
  offices: "BHXH offices, where people hand in and staff work (CSV or Excel)",
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
  offices: importOffices,
};

/** Of a folder. The last three are refused, each with what to do: passed over, nobody would know. */
const TABLE_FILES = [".csv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"];
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
      .option("--json", "one JSON line a file")
      .option("--rejects <file>", "write every rejected record to this CSV: place and reason, never values")
      .option("--lang <lang>", "language of the sentences: vi or en", "vi")
      .action(async (paths: string[], options: CliOptions) => {
        process.exitCode = await runImport(kind, paths, options, openHouse);
      });
  }
  registerWatch(group, openHouse);
  registerAgain(group, openHouse);
  registerMerges(group, openHouse);
}

function registerWatch(group: Command, openHouse: OpenHouse): void {
  group
    .command("watch")
    .description("Watch a folder: claims and benefit documents are taken as they come, and moved to done or refused")
    .argument("<folder>", "the folder")
    .option("--seconds <number>", "between two looks, and for which a file must not have changed", "5")
    .option("--json", "one JSON line a file")
    .option("--lang <lang>", "language of the sentences: vi or en", "vi")
    .action(async (folder: string, options: CliOptions & { seconds: string }) => {
      const ending = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
      const seconds = Number(options.seconds);
      if (!(seconds >= 1 && seconds <= 3600)) throw new Error("--seconds: from 1 to 3600");
      const house = await openHouse();
      try {
        await watchFolder(house, folder, {
          lang: options.lang === "en" ? "en" : "vi",
          pauseMs: seconds * 1000,
          signal: ending.signal,
          onResult: (result) => tell(result, options),
          onFailure: (name, reason) => console.error(JSON.stringify({ file: name, failed: reason })),
        });
      } finally {
        await house.close();
      }
    });
}

function registerAgain(group: Command, openHouse: OpenHouse): void {
  group
    .command("again <file-id>")
    .description(
      "Run again only the kept rejects of a file: claims whose person was put right, rows of tables as they were mended",
    )
    .option("--json", "one JSON line")
    .option("--lang <lang>", "language of the sentences: vi or en", "vi")
    .action(async (fileId: string, options: CliOptions) => {
      if (!/^\d{1,18}$/.test(fileId)) throw new Error("the file is named by its number, digits alone");
      const house = await openHouse();
      try {
        const result = await rerunRejects(house, fileId);
        tell(result, options);
        process.exitCode = result.rejected > 0 ? SOME_REJECTED : 0;
      } catch (error) {
        if (error instanceof NotFound) throw new Error(`no file of claims or rows has the number ${fileId}`);
        throw error;
      } finally {
        await house.close();
      }
    });
}

function registerMerges(group: Command, openHouse: OpenHouse): void {
  group
    .command("merges <file>")
    .description(
      "Persons who stand in the register twice (CSV or Excel): each merge is proposed, and decided at the desk",
    )
    .requiredOption("--by <username>", "the officer or supervisor who answers for the proposals; another one confirms")
    .option("--json", "one JSON line")
    .option("--lang <lang>", "language of the sentences: vi or en", "vi")
    .action(async (path: string, options: CliOptions & { by: string }) => {
      const lang = options.lang === "en" ? "en" : "vi";
      const house = await openHouse();
      try {
        const staff = await getStaffNamed(house, options.by, ["officer", "supervisor"]);
        const { proposed, rejects } = await importMerges(house, staff, { name: path, path });
        console.log(
          options.json ? JSON.stringify({ proposed, rejects }) : words(lang).cli.merges(proposed, rejects.length),
        );
        for (const { line, field, code } of options.json ? [] : rejects) {
          console.log(`  ${line} ${field}: ${reasonOf(code, lang)}`);
        }
        process.exitCode = rejects.length > 0 ? SOME_REJECTED : 0;
      } catch (error) {
        if (error instanceof FileRefused) throw new Error(words(lang).refusals[error.code]);
        if (error instanceof NotFound || error instanceof Forbidden) {
          throw new Error("--by: no officer or supervisor at work has this username");
        }
        throw error;
      } finally {
        await house.close();
      }
    });
}

/** 0: all taken. 2: some rejected. 1: could not run. */
async function runImport(kind: Kind, paths: string[], options: CliOptions, openHouse: OpenHouse): Promise<number> {
  const speak = words(options.lang === "en" ? "en" : "vi");
  let found: Sources | undefined;
  try {
    found = await collectSources(paths, kind === "claims" || kind === "documents" ? [".xml"] : TABLE_FILES);
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
  const progress = startProgress(sources.reduce((sum, source) => sum + source.size, 0));
  const heard: ImportOptions = { onReject, onProgress: progress.step };
  const onResult = (result: ImportResult) => progress.tell(() => tell(result, options));
  try {
    if (kind === "claims") return await importClaimFiles(house, sources, { ...heard, onResult });
    return await importEach(kind, house, sources, heard, onResult);
  } finally {
    progress.stop();
  }
}

/** One thread reads all tables, where one of them is worth it. */
async function importEach(
  kind: Exclude<Kind, "claims">,
  house: House,
  sources: readonly SizedSource[],
  options: ImportOptions,
  onResult: (result: ImportResult) => void,
): Promise<ImportResult[]> {
  const isWorth = Object.hasOwn(rowKinds, kind) && (await Promise.all(sources.map(isWorthThread))).some(Boolean);
  const tables = isWorth ? { tables: threadedTables() } : {};
  const results: ImportResult[] = [];
  try {
    for (const source of sources) {
      const result = await oneByOne[kind](house, source, { ...options, ...tables });
      results.push(result);
      onResult(result);
    }
    return results;
  } finally {
    await tables.tables?.close();
  }
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
  const { line, field = WHOLE_FILE } = (refusal && result.rejects[0]) ?? {};
  if (field !== WHOLE_FILE) console.log(`  ${speak.cli.refusedColumns(field, line)}`);
  else if (line !== undefined) console.log(`  ${speak.cli.refusedFrom(line)}`);
  if (refusal && refusal.readable > 0) console.log(`  ${speak.cli.readable(refusal.readable)}`);
  if (declaredCount !== undefined) console.log(`  ${speak.cli.declared(declaredCount, taken + unchanged + rejected)}`);
  const placeOf = tableKindOf(result.kind) ? speak.cli.ofTable : speak.cli.ofFile;
  for (const reject of refusal ? [] : result.rejects.slice(0, REJECTS_TOLD)) {
    const reason = reasonOf(reject.code, options.lang === "en" ? "en" : "vi");
    console.log(`  ${placeOf(reject.record, reject.line)}, ${reject.field}: ${reason}`);
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
  file.write(`\ufeff${REJECTS_HEAD}`);
  try {
    return await work((reject, name) => {
      file.write(rejectLine({ ...reject, file: name }, lang === "en" ? "en" : "vi"));
    });
  } finally {
    file.end();
    await finished(file);
  }
}
