/** `vssid drive roster UNIT FILE`: a unit's list, as the coordinator sends it on the page. */
import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { startProgress } from "../intake/progress.ts";
import { FileRefused } from "../intake/refusal.ts";
import { NotFound } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { writeXlsx } from "../typeset/write-xlsx.ts";
import { refusedRows } from "./lines.ts";
import { fileRefusalText } from "./refusal-text.ts";
import { BASES } from "./rules.ts";
import { RosterRefused } from "./rules-refusal.ts";
import { refusalsOf } from "./store-upload.ts";
import { takeRoster } from "./take-roster.ts";
import { uploadWords } from "./words-upload.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;

interface Options {
  whole?: boolean;
  basis: string;
  sheet?: string;
  rejects?: string;
  json?: boolean;
  lang: string;
}

const SOME_REFUSED = 2;
const COULD_NOT_RUN = 1;

export function register(program: Command, openHouse: OpenHouse): void {
  const known = program.commands.find((command) => command.name() === "drive");
  const group = known ?? program.command("drive").description("The roll-out: units and their people");
  group
    .command("roster")
    .description("Take a unit's list of its people (Excel or CSV); exit 0 all taken, 2 some refused, 1 could not run")
    .argument("<unit>", "code of the unit")
    .argument("<file>", "Excel (.xlsx) or CSV")
    .option("--whole", "everybody of the unit: the coordinator is asked about those who are missing")
    .option("--basis <basis>", `on which basis the unit sends it: ${BASES.join(" or ")}`, "duty")
    .option("--sheet <name>", "where several sheets hold a list")
    .option("--rejects <file>", "write the refused lines to this Excel file, with the reason of each")
    .option("--json", "one JSON line")
    .option("--lang <lang>", "language of the sentences: vi or en", "vi")
    .action(async (unit: string, file: string, options: Options) => {
      process.exitCode = await run(unit, file, options, openHouse);
    });
}

async function run(unitCode: string, path: string, options: Options, openHouse: OpenHouse): Promise<number> {
  const lang: Lang = options.lang === "en" ? "en" : "vi";
  const said = uploadWords(lang);
  const basis = BASES.find((one) => one === options.basis);
  if (!basis) throw new Error(`--basis: ${BASES.join(" or ")}`);
  const bytes = new Uint8Array(await readFile(path));
  const house = await openHouse();
  const progress = startProgress(bytes.length);
  try {
    let read = 0;
    const upload = await takeRoster(
      house,
      { kind: "operator" },
      {
        ...{ unitCode, bytes, basis, isWhole: options.whole ?? false, sheet: options.sheet },
        onBytes: (count) => {
          read += count;
          progress.step(Math.min(read, bytes.length), path);
        },
      },
    );
    if (options.rejects) {
      const refusals = await refusalsOf(house.db, upload.uploadId, upload.refused);
      const file = writeXlsx(said.title, refusedRows(upload.headings, refusals, lang));
      await writeFile(options.rejects, file, { mode: 0o600 });
    }
    const { added, changed, unchanged, refused, missing, lines } = upload;
    progress.tell(() => {
      if (options.json) {
        console.log(JSON.stringify({ unit: unitCode, lines, added, changed, unchanged, refused, missing }));
        return;
      }
      console.log(`${unitCode}: ${said.cli.summary(added, changed, unchanged, refused)}`);
      if (missing > 0) console.log(`  ${said.cli.missing(missing)}`);
    });
    return refused > 0 ? SOME_REFUSED : 0;
  } catch (error) {
    console.error(said.cli.couldNotRun(sentenceOf(error, lang)));
    return COULD_NOT_RUN;
  } finally {
    progress.stop();
    await house.close();
  }
}

function sentenceOf(error: unknown, lang: Lang): string {
  const said = uploadWords(lang);
  if (error instanceof RosterRefused) {
    const sheets = error.sheets.length > 0 ? ` (${error.sheets.join(", ")})` : "";
    return said.refusals[error.code] + sheets;
  }
  if (error instanceof FileRefused) return fileRefusalText(error, lang);
  if (error instanceof NotFound && error.what === "unit") return said.cli.noUnit;
  throw error;
}
