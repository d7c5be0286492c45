import { createHash } from "node:crypto";
import type { NoticeClass } from "./rules.ts";
import type { TemplateName } from "./rules-templates.ts";

/**
 * Which messages also go to the person's devices, and where they open. Codes never do: a screen that is locked is read
 * by whoever holds the telephone. `toGuardians`: shown on the devices of those who act for the person, too.
 */
interface Shown {
  opens: string;
  toGuardians?: true;
}

export const shownOnDevices: Partial<Record<TemplateName, Shown>> = {
  declaration_confirmed: { opens: "/app", toGuardians: true },
  declaration_accepted: { opens: "/app", toGuardians: true },
  declaration_refused: { opens: "/app", toGuardians: true },
  declaration_reminder: { opens: "/app", toGuardians: true },
  declaration_moved: { opens: "/app", toGuardians: true },
  declaration_lapsed: { opens: "/app", toGuardians: true },
  declaration_withdrawn: { opens: "/app", toGuardians: true },
  declaration_handed_over: { opens: "/app", toGuardians: true },
  records_merged: { opens: "/app", toGuardians: true },
  records_parted: { opens: "/app", toGuardians: true },
  account_state: { opens: "/app/more", toGuardians: true },
  dispute_answered: { opens: "/app/disputes", toGuardians: true },
  ticket_answered: { opens: "/app/inbox" },
  ward_accepted: { opens: "/app/family" },
  guardian_link: { opens: "/app/family" },
  guardian_ends: { opens: "/app/family" },
  ward_of_age: { opens: "/app" },
  password_changed: { opens: "/account/devices" },
  password_warning: { opens: "/account/password" },
  new_device: { opens: "/account/devices" },
  factor_changed: { opens: "/account/ways" },
  contact_changing: { opens: "/account/contact" },
  contact_changed: { opens: "/account/contact" },
};

/** What goes along: nothing of the message but the file's code, and whether it concerns somebody in one's care. */
export function deviceFields(
  template: TemplateName,
  fields: Readonly<Record<string, string>>,
  isGuardian: boolean,
): Record<string, string> {
  const code = isOfFile(template) && fields.code ? { code: fields.code } : {};
  return { ...code, ...(isGuardian ? { ward: "yes" } : {}) };
}

const isOfFile = (template: TemplateName) => /^(declaration_|ward_accepted$)/.test(template);

/** What its words may name: the last signs of the file's code, and whose matter it is where a guardian reads it too. */
export function deviceNames(template: TemplateName): string[] {
  return [...(isOfFile(template) ? ["code"] : []), ...(shownOnDevices[template]?.toGuardians ? ["whose"] : [])];
}

/** A reminder takes the place of the one before it about the same matter; anything else only that of its own repeats. */
export function topicOf(notice: {
  class: NoticeClass;
  template: string;
  declarationId: string | null;
  personId: string | null;
  dedupeKey: string;
}): string {
  const matter = `${notice.template}:${notice.declarationId ?? `person ${notice.personId}`}`;
  const text = notice.class === "reminder" && notice.template in REPLACED ? matter : notice.dedupeKey;
  return createHash("sha256").update(text).digest("base64url").slice(0, TOPIC_LENGTH);
}

/** RFC 8030, 5.4: at most 32 characters of base64url. */
const TOPIC_LENGTH = 32;
const REPLACED: Partial<Record<TemplateName, true>> = {
  declaration_reminder: true,
  declaration_moved: true,
  password_warning: true,
  guardian_ends: true,
};

export const urgencyOf: Record<NoticeClass, "high" | "normal" | "low"> = {
  outcome: "high",
  code: "high",
  reminder: "normal",
  campaign: "low",
};
