/** What a line of the record of looks shows of a person, and what a table holds: kinds of data, named once. Pure. */
export const KINDS = [
  "identity",
  "contact",
  "id_paper",
  "card",
  "participation",
  "benefits",
  "health",
  "account",
  "declaration",
  "messages",
  "guardian",
] as const;
export type DataKind = (typeof KINDS)[number];

/** NĐ 356/2025/NĐ-CP, art. 4: health, images of ID papers, use of an online service. */
const SENSITIVE: readonly DataKind[] = ["health", "id_paper", "account"];
export const isSensitive = (kind: DataKind) => SENSITIVE.includes(kind);

/** A try that was turned down showed nothing of anybody. */
export const REFUSED = [
  "look.refused",
  "look.matter_refused",
  "hotline.not_identified",
  "recovery_refused",
  "second_factor_refused",
  "eid_refused",
] as const;

/** The first beginning that fits decides. */
const OF_ACTIONS: readonly (readonly [string, readonly DataKind[]])[] = [
  ["read_person", ["identity", "contact"]],
  ["read_cards", ["identity", "card"]],
  ["read_household", ["identity"]],
  ["read_participation", ["participation"]],
  ["read_benefits", ["benefits"]],
  ["read_papers", ["benefits", "health"]],
  ["read_notices", ["messages"]],
  ["read_visit", ["health"]],
  ["read_hiv", ["health"]],
  ["read_fhir", ["identity", "card", "health"]],
  ["claim.", ["health"]],
  ["card_", ["identity", "card"]],
  ["statement.", ["identity", "participation", "benefits", "health"]],
  ["rights.export", ["identity", "contact", "account", "declaration", "messages"]],
  ["rights.", ["identity", "account"]],
  ["dispute.", ["identity", "health"]],
  ["read_disputes", ["identity", "health"]],
  ["open_dispute", ["identity", "health"]],
  ["review.show_paper", ["id_paper"]],
  ["review.show_photo", ["id_paper"]],
  ["review.file_paper", ["id_paper"]],
  ["review.", ["identity", "contact", "declaration"]],
  ["declaration.photo", ["id_paper"]],
  ["declaration.", ["identity", "contact", "declaration"]],
  ["batch.", ["identity", "declaration"]],
  ["guardian.show_paper", ["id_paper", "guardian"]],
  ["guardian.", ["identity", "guardian"]],
  ["acting_begun", ["identity", "guardian"]],
  ["person.", ["identity", "contact", "card"]],
  ["look.", ["identity", "contact", "card"]],
  ["hotline.", ["identity", "contact", "declaration"]],
  ["roster.", ["identity", "contact"]],
  ["notice", ["contact", "messages"]],
  ["unreached.", ["contact", "messages"]],
  ["rejected_row.", ["identity"]],
  ["number_requested", ["identity", "contact"]],
  ["account_seen", ["identity", "contact", "account"]],
  ["account_confirmation_printed", ["identity", "account"]],
  ["phone_", ["contact", "account"]],
  ["email_", ["contact", "account"]],
  ["address_", ["contact", "account"]],
];

/** Everything else that stands in the record is a deed on an account. */
export function kindsOfAction(action: string): readonly DataKind[] {
  return OF_ACTIONS.find(([start]) => action.startsWith(start))?.[1] ?? ["account"];
}

/** What leaves with a whole table; one that is not here cannot be named in a search. */
export const KINDS_OF_TABLES: Readonly<Record<string, readonly DataKind[]>> = {
  person: ["identity"],
  person_number: ["identity"],
  contact_point: ["contact"],
  health_card: ["card"],
  person_household: ["identity"],
  participation_period: ["participation"],
  benefit: ["benefits"],
  benefit_document: ["benefits", "health"],
  visit: ["health"],
  visit_rest: ["health"],
  visit_version: ["health"],
  visit_staging: ["health"],
  dispute: ["health"],
  dispute_event: ["health"],
  inbox_read: ["messages"],
  statement: ["participation", "benefits", "health"],
  account: ["account"],
  account_password_history: ["account"],
  account_event: ["account"],
  authenticator: ["account"],
  consent_event: ["account"],
  contact_change: ["contact"],
  data_request: ["account"],
  mailing_choice: ["account"],
  data_request_alarm: ["account"],
  device_seen: ["account"],
  kept_card: ["account"],
  notice_seen: ["account"],
  passkey: ["account"],
  push_subscription: ["account"],
  spare_code: ["account"],
  guardianship: ["guardian"],
  guardianship_event: ["guardian"],
  notice: ["contact", "messages"],
  declaration: ["identity", "contact", "declaration"],
  id_paper_copy: ["id_paper"],
  declaration_photo: ["id_paper"],
  roster_person: ["identity", "contact"],
  person_key: ["identity"],
  person_death: ["identity"],
  person_merge_row: ["identity", "contact", "health"],
  household_member: ["identity"],
  statement_code: ["account"],
  session: ["account"],
  sign_in_ticket: ["account"],
  one_time_code: ["account"],
  eid_request: ["account"],
  declaration_event: ["declaration"],
  declaration_finding: ["identity", "declaration"],
  id_paper_reading: ["identity"],
  unreached_task: ["contact", "messages"],
  ticket: ["identity", "contact"],
  declaration_guardian: ["guardian"],
  guardian_paper: ["guardian"],
  guardian_paper_copy: ["id_paper", "guardian"],
  audit_event: ["account", "health"],
  counter_matter: ["identity"],
  break_glass: ["identity"],
  look_flag: ["identity"],
  look_watch: ["identity"],
  retention_hold: ["identity"],
  breach_subject: ["identity"],
};

const OF_ACCOUNTS = [
  "account_",
  "password_",
  "activation_resent",
  "recovery_",
  "proved_again",
  "limit_lifted",
  "passkey_",
  "authenticator_",
  "spare_codes_new",
  "second_factor_",
  "factors_removed",
  "eid_",
  "phone_",
  "email_",
  "address_",
  "sessions_ended",
  "card_forgotten",
];
const OF_SESSIONS = ["sign_in", "sign_out", "card_forgotten", "push_off"];
const OF_CHOICES = ["account.lang", "consent.", "notice.seen", "campaigns.", "push_", "card_", "rights."];

/**
 * Which deeds are done at an address: the beginning of the path, and the beginnings of what stands in the record. The
 * first that fits decides; pages that show nobody's data write nothing of persons.
 */
export const ADDRESSES: readonly (readonly [string, readonly string[]])[] = [
  ["/console/persons", ["person.", "look."]],
  ["/console/merges", ["person."]],
  ["/console/files", ["review.", "declaration.", "guardian.", "person."]],
  ["/console/find", ["review.search"]],
  ["/console/bring", ["review."]],
  ["/console/transfers", ["review."]],
  ["/console/batches", ["batch."]],
  ["/console/guardians", ["guardian."]],
  ["/console/disputes", ["dispute."]],
  ["/console/claims", ["claim."]],
  ["/console/intake", ["rejected_row.", "intake."]],
  ["/console/outbox", ["notices."]],
  ["/console/unreached", ["unreached."]],
  ["/console/hotline", ["hotline."]],
  ["/console/roster", ["roster."]],
  ["/console/data-requests", ["rights."]],
  ["/console/looks", ["look."]],
  ["/console/account", OF_ACCOUNTS],
  ["/console/activation", OF_ACCOUNTS],
  ["/console/reissue", OF_ACCOUNTS],
  ["/console/sign-in", OF_SESSIONS],
  ["/console/sign-out", OF_SESSIONS],
  ["/app/visits", ["read_visit", "read_hiv"]],
  ["/app/benefits", ["read_benefits", "read_papers"]],
  ["/app/participation", ["read_participation"]],
  ["/app/card", ["read_cards", "card_"]],
  ["/app/keep", ["read_cards", "card_"]],
  ["/app/family", ["acting_begun"]],
  ["/app/statements", ["statement."]],
  ["/app/disputes", ["read_disputes", "open_dispute"]],
  ["/app", ["read_"]],
  ["/api/v1/me", ["read_", "open_dispute", "statement.", "card_", "rights.export"]],
  ["/api/v1/kept-cards", ["card_", "push_off"]],
  ["/api/v1/account", [...OF_ACCOUNTS, ...OF_SESSIONS]],
  ["/api/v1/session", OF_SESSIONS],
  ["/api/v1/declarations", ["declaration.", "review.", "guardian."]],
  ["/api/v1/batches", ["batch.", "declaration."]],
  ["/api/v1/paper-checks", ["statement.check"]],
  ["/fhir", ["read_fhir"]],
  ["/account", [...OF_ACCOUNTS, ...OF_SESSIONS, ...OF_CHOICES]],
  ["/sign-in", [...OF_ACCOUNTS, ...OF_SESSIONS]],
  ["/sign-out", OF_SESSIONS],
  ["/register", ["declaration.", "activation_resent"]],
  ["/insurance-number", ["number_requested"]],
  ["/help", ["hotline."]],
  ["/check-paper", ["statement.check"]],
];

/** The first page of the counter; what lies under it names itself. */
const QUEUE = "/console";

/** Undefined: nothing is known of this address, and a search by it would find nobody. */
export function actionsAt(address: string): readonly string[] | undefined {
  if (address === QUEUE) return ["review."];
  return ADDRESSES.find(([start]) => address === start || address.startsWith(`${start}/`))?.[1];
}
