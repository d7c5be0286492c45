/** /app/looks: who looked at or changed my record, others first (Luật 91/2025/QH15: the right to know). */
import { looksAt } from "../audit/store.ts";
import { formatInstant, type Lang } from "../kernel/calendar.ts";
import { recordsOf } from "../register/store.ts";
import { DataTable, Layout } from "../ui/index.ts";
import { type Ask, page, type Reply } from "../web/route.ts";
import { readerOf } from "./reader.ts";
import { type LookLine, lookLines } from "./rules-looks.ts";
import { words } from "./words.ts";

const LOOKS_MAX = 100;

export async function showLooks(ask: Ask): Promise<Reply> {
  const { house, lang } = ask;
  const records = await recordsOf(house.db, readerOf(ask.actor).personId);
  const others = lookLines(await looksAt(house.db, records, "others", LOOKS_MAX));
  const own = lookLines(await looksAt(house.db, records, "self", LOOKS_MAX));
  const said = words(lang);
  return page(
    <Layout ask={ask} face="app" title={said.looksTitle} back="/app/more" nowAt="more">
      <h1>{said.looksTitle}</h1>
      <p>{said.looksLead}</p>
      <LookTable title={said.looksOthers} looks={others} none={said.looksNone} lang={lang} />
      <p>{said.looksQuestion}</p>
      <LookTable title={said.looksOwn} looks={own} none={said.looksNoneOwn} lang={lang} />
    </Layout>,
  );
}

function LookTable({
  title,
  looks,
  none,
  lang,
}: {
  title: string;
  looks: readonly LookLine[];
  none: string;
  lang: Lang;
}) {
  const said = words(lang);
  const actions: Record<string, string> = said.actions;
  const purposes: Record<string, string> = said.purposes;
  const kinds: Record<string, string> = said.whoKinds;
  return (
    <>
      <h2>{title}</h2>
      <DataTable
        caption={title}
        hideCaption
        rows={looks}
        rowKey={(look) => look.event_id}
        empty={<p>{none}</p>}
        columns={[
          { head: said.looksColumns.at, cell: (look) => formatInstant(look.at, lang), isMain: true },
          {
            head: said.looksColumns.who,
            cell: (look) => (look.office_name ? said.staffOf(look.office_name) : kinds[look.actor_kind]),
          },
          {
            head: said.looksColumns.what,
            cell: (look) => said.times(actions[look.action] ?? said.actionOther, look.times),
          },
          { head: said.looksColumns.why, cell: (look) => purposes[look.purpose] ?? said.purposes.none },
        ]}
      />
    </>
  );
}
