import type { TestHouse } from "./house.ts";
import { secretOfTests, vaultOfTests } from "./vault.ts";

/**
 * Processes on one database while the secret is turned over: before, with the new one known, with the new one in front,
 * and without the old; and after a breach.
 */
export function processesOf(house: TestHouse) {
  const [old, fresh] = [7, 8];
  const withVault = (...given: Parameters<typeof secretOfTests>[]): TestHouse => {
    const vault = vaultOfTests(...given.map(([byte, standing]) => secretOfTests(byte, standing)));
    return { ...house, vault };
  };
  return {
    before: withVault([old, "front"]),
    toldOfNew: withVault([old, "front"], [fresh, "known"]),
    newInFront: withVault([fresh, "front"], [old, "known"]),
    withoutOld: withVault([fresh, "front"]),
    afterBreach: withVault([fresh, "front"], [old, "leaked"]),
  };
}

export type Processes = ReturnType<typeof processesOf>;
