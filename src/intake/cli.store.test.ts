import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { dossier, envelope, sampleWith } from "../../test/samples/envelope.ts";
import { oldWorkbook, workbook } from "../../test/samples/workbook.ts";
import { register } from "./cli.ts";

let house: TestHouse;
let folder: string;
beforeAll(async () => {
  house = await openTestHouse();
  folder = await mkdtemp(join(tmpdir(), "vssid-import-"));
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});
afterEach(() => vi.restoreAllMocks());

const put = async (name: string, bytes: string | Buffer): Promise<string> => {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
};

/** What `vssid import …` says on the screen, and its exit code. */
async function run(...args: string[]): Promise<{ said: string[]; code: number }> {
  const said: string[] = [];
  vi.spyOn(console, "log").mockImplementation((text) => void said.push(String(text)));
  vi.spyOn(console, "error").mockImplementation((text) => void said.push(String(text)));
  const program = new Command();
  register(program, async () => ({ ...house, close: async () => {} }));
  const before = process.exitCode;
  await program.parseAsync(["import", ...args], { from: "user" });
  const code = Number(process.exitCode);
  process.exitCode = before;
  return { said, code };
}

test("of a folder every kind of table is told of, and nothing that programs lay beside it", async () => {
  const tables = join(folder, "tables");
  await mkdir(tables);
  const head = "unit_code,name,kind,valid_from";
  const put = (name: string, bytes: string | Buffer) => writeFile(join(tables, name), bytes);
  await put("a.csv", `${head}\nCLI1,Đơn vị Một,khác,01/01/2020\n`);
  await put("b.xlsm", workbook({ S: { rows: [head.split(","), ["CLI2", "Đơn vị Hai", "khác", "01/01/2020"]] } }));
  await put("c.xls", oldWorkbook([head.split(",")]));
  await put("~$b.xlsm", Buffer.from("\x05Admin\0\0"));
  await put("ghi chú.docx", "x");
  const { said, code } = await run("units", tables);
  expect(said.map((line) => line.replace(/:.*/, ""))).toEqual(["a.csv", "b.xlsm", "c.xls", "  Không nhận tệp"]);
  expect(code).toBe(2);
});

test("a rejected row is told by its line in the file, with titles above it and where the key comes again", async () => {
  const HEAD = ["full_name", "birth", "sex", "insurance_number"];
  const people = workbook({
    S: { rows: [["DANH SÁCH"], [], HEAD, ["Mai Lan", "1990", "2", "9900000311"], ["Mai Mai", "x", "2", "9900000312"]] },
  });
  const persons = await run("persons", await put("people.xlsx", people), "--rejects", join(folder, "rejects.csv"));
  expect(persons).toEqual({
    said: [
      "people.xlsx: nhận 1, không đổi 0, từ chối 1, có lưu ý 0",
      "  dòng 5 của tệp, birth (B): Ngày giờ không hợp lệ.",
    ],
    code: 2,
  });
  const card = "9900000311,9900000311,01/01/2026";
  const cards = await put("cards.csv", `insurance_number,card_number,valid_from,valid_to\n\n${card},\n${card},\n`);
  expect((await run("cards", cards, "--rejects", join(folder, "rejects.csv"))).said[1]).toBe(
    "  dòng 3 của tệp, valid_from: Dòng này trùng khóa với một dòng sau trong tệp. Dòng sau được dùng.",
  );
  // A spreadsheet reads the marks of Vietnamese only behind the mark of UTF-8.
  const listed = await readFile(join(folder, "rejects.csv"), "utf8");
  expect(listed).toMatch(/^\ufefffile,record,line,field,code,reason\r\ncards.csv,1,3,valid_from,repeated_row,Dòng này/);
  const claims = await put("claims.xml", envelope([dossier(sampleWith({ "*.MA_LK": "cli" }))]));
  expect((await run("claims", claims)).said[1]).toMatch(/^ {2}hồ sơ 1, từ dòng \d+ của tệp, XML1: /);
});
