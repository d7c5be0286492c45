/** The papers of a visit as they stand in `visit_rest`: read back, and the fields that people know put first. Pure. */
export interface RestTable {
  name: string;
  rows: readonly Readonly<Record<string, string>>[];
}

export function readRestTables(text: string | null): RestTable[] {
  if (text === null) return [];
  const read = JSON.parse(text) as Record<string, Record<string, string>[]>;
  return Object.entries(read).map(([name, rows]) => ({ name, rows }));
}

/** Who somebody is stands elsewhere: not repeated with every paper. */
const IDENTITY = new Set([
  "HO_TEN", "NGAY_SINH", "GIOI_TINH", "SO_CCCD", "MA_THE_BHYT", "DIA_CHI", "MA_DANTOC", "MA_NGHE_NGHIEP",
  "MA_QUOCTICH", "MATINH_CU_TRU", "MAHUYEN_CU_TRU", "MAXA_CU_TRU", "GT_THE_TU", "GT_THE_DEN", "MA_CSKCB", "MA_BN",
  "STT", "DIEN_THOAI", "MA_BHXH",
]); // biome-ignore format: a list

/** Fields with a name of their own first, in the order of the names; then the others by their code. */
export function shownFields(
  row: Readonly<Record<string, string>>,
  names: Readonly<Record<string, string>>,
): { named: [field: string, value: string][]; others: [field: string, value: string][] } {
  const named = Object.keys(names).flatMap((field): [string, string][] => {
    const value = row[field];
    return value === undefined ? [] : [[field, dayOrText(value)]];
  });
  const others = Object.entries(row).filter(([field]) => !(field in names) && !IDENTITY.has(field));
  return { named, others };
}

/** 20261120 and 202611200820 as days that people read; anything else as it was written. */
function dayOrText(value: string): string {
  const parts = value.split(";").map((part) => part.trim());
  if (!parts.every((part) => /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\d{4})?$/.test(part))) return value;
  return parts.map((part) => `${clock(part)}${part.slice(6, 8)}/${part.slice(4, 6)}/${part.slice(0, 4)}`).join("; ");
}

const clock = (part: string) =>
  part.length > 8 && part.slice(8) !== "0000" ? `${part.slice(8, 10)}:${part.slice(10)} ` : "";
