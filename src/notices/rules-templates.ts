/**
 * What each message says. Fields are ready to be read (days and times come from kernel/calendar in the
 * reader's language); secrets are sealed in the outbox and wiped once the message is out.
 */
export interface TemplateFields {
  /** `deadline`: the last day for handing in. */
  declaration_confirmed: { code: string; deadline: string; office: string };
  /** `login`: stored and shown masked; the whole number never travels beside the password. */
  declaration_accepted: { code: string; login: string; until: string };
  /** `reason`: the grounds, one sentence that says what to do; an SMS shortens what does not fit. */
  declaration_refused: { code: string; reason: string };
  /** `until`: the last day on which the answers are kept for declaring again. */
  declaration_lapsed: { code: string; until: string };
  declaration_reminder: { code: string; deadline: string; office: string };
  /** `deadline`: the new last day, after a holiday was entered or struck out. */
  declaration_moved: { code: string; deadline: string; office: string };
  declaration_withdrawn: { code: string };
  /** `office`: where to hand in now; the last day has not moved. */
  declaration_handed_over: { code: string; deadline: string; office: string };
  /** Two records of one person are one: `login` signs in from now on, masked. */
  records_merged: { login: string };
  /** The merge was wrong and is undone. */
  records_parted: Record<never, string>;
  /** `day`: when the fact was reported; neither the fact nor the answer travels. */
  dispute_answered: { day: string };
  /** `answer`: what the hotline answers, without a number of a person; an SMS shortens what does not fit. */
  ticket_answered: { code: string; answer: string };
  /** A member of staff opened the record in an emergency: `office` is theirs. Read in the account. */
  record_opened: { at: string; office: string };
  /** A breach of personal data touched the reader: `day` of its detection, `code` of the case; never which data. */
  data_breach: { code: string; day: string };
  /** To a caller, to be read to the hotline: opens nothing. */
  caller_code: { minutes: string | number };
  password_changed: { at: string };
  /** `what`: the purpose in the reader's language, "xác nhận số điện thoại". `tell`: who may hear it. */
  one_time_code: { what: string; minutes: string | number; tell: string };
  /** `login`: masked, as above. `until`: the last moment of the code. */
  activation_code: { login: string; until: string };
  /** `until`: the last day of the password. */
  password_warning: { until: string };
  /** The notice of the 10th. `unpaid`: funds, units and months, read in the account alone; never an amount. */
  arrears_notice: { day: string; unpaid: string };
  new_device: { at: string; device: string };
  /** `event`: "đã bật ứng dụng xác thực". */
  factor_changed: { event: string; at: string };
  /** To the old telephone and address. `contact`: "Số điện thoại". */
  contact_changing: { contact: string; at: string };
  contact_changed: { contact: string; at: string };
  /** `state`: "đã ngừng sử dụng"; `code`: number of the confirmation. */
  account_state: { state: string; at: string; code: string };
  /** A child's file: told to the guardian, who needs no password for it. */
  ward_accepted: { code: string };
  /** `change`: what became of the link, in the reader's language. */
  guardian_link: { change: string; at: string };
  /** `day`: the first day without the link. */
  guardian_ends: { day: string };
  ward_of_age: { day: string };
  /**
   * Messages of a campaign. `unit`: who sends; `reply`: the number to which TC is sent, empty where only e-mail goes out;
   * `at`: "08:00 23/12/2026".
   */
  mailing_finish: { unit: string; reply: string };
  mailing_desk: { unit: string; at: string; place: string; reply: string };
  mailing_scam: { unit: string; reply: string };
  /** The answer to TC: no more campaigns. */
  mailing_refused: Record<never, never>;
  /** The week's report of the roll-out is there. `day`: the Monday of it; no figure travels. */
  weekly_report: { day: string };
  /** A forgotten mã số BHXH, sent to the phone in the register; no name travels with it. */
  insurance_number: Record<never, never>;
  /** A letter (công văn) came: `letter` its number, `day` its date. Where to read it is said in words. */
  letter_sent: { letter: string; day: string; subject: string };
  /** It is not signed for yet. */
  letter_reminder: { letter: string; subject: string };
  /** To the sender. `unit`: who asks. */
  letter_asked: { letter: string; unit: string };
  letter_answered: { letter: string };
  /** To whoever is invited to coordinate a unit of the roll-out. `until`: the last moment of the code. */
  unit_invitation: { unit: string; until: string };
}

export interface TemplateSecrets {
  declaration_accepted: { password: string };
  one_time_code: { code: string };
  caller_code: { code: string };
  activation_code: { password: string };
  contact_changing: { code: string };
  insurance_number: { number: string };
  /** `key`: opens the letter to whoever types it. */
  letter_sent: { key: string };
  letter_reminder: { key: string };
  letter_answered: { key: string };
  unit_invitation: { invite: string };
}

export type TemplateName = keyof TemplateFields;

/** All values of one message, as its sentence takes them. */
export type ValuesOf<T extends TemplateName> = {
  [K in keyof TemplateFields[T]]: string;
} & (T extends keyof TemplateSecrets ? TemplateSecrets[T] : unknown);

interface Needs<T extends TemplateName> {
  fields: readonly (keyof TemplateFields[T])[];
  secrets: readonly (T extends keyof TemplateSecrets ? keyof TemplateSecrets[T] : never)[];
}

export const needs: { readonly [T in TemplateName]: Needs<T> } = {
  declaration_confirmed: { fields: ["code", "deadline", "office"], secrets: [] },
  declaration_accepted: { fields: ["code", "login", "until"], secrets: ["password"] },
  declaration_refused: { fields: ["code", "reason"], secrets: [] },
  declaration_lapsed: { fields: ["code", "until"], secrets: [] },
  declaration_reminder: { fields: ["code", "deadline", "office"], secrets: [] },
  declaration_moved: { fields: ["code", "deadline", "office"], secrets: [] },
  declaration_withdrawn: { fields: ["code"], secrets: [] },
  declaration_handed_over: { fields: ["code", "deadline", "office"], secrets: [] },
  records_merged: { fields: ["login"], secrets: [] },
  records_parted: { fields: [], secrets: [] },
  dispute_answered: { fields: ["day"], secrets: [] },
  ticket_answered: { fields: ["code", "answer"], secrets: [] },
  record_opened: { fields: ["at", "office"], secrets: [] },
  data_breach: { fields: ["code", "day"], secrets: [] },
  caller_code: { fields: ["minutes"], secrets: ["code"] },
  password_changed: { fields: ["at"], secrets: [] },
  one_time_code: { fields: ["what", "minutes", "tell"], secrets: ["code"] },
  activation_code: { fields: ["login", "until"], secrets: ["password"] },
  password_warning: { fields: ["until"], secrets: [] },
  arrears_notice: { fields: ["day", "unpaid"], secrets: [] },
  new_device: { fields: ["at", "device"], secrets: [] },
  factor_changed: { fields: ["event", "at"], secrets: [] },
  contact_changing: { fields: ["contact", "at"], secrets: ["code"] },
  contact_changed: { fields: ["contact", "at"], secrets: [] },
  account_state: { fields: ["state", "at", "code"], secrets: [] },
  ward_accepted: { fields: ["code"], secrets: [] },
  guardian_link: { fields: ["change", "at"], secrets: [] },
  guardian_ends: { fields: ["day"], secrets: [] },
  ward_of_age: { fields: ["day"], secrets: [] },
  mailing_finish: { fields: ["unit", "reply"], secrets: [] },
  mailing_desk: { fields: ["unit", "at", "place", "reply"], secrets: [] },
  mailing_scam: { fields: ["unit", "reply"], secrets: [] },
  mailing_refused: { fields: [], secrets: [] },
  weekly_report: { fields: ["day"], secrets: [] },
  insurance_number: { fields: [], secrets: ["number"] },
  letter_sent: { fields: ["letter", "day", "subject"], secrets: ["key"] },
  letter_reminder: { fields: ["letter", "subject"], secrets: ["key"] },
  letter_asked: { fields: ["letter", "unit"], secrets: [] },
  letter_answered: { fields: ["letter"], secrets: ["key"] },
  unit_invitation: { fields: ["unit", "until"], secrets: ["invite"] },
};

export const templateNames = Object.keys(needs) as TemplateName[];
