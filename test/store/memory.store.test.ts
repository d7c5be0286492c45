import { afterAll, beforeAll, expect, test } from "vitest";
import { inputs, KNOWN } from "../../faults/memory-inputs.ts";
import { generateFiles } from "../../src/generate/files.ts";
import { importClaims } from "../../src/intake/import-claims.ts";
import { importDocuments } from "../../src/intake/import-documents.ts";
import { importPersons } from "../../src/intake/import-persons.ts";
import { importParticipation } from "../../src/intake/import-rows.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

/** The long run, with the memory of processes of their own: `bin/faults memory`. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  for (const file of generateFiles({ ...KNOWN, persons: 20 })) {
    if (file.kind === "persons") await importPersons(house, file);
  }
});
afterAll(() => house.close());

/** Where a machine is busy with other tests, only a hang can be told. */
const HANGS_MS = 15_000;
const imports = {
  ...{ claims: importClaims, documents: importDocuments, persons: importPersons },
  participation: importParticipation,
};

test.each(inputs)("$name: $told", async ({ kind, told, bytes }) => {
  const whole = Buffer.concat([...bytes(0.4)]);
  const startedAt = performance.now();
  const { refusal, rejects, taken } = await imports[kind](house, { name: "x", bytes: new Uint8Array(whole) });
  expect(performance.now() - startedAt).toBeLessThan(HANGS_MS);
  const waitedFor = rejects.find(({ code }) => told.includes(code))?.code;
  const said = refusal?.code ?? waitedFor ?? (taken > 0 ? "taken" : "nothing");
  expect(told.split(" or ")).toContain(said);
});
