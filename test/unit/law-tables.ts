/** Reads docs/laws: the tables of cases under headings that are a rule's name, and the keys of their sources. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const root = join(import.meta.dirname, "../..");

export type Cells = Record<string, string>;

export interface LawCase {
  given: Cells;
  /** Cells whose heading begins with an arrow. */
  answer: Cells;
  source: string;
}

export interface LawTable {
  doc: string;
  rule: string;
  cases: LawCase[];
}

export interface LawDoc {
  name: string;
  text: string;
  tables: LawTable[];
  /** Key, and what stands behind it. */
  sources: [key: string, at: string][];
}

export function lawDocs(): LawDoc[] {
  return globSync("docs/laws/*.md", { cwd: root })
    .filter((path) => basename(path) !== "README.md")
    .toSorted()
    .map((path) => readDoc(basename(path, ".md"), readFileSync(join(root, path), "utf8")));
}

function readDoc(name: string, text: string): LawDoc {
  const parts = text.split(/^## /m).slice(1);
  const tables = parts.flatMap((part) => {
    const rule = /^`(\w+)`\n/.exec(part)?.[1];
    return rule ? [{ doc: name, rule, cases: casesOf(part) }] : [];
  });
  const list = parts.find((part) => part.startsWith("Sources")) ?? "";
  const sources = [...list.matchAll(/^- ([^:]+): (.*)$/gm)].map(([, key = "", at = ""]): [string, string] => [key, at]);
  return { name, text: text.replace(list, ""), tables, sources };
}

function casesOf(part: string): LawCase[] {
  const [head = [], , ...rows] = part
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return rows.map((row) => {
    const cells = head.map((name, at): [string, string] => [name, row[at] ?? ""]);
    return {
      given: Object.fromEntries(cells.filter(([name]) => !name.startsWith("→") && name !== "source")),
      answer: Object.fromEntries(
        cells.filter(([name]) => name.startsWith("→")).map(([name, cell]) => [name.slice(2), cell]),
      ),
      source: row[head.indexOf("source")] ?? "",
    };
  });
}

/** Functions that name their law: `@law document` in the comment above. */
export function taggedRules(): { doc: string; rule: string; path: string }[] {
  return globSync("src/**/*.ts", { cwd: root }).flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return [...text.matchAll(/@law ([\w-]+)[\s\S]*?\*\/\nexport (?:async )?function (\w+)/g)].map(
      ([, doc = "", rule = ""]) => ({ doc, rule, path }),
    );
  });
}

const FOLDERS = "src/{benefits,card,household,participation}/rules*.ts";

/** Exported functions of the folders that compute from the law, as `path#name`. */
export function exportedRules(): string[] {
  return globSync(FOLDERS, { cwd: root })
    .filter((path) => !path.endsWith(".test.ts"))
    .flatMap((path) => {
      const text = readFileSync(join(root, path), "utf8");
      const named = text.matchAll(/^export (?:async )?(?:function (\w+)|const (\w+) = (?:async )?(?:<[^>]*>)?\()/gm);
      return [...named].map(([, one, other]) => `${path}#${one ?? other}`);
    })
    .toSorted();
}

const lists = new Map<string, Cells[]>();

/** Rows of a reference list, by heading. Quoted cells may hold commas. */
export function referenceRows(file: string): Cells[] {
  const rows = lists.get(file) ?? readList(file);
  lists.set(file, rows);
  return rows;
}

function readList(file: string): Cells[] {
  const [head = [], ...rows] = readFileSync(join(root, "db/reference", file), "utf8")
    .trim()
    .split("\n")
    .map(cellsOf);
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""])));
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = ""]) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'),
  );
}
