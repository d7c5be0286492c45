import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";
import { type OldCommune, placeParts, rankOf, searchWords, wholeName } from "./rules-search.ts";

/** Communes of before 01/07/2025, found by name, with today's that took each over. */
export interface Successor extends OldCommune {
  next: { code: string; name: string; provinceCode: string; provinceName: string };
}

const LOOKED_AT = 400;

/** Best first; a commune that was split stands there once for each part. */
export async function findOldCommunes(db: Db | Tx, text: string, on: string, limit: number): Promise<Successor[]> {
  const words = searchWords(text);
  if (words.join("").length < 2) return [];
  const starts = words.map((word) => `% ${word}%`);
  const found = await successors(db, on, sql`' ' || old.folded like all(${starts}::text[])`);
  const ranked = found.map((one) => ({ one, rank: rankOf(one, text) }));
  return ranked
    .sort((a, b) => a.rank - b.rank || wholeName(a.one).localeCompare(wholeName(b.one), "vi", { numeric: true }))
    .slice(0, limit)
    .map(({ one }) => one);
}

/** What took over one commune, known by its code of before. */
export async function successorsOf(db: Db | Tx, oldCode: string, on: string): Promise<Successor[]> {
  return successors(db, on, sql`old.code = ${oldCode}`);
}

/** Today's commune of an old address in words, where its last parts leave no choice. */
export async function resolveOldAddress(db: Db | Tx, address: string, on: string): Promise<Successor | undefined> {
  for (const part of placeParts(address)) {
    const found = await findOldCommunes(db, part, on, 2);
    const [only] = found;
    if (only && found.length === 1 && rankOf(only, part) < 4) return only;
  }
  return undefined;
}

async function successors(db: Db | Tx, on: string, where: ReturnType<typeof sql>): Promise<Successor[]> {
  const { rows } = await sql<
    OldCommune & { nextCode: string; nextName: string; nextProvince: string; nextProvinceName: string }
  >`
    with recursive every as not materialized (
      select commune.code, commune.valid_from, commune.name, district.name as district, province.name as province,
        concat_ws(' ', commune.folded_name, district.folded_name, province.folded_name) as folded
      from admin_unit commune
      join admin_unit district on district.level = 'district' and district.code = commune.parent_code
      join admin_unit province on province.level = 'province' and province.code = district.parent_code
        and province.valid_from <= commune.valid_to and province.valid_to >= commune.valid_to
      where commune.level = 'commune' and commune.parent_level = 'district'
    ), old as (
      select * from every old where ${where}
    ), line as (
      select old.code as old_code, link.successor_code as code, link.successor_valid_from as valid_from
      from old join admin_unit_successor link
        on link.level = 'commune' and link.code = old.code and link.valid_from = old.valid_from
      union
      select line.old_code, link.successor_code, link.successor_valid_from
      from line join admin_unit_successor link
        on link.level = 'commune' and link.code = line.code and link.valid_from = line.valid_from
    )
    select old.code, old.name, old.district as "districtName", old.province as "provinceName",
      next.code as "nextCode", next.name as "nextName", home.code as "nextProvince", home.name as "nextProvinceName"
    from line
    join old on old.code = line.old_code
    join admin_unit next on next.level = 'commune' and next.code = line.code and next.valid_from = line.valid_from
      and (next.valid_to is null or next.valid_to >= ${on}::date)
    join admin_unit home on home.level = 'province' and home.code = next.parent_code
      and home.valid_from <= ${on}::date and (home.valid_to is null or home.valid_to >= ${on}::date)
    order by old.code, next.code
    limit ${LOOKED_AT}
  `.execute(db);
  return rows.map(({ nextCode, nextName, nextProvince, nextProvinceName, ...old }) => ({
    ...old,
    next: { code: nextCode, name: nextName, provinceCode: nextProvince, provinceName: nextProvinceName },
  }));
}
