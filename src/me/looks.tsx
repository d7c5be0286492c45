/** /app/looks: who looked at or changed my record, others first (Luật 91/2025/QH15: the right to know). */
import { looksAt } from "../audit/store.ts";
import { guardianNames } from "../guardian/family.ts";
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
  const { personId, actingFor } = readerOf(ask.actor);
  const records = await recordsOf(house.db, personId);
  const others = lookLines(await looksAt(house.db, records, "others", LOOKS_MAX));
  const own = lookLines(await looksAt(house.db, records, "self", LOOKS_MAX));
  const guardians = await guardianNames(house, personId, lang);
  if (actingFor) guardians.set(personId, actingFor.name);
  const said = words(lang);
  const title = actingFor ? said.looksTitleOf(actingFor.name) : said.looksTitle;
  return page(
    <Layout ask={ask} face="app" title={title} back="/app/more" nowAt="more" wide>
      <h1>{title}</h1>
      <p>{said.looksLead}</p>
      <LookTable {...{ lang, guardians }} title={said.looksOthers} looks={others} none={said.looksNone} />
      <p>{said.looksQuestion}</p>
      <LookTable
        {...{ lang, guardians }}
        title={actingFor ? said.looksOwnOf(actingFor.name) : said.looksOwn}
        looks={own}
        none={said.looksNoneOwn}
      />
    </Layout>,
  );
}

function LookTable({
  title,
  looks,
  none,
  lang,
  guardians,
}: {
  title: string;
  looks: readonly LookLine[];
  none: string;
  lang: Lang;
  /** Person id of each guardian, now or before → who they are, in words; the ward too while somebody acts for them. */
  guardians: ReadonlyMap<string, string>;
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
            cell: (look) =>
              look.office_name
                ? said.staffOf(look.office_name)
                : (guardians.get(look.actor_id ?? "") ?? kinds[look.actor_kind]),
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
