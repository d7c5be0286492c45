/**
 * The annex of household members on a sheet of its own (PL TV HGĐ), behind the sheet of D02-LT and TK1-TS. Pure. Its
 * headings are those of the annex in the one wide sheet, with or without the annex's name before them.
 */
import { personName, required, text } from "./columns.ts";
import { faultOfMember, memberColumns, memberOf, SexCodes } from "./d02.ts";
import { type Layout, layoutOf } from "./read-table.ts";
import type { HouseholdMember } from "./rules-household.ts";

const named = (...names: string[]) => names.flatMap((name) => [name, `pl_${name}`]);

const annexColumns = {
  ...memberColumns(named),
  member_household: required(text(30), ...named("ma_ho", "ma_so_ho_gia_dinh", "ma_ho_gia_dinh")),
  member_name: required(personName, ...named("ho_ten", "ho_va_ten")),
};

interface AnnexRow {
  member: HouseholdMember;
}

/** One for each file, as d02Layout. */
export function annexLayout(): Layout<AnnexRow> {
  const codes = new SexCodes();
  return layoutOf<typeof annexColumns, AnnexRow>({
    name: "annex",
    columns: annexColumns,
    fits: () => true,
    passesOver: () => true,
    rowOf(row) {
      codes.add(row.member_sex);
      return faultOfMember(row) ?? { member: memberOf(row, row.member_household, row.member_name) };
    },
  });
}
