/** /app/more: everything that is not a record, one tap away: help first, then record, data, account. */
import { Button, Form, Layout } from "../ui/index.ts";
import { type Ask, page, type Reply } from "../web/route.ts";
import meStyle from "./me.css?inline";
import { words } from "./words.ts";

type LinkRow = readonly [href: string, text: string];

export function showMore(ask: Ask): Reply {
  const said = words(ask.lang);
  const { links } = said;
  const ward = ask.actor.kind === "citizen" ? ask.actor.actingFor?.name : undefined;
  const other = ask.lang === "vi" ? "en" : "vi";
  const push: LinkRow[] = ask.house.settings.push ? [["/account/push", links.push]] : [];
  return page(
    <Layout ask={ask} face="app" title={said.moreTitle} styles={[meStyle]} nowAt="more">
      <h1>{said.moreTitle}</h1>
      <h2>{said.helpTitle}</h2>
      <Links
        rows={[
          ["tel:19009068", links.call],
          ["/help", links.help],
          ["/guides", links.guides],
          ["/find", links.find],
        ]}
      />
      <h2>{ward ? said.recordOf(ward) : said.record}</h2>
      <Links
        rows={[
          ["/app/inbox", links.inbox],
          ["/app/statements", links.statements],
          ["/app/card", links.card],
          ["/app/disputes", links.disputes],
          ["/app/looks", ward ? links.looksOf(ward) : links.looks],
          ["/app/family", links.family],
        ]}
      />
      <h2>{said.myData}</h2>
      <Links
        rows={[
          ["/account/data", links.data],
          ["/account/consents", links.consents],
          ["/privacy", links.privacy],
        ]}
      />
      <h2>{said.account}</h2>
      <Links
        rows={[
          ["/account/contact", links.contact],
          ["/account/password", links.password],
          ["/account/ways", links.ways],
          ["/account/devices", links.devices],
          ...push,
          ["/app/keep", links.keep],
          ["/install", links.install],
          ["/account/stop", links.stop],
        ]}
      />
      <p>
        <a href={`/app/more?lang=${other}`} lang={other}>
          {links.language}
        </a>
      </p>
      <p class="hint">{said.textSize}</p>
      <Form ask={ask} action="/sign-out">
        <Button kind="quiet">{said.signOut}</Button>
      </Form>
    </Layout>,
  );
}

function Links({ rows }: { rows: readonly LinkRow[] }) {
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
