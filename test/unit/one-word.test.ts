import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../src/db/root.ts";

/**
 * One thing bears one word on every page, in every message and guide: the official one (GLOSSARY.md). What stands here was
 * once said otherwise somewhere; each entry says what is said instead, and why.
 */
const settled: [said: string, wrong: RegExp][] = [
  ["“đăng xuất” for signing out", /thoát ra|thoát máy/iu],
  [
    "“mã kích hoạt” for what an officer issues: a password is set by the person alone",
    /cấp (lại )?mật khẩu|nhận mật khẩu/iu,
  ],
  ["“cán bộ kiểm soát” for the supervisor, as the list of rights has it", /người (phụ trách|kiểm soát)(?! bảo vệ)/iu],
  [
    "“ký tự” where signs are counted: “chữ” is a word to whoever reads it",
    /((?<![\p{L}\p{N}])(\d[\d.]*|năm|mười)|^) chữ(?! số| cái| hoặc)/iu,
  ],
  ["“mức độ 2” of the electronic identity (NĐ 69/2024)", /định danh điện tử mức \d/iu],
  ["“hằng tháng, hằng năm, hằng quý”", /hàng (tháng|năm|quý|tuần|ngày)(?!\p{L})/iu],
  ["“Tòa án”", /tòa án/u],
  ["“trung vị”", /thời gian giữa/iu],
  ["“Ông/Bà”, or nobody named (docs/decisions/0046)", /(?<!\p{L})(bạn|quý vị)(?!\p{L})/iu],
  ["“thôn, tổ dân phố”", /thôn, khu phố/iu],
  ["“hàng chờ” for the queue of the desk", /hàng đợi/iu],
  ["“bấm” a button", /(?<!\p{L})(nhấp|click)(?!\p{L})/iu],
  ["“địa chỉ”: “thư này” is a letter", /(gửi mã tới thư|đổi thư khác|thư này đã được xác nhận)/iu],
];
/** Here the mark stands as hòa, thủy, khỏe; names keep theirs. */
const markOnTheLastVowel = /(?<!\p{L})\p{L}*?(o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\p{L})/iu;
const VIETNAMESE = /[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/iu;

interface Text {
  path: string;
  text: string;
}

function spokenIn(path: string): Text[] {
  const file = ts.createSourceFile(path, readFileSync(join(projectRoot, path), "utf8"), ts.ScriptTarget.Latest, true);
  const found: Text[] = [];
  const look = (node: ts.Node): void => {
    const text = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (text && VIETNAMESE.test(node.text)) found.push({ path, text: node.text });
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

const words = globSync("src/**/{words*,*-words}.ts", { cwd: projectRoot })
  .filter((path) => !path.endsWith(".test.ts"))
  .flatMap(spokenIn);
const lines = ["docs/guides/*.md", "README.vi.md", "db/reference/code-lists.csv"]
  .flatMap((where) => globSync(where, { cwd: projectRoot }))
  .flatMap((path) =>
    readFileSync(join(projectRoot, path), "utf8")
      .split("\n")
      .map((text) => ({ path, text })),
  );
const all = [...words, ...lines];
const saying = (wrong: RegExp) =>
  all.filter(({ text }) => wrong.test(text)).map(({ path, text }) => `${path}: ${text}`);

describe("what is said in Vietnamese", () => {
  it("is read from words, guides and lists", () => {
    expect([words.length > 3000, lines.length > 500]).toEqual([true, true]);
  });

  it.each(settled)("is %s", (_, wrong) => {
    expect(saying(wrong)).toEqual([]);
  });

  it("has its tone marks where the other words have them", () => {
    expect(saying(markOnTheLastVowel)).toEqual([]);
  });
});
