import type { ComponentChildren } from "preact";
import { compareNames } from "../kernel/names.ts";
import { DataTable, Details, Tag, type Tone } from "../ui/index.ts";
import type { Dossier } from "./dossier.ts";
import type { Need, Row } from "./rules.ts";
import type { Counter } from "./view-parts.tsx";
import { words } from "./words.ts";
import { labels } from "./words-labels.ts";

const tones: Record<Need, Tone> = { nothing: "plain", note: "warning", supervisor: "danger", impossible: "danger" };

/** Declaration, paper and register on one row a field: what differs is open, what agrees is folded. */
export function Comparison({ at, dossier }: { at: Counter; dossier: Dossier }) {
  const said = words(at.ask.lang).file;
  const isAlone = !dossier.reading && !dossier.person;
  const differing = dossier.rows.filter(({ difference }) => difference !== "equal");
  const equal = dossier.rows.filter(({ difference }) => difference === "equal");
  const allEqual = <p>{isAlone ? said.nothingYet : said.allEqual}</p>;
  return (
    <section class="compare">
      <h2>{said.compare}</h2>
      {differing.length > 0 ? <Rows at={at} dossier={dossier} rows={differing} /> : allEqual}
      {equal.length > 0 ? (
        <Details summary={isAlone ? said.declaredOnly(equal.length) : said.equals(equal.length)}>
          <Rows at={at} dossier={dossier} rows={equal} />
        </Details>
      ) : null}
    </section>
  );
}

function Rows({ at, dossier, rows }: { at: Counter; dossier: Dossier; rows: readonly Row[] }) {
  const names = labels(at.ask.lang);
  const said = words(at.ask.lang).file;
  const side = (pick: (row: Row) => string | null, absent: string) => (row: Row) =>
    sideText(row, pick(row), absent, at);
  return (
    <DataTable
      caption={said.compare}
      hideCaption
      rows={rows}
      rowKey={(row) => row.field}
      columns={[
        { head: said.field, isMain: true, cell: (row) => names.fields[row.field] },
        { head: said.declared, cell: side((row) => row.declared, said.notSaid) },
        { head: said.paper, cell: side((row) => row.paper, dossier.reading ? said.notSaid : "–") },
        { head: said.register, cell: side((row) => row.register, dossier.person ? said.notSaid : said.noRecord) },
        { head: said.difference, cell: (row) => resultOf(row, dossier, at) },
      ]}
    />
  );
}

/** One source alone agrees with nothing: then there is no finding. */
function resultOf(row: Row, { reading, person }: Dossier, at: Counter): ComponentChildren {
  if (!reading && !person) return "–";
  return <Tag tone={toneOf(row)}>{labels(at.ask.lang).differences[row.difference]}</Tag>;
}

const toneOf = (row: Row): Tone => (row.difference === "equal" ? "good" : tones[row.need]);

/** Words that the declaration writes otherwise are marked, so that the eye finds them. */
function sideText(row: Row, text: string | null, absent: string, at: Counter): ComponentChildren {
  const said = words(at.ask.lang);
  if (text === null) return <span class="muted">{absent}</span>;
  if (text === "") return <span class="muted">{said.file.empty}</span>;
  if (row.field === "sex") return labels(at.ask.lang).sexes[text as "1" | "2" | "3"];
  if (row.field !== "name" || row.difference === "equal" || text === row.declared) return text;
  const declared = (row.declared ?? "").normalize("NFC").split(" ");
  return text
    .normalize("NFC")
    .split(/\s+/)
    .flatMap((word, place) => [
      place > 0 ? " " : "",
      isSameWord(word, declared[place]) ? word : <mark key={word}>{word}</mark>,
    ]);
}

/** hoà and HÒA are one word here: only what may name somebody else is marked. */
function isSameWord(word: string, other = ""): boolean {
  return ["equal", "tone_placement", "case_or_space"].includes(compareNames(word, other));
}
