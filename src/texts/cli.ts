import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { Forbidden, Invalid, NotFound } from "../kernel/failures.ts";
import { needs } from "../notices/rules-templates.ts";
import { namesOf } from "../notices/rules-words.ts";
import { checkWords, countSms } from "./check.ts";
import { importTexts, parseTextFile } from "./import-texts.ts";
import { getLang, getTemplateName, getWords, readText, readTexts, type TextOf } from "./read.ts";
import { BUILT_IN, standingOf } from "./rules.ts";
import { faultWords } from "./words-faults.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;

/** `vssid template …`: the words of messages. Approving stays with the pages, where a second person is signed in. */
export function register(program: Command, openHouse: OpenHouse): void {
  const template = program.command("template").description("The words of text messages and e-mails");
  const run = (work: (house: House) => Promise<void>) => within(openHouse, work);
  template
    .command("list")
    .description("Every template: version in use, version to be approved, values")
    .action(() => run(list));
  template
    .command("show <name> <lang>")
    .description("The words of one version, as JSON; lang is vi or en")
    .option("--version-number <n>", "which version; the one in use when absent")
    .action((name: string, lang: string, options: { versionNumber?: string }) =>
      run((house) => show(house, name, lang, options.versionNumber)),
    );
  template
    .command("check")
    .description("Checks every version, built-in ones too, with the longest values; ends with 1 when one does not hold")
    .action(() => run(check));
  template
    .command("export")
    .description("All words in use, as one JSON text")
    .action(() => run(exportAll));
  template
    .command("import <file>")
    .description("Proposes the words of an exported file that differ from those in use; all of them, or none")
    .requiredOption("--author <username>", "the supervisor who answers for them; another one approves")
    .requiredOption("--note <text>", "what is changed and why")
    .action((file: string, options: { author: string; note: string }) =>
      run(async (house) => {
        const wanted = parseTextFile(await readFile(file, "utf8"));
        for (const one of await importTexts(house, options, wanted)) {
          console.log(`proposed: ${one.template} ${one.lang}, version ${one.version}`);
        }
      }),
    );
}

const label = ({ template, lang }: TextOf) => `${template}\t${lang}`;

async function list({ db, clock }: House): Promise<void> {
  for (const text of await readTexts(db, clock.now())) {
    const waits = text.waiting === undefined ? "" : `, ${text.waiting} to be approved`;
    const names = namesOf(text.template).map((name) => `{${name}}`);
    console.log(`${label(text)}\tversion ${text.present}${waits}\t${names.join(" ")}`);
  }
}

async function show({ db, clock }: House, name: string, of: string, number: string | undefined): Promise<void> {
  const template = getTemplateName(name);
  const now = clock.now();
  const text = await readText(db, template, getLang(of), now);
  const version = number === undefined ? text.present : Number(number);
  const words = getWords(text, version);
  const written = text.versions.find((one) => one.version === version);
  const standing = written ? standingOf(written, text.versions, now) : text.present === BUILT_IN ? "present" : "past";
  const { septets } = countSms(template, text.lang, words);
  const { fields, secrets } = needs[template];
  console.log(
    JSON.stringify({ template, lang: text.lang, version, standing, fields, secrets, septets, ...words }, null, 2),
  );
}

async function check({ db, clock }: House): Promise<void> {
  let wrong = 0;
  let all = 0;
  for (const text of await readTexts(db, clock.now())) {
    for (const version of [BUILT_IN, ...text.versions.map((one) => one.version)]) {
      all += 1;
      const faults = checkWords(text.template, text.lang, getWords(text, version));
      for (const { field, key, values } of faults) {
        wrong += 1;
        console.log(`${label(text)}\tversion ${version}\t${field}: ${faultWords.en[key](values.what)}`);
      }
    }
  }
  console.log(`${all} versions, ${wrong} faults`);
  if (wrong > 0) throw new Error("not every version holds");
}

async function exportAll({ db, clock }: House): Promise<void> {
  const texts = await readTexts(db, clock.now());
  const words = texts.map((text) => ({
    template: text.template,
    lang: text.lang,
    version: text.present,
    ...getWords(text, text.present),
  }));
  console.log(JSON.stringify(words, null, 2));
}

async function within(openHouse: OpenHouse, work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } catch (error) {
    throw new Error(sentenceOf(error), { cause: error });
  } finally {
    await house.close();
  }
}

/** One plain line: what is wrong, where, and what to do. */
function sentenceOf(error: unknown): string {
  if (error instanceof NotFound) return missing[error.what] ?? error.message;
  if (error instanceof Forbidden) return "--author must be a supervisor today";
  if (!(error instanceof Invalid)) return (error as Error).message;
  const said: Record<string, (what: string) => string> = faultWords.en;
  const faults = error.faults.map(
    ({ field, key, values }) => `${field}: ${said[key]?.(String(values?.what ?? "")) ?? key}`,
  );
  return faults.join("; ");
}

const missing: Record<string, string> = {
  template: "there is no such template; vssid template list names them, each in vi and en",
  version: "this text has no such version",
  staff: "--author: nobody at work has this username",
};
