import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as ui from "../ui/index.ts";

const shown = globSync("gallery*.tsx", { cwd: import.meta.dirname })
  .filter((file) => !file.includes(".test."))
  .map((file) => readFileSync(`${import.meta.dirname}/${file}`, "utf8"))
  .join("");

/** The language of the page, of which there is nothing to see; and the one button that KeptPage shows. */
const unseen = ["Speech", "KeptForm"];

describe("the gallery", () => {
  it("shows every component that pages are built of", () => {
    const components = Object.entries(ui)
      .filter(([name, value]) => /^[A-Z][a-z]/.test(name) && typeof value === "function")
      .map(([name]) => name);
    expect(components.length).toBeGreaterThan(30);
    expect(components.filter((name) => !unseen.includes(name) && !new RegExp(`<${name}\\b`).test(shown))).toEqual([]);
  });

  it("shows what each field says when it is answered wrongly", () => {
    const fields = ["TextField", "DateField", "Radios", "Checkboxes", "Select", "TextArea", "FileField", "CodeField"];
    const wrong = fields.filter((name) => new RegExp(`<${name}\\b(?:(?!/>)[^])*?error=`).test(shown));
    expect(wrong).toEqual(fields);
  });
});
