import { type FieldFault, Radios, TextField } from "../ui/index.ts";
import type { Dossier } from "./dossier.ts";
import type { Row } from "./rules.ts";
import { firstSource, REASON_AT_MOST, rowsToTick, type Source, sourcesOf } from "./rules-findings.ts";
import type { ReadingForm } from "./rules-reading.ts";
import { type Counter, errorOf } from "./view-parts.tsx";
import { words } from "./words.ts";
import { decideWords } from "./words-decide.ts";
import { labels } from "./words-labels.ts";

interface TicksProps {
  at: Counter;
  dossier: Dossier;
  typed: ReadingForm;
  faults: readonly FieldFault[];
}

/** Row by row: which source is trusted and, where sources really differ, why. Nothing is chosen for a real one. */
export function Ticks({ at, dossier, typed, faults }: TicksProps) {
  const rows = rowsToTick(dossier.rows);
  if (rows.length === 0) return null;
  return (
    <div class="ticks">
      <h3>{decideWords(at.ask.lang).ticks.title}</h3>
      {rows.map((row) => (
        <RowTick key={row.field} {...{ at, row, typed, faults }} />
      ))}
    </div>
  );
}

function RowTick({ at, row, typed, faults }: Omit<TicksProps, "dossier"> & { row: Row }) {
  const said = decideWords(at.ask.lang);
  const names = labels(at.ask.lang);
  const isReal = row.difference === "real";
  const trusted = `trusted_${row.field}`;
  const reason = `reason_${row.field}`;
  return (
    <div class="tick">
      <Radios
        name={trusted}
        label={`${names.fields[row.field]}: ${names.differences[row.difference]}`}
        options={sourcesOf(row).map((source) => ({
          value: source,
          label: `${said.sources[source]}: ${shownAs(row, source, at)}`,
        }))}
        value={typed[trusted] ?? (isReal ? undefined : firstSource(row))}
        error={errorOf(faults, trusted)}
        inline
      />
      {isReal ? (
        <TextField
          name={reason}
          label={said.ticks.reason(names.fields[row.field])}
          hint={said.ticks.reasonHint}
          maxLength={REASON_AT_MOST}
          value={typed[reason]}
          error={errorOf(faults, reason)}
          autoComplete="off"
        />
      ) : null}
    </div>
  );
}

/** What a source says of a field, in words. */
export function shownAs(row: Row, source: Source, at: Counter): string {
  const text = row[source] ?? "";
  if (text === "") return words(at.ask.lang).file.empty;
  return row.field === "sex" ? labels(at.ask.lang).sexes[text as "1" | "2" | "3"] : text;
}
