import type { Command } from "commander";
import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { addHoliday, completeYear, setBaseWage, setEntry, strikeBaseWage, strikeHoliday } from "./change-lists.ts";
import { workingCalendar } from "./store.ts";
import { codeList } from "./store-lists.ts";
import { baseWages, holidaysOf } from "./store-lists-change.ts";

type OpenHouse = () => Promise<House & { close(): Promise<void> }>;
type Warrant = { by: string; why: string };

/** `vssid holiday`, `vssid base-wage`, `vssid code-list`: dated lists of a release, as an operator changes them. */
export function registerLists(program: Command, openHouse: OpenHouse): void {
  const run = (work: (house: House) => Promise<string>) => within(openHouse, work);
  holidays(program, run);
  const wage = program.command("base-wage").description("Base wage (lương cơ sở) by date");
  wage
    .command("list")
    .description("Every amount with its first day")
    .action(() =>
      run(async ({ db }) =>
        (await baseWages(db)).map(({ from, amount, source }) => `${from}\t${amount}\t${source}`).join("\n"),
      ),
    );
  withWarrant(wage.command("set <amount>").description("The amount in đồng from a day on"))
    .requiredOption("--from <day>", "first day (yyyy-mm-dd)")
    .action((amount: string, options: Warrant & { from: string }) =>
      run(async (house) => {
        await setBaseWage(house, { amount, ...options });
        return `${amount} from ${options.from} on, by ${options.by}`;
      }),
    );
  withWarrant(wage.command("strike <day>").description("Takes an amount out, by its first day")).action(
    (from: string, options: Warrant) =>
      run(async (house) => {
        await strikeBaseWage(house, { from, ...options });
        return `struck out ${from}, by ${options.by}`;
      }),
  );
  codeLists(program, run);
}

function yearOf(text: string): number {
  const year = Number(text);
  if (!(Number.isInteger(year) && year >= 1900 && year < 3000)) throw new Error("a year is written as 2027");
  return year;
}

type Run = (work: (house: House) => Promise<string>) => Promise<void>;

function holidays(program: Command, run: Run): void {
  const holiday = program.command("holiday").description("Public holidays, on which every last day stands");
  holiday
    .command("list")
    .description("The days of a year, and whether its table is complete")
    .option("--year <year>", "this year when absent")
    .action((options: { year?: string }) =>
      run(async ({ db, clock }) => {
        const year = yearOf(options.year ?? String(dayOf(clock.now()).year));
        const { years } = await workingCalendar(db);
        const days = (await holidaysOf(db, year)).map(({ day, kind, name, source }) =>
          [day, kind, name, source].join("\t"),
        );
        return [...days, `${year}: ${years.has(year) ? "complete" : "not complete, nothing lapses in it"}`].join("\n");
      }),
    );
  withWarrant(holiday.command("add <day>").description("A day off; every last day on it moves to the next working day"))
    .requiredOption("--name <name>", "what it is called")
    .option("--working", "instead: a Saturday or Sunday on which people work", false)
    .action((day: string, { working, ...options }: Warrant & { name: string; working: boolean }) =>
      run(async (house) => {
        await addHoliday(house, { day, isWorking: working, ...options });
        return `${day} is ${working ? "a working day" : "a day off"}, by ${options.by}`;
      }),
    );
  withWarrant(holiday.command("strike <day>").description("Takes a day out; no release brings it back")).action(
    (day: string, options: Warrant) =>
      run(async (house) => {
        await strikeHoliday(house, { day, ...options });
        return `struck out ${day}, by ${options.by}`;
      }),
  );
  withWarrant(
    holiday.command("year <year>").description("The table of a year is complete: files may lapse in it"),
  ).action((year: string, options: Warrant) =>
    run(async (house) => {
      await completeYear(house, { year: yearOf(year), ...options });
      return `${year} is complete, by ${options.by}`;
    }),
  );
}

function codeLists(program: Command, run: Run): void {
  const codes = program.command("code-list").description("Code lists by date: object groups, grounds of refusal, …");
  codes
    .command("show <list>")
    .description("Every entry with its days")
    .action((list: string) =>
      run(async ({ db }) =>
        (await codeList(db, list))
          .map((one) =>
            [
              one.code,
              `${one.validFrom} – ${one.validTo ?? ""}`,
              one.nameVi,
              one.nameEn,
              JSON.stringify(one.detail),
            ].join("\t"),
          )
          .join("\n"),
      ),
    );
  withWarrant(
    codes.command("set <list> <code>").description("Enters an entry, or gives one of that first day other terms"),
  )
    .requiredOption("--from <day>", "first day (yyyy-mm-dd)")
    .option("--to <day>", "last day")
    .requiredOption("--vi <name>", "name in Vietnamese")
    .requiredOption("--en <name>", "name in English")
    .option("--detail <json>", "what the entries of this list say besides, by the same names")
    .action(
      (
        list: string,
        code: string,
        options: Warrant & { from: string; to?: string; vi: string; en: string; detail?: string },
      ) =>
        run(async (house) => {
          await setEntry(house, { list, code, to: undefined, detail: undefined, ...options });
          return `${list} ${code} from ${options.from} on, by ${options.by}`;
        }),
    );
}

const withWarrant = (command: Command) =>
  command
    .requiredOption("--by <who>", "whose decision: document or person")
    .requiredOption("--why <why>", "the reason, in a few words");

const told: Record<string, string> = {
  list_day: "a day is written yyyy-mm-dd",
  weekend_only: "only a Saturday or Sunday is made a working day",
  year_empty: "enter the days of the year first: vssid holiday add",
  wage_amount: "an amount in đồng, digits alone",
  bad_period: "the last day lies before the first",
  list_unknown: "no such list",
  detail_names: "a JSON object with the names that other entries of the list have; vssid code-list show",
};

async function within(openHouse: OpenHouse, work: (house: House) => Promise<string>): Promise<void> {
  const house = await openHouse();
  try {
    console.log(await work(house));
  } catch (error) {
    if (error instanceof NotFound) throw new Error("no such row stands in the list");
    if (!(error instanceof Invalid)) throw error;
    throw new Error(error.faults.map(({ field, key }) => `${field}: ${told[key] ?? key}`).join("; "));
  } finally {
    await house.close();
  }
}
