import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { insertToken, stopTokenRow } from "../facility/store-tokens.ts";
import { keyAges } from "./ages.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(house.clock.now().getTime() + days * DAY_MS);

async function aToken(facilityCode: string, days: number): Promise<string> {
  const tokenId = randomUUID();
  const sha256 = createHash("sha256").update(tokenId).digest();
  await insertToken(house.db, { tokenId, facilityCode, sha256, label: "máy chủ", at: inDays(0), endsAt: inDays(days) });
  return tokenId;
}

describe("the list of keys and their ages", () => {
  it("has the ring, the secrets that were given, and of each facility the token that ends last", async () => {
    const [renewed, stopped, over] = ["79998", "79999", "80001"] as const;
    const before = house.clock.now();
    await aToken(renewed, 5);
    await aToken(renewed, 300);
    await stopTokenRow(house.db, await aToken(stopped, 200), before);
    await aToken(over, -1);
    house.settings.secrets = [{ name: "SMTP_URL", since: inDays(-83) }, { name: "VSSID_SECRET" }];
    const ages = await keyAges(house);
    const left = ages.map(({ kind, of, plannedEnd }) => [
      kind,
      of,
      plannedEnd && Math.round((plannedEnd.getTime() - before.getTime()) / DAY_MS),
    ]);
    expect(left.slice(1)).toEqual([
      ["SMTP_URL", undefined, 100],
      ["VSSID_SECRET", undefined, undefined],
      ["facility_token", renewed, 300],
    ]);
    expect(left[0]?.slice(0, 2)).toEqual(["ring", "1"]);
  });
});
