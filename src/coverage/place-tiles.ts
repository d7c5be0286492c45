import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { parseTiles, type TileFault, type TileUnit, type TypedPlace } from "./rules-tiles.ts";
import { lockTiles, savePlaces, squaresBeside } from "./store-tiles.ts";

interface Placing {
  territory: string;
  kind: string;
  units: readonly TileUnit[];
  typed: ReadonlyMap<string, TypedPlace>;
  /** Only looked at. */
  isPreview: boolean;
}

/** Places the squares of a territory's units; answers what keeps it from being done, and then nothing was written. */
export async function placeTiles(house: House, staff: Staff, asked: Placing): Promise<TileFault[]> {
  const now = house.clock.now();
  const codes = asked.units.map(({ code }) => code);
  return inTransaction(house.db, async (tx) => {
    await lockTiles(tx);
    const beside = await squaresBeside(tx, codes, asked.kind, dayOf(now).toString());
    const parsed = parseTiles(asked.units, asked.typed, beside);
    if (!parsed.ok) return parsed.faults;
    if (asked.isPreview) return [];
    await savePlaces(tx, parsed.value);
    await record(tx, {
      ...{ at: now, actor: staff, action: "coverage.tiles_placed", purpose: "rollout" },
      object: { kind: "drive_unit", id: asked.territory },
      detail: { units: codes.length },
    });
    return [];
  });
}
