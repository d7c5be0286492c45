import type { UnitRow } from "../drive/store-scope.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { NotSignedIn } from "../kernel/failures.ts";
import type { FieldFault } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { KINDS, type Kind } from "./look.ts";
import { placeTiles } from "./place-tiles.ts";
import { boxOf, readLines, type TileFault, type TypedPlace } from "./rules-tiles.ts";
import { sightOf, territoryOf, unitsUnder } from "./scopes.ts";
import { TilesPage } from "./tiles-page.tsx";
import { tileWords } from "./words-tiles.ts";

/** Where the squares of the tile map stand: set by whoever sets a territory's targets. */
const HERE = "/console/coverage/tiles";
const acting = { who: ["supervisor", "leader"], purpose: "rollout" } as const;
/** More squares than this are no map any more. */
const MOST = 200;

export const routes: Route[] = [
  pageRoute({ ...acting, method: "GET", path: HERE, handle: showTiles }),
  pageRoute({ ...acting, method: "POST", path: HERE, handle: postTiles }),
];

interface TileMap {
  territory: { code: string; name: string };
  kind: Kind | undefined;
  units: UnitRow[];
}

function staffOf(ask: Ask): Staff {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  return ask.actor;
}

async function mapOf(ask: Ask): Promise<TileMap> {
  const seen = await sightOf(ask.house, staffOf(ask), dayOf(ask.now).toString());
  const territory = territoryOf(seen, ask.query.territory);
  const all = unitsUnder(seen, territory.code);
  const has = (kind: Kind) => all.some((unit) => unit.kind === kind);
  const kind = KINDS.find((one) => one === ask.query.kind && has(one)) ?? KINDS.find(has);
  return { territory, kind, units: all.filter((unit) => unit.kind === kind) };
}

const hrefOf = ({ territory, kind }: TileMap, at = HERE, more: Record<string, string> = {}) =>
  `${at}?${new URLSearchParams({ territory: territory.code, kind: kind ?? "", ...more })}`;

const asTyped = (units: readonly UnitRow[]): Map<string, TypedPlace> =>
  new Map(
    units.map(({ code, across, down }) => [
      code,
      { across: across === null ? "" : String(across + 1), down: down === null ? "" : String(down + 1) },
    ]),
  );

function show(
  ask: Ask,
  map: TileMap,
  typed: ReadonlyMap<string, TypedPlace>,
  said: { faults: readonly TileFault[]; isPreview: boolean },
): Reply {
  const words = tileWords(ask.lang).faults;
  const faults: FieldFault[] = said.faults.map(({ field, key, unit, other = "" }) => ({
    field,
    text: words[key](unit, other),
  }));
  const props = { ask, typed, faults, isPreview: said.isPreview, action: hrefOf(map), most: MOST };
  return page(<TilesPage {...props} {...map} />, faults.length > 0 ? 422 : 200);
}

async function showTiles(ask: Ask): Promise<Reply> {
  const map = await mapOf(ask);
  return show(ask, map, asTyped(map.units), { faults: [], isPreview: false });
}

/** Preview and paste write nothing; what was typed stays in its boxes. */
async function postTiles(ask: Ask): Promise<Reply> {
  const map = await mapOf(ask);
  const { form } = ask;
  const boxes = map.units.map(({ code }): [string, TypedPlace] => [
    code,
    { across: form[boxOf("across", code)] ?? "", down: form[boxOf("down", code)] ?? "" },
  ]);
  const isPaste = form.act === "paste";
  const pasted = isPaste ? readLines(form.lines ?? "", map.units) : undefined;
  if (pasted && !pasted.ok) return show(ask, map, asTyped(map.units), { faults: pasted.faults, isPreview: false });
  const typed = pasted ? new Map([...asTyped(map.units), ...pasted.value]) : new Map(boxes);
  const isPreview = form.act !== "save" || map.units.length > MOST;
  const asked = { territory: map.territory.code, kind: map.kind ?? "", units: map.units, typed, isPreview };
  const faults = await placeTiles(ask.house, staffOf(ask), asked);
  if (faults.length > 0 || isPreview) return show(ask, map, typed, { faults, isPreview });
  return redirect(hrefOf(map, "/console/coverage", { view: "tiles" }), tileWords(ask.lang).saved);
}
