import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Confirmed, renderConfirmation } from "./confirmation.ts";
import type { EventKind } from "./rules.ts";
import { words } from "./words.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "confirmation-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: "utf8" });

function print(kind: EventKind, some: Partial<Confirmed> = {}): { text: string; info: string } {
  const event = { at: new Date("2026-11-23T02:05:00Z"), kind, reference: "GD-4F7K-92Q5", source: "counter" as const };
  const path = join(folder, "paper.pdf");
  const facts = { event: { ...event, grounds: kind === "closed" ? "abused" : null }, name: "Đặng Thị Hòa" };
  const at = new Date("2026-11-24T02:00:00Z");
  writeFileSync(path, renderConfirmation({ ...facts, number: "••••••0946", lang: "vi", now: at, ...some }));
  return { text: run("pdftotext", "-enc", "UTF-8", path, "-").replace(/\s+/g, " "), info: run("pdfinfo", path) };
}

describe("the confirmation of a change of the registration", () => {
  const kinds = Object.keys(words.vi.kinds) as EventKind[];
  it.each(kinds)("%s: says what, who, when and where on one tagged A4, in both languages", (kind) => {
    for (const lang of ["vi", "en"] as const) {
      const { text, info } = print(kind, { lang });
      for (const one of [words(lang).kinds[kind], "GD-4F7K-92Q5", "Đặng Thị Hòa", "••••••0946", "2026", "1900 9068"]) {
        expect(text).toContain(one);
      }
      expect(info).toMatch(/Tagged:\s+yes[\s\S]*Pages:\s+1\n[\s\S]*\(A4\)/);
    }
  });

  it("names the grounds of a closing and the way back", () => {
    const { text } = print("closed");
    expect(text).toContain("Tài khoản bị người khác sử dụng");
    expect(text).toContain("09:05 23/11/2026");
    expect(text).toContain("Muốn dùng lại");
  });

  it("prints a hostile or endless name as it is and stays on one page", () => {
    for (const name of ['"); #pagebreak() // *đậm* $x$', "Ẫ".repeat(200)]) {
      const { text, info } = print("stopped", { name });
      expect(text.replaceAll(" ", "")).toContain(name.replaceAll(" ", ""));
      expect(info).toMatch(/Pages:\s+1\n/);
    }
  });
});
