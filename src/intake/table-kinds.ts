/** Kinds of tables whose rejected rows are kept: their layouts, and what takes their rows. */
import type { Columns } from "./columns.ts";
import { annexLayout } from "./d02-annex.ts";
import type { Run } from "./import-file.ts";
import { personLayouts, takePersons } from "./import-persons.ts";
import { takeBenefits, takeCards, takeFacilities, takeOffices, takeParticipation, takeUnits } from "./import-rows.ts";
import type { ImportKind } from "./store-files.ts";

export type TableKind = Exclude<ImportKind, "claims" | "documents">;

interface KindOfTable {
  layouts(): readonly { name: string; columns: Columns }[];
  take(run: Run): Promise<void>;
  /** Do its rows say anything of persons? */
  isPersonal: boolean;
}

const kinds: Readonly<Record<TableKind, KindOfTable>> = {
  persons: { layouts: () => [...personLayouts(), annexLayout()], take: takePersons, isPersonal: true },
  cards: { ...takeCards, isPersonal: true },
  participation: { ...takeParticipation, isPersonal: true },
  benefits: { ...takeBenefits, isPersonal: true },
  facilities: { ...takeFacilities, isPersonal: false },
  units: { ...takeUnits, isPersonal: false },
  offices: { ...takeOffices, isPersonal: false },
};

/** Undefined for claims and benefit documents. */
export function tableKindOf(kind: string): KindOfTable | undefined {
  return Object.hasOwn(kinds, kind) ? kinds[kind as TableKind] : undefined;
}

/** The columns of a layout, in the order in which they are shown. */
export function columnsOf(kind: string, layout: string): Columns {
  return (
    tableKindOf(kind)
      ?.layouts()
      .find(({ name }) => name === layout)?.columns ?? {}
  );
}
