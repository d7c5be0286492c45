/** The messages of one person, as they read them in the account: one entry a meaning, whichever ways it went. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import { type ChannelName, maskRecipient, type NoticeClass, type NoticeState } from "./rules.ts";
import type { TemplateName } from "./rules-templates.ts";
import { meaningOf } from "./store.ts";

export interface PersonScope {
  /** The person's records: their own and those merged into it. */
  personIds: readonly string[];
  /** Their files, also from before there was an account. */
  declarationIds: readonly string[];
  /** Made from this instant on. */
  from: Date;
}

export interface MessageWay {
  channel: ChannelName;
  /** Masked. */
  to: string;
  state: NoticeState;
}

export interface PersonMessage {
  /** Of the first message with this meaning. */
  id: string;
  template: TemplateName;
  class: NoticeClass;
  lang: "vi" | "en";
  /** Of its words; null: the built-in ones. */
  templateVersion: number | null;
  fields: Record<string, string>;
  createdAt: Date;
  ways: MessageWay[];
}

interface Want {
  /** Older than this id. */
  before?: string | undefined;
  only?: string | undefined;
  limit: number;
}

/** Newest first. What was never sent because it was no longer true is left out; e-mails hold the longer fields. */
export async function messagesOf(db: Db, scope: PersonScope, { before, only, limit }: Want): Promise<PersonMessage[]> {
  const { rows } = await sql<PersonMessage>`
    select min(notice_id)::text as id, (array_agg(template))[1] as template, (array_agg(class))[1] as class,
           (array_agg(lang))[1] as lang,
           (array_agg(template_version order by channel <> 'email', notice_id))[1] as "templateVersion",
           (array_agg(fields order by channel <> 'email', notice_id))[1] as fields, min(created_at) as "createdAt",
           json_agg(json_build_object('channel', channel, 'to', recipient, 'state', state) order by notice_id) as ways
      from notice where ${isOf(scope)}
     group by ${meaningOf("dedupe_key")}
    having bool_or(state <> 'overtaken')
       and (${before ?? null}::bigint is null or min(notice_id) < ${before ?? null}::bigint)
       and (${only ?? null}::bigint is null or min(notice_id) = ${only ?? null}::bigint)
     order by min(notice_id) desc limit ${limit}`.execute(db);
  return rows.map(({ ways, ...row }) => ({
    ...row,
    ways: ways.map((way) => ({ ...way, to: maskRecipient(way.channel, way.to) })),
  }));
}

/** Ids of the messages that wait to be read: codes are of use for minutes, and wait for nobody. */
export async function readableIds(db: Db, scope: PersonScope): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select min(notice_id)::text as id from notice where ${isOf(scope)} and class <> 'code'
     group by ${meaningOf("dedupe_key")} having bool_or(state <> 'overtaken')`.execute(db);
  return rows.map(({ id }) => id);
}

/** A notice on a device only says that there is a message; it is addressed to guardians too. */
function isOf({ personIds, declarationIds, from }: PersonScope) {
  return sql<boolean>`(person_id = any(${personIds as string[]}::bigint[])
    or declaration_id = any(${declarationIds as string[]}::bigint[])) and channel <> 'push' and created_at >= ${from}`;
}
