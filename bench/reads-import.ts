/** Imports made-up claims into the house in a folder, again and again, until its parent lets go: `bench-reads-import.js FOLDER`. */

import { giveWay } from "../src/db/give-way.ts";
import { projectRoot } from "../src/db/root.ts";
import { generateFiles } from "../src/generate/files.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { importClaimFiles, openReaders } from "../src/intake/import-claims.ts";
import { importPersons } from "../src/intake/import-persons.ts";
import { parseEnvironment } from "../src/settings.ts";

const PERSONS = 500;
const [folder = ""] = process.argv.slice(2);
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
giveWay(house);
const readers = await openReaders(house, 2);
process.on("disconnect", () => process.exit(0));
for (let first = 0; ; first += PERSONS) {
  const files = [...generateFiles({ persons: PERSONS, seed: 14, first })];
  for (const file of files.filter(({ kind }) => kind === "persons")) await importPersons(house, file);
  await importClaimFiles(
    house,
    files.filter(({ kind }) => kind === "claims"),
    { readers },
  );
  process.send?.({ imported: first + PERSONS });
}
