/** Cards of a person and the base wage, read in one named statement with the person's version. */
import type pg from "pg";
import type { QueryArrayResult } from "pg";
import type { Db } from "../db/house.ts";
import type { CardForm } from "../kernel/numbers.ts";
import type { BaseWage, Card, GroupEntry, Level } from "./rules.ts";

export interface ShownCard extends Card {
  facilityName: string | undefined;
  /** The province of a number of 15 signs through time, with what took it over. */
  provinces: readonly NamedProvince[];
  sourceFileId: string | undefined;
}

export interface NamedProvince {
  code: string;
  name: string;
  from: string;
  to: string | undefined;
  next: string | undefined;
}

export interface CardsRead {
  version: string;
  cards: ShownCard[];
}

const cardsStatement = {
  name: "cards_of_person",
  text: `
    select p.data_version, c.card_number, c.form, c.valid_from, c.valid_to, c.status, c.object_group,
           c.benefit_level, c.living_area, c.facility_code, c.five_year_on, c.issued_by,
           (select f.name from facility f where f.facility_code = c.facility_code
             order by f.valid_from desc limit 1),
           (select json_agg(json_build_object('from', e.valid_from, 'to', e.valid_to, 'nameVi', e.name_vi,
                     'nameEn', e.name_en, 'level', e.detail->'level', 'percent', e.detail->'percent'))
              from code_list_entry e where e.list = 'object_group' and e.code = c.object_group),
           c.source_file_id,
           case when c.form = 'card15' then
             (select json_agg(json_build_object('code', u.code, 'name', u.name, 'from', u.valid_from, 'to', u.valid_to,
                       'next', (select s.successor_code from admin_unit_successor s where s.level = u.level
                                   and s.code = u.code and s.valid_from = u.valid_from limit 1)))
                from admin_unit u
               where u.level = 'province' and (u.code = substr(c.card_number, 4, 2) or u.code in
                 (select s.successor_code from admin_unit_successor s
                   where s.level = 'province' and s.code = substr(c.card_number, 4, 2))))
           end
      from person p
      left join health_card c on c.person_id = $1
     where p.person_id = $1
     order by c.valid_from desc, c.card_number`,
};

type Text = string | null;
type CardRow = [
  version: string,
  number: Text,
  form: Text,
  validFrom: Text,
  validTo: Text,
  status: Text,
  group: Text,
  level: number | null,
  livingArea: Text,
  facilityCode: Text,
  fiveYearOn: Text,
  issuedBy: Text,
  facilityName: Text,
  groupEntries: Record<keyof GroupEntry, string | number | null>[] | null,
  sourceFileId: Text,
  provinces: Record<keyof NamedProvince, Text>[] | null,
];

export async function readCards(pool: pg.Pool, personId: string): Promise<CardsRead> {
  const result: QueryArrayResult<CardRow> = await pool.query({
    ...cardsStatement,
    values: [personId],
    rowMode: "array",
  });
  const version = result.rows[0]?.[0];
  if (version === undefined) throw new Error("a signed-in person is not in the register");
  return { version, cards: result.rows.filter(([, number]) => number !== null).map(cardOf) };
}

function cardOf(row: CardRow): ShownCard {
  const [, number, form, validFrom, validTo, status, group, level, livingArea, facilityCode, fiveYearOn] = row;
  return {
    number: number ?? "",
    form: form as CardForm,
    validFrom: validFrom ?? "",
    validTo: validTo ?? undefined,
    status: status as Card["status"],
    group: group ?? undefined,
    groupEntries: (row[13] ?? []).map(entryOf),
    level: (level ?? undefined) as Level | undefined,
    livingArea: livingArea ?? undefined,
    facilityCode: facilityCode ?? undefined,
    fiveYearOn: fiveYearOn ?? undefined,
    issuedBy: row[11] ?? undefined,
    facilityName: row[12] ?? undefined,
    sourceFileId: row[14] ?? undefined,
    provinces: (row[15] ?? []).map(provinceOf),
  };
}

function provinceOf({ code, name, from, to, next }: Record<keyof NamedProvince, Text>): NamedProvince {
  return { code: code ?? "", name: name ?? "", from: from ?? "", to: to ?? undefined, next: next ?? undefined };
}

function entryOf(entry: Record<keyof GroupEntry, string | number | null>): GroupEntry {
  return {
    from: String(entry.from),
    to: entry.to === null ? undefined : String(entry.to),
    nameVi: String(entry.nameVi),
    nameEn: String(entry.nameEn),
    level: (entry.level ?? undefined) as Level | undefined,
    percent: (entry.percent ?? undefined) as number | undefined,
  };
}

/** The base wage through time, oldest first: a dozen rows. */
export async function baseWages(db: Db): Promise<BaseWage[]> {
  const rows = await db.selectFrom("base_wage").select(["valid_from", "amount_vnd"]).orderBy("valid_from").execute();
  return rows.map((row) => ({ from: row.valid_from, amount: BigInt(row.amount_vnd) }));
}
