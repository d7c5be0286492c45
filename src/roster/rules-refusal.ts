/** A whole list that cannot be taken. Holds nothing of its content but the names of its sheets. */
export const REFUSALS = [
  "no_file",
  "empty_file",
  "old_excel",
  "locked_excel",
  "not_a_list",
  "no_headings",
  "which_sheet",
  "old_font",
  "too_many_rows",
  "no_people",
  "files_spent",
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

export class RosterRefused extends Error {
  constructor(
    readonly code: RefusalCode,
    /** Sheets that hold a list: one of them must be named. */
    readonly sheets: readonly string[] = [],
  ) {
    super(`roster refused: ${code}`);
    this.name = "RosterRefused";
  }
}
