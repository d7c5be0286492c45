import type { FlagKind } from "../visits/items.ts";

/** What else the intake tells an auditor about a claim, beside what citizens are told (visits/items.ts). */
export type OwnFlagKind =
  | "sum_in_scope"
  | "sum_drugs"
  | "sum_supplies"
  | "sum_fee_for_service"
  | "declared_parts"
  | "line_price"
  | "line_scope"
  | "line_other"
  | "missing"
  | "over_length"
  | "not_a_number"
  | "unknown_field"
  | "stay_days"
  | "facility_differs"
  | "old_layout";

const FLAGS_MAX = 50;

/** Gathers what does not fit, each once; nothing is repaired. */
export class Flags {
  readonly #rows: string[][] = [];
  readonly #seen = new Set<string>();

  add(kind: FlagKind | OwnFlagKind, ...details: string[]): void {
    if (this.#rows.length >= FLAGS_MAX) return;
    const key = `${kind} ${details.join(" ")}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#rows.push([kind, ...details]);
  }

  get count(): number {
    return this.#rows.length;
  }

  toText(): string {
    return JSON.stringify(this.#rows);
  }
}
