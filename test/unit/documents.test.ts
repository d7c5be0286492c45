import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../src/db/root.ts";

/** What the documents say of the tree: where they lead, and what they call things. */
const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const find = (pattern: string) => globSync(pattern, { cwd: projectRoot }).sort();

/** The changelog tells of what was. */
const documents = ["*.md", "{docs,db,ops}/**/*.md"].flatMap(find).filter((path) => path !== "CHANGELOG.md");
const decisions = find("docs/decisions/[0-9]*.md");
const sources = ["src/**/*.{ts,tsx,js,mjs}", "db/**/*.{sql,csv}"]
  .flatMap(find)
  .filter((path) => !/\.(test|fixture)\./.test(path))
  .map(read)
  .join("\n");

/** Each line with where it stands, so that what fails says where to mend it. */
const linesOf = (path: string) =>
  read(path)
    .split("\n")
    .map((text, at) => ({ text, where: `${path}:${at + 1}` }));

const headingsOf = (path: string) =>
  [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("the documents", () => {
  it("lead to files and headings that are there", () => {
    const links = documents.flatMap((path) =>
      linesOf(path).flatMap(({ text, where }) =>
        [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = ""]) => ({ path, where, to })),
      ),
    );
    const own = links.filter(({ to }) => !/^(https?:|mailto:|\/)/.test(to));
    expect(own.length).toBeGreaterThan(100);
    const dead = own.filter(({ path, to }) => {
      const [file = "", heading] = to.split("#");
      const target = file ? join(dirname(path), file) : path;
      if (!existsSync(join(projectRoot, target))) return true;
      return heading !== undefined && !headingsOf(target).includes(heading);
    });
    expect(dead.map(({ where, to }) => `${where} leads to ${to}, which is not there`)).toEqual([]);
  });

  it("name files of ours that are there", () => {
    const named = documents.flatMap((path) =>
      linesOf(path).flatMap(({ text, where }) =>
        [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:tsx?|mjs|json|sql|csv|md|sh|css|ya?ml|service|timer)\b)/g)].map(
          ([, name = ""]) => ({ where, name }),
        ),
      ),
    );
    expect(named.length).toBeGreaterThan(200);
    // As they stand from the root, from `src`, or from the folder of tests; NNNN and NAME stand for any.
    const missing = named
      .filter(({ name }) => !/NNNN|NAME|^shots\//.test(name))
      .filter(({ name }) => !["", "src", "test", "ops"].some((from) => existsSync(join(projectRoot, from, name))));
    expect(missing.map(({ where, name }) => `${where} names ${name}, which is not there`)).toEqual([]);
  });
});

describe("a decision", () => {
  it("bears the number of its file, and numbers have no gap", () => {
    expect(decisions.length).toBeGreaterThan(80);
    expect(decisions.map((path) => Number(basename(path).slice(0, 4)))).toEqual(decisions.map((_, at) => at + 1));
    const titles = decisions.map((path) => read(path).split("\n")[0] ?? "");
    expect(titles.filter((title, at) => !title.startsWith(`# ${at + 1}. `))).toEqual([]);
  });

  it("is meant by the number that stands in the words of its link, and one that is named without a link is there", () => {
    const wrong = documents.flatMap((path) =>
      linesOf(path).flatMap(({ text, where }) => [
        ...[...text.matchAll(/\[[Dd]ecisions? (\d+)\]\(\S*?(\d{4})-/g)]
          .filter(([, said, file]) => Number(said) !== Number(file))
          .map(([whole]) => `${where}: ${whole}`),
        ...[...text.matchAll(/\b[Dd]ecisions? (\d+)\b/g)]
          .filter(([, said]) => Number(said) < 1 || Number(said) > decisions.length)
          .map(([whole]) => `${where}: there is no ${whole}`),
      ]),
    );
    expect(wrong).toEqual([]);
  });
});

describe("the list of parts in ARCHITECTURE.md", () => {
  it("has every folder of src, and none that is not there", () => {
    const folders = readdirSync(join(projectRoot, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const rows = read("ARCHITECTURE.md").split("## The parts")[1]?.split("\n## ")[0]?.split("\n") ?? [];
    const named = rows.flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`([\w-]+)`/g)].map(([, name = ""]) => name),
    );
    expect(named.toSorted()).toEqual(folders.toSorted());
  });
});

describe("the glossary", () => {
  const rows = read("GLOSSARY.md")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(1);

  it("names identifiers that stand in the sources as they are written there", () => {
    const said = rows.flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, one = ""]) => one),
    );
    expect(said.length).toBeGreaterThan(100);
    const words = new Set([...(sources.match(/\w+/g) ?? []), ...(sources.match(/\w+\.\w+/g) ?? [])]);
    expect(said.filter((one) => !words.has(one))).toEqual([]);
  });
});
