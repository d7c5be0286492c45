/** /app/inbox: the messages that were sent, newest first; each opens its words, without the secrets that were in it. */
import { noteLook } from "../audit/record.ts";
import type { Reader } from "../kernel/actor.ts";
import { formatInstant, type Lang } from "../kernel/calendar.ts";
import { ownChoice } from "../mailing/refuse-campaigns.ts";
import { readerOf } from "../me/reader.ts";
import { Layout, Notice, Pagination, SummaryList, Tag } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route } from "../web/route.ts";
import { CampaignChoice } from "./campaign-choice.tsx";
import style from "./inbox.css?inline";
import { getMessage, type InboxMessage, noteRead, readInbox } from "./read.ts";
import { words } from "./words.ts";

const own = { method: "GET", who: ["citizen"], purpose: "own_record" } as const;
const A_PAGE = 20;

export const routes: Route[] = [
  pageRoute({ ...own, path: "/app/inbox", handle: showInbox }),
  pageRoute({ ...own, path: "/app/inbox/:id", handle: showMessage }),
];

async function showInbox(ask: Ask): Promise<Reply> {
  const { house, lang, query } = ask;
  const reader = readerOf(ask.actor);
  const before = /^[1-9]\d{0,17}$/.test(query.before ?? "") ? query.before : undefined;
  const { messages, next } = await readInbox(house, reader, { before, limit: A_PAGE });
  noteReading(ask, reader);
  const choice = reader.actingFor ? undefined : await ownChoice(house, reader.personId);
  const said = words(lang);
  const title = reader.actingFor ? said.titleOf(reader.actingFor.name) : said.title;
  return page(
    <Layout ask={ask} face="app" title={title} back="/app/more" nowAt="more" styles={[style]}>
      <h1>{title}</h1>
      <p>{said.lead}</p>
      {messages.length > 0 ? (
        <ul class="inbox-list">
          {messages.map((message) => (
            <Line key={message.id} message={message} lang={lang} />
          ))}
        </ul>
      ) : (
        <div class="empty">
          <p class="lead">{said.empty}</p>
          <p>{said.emptyHelp}</p>
        </div>
      )}
      <Pagination older={next ? `/app/inbox?before=${next}` : undefined} newer={before ? "/app/inbox" : undefined} />
      {choice ? <CampaignChoice ask={ask} choice={choice} /> : null}
    </Layout>,
  );
}

function Line({ message, lang }: { message: InboxMessage; lang: Lang }) {
  const said = words(lang);
  return (
    <li class={message.isUnread ? "inbox-unread" : undefined}>
      <a href={`/app/inbox/${message.id}`}>
        <span class="inbox-title" lang={message.lang}>
          {message.title}
        </span>
        {message.isUnread ? <Tag tone="now">{said.isNew}</Tag> : null}
        <span class="inbox-at">{formatInstant(message.createdAt, lang)}</span>
      </a>
    </li>
  );
}

async function showMessage(ask: Ask): Promise<Reply> {
  const { house, lang, params } = ask;
  const reader = readerOf(ask.actor);
  const message = await getMessage(house, reader, params.id ?? "");
  await noteRead(house, reader, message);
  noteReading(ask, reader);
  const said = words(lang);
  return page(
    <Layout ask={ask} face="app" title={message.title} back="/app/inbox" nowAt="more" styles={[style]}>
      <h1 lang={message.lang}>{message.title}</h1>
      <p class="hint">{formatInstant(message.createdAt, lang)}</p>
      <div class="inbox-text" lang={message.lang}>
        {message.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      {message.isCovered ? <Notice kind="info">{said.coveredHint}</Notice> : null}
      <h2>{said.sentTo}</h2>
      <SummaryList
        rows={message.ways.map(({ channel, to, state }) => ({
          key: said.channel[channel],
          value: `${to}: ${said.states[state]}`,
        }))}
      />
      {!reader.actingFor && message.ways.some(({ state }) => state === "failed") ? (
        <p>
          {said.failedHint} <a href="/account/contact">{said.changeContact}</a>
        </p>
      ) : null}
    </Layout>,
  );
}

function noteReading({ house, now }: Ask, reader: Reader): void {
  const { personId } = reader;
  noteLook(house, { at: now, actor: reader, action: "read_notices", purpose: "own_record", personId });
}
