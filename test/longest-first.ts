import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What goes for half a minute and more. Begun last, each would be waited for alone. */
const LONGEST = [
  "test/store/access/access.store.test.ts",
  "src/account/storm.store.test.ts",
  "src/db/embedded.store.test.ts",
  "src/notices/faults.store.test.ts",
  "test/store/races.store.test.ts",
  "src/backup/backup.store.test.ts",
  "test/store/access/swaps.store.test.ts",
  "src/guardian/isolation.store.test.ts",
  "test/store/life-of-a-file.store.test.ts",
  "test/store/enumeration.store.test.ts",
  "src/account/warn-passwords.store.test.ts",
  "src/db/backup.store.test.ts",
  "src/drive/drive.store.test.ts",
  "src/audit/audit.store.test.ts",
];

/** A fresh clone does not know how long its tests take; the rest goes in Vitest's own order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((path) => moduleId.endsWith(path));
      return at < 0 ? LONGEST.length : at;
    };
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
