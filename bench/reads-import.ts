/** Imports made-up claims into the house in a folder, again and again, until its parent lets go: `bench-reads-import.js FOLDER`. */

import { giveWay } from "../src/db/give-way.ts";
import { projectRoot } from "../src/db/root.ts";
import { generateFiles, type MadeFile } from "../src/generate/files.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { importClaimFiles, openReaders } from "../src/intake/import-claims.ts";
import { importPersons } from "../src/intake/import-persons.ts";
import { parseEnvironment } from "../src/settings.ts";

/** More than will be asked for. */
const PERSONS = 10_000_000;
const FILES_AT_ONCE = 4;
const [folder = ""] = process.argv.slice(2);
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
giveWay(house);
const readers = await openReaders(house, 2);
process.on("disconnect", () => process.exit(0));
// One maker for all of them: people of two makers would share numbers, and be refused.
const waiting: MadeFile[] = [];
for (const file of generateFiles({ persons: PERSONS, seed: 14 })) {
  if (file.kind === "persons") await importPersons(house, file);
  if (file.kind === "claims") waiting.push(file);
  if (waiting.length < FILES_AT_ONCE) continue;
  const results = await importClaimFiles(house, waiting.splice(0), { readers });
  if (results.some(({ rejected }) => rejected > 0)) throw new Error("a made-up claim was rejected");
  process.send?.("imported");
}
