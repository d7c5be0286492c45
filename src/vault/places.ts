/**
 * Where sealed bytes lie, by the purpose they are sealed for. Table, column and the row's own context are bound to
 * every seal, so bytes that were moved to another row or column do not open.
 */

/** Small or short-lived values: one data key a class and version. */
export const SHARED_PLACES = {
  notice: "notice.sealed_fields",
  idempotency: "idempotency_key.body",
  authenticator: "authenticator.sealed_secret",
  "staff-authenticator": "staff_authenticator.sealed_secret",
  passkey: "passkey.sealed_key",
  "staff-passkey": "staff_passkey.sealed_key",
  "eid-request": "eid_request.sealed_secrets",
  "push-subscription": "push_subscription.sealed_subscription",
  "intake.rejects": "import_reject_record.sealed",
  "intake.rows": "import_reject_row.sealed",
  "statement-figures": "statement.sealed_figures",
  letter: "letter_paper.sealed_pdf",
  "letter-signature": "letter_receipt.sealed_drawing",
  "letter-code": "letter_receipt_code.sealed_code",
} as const;

/** Pictures of people and their papers: a data key each. */
export const OWN_PLACES = {
  "id-paper": { table: "id_paper_copy", id: "copy_id", column: "sealed" },
  "guardian-paper": { table: "guardian_paper_copy", id: "copy_id", column: "sealed" },
  "declaration-photo": { table: "declaration_photo", id: "photo_id", column: "sealed" },
} as const;

/**
 * What a device keeps and shows again, where a row with a random id decides and the seal only hides it: it opens under a
 * secret that leaked too.
 */
export const ROW_DECIDES: readonly string[] = ["kept-card"];

/**
 * What is sealed to be believed, not to be hidden: never by a secret itself. Whoever writes in the database and holds a
 * secret that leaked would make such a seal.
 */
export const RING_VOUCHES: readonly string[] = ["passkey", "staff-passkey"];

export type SharedClass = keyof typeof SHARED_PLACES;
export type OwnClass = keyof typeof OWN_PLACES;

export const SHARED_CLASSES = Object.keys(SHARED_PLACES) as SharedClass[];

export function isShared(purpose: string): purpose is SharedClass {
  return Object.hasOwn(SHARED_PLACES, purpose);
}

export function boundTo(purpose: SharedClass | OwnClass, context: string): string {
  if (isShared(purpose)) return `${SHARED_PLACES[purpose]}:${context}`;
  const { table, column } = OWN_PLACES[purpose];
  return `${table}.${column}:${context}`;
}
