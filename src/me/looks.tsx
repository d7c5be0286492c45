/**
 * /app/looks: who looked at or changed my record, others first, by month (Luật 91/2025/QH15: the right to know). From whom
 * private care is hidden, what the owner looked at is hidden as well: deeds tell of it.
 */
import { type LookRange, looksAt, monthsOfLooks } from "../audit/store.ts";
import { guardianNames } from "../guardian/family.ts";
import { formatInstant, formatMonth, type Lang, plainDate, startOf } from "../kernel/calendar.ts";
import { recordsOf } from "../register/store.ts";
import { DataTable, Layout, Notice, Pagination, Pills } from "../ui/index.ts";
import { type Ask, page, type Reply } from "../web/route.ts";
import { readerOf } from "./reader.ts";
import { type LookLine, lookLines } from "./rules-looks.ts";
import { words } from "./words.ts";

const LOOKS_MAX = 100;
const MONTHS_MAX = 24;
const AT = "/app/looks";

export async function showLooks(ask: Ask): Promise<Reply> {
  const { house, lang, query } = ask;
  const { personId, actingFor, hidesSensitive } = readerOf(ask.actor);
  const records = await recordsOf(house.db, personId);
  const month = monthOf(query.month);
  const range = { ...rangeOf(month, query.before), hidesSensitive };
  const months = await monthsOfLooks(house.db, records, { limit: MONTHS_MAX, hidesSensitive });
  const found = await looksAt(house.db, records, "others", LOOKS_MAX + 1, range);
  const shown = found.slice(0, LOOKS_MAX);
  const isFirst = range.before === undefined && !month;
  const showsOwn = isFirst && !hidesSensitive;
  const own = showsOwn ? lookLines(await looksAt(house.db, records, "self", LOOKS_MAX)) : [];
  const guardians = await guardianNames(house, personId, lang);
  if (actingFor) guardians.set(personId, actingFor.name);
  const said = words(lang);
  const title = actingFor ? said.looksTitleOf(actingFor.name) : said.looksTitle;
  const older = found.length > LOOKS_MAX ? hrefOf(month, shown.at(-1)?.event_id) : undefined;
  return page(
    <Layout ask={ask} face="app" title={title} back="/app/more" nowAt="more" wide>
      <h1>{title}</h1>
      <p>{said.looksLead}</p>
      <Emergencies lang={lang} looks={shown} />
      {months.length > 1 || month ? (
        <Pills
          label={said.looksMonths}
          links={[
            { href: AT, text: said.looksAll, isCurrent: !month },
            ...months.map((one) => ({
              href: hrefOf(one.month),
              text: formatMonth(one.month),
              count: one.looks,
              isCurrent: one.month === month,
            })),
          ]}
        />
      ) : null}
      <LookTable {...{ lang, guardians }} title={said.looksOthers} looks={lookLines(shown)} none={said.looksNone} />
      <Pagination older={older} newer={range.before ? hrefOf(month) : undefined} />
      <p>{said.looksQuestion}</p>
      {actingFor && hidesSensitive ? <p class="hint">{said.looksOwnHidden(actingFor.name)}</p> : null}
      {showsOwn ? (
        <LookTable
          {...{ lang, guardians }}
          title={actingFor ? said.looksOwnOf(actingFor.name) : said.looksOwn}
          looks={own}
          none={said.looksNoneOwn}
        />
      ) : null}
    </Layout>,
  );
}

/** Records opened in an emergency stand first, with what to do. */
function Emergencies({
  lang,
  looks,
}: {
  lang: Lang;
  looks: readonly { at: Date; action: string; office_name: string | null }[];
}) {
  const said = words(lang);
  const opened = looks.filter(({ action }) => action === "look.break_glass");
  if (opened.length === 0) return null;
  return (
    <Notice kind="warning" title={said.looksUrgent}>
      <ul>
        {opened.map(({ at, office_name }) => (
          <li key={at.getTime()}>
            {said.looksUrgentLine(
              formatInstant(at, lang),
              office_name ? said.staffOf(office_name) : said.whoKinds.staff,
            )}
          </li>
        ))}
      </ul>
      <p>{said.looksUrgentWhat}</p>
      <p>
        {said.looksUrgentDo} <a href="/help#report">{said.looksUrgentReport}</a> {said.looksUrgentCall}
      </p>
    </Notice>
  );
}

const monthOf = (text: string | undefined) => (text && /^20\d\d-(0[1-9]|1[0-2])$/.test(text) ? text : undefined);

/** A month of Viet Nam, and what is older than a line of it. */
function rangeOf(month: string | undefined, before: string | undefined): LookRange {
  const first = month ? plainDate(`${month}-01`) : undefined;
  return {
    ...(first ? { from: startOf(first), to: startOf(first.add({ months: 1 })) } : {}),
    ...(before && /^[1-9]\d{0,17}$/.test(before) ? { before } : {}),
  };
}

function hrefOf(month: string | undefined, before?: string): string {
  const query = new URLSearchParams({ ...(month ? { month } : {}), ...(before ? { before } : {}) });
  return query.size > 0 ? `${AT}?${query}` : AT;
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
