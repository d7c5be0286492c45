/** Rejects of one file: by reason, each with its place; rows of tables lead to where they are mended. */
import type { Lang } from "../kernel/calendar.ts";
import { DataTable } from "../ui/index.ts";
import { reasonOf } from "./rejects-csv.ts";
import { columnWords } from "./words-columns.ts";
import { words } from "./words-officer.ts";

interface Reject {
  record: number;
  line: number | undefined;
  field: string;
  code: string;
}

interface RejectsProps {
  fileId: string;
  rejects: readonly Reject[];
  reasons: readonly { code: string; rejects: number }[];
  /** The one that is shown alone. */
  reason: string | undefined;
  /** Rows of a table that are kept; undefined for claims and documents. */
  rows: ReadonlyMap<number, { isMended: boolean }> | undefined;
  lang: Lang;
}

export function Rejects({ fileId, rejects, reasons, reason, rows, lang }: RejectsProps) {
  const said = words(lang);
  const href = `/console/intake/${fileId}`;
  return (
    <>
      {reasons.length > 1 ? (
        <nav aria-label={said.byReason}>
          <ul class="intake-reasons">
            <li>
              <a href={href} aria-current={reason === undefined ? "page" : undefined}>
                {said.allReasons}
              </a>
            </li>
            {reasons.map(({ code, rejects: times }) => (
              <li key={code}>
                <a href={`${href}?reason=${code}`} aria-current={reason === code ? "page" : undefined}>
                  {said.reasonCount(reasonOf(code, lang), times)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      <DataTable
        caption={said.rejects}
        hideCaption
        rows={rejects}
        rowKey={({ record, field, code }) => `${record} ${field} ${code}`}
        columns={[
          {
            head: said.rejectColumns.record,
            cell: ({ record }) =>
              rows?.has(record) ? (
                <a href={`${href}/rows/${record}`}>{said.row(record)}</a>
              ) : rows ? (
                said.row(record)
              ) : (
                said.record(record)
              ),
            isMain: true,
          },
          { head: said.rejectColumns.line, cell: (row) => row.line ?? "–" },
          { head: said.rejectColumns.field, cell: ({ field }) => <FieldName field={field} lang={lang} /> },
          { head: said.rejectColumns.reason, cell: (row) => reasonOf(row.code, lang) },
          ...(rows ? [{ head: said.state, cell: ({ record }: Reject) => stateOf(rows.get(record), lang) }] : []),
        ]}
      />
    </>
  );
}

/** A column of a table in words too, as the form to mend it calls it; fields of a claim bear the names of their law. */
export function FieldName({ field, lang }: { field: string; lang: Lang }) {
  const [, name = field] = /^(\w+) \([A-Z]+\)$/.exec(field) ?? [];
  const label = (columnWords(lang) as Record<string, string>)[name];
  return (
    <>
      {label ? `${label} ` : null}
      <code>{field}</code>
    </>
  );
}

function stateOf(kept: { isMended: boolean } | undefined, lang: Lang): string {
  const { states } = words(lang);
  if (!kept) return states.gone;
  return kept.isMended ? states.mended : states.kept;
}
