import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pictureWords } from "../pictures/words.ts";
import { faultText, faultWords } from "./words-faults.ts";

const source = globSync("src/registration/**/*.{ts,tsx}")
  .filter((path) => !path.includes(".test.") && !path.includes("words"))
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");

describe("the words of registration", () => {
  const keys = Object.keys(faultWords.vi);

  it.each(["vi", "en"] as const)("have a sentence in %s for every fault that the code can raise", (lang) => {
    const raised = [...source.matchAll(/(?:key: |fault\("\w+", )"(\w+)"/g)].map((match) => match[1] ?? "");
    expect(new Set(raised).size).toBeGreaterThan(20);
    const pictures: Record<string, string> = pictureWords(lang).faults;
    for (const key of raised) {
      const said = key.startsWith("image_")
        ? pictures[key]
        : faultText({ field: "x", key, values: { atMost: 9 } }, lang);
      expect(said, key).toMatch(/\w/);
    }
  });

  it("have no sentence that nothing raises", () => {
    const composed = [
      "declarer_missing",
      "full_name_missing",
      "paper_number_cccd",
      "paper_number_cmnd",
      "paper_number_passport",
    ];
    for (const key of keys.filter((known) => !composed.includes(known))) expect(source, key).toContain(`"${key}"`);
  });

  it("keep each sentence to twenty words or so, and say no code", () => {
    for (const lang of ["vi", "en"] as const) {
      for (const key of keys) {
        for (const sentence of faultText({ field: "x", key, values: { atMost: 9 } }, lang).split(/(?<=[.!?])\s/)) {
          expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(20);
        }
      }
    }
  });
});
