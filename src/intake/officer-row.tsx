/** One rejected row of a table: why, and, to whoever holds the right, what stands in it, to be mended. */
import { holdsRight } from "../account/rights.ts";
import type { Staff } from "../kernel/actor.ts";
import { Forbidden, Invalid, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { Button, ErrorSummary, type FieldFault, Form, Layout, Notice, Panel, TextField } from "../ui/index.ts";
import { type Ask, page, type Reply, redirect } from "../web/route.ts";
import { type Cells, lookAtRow, mendRow, type RowAsked } from "./mend-row.ts";
import { reasonOf } from "./rejects-csv.ts";
import { FieldName } from "./rejects-view.tsx";
import { listRejectsOf } from "./store-files.ts";
import { findKeptRow } from "./store-kept-rows.ts";
import { type FileLine, findFile } from "./store-officer.ts";
import { columnsOf, tableKindOf } from "./table-kinds.ts";
import { columnWords } from "./words-columns.ts";
import { words } from "./words-officer.ts";

export async function showRow(ask: Ask): Promise<Reply> {
  const asked = await rowOf(ask);
  if (!(await mayRead(ask, asked))) return rowPage(ask, asked, undefined, [], 200);
  const { layout, cells } = await lookAtRow(ask.house, staffOf(ask), asked);
  return rowPage(ask, asked, { layout, cells }, [], 200);
}

export async function saveRow(ask: Ask): Promise<Reply> {
  const asked = await rowOf(ask);
  if (!(await mayRead(ask, asked))) throw new Forbidden("rejected_row");
  const said = words(ask.lang);
  try {
    await mendRow(ask.house, staffOf(ask), asked, ask.form);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const layout = (await findKeptRow(ask.house.db, asked.fileId, asked.record))?.layout ?? "own";
    const faults = error.faults.map(({ field, key }) => ({
      field,
      text: said.rowFault(labelOf(ask, field), reasonOf(key, ask.lang)),
    }));
    return rowPage(ask, asked, { layout, cells: ask.form }, faults, 422);
  }
  return redirect(`/console/intake/${asked.fileId}`, said.rowSaved(asked.record));
}

async function rowPage(
  ask: Ask,
  asked: RowAsked,
  row: { layout: string; cells: Cells } | undefined,
  faults: readonly FieldFault[],
  status: number,
): Promise<Reply> {
  const { house, lang } = ask;
  const said = words(lang);
  const why = await listRejectsOf(house.db, asked.fileId, asked.record);
  const title = said.rowTitle(asked.fileId, asked.record);
  const href = `/console/intake/${asked.fileId}`;
  // What was told of the row stands at its box until it is mended.
  const toldOf = (name: string) =>
    faults.length > 0 ? undefined : why.find(({ field }) => field.replace(/ \([A-Z]+\)$/, "") === name);
  const errorOf = (name: string) => {
    const told = toldOf(name);
    return faults.find(({ field }) => field === name)?.text ?? (told && reasonOf(told.code, lang));
  };
  return page(
    <Layout ask={ask} face="console" title={title} back={href} nowAt="intake">
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{title}</h1>
      <Panel title={said.rowWhy}>
        <ul>
          {why.map(({ field, code }) => (
            <li key={field + code}>
              <FieldName field={field} lang={lang} /> – {reasonOf(code, lang)}
            </li>
          ))}
        </ul>
      </Panel>
      {row ? (
        <Form ask={ask} action={`${href}/rows/${asked.record}`}>
          <p>{said.rowLead}</p>
          {Object.entries(columnsOf(asked.kind, row.layout)).map(([name, column]) => {
            const error = errorOf(name);
            return (
              <TextField
                key={name}
                name={name}
                label={labelOf(ask, name)}
                optional={!column.isRequired}
                value={(row.cells[name] ?? "").replace("\0", "")}
                autoComplete="off"
                {...(error ? { error } : {})}
              />
            );
          })}
          <Button>{said.rowSave}</Button>
        </Form>
      ) : (
        <Notice kind="warning" title={said.rowClosed}>
          <p>{said.rowClosedHelp}</p>
        </Notice>
      )}
    </Layout>,
    status,
  );
}

const labelOf = ({ lang }: Ask, name: string) => (columnWords(lang) as Record<string, string>)[name] ?? name;

/** Rows that speak of persons open to an officer or supervisor with the right; what runs the machine is no reason. */
async function mayRead(ask: Ask, { kind }: RowAsked): Promise<boolean> {
  const { staffId, roles } = staffOf(ask);
  if (!tableKindOf(kind)?.isPersonal) return true;
  const isAtCounter = roles.some(({ role }) => role === "officer" || role === "supervisor");
  return isAtCounter && (await holdsRight(ask.house.db, staffId, "rows"));
}

async function rowOf(ask: Ask): Promise<RowAsked> {
  const { id: fileId, kind } = await fileOf(ask);
  const record = /^\d{1,9}$/.test(ask.params.record ?? "") ? Number(ask.params.record) : 0;
  if (!(await findKeptRow(ask.house.db, fileId, record))) throw new NotFound("import_reject_row");
  return { fileId, kind, record };
}

export async function fileOf(ask: Ask): Promise<FileLine> {
  const id = ask.params.file ?? "";
  const file = /^\d{1,18}$/.test(id) ? await findFile(ask.house.db, id) : undefined;
  if (!file) throw new NotFound("source_file");
  return file;
}

export function staffOf(ask: Ask): Staff {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  return ask.actor;
}
