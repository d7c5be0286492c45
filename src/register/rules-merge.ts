import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";

/**
 * What a merge of two records does with every table that is spread by person. A row never changes its
 * person_id: it is inserted with the survivor and deleted with the merged record. Parents stand before their
 * children. A table that stands in none of these lists fails the test of the schema.
 */
export const RECORD_TABLES = [
  "person_number",
  "contact_point",
  "health_card",
  "person_household",
  "participation_period",
  "benefit",
  "benefit_document",
  "visit",
  "visit_rest",
  "visit_version",
  "dispute",
  "dispute_event",
  "inbox_read",
  "mailing_choice",
  "statement",
] as const;

/** These go along only when the survivor has no account; else the merged record's account is closed where it is. */
export const ACCOUNT_TABLES = [
  "account",
  "account_password_history",
  "account_event",
  "authenticator",
  "consent_event",
  "contact_change",
  "data_request",
  "data_request_alarm",
  "device_seen",
  "kept_card",
  "notice_seen",
  "passkey",
  "push_subscription",
  "spare_code",
] as const;

/**
 * The story of a ward's links may not be rewritten: a ward's record is not merged into another, but may be the
 * survivor. Of a guardian's record the links go along: they stand with the ward (store-merge-links.ts).
 */
export const HINDERING_TABLES = ["guardianship", "guardianship_event"] as const;

/** `person` stays as a tombstone; staging is emptied by the import that fills it. */
export const STAYING_TABLES = ["person", "visit_staging"] as const;

export type MovingTable = (typeof RECORD_TABLES)[number] | (typeof ACCOUNT_TABLES)[number];

const MERGE_STATES = ["proposed", "rejected", "merged", "undone"] as const;
export type MergeState = (typeof MERGE_STATES)[number];

export type MergeAct = "confirm" | "reject" | "undo";

/** What may be done with a merge by whom: two persons for a merge, a supervisor for the decision and the way back. */
export function mergeActs(
  merge: { status: MergeState; proposedBy: string },
  by: { staffId: string; isSupervisor: boolean },
): MergeAct[] {
  if (!by.isSupervisor) return [];
  if (merge.status === "merged") return ["undo"];
  if (merge.status !== "proposed") return [];
  return merge.proposedBy === by.staffId ? ["reject"] : ["confirm", "reject"];
}

export const REASON_AT_MOST = 300;
const REASON_AT_LEAST = 5;

/** Why: one line of a few words, kept with the merge or the death. */
export function parseReason(text: string): Outcome<string, Fault[]> {
  const reason = text.normalize("NFC").replace(/\s+/gu, " ").trim();
  const letters = reason.replace(/[^\p{L}\p{N}]/gu, "").length;
  if (letters < REASON_AT_LEAST) return bad([{ field: "reason", key: "reason_missing" }]);
  return reason.length > REASON_AT_MOST ? bad([{ field: "reason", key: "reason_long" }]) : good(reason);
}

/** How often late rows of a merged record are looked for: an import that began before the merge is over by then. */
export const LATE_ROWS_DAYS = 2;
