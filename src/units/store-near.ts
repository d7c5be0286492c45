import { sql } from "kysely";
import type { Db } from "../db/house.ts";

/** 0: serves or lies in the commune; 1: in the district of before 01/07/2025; 2: in the province. No coordinates are known. */
export type Nearness = 0 | 1 | 2;

export interface NearOffice {
  code: string;
  name: string;
  address: string;
  phone: string;
  openingHours: string;
  nearness: Nearness;
}

export interface NearFacility {
  code: string;
  name: string;
  level: string | null;
  address: string | null;
  phone: string | null;
  nearness: Nearness;
}

export interface Near {
  provinceCode: string;
  communeCode: string;
  /** ISO day. */
  on: string;
}

/** Communes of today that took over communes of the same old districts as this one did. */
const neighbours = ({ communeCode, on }: Near) => sql`
  select distinct other.successor_code as code
    from admin_unit_successor mine
    join admin_unit old on old.level = 'commune' and old.code = mine.code and old.valid_from = mine.valid_from
    join admin_unit sister on sister.level = 'commune' and sister.parent_level = 'district'
      and sister.parent_code = old.parent_code
    join admin_unit_successor other on other.level = 'commune' and other.code = sister.code
      and other.valid_from = sister.valid_from
   where mine.level = 'commune' and mine.successor_code = ${communeCode} and old.parent_level = 'district'
     and old.valid_from <= ${on}::date`;

/** Offices open on that day, the nearest first. */
export async function officesNear(db: Db, near: Near, limit: number): Promise<NearOffice[]> {
  const { provinceCode, communeCode, on } = near;
  const { rows } = await sql<NearOffice>`
    with neighbour as (${neighbours(near)})
    select office_code as code, name, address, phone, opening_hours as "openingHours",
           case when office.commune_code = ${communeCode} or exists (select from bhxh_office_area area
                       where area.office_code = office.office_code and area.commune_code = ${communeCode}) then 0
                when office.commune_code in (select code from neighbour) then 1 else 2 end as nearness
      from bhxh_office office
     where office.province_code = ${provinceCode} and office.valid_from <= ${on}::date
       and (office.valid_to is null or office.valid_to >= ${on}::date)
     order by nearness, kind, name limit ${limit}`.execute(db);
  return rows;
}

/** The same of care facilities. They have no commune of their own: the one at the end of their address counts. */
export async function facilitiesNear(db: Db, near: Near, limit: number): Promise<NearFacility[]> {
  const { provinceCode, communeCode, on } = near;
  const { rows } = await sql<NearFacility>`
    with neighbour as (${neighbours(near)}),
    place as (select code, name from admin_unit
               where level = 'commune' and parent_level = 'province' and parent_code = ${provinceCode}
                 and valid_from <= ${on}::date and (valid_to is null or valid_to >= ${on}::date)),
    present as (select distinct on (facility_code) * from facility
                 where province_code = ${provinceCode} and valid_from <= ${on}::date
                   and (valid_to is null or valid_to >= ${on}::date)
                 order by facility_code, valid_from desc)
    select facility_code as code, facility.name, level, address, phone,
           case when place.code = ${communeCode} then 0
                when place.code in (select code from neighbour) then 1 else 2 end as nearness
      from present facility
      left join lateral (select code from place
                          where ', ' || facility.address || ',' like '%, ' || place.name || ',%' limit 1) place on true
     order by nearness, facility.name limit ${limit}`.execute(db);
  return rows;
}
