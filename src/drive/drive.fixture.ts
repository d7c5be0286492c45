import type { TestHouse } from "../../test/house.ts";
import type { House } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { hired } from "../staff-factor/staff.fixture.ts";
import type { Unit } from "./rules.ts";
import { saveUnit } from "./store.ts";

/** A unit of the roll-out, in force since the two levels. */
export async function aUnit(house: House, code: string, more: Partial<Unit> = {}): Promise<Unit> {
  const unit: Unit = {
    ...{ code, kind: "commune", name: `Xã Thử ${code}`, parentCode: null, officeCode: "52T01", provinceCode: "52" },
    ...{ communeCode: null, employerCode: null, headcount: null, headcountSource: null },
    ...{ validFrom: "2025-07-01", validTo: null },
    ...more,
  };
  await house.db.transaction().execute((tx) => saveUnit(tx, unit));
  return unit;
}

/** A member of staff who is signed in with both factors, with the cookie's token. */
export async function aMember(
  house: TestHouse,
  username: string,
  held: { role: string; office?: string; unit?: string },
  name = "Cán bộ Thử",
): Promise<{ actor: Staff; token: string }> {
  const { staff: actor, token } = await hired(house, { username, name, ...held });
  return { actor, token };
}
