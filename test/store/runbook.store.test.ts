import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { addStaff } from "../../src/account/staff.ts";
import { createApp } from "../../src/app.ts";
import { programFor } from "../../src/command.ts";
import { asLogin } from "../../src/db/connection.ts";
import { projectRoot } from "../../src/db/root.ts";
import type { OpenHouse } from "../../src/house.ts";
import { messageSeries } from "../../src/promise/metrics.ts";
import { ALARMS } from "../../src/promise/rules-alarms.ts";
import { servingLogin } from "../clusters.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

/** What an operator finds at night: rules, pictures, runbook and program speak of the same things. */
let house: TestHouse;
const folder = mkdtempSync(join(tmpdir(), "vssid-runbook-"));
beforeAll(async () => {
  house = await openTestHouse();
  await addStaff(house, { username: "truc.dem", name: "Người Trực Mẫu", role: "operator" });
  writeFileSync(
    join(folder, "offices.csv"),
    "office_code,name,kind,province_code,address,phone,opening_hours,valid_from\n52T01,BHXH Mẫu,base,52,x,0,x,2025-06-01\n",
  );
  await addStaff(house, { username: "phan.cong", name: "Người Quản Mẫu", role: "supervisor", office: "52T01" });
});
afterAll(async () => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
  await house.close();
});

const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const rules = read("ops/alerts.yml");
const runbook = read("docs/guides/runbook.md");
const dashboard: { panels: { title: string; targets: { expr: string }[] }[] } = JSON.parse(read("ops/dashboard.json"));
const alerts = rules.split("- alert: ").slice(1);

describe("alert rules and pictures", () => {
  it("have one rule for each alarm of the watch", () => {
    const told = alerts.flatMap((rule) => /part="alarm",what="(\w+)"/.exec(rule)?.[1] ?? []);
    expect(told.toSorted()).toEqual([...ALARMS].toSorted());
  });

  it("or a line of the runbook for each other alarm of the log", () => {
    const sources = globSync("src/**/*.{ts,tsx}", { cwd: projectRoot }).filter((path) => !/\.test\./.test(path));
    const written = new Set(
      sources.flatMap((path) => [...read(path).matchAll(/\balarm: "(\w+)"/g)].map(([, name = ""]) => name)),
    );
    const [, table = ""] = runbook.split("## Other names in the log");
    const [rows = ""] = table.split("\n## ");
    const explained = rows
      .split("\n")
      .flatMap((row) => [...(row.split(" | ")[0] ?? "").matchAll(/`(\w+)`/g)].map(([, name = ""]) => name));
    const others = [...written].filter((name) => !ALARMS.some((alarm) => alarm === name));
    expect(explained.filter((name) => name !== "alarm").toSorted()).toEqual(others.toSorted());
  });

  it("stand each in the settings, where an operator begins", () => {
    const settings = read("docs/settings.md");
    expect(ALARMS.filter((name) => !settings.includes(`\`${name}\``))).toEqual([]);
  });

  it("lead to a part of the runbook that is there", () => {
    const parts = new Set([...runbook.matchAll(/^## (.+)$/gm)].map(([, title = ""]) => title.toLowerCase()));
    const links = alerts.map((rule) => /runbook\.md#(\S+)/.exec(rule)?.[1] ?? "no link");
    expect(links.filter((link) => !parts.has(link))).toEqual([]);
  });

  it("ask only for numbers that /metrics shows", async () => {
    const app = await createApp(house);
    try {
      await app.inject("/healthz");
      const shown = (await app.inject("/metrics")).body;
      const asked = [...alerts.map((rule) => /expr: (.+)/.exec(rule)?.[1] ?? ""), ...dashboard.panels.flatMap(exprsOf)];
      const names = new Set(asked.flatMap((expr) => expr.match(/\b(?:vssid|nodejs|process)_\w+/g) ?? []));
      expect(names.size).toBeGreaterThan(5);
      // A series without a point stands in no answer: its name is asked of whoever makes it.
      const series = new Set((await messageSeries(house)).map(({ name }) => name));
      const isShown = (name: string) => series.has(name) || new RegExp(`^(# TYPE )?${name}\\b`, "m").test(shown);
      const missing = [...names].filter((name) => !isShown(name));
      expect(missing).toEqual([]);
      const parts = new Set(asked.flatMap((expr) => [...expr.matchAll(/part="(\w+)"/g)].map(([, part]) => part)));
      for (const part of parts) expect(shown, part).toContain(`part="${part}"`);
    } finally {
      await app.close();
    }
  });
});

const exprsOf = ({ targets }: { targets: { expr: string }[] }) => targets.map(({ expr }) => expr);

describe("the runbook", () => {
  const lines = [...runbook.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = ""]) => block.trim().split("\n"));
  const commands = lines.filter((line) => line.startsWith("bin/vssid "));
  // Those that copy a whole server are run on one of their own: src/backup/backup.store.test.ts.
  const ofWholeServer = /^bin\/vssid (backup(?! --out)|restore)/;

  it.each(commands.filter((line) => !ofWholeServer.test(line)))("%s runs", async (line) => {
    const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const connection = asLogin(house.owner, servingLogin);
    const opened = { ...house, connection, close: async () => undefined } as unknown as OpenHouse;
    const program = programFor(async () => opened, nowhere);
    const args = wordsOf(line.replace(/\b(vssid\.backup|offices\.csv)$/, (name) => join(folder, name))).slice(1);
    await program.parseAsync(args, { from: "user" });
    expect(process.exitCode ?? 0).toBe(0);
    expect(said).toHaveBeenCalled();
    said.mockRestore();
  });

  it("holds no command that nobody tries", () => {
    expect(commands.length).toBeGreaterThanOrEqual(5);
    expect(lines.filter((line) => !line.startsWith("bin/vssid "))).toEqual(["curl -s http://127.0.0.1:8330/readyz"]);
  });

  it("names only commands and options that there are, in its sentences too", () => {
    const known = namesOf(programFor(async () => ({}) as OpenHouse, nowhere));
    const named = [...runbook.matchAll(/`bin\/vssid ([a-z -]+?)(?: [a-z]+\.backup)?`/g)].map(
      ([, words = ""]) => words.split(" --")[0] ?? "",
    );
    expect(named.filter((words) => !known.has(words) && words !== "--help")).toEqual([]);
  });
});

/** As a shell parts them: what stands between quotes is one. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? "",
  );
}

const nowhere = {} as Parameters<typeof programFor>[1];

function namesOf(program: ReturnType<typeof programFor>): Set<string> {
  const names = program.commands.flatMap((command) => [
    command.name(),
    ...command.commands.map((under) => `${command.name()} ${under.name()}`),
  ]);
  return new Set(names);
}
