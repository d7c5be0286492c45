import { formatInstant } from "../kernel/calendar.ts";
import { DataTable, Layout } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./copy.css?inline";
import { fieldName } from "./field-words.ts";
import { type Row, SECTIONS, type SectionName } from "./sections.ts";
import { valueText } from "./value-words.ts";
import { words } from "./words.ts";

export const SHOWN_MOST = 100;

/** The copy for people: every part as a table, dates and deeds in words. */
export function CopyPage({ ask, parts }: { ask: Ask; parts: ReadonlyMap<SectionName, readonly Row[]> }) {
  const { lang, now } = ask;
  const said = words(lang);
  return (
    <Layout ask={ask} face="app" title={said.copy.title} back="/account/data" nowAt="more" styles={[style]} wide>
      <h1>{said.copy.title}</h1>
      <p>{said.copy.made(formatInstant(now, lang))}</p>
      {SECTIONS.map((name) => {
        const rows = parts.get(name) ?? [];
        const [first = {}] = rows;
        // A name is read in place of its code.
        const keys = Object.keys(first).filter((key) => !(`${key}Name` in first));
        return (
          <section key={name}>
            <h2>{said.sections[name]}</h2>
            <DataTable
              caption={said.sections[name]}
              hideCaption
              rows={rows.slice(0, SHOWN_MOST)}
              empty={<p>{said.copy.none}</p>}
              columns={keys.map((key, at) => ({
                head: fieldName(key, lang),
                cell: (row: Row) => valueText(name, key, row, lang),
                isMain: at === 0,
              }))}
            />
            {rows.length > SHOWN_MOST ? <p class="hint">{said.copy.more(SHOWN_MOST)}</p> : null}
          </section>
        );
      })}
    </Layout>
  );
}
