import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { words as account } from "../../src/account/words.ts";
import { projectRoot } from "../../src/db/root.ts";
import { words as me } from "../../src/me/words.ts";

const textOf = (path: string) => readFileSync(join(projectRoot, path), "utf8");

/** Whoever is sent to a page by a message finds it under the name that the message gives. */
it.each([
  ["src/notices/words-messages-looks.ts", me.vi.looksTitle, me.en.looksTitle],
  ["src/breach/words.ts", me.vi.looksTitle, me.en.looksTitle],
  ["src/notices/words-messages-factors.ts", account.vi.signIn.stopChange, account.en.signIn.stopChange],
])("%s names pages as they name themselves", (path, ...names) => {
  for (const name of names) expect(textOf(path)).toContain(name);
});
