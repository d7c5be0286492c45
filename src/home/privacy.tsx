import { Fragment } from "preact";
import { findNotice, NOTICES, noticeOn } from "../consent/rules.ts";
import { words } from "../consent/words.ts";
import { dayOf, formatDay, plainDate } from "../kernel/calendar.ts";
import { Layout, Notice } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";

/** What is kept, what for, who sees it, and the person's rights (Luật 91/2025, art. 4): the notice in force, or an earlier one. */
export function PrivacyPage({ ask }: { ask: Ask }) {
  const today = dayOf(ask.now);
  const present = noticeOn(today);
  const notice = findNotice(ask.query.version, today) ?? present;
  const said = notice.text(ask.lang);
  const frame = words(ask.lang);
  const dayText = (from: string) => formatDay(plainDate(from), ask.lang);
  const older = NOTICES.filter(({ version }) => version < present.version);
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/">
      <h1>{said.title}</h1>
      {notice === present ? null : (
        <Notice kind="warning" title={frame.notInForce}>
          <p>
            <a href="/privacy">{frame.present}</a>
          </p>
        </Notice>
      )}
      <p class="lead">{said.lead}</p>
      {said.parts.map(([title, lines]) => (
        <Fragment key={title}>
          <h2>{title}</h2>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Fragment>
      ))}
      <p>{said.ask}</p>
      <p class="hint">
        {said.law} {frame.version(notice.version, dayText(notice.from))}
      </p>
      {older.length > 0 ? (
        <p class="hint">
          {frame.older}:{" "}
          {older.map(({ version, from }) => (
            <a key={version} href={`/privacy?version=${version}`}>
              {frame.olderLink(version, dayText(from))}
            </a>
          ))}
        </p>
      ) : null}
    </Layout>
  );
}
