/** The columns of a visit by what they are for. */
import { sql } from "kysely";

/** What a citizen reads of a visit: only a change in these writes the row again. */
export const CONTENT = [
  "facility_code", "episode_key", "admitted_at", "discharged_at", "care_type", "entitlement_code", "card_number",
  "main_code", "other_codes", "diagnosis", "outcome", "discharge_kind", "total", "in_scope", "fund_paid", "co_paid",
  "self_paid", "other_paid", "declared", "items_version", "items", "results", "notes", "flags", "is_sensitive", "spec",
  "rest_sha256",
] as const; // biome-ignore format: a table
export const ORIGIN = ["source_file_id", "source_record", "raw_sha256", "arrived_at"] as const;

export const columnsOf = (prefix: string, columns: readonly string[]) =>
  sql.raw(columns.map((name) => prefix + name).join(", "));
