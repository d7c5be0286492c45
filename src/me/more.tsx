/** /app/more: everything that is not a record: reports, looks, account, help. */
import { Button, Form, Layout } from "../ui/index.ts";
import { type Ask, page, type Reply } from "../web/route.ts";
import meStyle from "./me.css?inline";
import { words } from "./words.ts";

export function showMore(ask: Ask): Reply {
  const said = words(ask.lang);
  const { links } = said;
  const ward = ask.actor.kind === "citizen" ? ask.actor.actingFor?.name : undefined;
  const other = ask.lang === "vi" ? "en" : "vi";
  return page(
    <Layout ask={ask} face="app" title={said.moreTitle} styles={[meStyle]} nowAt="more">
      <h1>{said.moreTitle}</h1>
      <h2>{ward ? said.recordOf(ward) : said.record}</h2>
      <Links
        rows={[
          ["/app/inbox", links.inbox],
          ["/app/card", links.card],
          ["/app/statements", links.statements],
          ["/app/disputes", links.disputes],
          ["/app/looks", ward ? links.looksOf(ward) : links.looks],
          ["/app/family", links.family],
        ]}
      />
      <h2>{said.account}</h2>
      <ul class="more-links">
        <li>
          <a href="/account/password">{links.password}</a>
        </li>
        <li>
          <a href="/account/ways">{links.ways}</a>
        </li>
        <li>
          <a href="/account/devices">{links.devices}</a>
        </li>
        {ask.house.settings.push ? (
          <li>
            <a href="/account/push">{links.push}</a>
          </li>
        ) : null}
        <li>
          <a href="/app/keep">{links.keep}</a>
        </li>
        <li>
          <a href="/install">{links.install}</a>
        </li>
        <li>
          <a href="/account/contact">{links.contact}</a>
        </li>
        <li>
          <a href="/account/stop">{links.stop}</a>
        </li>
        <li>
          <a href={`/app/more?lang=${other}`} lang={other}>
            {links.language}
          </a>
        </li>
      </ul>
      <h2>{said.helpTitle}</h2>
      <Links
        rows={[
          ["/help", links.help],
          ["tel:19009068", links.call],
          ["/privacy", links.privacy],
        ]}
      />
      <Form ask={ask} action="/sign-out">
        <Button kind="quiet">{said.signOut}</Button>
      </Form>
    </Layout>,
  );
}

function Links({ rows }: { rows: readonly (readonly [href: string, text: string])[] }) {
  return (
    <ul class="more-links">
      {rows.map(([href, text]) => (
        <li key={href}>
          <a href={href}>{text}</a>
        </li>
      ))}
    </ul>
  );
}
