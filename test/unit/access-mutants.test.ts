import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mutants } from "../../faults/access-mutants.ts";
import { projectRoot } from "../../src/db/root.ts";

/** `bin/faults access` plays them, which takes too long for the suite; here they only must still fit the sources. */
it.each(mutants)("what the mutant takes out stands once in the sources: $name", ({ changes }) => {
  for (const { file, from } of changes) {
    expect(readFileSync(join(projectRoot, file), "utf8").split(from), file).toHaveLength(2);
  }
});
