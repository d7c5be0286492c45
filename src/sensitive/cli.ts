import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { dayOf, plainDate } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { addMark, endMarkOn } from "./change.ts";
import { MARK_KINDS } from "./rules.ts";
import { marksOn } from "./store.ts";
import { sweepMarks } from "./sweep.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;

/** `vssid sensitive …`: what makes a visit private. */
export function register(program: Command, openHouse: OpenHouse): void {
  const sensitive = program
    .command("sensitive")
    .description("What makes a visit or a paper private: illnesses, drugs, entitlements");
  const run = (work: (house: House) => Promise<void>) => within(openHouse, work);
  sensitive
    .command("list")
    .description("The list in force: kind, codes, first and last day, why, by whom, passes over the record")
    .option("--on <day>", "as of this day (yyyy-mm-dd); today when absent")
    .action((options: { on?: string }) =>
      run(async (house) => {
        const on = options.on ? plainDate(options.on) : dayOf(house.clock.now());
        for (const mark of await marksOn(house.db, on.toString())) {
          const days = `${mark.validFrom} – ${mark.validTo ?? ""}`;
          console.log([mark.kind, rangeOf(mark), days, mark.reason, mark.source, `${mark.passes}/2`].join("\t"));
        }
      }),
    );
  sensitive
    .command("add <kind> <from> [to]")
    .description("icd A15 A19, drug name or entitlement code; from the day on, for what stands on record too")
    .requiredOption("--from <day>", "first day (yyyy-mm-dd)")
    .requiredOption("--why <why>", "what is meant, in a few words")
    .requiredOption("--by <who>", "whose decision: document or person")
    .action((kind: string, from: string, to: string | undefined, options: { from: string; why: string; by: string }) =>
      run(async (house) => {
        await addMark(house, { kind, from, to, day: options.from, reason: options.why, by: options.by });
        console.log(`added; something became private for ${await sweepMarks(house)} persons so far`);
      }),
    );
  sensitive
    .command("end <kind> <from> [to]")
    .description("The last day of a mark; what is private by then stays private")
    .requiredOption("--last <day>", "last day (yyyy-mm-dd)")
    .requiredOption("--by <who>", "whose decision: document or person")
    .action((kind: string, from: string, to: string | undefined, options: { last: string; by: string }) =>
      run(async (house) => {
        const known = MARK_KINDS.find((one) => one === kind);
        if (!known) throw new Error(`the kind is one of ${MARK_KINDS.join(", ")}`);
        await endMarkOn(house, { kind: known, from, to: to ?? from }, options.last, options.by);
        console.log("ended");
      }),
    );
}

const rangeOf = ({ from, to }: { from: string; to: string }) => (from === to ? from : `${from}–${to}`);

const told: Record<string, string> = {
  mark_kind: "the kind is icd, drug or entitlement",
  mark_code: "an illness is a letter, two digits and perhaps a dot and digits; a drug one name; an entitlement as 1.9",
  mark_day: "a day is written yyyy-mm-dd",
};

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

function sentenceOf(error: unknown): string {
  if (error instanceof Invalid) return error.faults.map(({ field, key }) => `${field}: ${told[key] ?? key}`).join("; ");
  if (error instanceof Conflict) return "this mark stands already; vssid sensitive list shows it";
  if (error instanceof NotFound) return "no such mark is in force on that day; vssid sensitive list names them";
  return (error as Error).message;
}
