import { dayOf, formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import { Acts, Button, ButtonLink, DataTable, ErrorSummary, Form, Layout, Panel, TickList } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { Consents } from "./read.ts";
import type { ConsentKind, PrivacyNotice } from "./rules.ts";
import { words } from "./words.ts";

/** What is new in the notice, once, after signing in. */
export function DuePage({ ask, notice, next }: { ask: Ask; notice: PrivacyNotice; next: string }) {
  const said = words(ask.lang).due;
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="more">
      <h1>{said.title}</h1>
      <p>{said.lead(formatDay(plainDate(notice.from), ask.lang))}</p>
      <TickList items={notice.news[ask.lang]} />
      <p>{said.told}</p>
      <p>
        <a href="/privacy">{said.whole}</a>
      </p>
      <Form ask={ask} action="/account/notice">
        <input type="hidden" name="next" value={next} />
        <Acts>
          <Button>{said.seen}</Button>
          <ButtonLink kind="quiet" href={next}>
            {said.later}
          </ButtonLink>
        </Acts>
      </Form>
    </Layout>
  );
}

/** Where consent is given anew; pictures are sent with a declaration only. */
const giveAt: Partial<Record<ConsentKind, string>> = { push: "/account/push", email: "/account/contact/email" };

export function ConsentsPage({ ask, consents, fault }: { ask: Ask; consents: Consents; fault?: string | undefined }) {
  const { lang } = ask;
  const said = words(lang).mine;
  const give: Partial<Record<ConsentKind, string>> = said.give;
  const isOffered = (kind: ConsentKind) => kind !== "push" || ask.house.settings.push !== undefined;
  return (
    <Layout ask={ask} face="app" title={said.title} back="/app/more" nowAt="more">
      <ErrorSummary ask={ask} faults={fault ? [{ field: "photos", text: fault }] : []} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      {consents.now
        .filter(({ kind }) => isOffered(kind))
        .map(({ kind, isInUse, given }) => (
          <Panel key={kind} title={<span id={kind}>{said.kinds[kind]}</span>}>
            <p>{said.about[kind]}</p>
            <p>
              <strong>
                {isInUse
                  ? given
                    ? said.given(formatDay(dayOf(given.at), lang), given.version)
                    : said.givenNoDay
                  : said.none}
              </strong>
            </p>
            {isInUse ? (
              <Form ask={ask} action="/account/consents/withdrawal">
                <Button kind="quiet" name="kind" value={kind}>
                  {said.withdraw}
                  <span class="unseen"> {said.withdrawAbout(said.kinds[kind])}</span>
                </Button>
              </Form>
            ) : giveAt[kind] ? (
              <p>
                <a href={giveAt[kind]}>{give[kind]}</a>
              </p>
            ) : null}
          </Panel>
        ))}
      <p>
        {said.law} <a href="/privacy">{said.lawLink}</a>
      </p>
      <h2>{said.log}</h2>
      <DataTable
        caption={said.log}
        hideCaption
        rows={consents.events}
        empty={<p>{said.logNone}</p>}
        columns={[
          { head: said.columns.at, cell: (event) => formatInstant(event.at, lang), isMain: true },
          { head: said.columns.what, cell: (event) => said.kinds[event.kind] },
          { head: said.columns.how, cell: (event) => (event.isGiven ? said.how.given : said.how.withdrawn) },
          { head: said.columns.where, cell: (event) => said.sources[event.source] },
          { head: said.columns.version, cell: (event) => String(event.version), isNumber: true },
        ]}
      />
    </Layout>
  );
}
