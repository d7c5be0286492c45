/** Papers of a visit, and where the visit comes from: sender, signature, versions, remarks. */
import { dayOf, formatDay, type Lang } from "../kernel/calendar.ts";
import { Details, Panel, SummaryList } from "../ui/index.ts";
import { readFlags } from "./items.ts";
import { type RestTable, readRestTables, shownFields } from "./rules-rest.ts";
import type { Visit } from "./store.ts";
import { words } from "./words-rest.ts";

export function Papers({ tables, lang }: { tables: string | null; lang: Lang }) {
  const said = words(lang);
  const read = readRestTables(tables);
  if (read.length === 0) return null;
  return (
    <>
      <h2>{said.papers}</h2>
      {read.map((table) => (
        <Details key={table.name} summary={tableName(table.name, lang)}>
          <TableRows table={table} lang={lang} />
        </Details>
      ))}
    </>
  );
}

export function TableRows({ table, lang }: { table: RestTable; lang: Lang }) {
  const said = words(lang);
  const names: Record<string, string> = said.fields;
  return (
    <>
      {table.rows.map((row) => {
        const { named, others } = shownFields(row, names);
        return (
          <div key={JSON.stringify(row)}>
            <SummaryList
              rows={named.map(([field, value]) => ({
                key: names[field] ?? field,
                value: <span lang="vi">{value}</span>,
              }))}
            />
            {others.length > 0 ? (
              <Details summary={said.otherFields}>
                <SummaryList rows={others.map(([field, value]) => ({ key: field, value }))} />
              </Details>
            ) : null}
          </div>
        );
      })}
    </>
  );
}

export function tableName(name: string, lang: Lang): string {
  return (words(lang).tables as Record<string, string>)[name] ?? name;
}

export interface FileSignature {
  state: string | null;
  facilityCode: string | null;
}

export interface OriginProps {
  visit: Pick<
    Visit,
    "facilityCode" | "facilityName" | "arrivedAt" | "spec" | "sourceFileId" | "sourceRecord" | "flags"
  >;
  signature: FileSignature | undefined;
  versions: number;
  lang: Lang;
}

export function Origin({ visit, signature, versions, lang }: OriginProps) {
  const said = words(lang);
  const kinds: Record<string, string> = said.flagKinds;
  const flags = [...new Set(readFlags(visit.flags).map(({ kind }) => kinds[kind] ?? kind))];
  return (
    <Panel title={said.sourceTitle}>
      <SummaryList
        rows={[
          { key: said.sender, value: visit.facilityName },
          { key: said.received, value: formatDay(dayOf(visit.arrivedAt), lang) },
          { key: said.form, value: said.formText(visit.spec) },
          { key: said.position, value: said.positionText(visit.sourceFileId, visit.sourceRecord) },
          { key: said.signature, value: signatureText(signature, visit.facilityCode, lang) },
          ...(versions > 0 ? [{ key: said.resent, value: said.resentText(versions) }] : []),
        ]}
      />
      {flags.length > 0 ? (
        <Details summary={`${said.flags} (${flags.length})`}>
          <ul>
            {flags.map((flag) => (
              <li key={flag}>{flag}</li>
            ))}
          </ul>
        </Details>
      ) : null}
    </Panel>
  );
}

/** A signature of the file holds for the claims of the facility that signed. */
export function signatureText(signature: FileSignature | undefined, facilityCode: string, lang: Lang): string {
  const { signatures } = words(lang);
  const state = signature?.state ?? "unknown";
  const isOthers = state === "valid" && signature?.facilityCode !== facilityCode;
  return (signatures as Record<string, string>)[isOthers ? "other_facility" : state] ?? signatures.unknown;
}
