import { afterAll, describe, expect, test } from "vitest";
import { personName } from "./columns.ts";
import { FileRefused } from "./refusal.ts";
import { type RowKindName, rowKinds } from "./row-kinds.ts";
import type { Source } from "./source.ts";
import { ROW_NUMBERS, type TableBatch, tableBatches } from "./table-batch.ts";
import { threadedTables } from "./table-readers.ts";

const tables = threadedTables();
afterAll(() => tables.close());

const HEAD = "insurance_number,fund,from_month,to_month,unit_code,unit_name,salary";
const csv = (...rows: string[]): Source => ({ name: "a.csv", bytes: Buffer.from([HEAD, ...rows].join("\n")) });
const inThread = (source: Source) => tables.read("participation", source);
const here = (source: Source, kind: RowKindName = "participation") => tableBatches(rowKinds[kind], { source });

async function all(batches: AsyncGenerator<TableBatch>) {
  const read = [];
  for await (const { text, rows, people, rejects, absent } of batches) {
    read.push({ text: Buffer.from(text).toString("utf8"), rows: [...rows], people, rejects, absent });
  }
  return read;
}

test("a name keeps one apostrophe, whichever of its signs was typed", () => {
  for (const sign of ["'", "‘", "\u02bc", "´", "`"]) expect(personName.parse(`H${sign}Hen Niê`)).toEqual("H'Hen Niê");
});

describe("tables as lines of COPY", () => {
  test("cells in the order of the table; whose and where from stand beside them; rejects have their place", async () => {
    const [batch, ...more] = await all(
      here(
        csv(
          '9900000101,bhxh,01/2020,12/2020,A\\1,"Công ty\tMẫu, một",2.34',
          "9900000101,bhxh,02/2021,01/2021,A,Mẫu,",
          "9900000101,bhxh,01/2021,,A,Mẫu,",
          "9900000102,bhyt,03/2021,03/2021,,Mẫu,5.000.000",
          ",bhyt,03/2021,03/2021,,Mẫu,",
        ),
      ),
    );
    expect(more).toEqual([]);
    const nothing = "\\N\t\\N";
    expect(batch?.text.split("\n")).toEqual([
      `bhxh\t2020-01-01\tA\\\\1\t2020-12-01\tCông ty Mẫu, một\t${nothing}\tcoefficient\t2.34\t${nothing}\t\\N\tpaid`,
      `bhyt\t2021-03-01\t\t2021-03-01\tMẫu\t${nothing}\tvnd\t5000000\t${nothing}\t\\N\tpaid`,
      `bhyt\t2021-03-01\t\t2021-03-01\tMẫu\t${nothing}\tvnd\t\\N\t${nothing}\t\\N\tpaid`,
      "",
    ]);
    const lacking = ["title", "workplace", "salary_kind", "contribution_base", "rate", "object_type", "status"];
    expect(batch?.absent).toEqual(["personal_id", ...lacking]);
    const column = "insurance_number";
    expect(batch?.people).toEqual([
      [{ kind: "bhxh", key: "9900000101", column }],
      [{ kind: "bhxh", key: "9900000102", column }],
      [],
    ]);
    const places = Array.from({ length: 3 }, (_, nth) => batch?.rows.slice(nth * ROW_NUMBERS, nth * ROW_NUMBERS + 3));
    expect(places).toEqual([
      [1, 2, 0],
      [4, 5, 1],
      [5, 6, 2],
    ]);
    expect(batch?.rejects).toEqual([
      { record: 3, line: 4, field: "to_month", code: "missing_field" },
      { record: 2, line: 3, field: "to_month", code: "bad_period" },
    ]);
  });

  test("a thread reads the same batches, and passes on why a file is refused", async () => {
    const row = (nth: number) =>
      `99000${10_000 + nth},bhxh,01/2020,${nth % 7 ? "12/2020" : "x"},U${nth},Đơn vị ${nth},`;
    const source = csv(...Array.from({ length: 10_000 }, (_, nth) => row(nth)));
    const read = await all(inThread(source));
    expect(read.length).toBeGreaterThan(2);
    expect(read).toEqual(await all(here(source)));
    const refused = all(inThread({ name: "b.csv", bytes: Buffer.from("a,b\n1,2\n") }));
    await expect(refused).rejects.toThrow(new FileRefused("unknown_column", 0, undefined, "A"));
  });

  test("a file that is left in the middle does not hold up the next", async () => {
    const source = csv(...Array.from({ length: 30_000 }, (_, nth) => `9900000101,bhxh,01/2020,12/2020,U${nth},Mẫu,`));
    for await (const { rows } of inThread(source)) {
      expect(rows.length).toBeGreaterThan(0);
      break;
    }
    const next = csv("9900000102,bhyt,03/2021,03/2021,,Mẫu,");
    expect(await all(inThread(next))).toEqual(await all(here(next)));
  });
});
