/** The inside of a visit: cost lines by heading, results and notes under folds. Hospitals write in Vietnamese. */
import { formatInstant, type Lang } from "../kernel/calendar.ts";
import { formatWhole } from "../kernel/money.ts";
import { formatDecimal } from "../me/decimal.ts";
import { DataTable, Details } from "../ui/index.ts";
import { type Item, readNotes, readResults } from "./items.ts";
import { groupItems, PAYERS, type ShownItem } from "./rules.ts";
import { words } from "./words.ts";

export function ItemList({ items, lang }: { items: readonly Item[]; lang: Lang }) {
  const said = words(lang);
  const groups = groupItems(items);
  const sum = groups.reduce((total, group) => total + group.total, 0n);
  if (groups.length === 0) return null;
  return (
    <>
      <h2>{said.items}</h2>
      {groups.map(({ group, items: lines, total }) => (
        <section key={group} class="item-group">
          <h3>
            <span>{said.groups[group]}</span>
            <span class="number">{formatWhole(total, lang)}</span>
          </h3>
          <ul>
            {lines.map((line) => (
              <ItemLine key={line.item.kind + line.item.line} line={line} lang={lang} />
            ))}
          </ul>
        </section>
      ))}
      <p class="item-head item-sum">
        <strong>{said.sumOfLines}</strong>
        <strong class="number">{formatWhole(sum, lang)}</strong>
      </p>
    </>
  );
}

function ItemLine({ line, lang }: { line: ShownItem<Item>; lang: Lang }) {
  const said = words(lang);
  const { item, parts } = line;
  return (
    <li>
      <p class="item-head">
        <span lang="vi">{item.name}</span>
        <strong class="number">{formatWhole(line.total, lang)}</strong>
      </p>
      <p class="item-parts">
        {said.itemLine(formatDecimal(item.qty, lang), item.unit, formatDecimal(item.price, lang))}
      </p>
      <p class="item-parts">
        {PAYERS.filter((payer) => parts[payer] !== 0n)
          .map((payer) => `${said.payers[payer]} ${formatWhole(parts[payer], lang)}`)
          .join(" · ")}
      </p>
      {item.rate === "100" || item.rate === "" ? null : (
        <p class="item-parts">{said.rate(formatDecimal(item.rate, lang))}</p>
      )}
    </li>
  );
}

export function ResultList({ text, lang }: { text: string; lang: Lang }) {
  const said = words(lang);
  const results = readResults(text);
  if (results.length === 0) return null;
  return (
    <Details summary={said.results}>
      <DataTable
        caption={said.results}
        hideCaption
        rows={results}
        columns={[
          { head: said.resultColumns.name, cell: (row) => <span lang="vi">{row.name}</span>, isMain: true },
          {
            head: said.resultColumns.value,
            cell: (row) => <span lang="vi">{[row.value, row.unit, row.description].filter(Boolean).join(" ")}</span>,
          },
          { head: said.resultColumns.conclusion, cell: (row) => <span lang="vi">{row.conclusion || "–"}</span> },
        ]}
      />
    </Details>
  );
}

export function NoteList({ text, lang }: { text: string; lang: Lang }) {
  const said = words(lang);
  const notes = readNotes(text);
  if (notes.length === 0) return null;
  return (
    <Details summary={said.notes}>
      <ul>
        {notes.map((note) => (
          <li key={note.at + note.text}>
            {wallClock(note.at, lang)} <span lang="vi">{note.text}</span>
          </li>
        ))}
      </ul>
    </Details>
  );
}

/** "2026-11-20 09:40" of Viet Nam → 09:40 20/11/2026; nothing when the file had no time. */
function wallClock(text: string, lang: Lang): string {
  const instant = new Date(`${text.replace(" ", "T")}+07:00`);
  return Number.isNaN(instant.getTime()) ? "" : formatInstant(instant, lang);
}
