/** A promise to tell somebody something: one row a channel, in the transaction of what is told. */
import type { Tx } from "../db/house.ts";
import { parseEmail, parsePhone } from "../kernel/numbers.ts";
import type { Lang } from "../kernel/words.ts";
import { type Audience, audiencesOf } from "../push/audience.ts";
import type { Vault } from "../vault/vault.ts";
import type { ChannelName, NoticeClass } from "./rules.ts";
import { deviceFields, shownOnDevices } from "./rules-push.ts";
import type { TemplateName } from "./rules-templates.ts";
import { sealSecrets } from "./secrets.ts";
import { insertNotices, type NewRow } from "./store.ts";
import { storable } from "./templates.ts";

export interface NewNotice {
  /** From meaning, never random: (file, event). The channel is added here. */
  dedupeKey: string;
  /** The meaning for devices, where several messages tell a person one thing at several places. */
  deviceKey?: string;
  class: NoticeClass;
  template: TemplateName;
  lang: Lang;
  phone?: string | undefined;
  email?: string | undefined;
  /** Also, or only, read in the account: there at once, sent by nobody. */
  inAccount?: true;
  /** Ready to be read, see rules-templates.ts. */
  fields: Readonly<Record<string, string | number>>;
  /** Sealed until the message is out. */
  secrets?: Readonly<Record<string, string>> | undefined;
  dueAt: Date;
  now: Date;
  declarationId?: string | undefined;
  personId?: string | undefined;
  officeCode?: string | undefined;
  /** The campaign of which it is, and the version of the words that was approved with it; null: the built-in ones. */
  mailing?: { id: string; version: number | null } | undefined;
}

/**
 * Answers how many messages are new: a second call with the same meaning changes nothing. Whoever switched notices on on
 * a device is told there too.
 */
export async function enqueue(tx: Tx, vault: Vault, ...notices: readonly NewNotice[]): Promise<number> {
  const devices = await deviceRows(tx, vault, notices);
  return insertNotices(tx, [...notices.flatMap((notice) => rowsOf(vault, notice)), ...devices]);
}

async function deviceRows(tx: Tx, vault: Vault, notices: readonly NewNotice[]): Promise<NewRow[]> {
  const shown = notices.filter(({ template, personId }) => shownOnDevices[template] && personId);
  const [first] = shown;
  if (!first) return [];
  const concerned = shown.map(({ personId = "", template }) => ({
    personId,
    withGuardians: shownOnDevices[template]?.toGuardians ?? false,
  }));
  const audiences = await audiencesOf(tx, concerned, first.now);
  return shown.flatMap((notice, at) => (audiences[at] ?? []).map((device) => deviceRow(vault, notice, device)));
}

function deviceRow(vault: Vault, notice: NewNotice, { personId, subscriptionId, isGuardian }: Audience): NewRow {
  const fields = deviceFields(notice.template, storable(notice.template, notice.fields, notice.secrets), isGuardian);
  const dedupeKey = `${notice.deviceKey ?? notice.dedupeKey}:${subscriptionId}`;
  const own = { ...notice, personId, dedupeKey, secrets: undefined };
  return rowOf(vault, own, fields, "push", subscriptionId, subscriptionId);
}

function rowsOf(vault: Vault, notice: NewNotice): NewRow[] {
  const fields = storable(notice.template, notice.fields, notice.secrets);
  const rows: NewRow[] = [];
  if (notice.phone) rows.push(rowOf(vault, notice, fields, "sms", notice.phone, parsePhone(notice.phone)));
  if (notice.email) rows.push(rowOf(vault, notice, fields, "email", notice.email, parseEmail(notice.email)));
  if (notice.inAccount) rows.push(inAccount(rowOf(vault, notice, fields, "inbox", "account", "account"), notice.now));
  return rows;
}

const inAccount = (row: NewRow, now: Date): NewRow => ({ ...row, state: "delivered", sent_at: now, delivered_at: now });

/**
 * A promise that is already missed when it is made is late from its first moment. A recipient that cannot be one (foreign, fixed
 * line) is not tried; the row says so where officers look.
 */
function rowOf(
  vault: Vault,
  notice: NewNotice,
  fields: Readonly<Record<string, string>>,
  channel: ChannelName,
  given: string,
  recipient: string | undefined,
): NewRow {
  const dedupeKey = `${notice.dedupeKey}:${channel}`;
  const { now } = notice;
  return {
    dedupe_key: dedupeKey,
    class: notice.class,
    channel,
    template: notice.template,
    lang: notice.lang,
    recipient: recipient ?? given,
    fields: JSON.stringify(fields),
    sealed_fields: notice.secrets && recipient ? sealSecrets(vault, dedupeKey, notice.secrets) : null,
    declaration_id: notice.declarationId ?? null,
    person_id: notice.personId ?? null,
    office_code: notice.officeCode ?? null,
    created_at: now,
    queued_at: now,
    due_at: notice.dueAt > now ? notice.dueAt : new Date(now.getTime() + 1),
    next_at: now,
    state: recipient ? "queued" : "failed",
    ended_at: recipient ? null : now,
    last_error: recipient ? null : "bad_recipient",
    ...(notice.mailing ? { mailing_id: notice.mailing.id, template_version: notice.mailing.version } : {}),
  };
}
