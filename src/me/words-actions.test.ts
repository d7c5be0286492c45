import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../db/root.ts";
import { actions } from "./words-actions.ts";

/** Deeds that concern nobody's record: a file, a list of settings, a token, a batch as such, a key, a run of deletions, a member of staff. */
const IMPERSONAL =
  /^(backup|breach|clock|intake|facility|texts|promise|staff|policy|code|coverage|drive|campaign|mailing|letter|keys|retention|sensitive)[._]|^roster\.(upload|list|leavers|export|appointment|appointment_dropped)$|^look\.(judged|lifted|flags|export|watched|unwatched|own_record)$|^(notices\.list|staff_sign_in|batch\.(open|close))$/;

/** Every action that stands as a word in the sources; those that are put together are in `words-actions` one by one. */
function actionsInSources(): string[] {
  const found = new Set<string>();
  for (const path of globSync("src/**/*.{ts,tsx}", { cwd: projectRoot })) {
    if (/\.(test|fixture)\./.test(path)) continue;
    const text = readFileSync(join(projectRoot, path), "utf8");
    if (!/audit\/record|AuditEntry/.test(text)) continue;
    for (const [, action = ""] of text.matchAll(/\baction: "([\w.]+)"/g)) found.add(action);
    for (const [, action = ""] of text.matchAll(/\b(?:note|look|entryOf)\w*\([^()]*"([a-z]+\.[a-z_]+)"/g))
      found.add(action);
  }
  return [...found].sort();
}

describe("who looked at my data", () => {
  it("every look and deed at a person is told in plain words, in both languages", () => {
    const all = actionsInSources();
    expect(all.length).toBeGreaterThan(90);
    expect(all.filter((action) => !IMPERSONAL.test(action) && !(action in actions.vi))).toEqual([]);
  });
});
