export declare const MARKS: Readonly<Record<"secret" | "sensitive" | "personal" | "internal" | "open", string>>;
/** The statement whose rows dictionaryPage takes. */
export declare const COLUMNS: string;
export interface ColumnRow {
  table: string;
  about: string | null;
  column: string;
  type: string;
  says: string | null;
}
export declare function dictionaryPage(rows: readonly ColumnRow[]): string;
