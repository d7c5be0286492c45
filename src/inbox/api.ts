import { z } from "zod";
import { noteLook } from "../audit/record.ts";
import type { Reader } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { readerOf } from "../me/reader.ts";
import { noticeStates } from "../notices/rules.ts";
import { templateNames } from "../notices/rules-templates.ts";
import { type ApiAsk, apiRoute, type Route } from "../web/route.ts";
import { countUnread, getMessage, type InboxMessage, noteRead, readInbox } from "./read.ts";

const PAGE_DEFAULT = 20;
const PAGE_MAX = 50;

const listed = {
  id: z.string(),
  template: z.enum(templateNames as [string, ...string[]]).describe("What kind of message"),
  lang: z.enum(["vi", "en"]).describe("The language of title and text: that in which it was sent"),
  title: z.string(),
  createdAt: z.string(),
  isUnread: z.boolean(),
};
const wholeReply = z.object({
  ...listed,
  text: z.array(z.string()).describe("Paragraphs; codes and passwords are never in them"),
  isCovered: z.boolean().describe("A code or password was in the message that was sent"),
  sentTo: z.array(z.object({ channel: z.string(), to: z.string().describe("Masked"), state: z.enum(noticeStates) })),
});
const own = { who: ["citizen"], purpose: "own_record" } as const;
const one = z.object({ id: z.string().regex(/^[1-9]\d{0,17}$/) });

export const routes: Route[] = [
  apiRoute({
    ...own,
    method: "GET",
    path: "/api/v1/me/notices",
    summary: "The messages that were sent to me, newest first, a page at a time",
    queryOf: z.object({
      cursor: z.string().max(20).optional().describe("`next` of the page before"),
      limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT),
    }),
    replies: {
      200: z.object({ notices: z.array(z.object(listed)), unread: z.number().int(), next: z.string().nullable() }),
    },
    async handle({ house, now, query, actor }) {
      const { cursor, limit } = query;
      if (cursor !== undefined && !one.safeParse({ id: cursor }).success) {
        throw new Invalid([{ field: "cursor", key: "unknown" }]);
      }
      const reader = readerOf(actor);
      const { messages, next } = await readInbox(house, reader, { before: cursor, limit });
      noteReading({ house, now }, reader);
      const unread = await countUnread(house, reader);
      return { status: 200, body: { notices: messages.map(shownInList), unread, next: next ?? null } };
    },
  }),
  apiRoute({
    ...own,
    method: "GET",
    path: "/api/v1/me/notices/{id}",
    summary: "One message that was sent to me, without the code or password that was in it",
    params: one,
    replies: { 200: wholeReply },
    async handle({ house, now, params, actor }) {
      const reader = readerOf(actor);
      const message = await getMessage(house, reader, params.id);
      noteReading({ house, now }, reader);
      const { paragraphs: text, isCovered, ways: sentTo } = message;
      return { status: 200, body: { ...shownInList(message), text, isCovered, sentTo } };
    },
  }),
  apiRoute({
    ...own,
    method: "POST",
    path: "/api/v1/me/notices/{id}/reading",
    summary: "I have read this message",
    params: one,
    replies: { 204: z.undefined() },
    async handle({ house, params, actor }) {
      const reader = readerOf(actor);
      await noteRead(house, reader, await getMessage(house, reader, params.id));
      return { status: 204 };
    },
  }),
];

function shownInList({ id, template, lang, title, createdAt, isUnread }: InboxMessage) {
  return { id, template, lang, title, createdAt: createdAt.toISOString(), isUnread };
}

function noteReading({ house, now }: Pick<ApiAsk<unknown, unknown, unknown>, "house" | "now">, reader: Reader): void {
  const { personId } = reader;
  noteLook(house, { at: now, actor: reader, action: "read_notices", purpose: "own_record", personId });
}
