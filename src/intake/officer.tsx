/** /console/intake: files that came in, what was rejected of them and why; the mended ones are run again from here. */
import { record } from "../audit/record.ts";
import { beyondWall } from "../db/wall.ts";
import { formatInstant, type Lang } from "../kernel/calendar.ts";
import { formatCount } from "../kernel/money.ts";
import { XLSX_TYPE } from "../typeset/write-xlsx.ts";
import { Button, DataTable, Form, Layout, Pagination, Panel, SummaryList } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import style from "./intake.css?inline";
import { fileOf, saveRow, showRow, staffOf } from "./officer-row.tsx";
import { REJECTS_HEAD, rejectLine, rejectsSheet } from "./rejects-csv.ts";
import { Rejects } from "./rejects-view.tsx";
import { rerunRejects } from "./rerun-rejects.ts";
import { listRejects } from "./store-files.ts";
import { keptRowsOf } from "./store-kept-rows.ts";
import { countKept, countReasons, type FileLine, hasLaterFile, listFiles } from "./store-officer.ts";
import { tableKindOf } from "./table-kinds.ts";
import { words } from "./words-officer.ts";

const desk = { who: ["officer", "supervisor", "operator"], purpose: "operation" } as const;
const A_PAGE = 50;
const REJECTS_SHOWN = 200;
const REJECTS_MAX = 50_000;
const SENT = ["claims", "documents"];
const TABLES = ["persons", "cards", "participation", "benefits", "facilities", "units", "offices"];

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: "/console/intake", handle: showFiles }),
  pageRoute({ ...desk, method: "GET", path: "/console/intake/:file", handle: showFile }),
  pageRoute({ ...desk, method: "GET", path: "/console/intake/:file/rejects.csv", handle: sendCsv }),
  pageRoute({ ...desk, method: "GET", path: "/console/intake/:file/rejects.xlsx", handle: sendXlsx }),
  pageRoute({ ...desk, sensitive: true, method: "GET", path: "/console/intake/:file/rows/:record", handle: showRow }),
  pageRoute({ ...desk, sensitive: true, method: "POST", path: "/console/intake/:file/rows/:record", handle: saveRow }),
  pageRoute({
    ...desk,
    method: "GET",
    path: "/console/intake/:file/second-run",
    handle: (ask) => redirect(`/console/intake/${encodeURIComponent(ask.params.file ?? "")}`),
  }),
  pageRoute({ ...desk, method: "POST", path: "/console/intake/:file/second-run", handle: runAgain }),
];

async function showFiles(ask: Ask): Promise<Reply> {
  const { house, lang, query } = ask;
  const said = words(lang);
  const onlyRejects = query.show === "rejects";
  const before = /^\d{1,18}$/.test(query.before ?? "") ? query.before : undefined;
  const kinds = query.kind === "tables" ? TABLES : query.kind === "sent" ? SENT : undefined;
  const found = await listFiles(house.db, { onlyRejects, kinds, before, limit: A_PAGE + 1 });
  const files = found.slice(0, A_PAGE);
  const shown = { ...(onlyRejects ? { show: "rejects" } : {}), ...(kinds ? { kind: query.kind ?? "" } : {}) };
  const href = (more: Record<string, string>) => `/console/intake?${new URLSearchParams({ ...shown, ...more })}`;
  const older = found.length > A_PAGE ? href({ before: files.at(-1)?.id ?? "" }) : undefined;
  return page(
    <Layout ask={ask} face="console" title={said.title} nowAt="intake" styles={[style]} wide>
      <h1>{said.title}</h1>
      <p class="hint">{said.lead}</p>
      <nav aria-label={said.filters}>
        <ul class="intake-shows">
          <ShowLink href="/console/intake" isNow={!onlyRejects && !kinds} name={said.all} />
          <ShowLink href="/console/intake?kind=sent" isNow={kinds === SENT} name={said.ofFacilities} />
          <ShowLink href="/console/intake?kind=tables" isNow={kinds === TABLES} name={said.tables} />
          <ShowLink href="/console/intake?show=rejects" isNow={onlyRejects} name={said.onlyRejects} />
        </ul>
      </nav>
      <DataTable
        caption={said.title}
        hideCaption
        rows={files}
        rowKey={(file) => file.id}
        empty={<p>{said.empty}</p>}
        columns={[
          {
            head: said.columns.file,
            isMain: true,
            cell: (file) => <a href={`/console/intake/${file.id}`}>{said.file(file.id)}</a>,
          },
          { head: said.columns.kind, cell: (file) => kindOf(file, lang) },
          { head: said.columns.facility, cell: (file) => senderOf(file) },
          { head: said.columns.received, cell: (file) => formatInstant(file.receivedAt, lang) },
          { head: said.columns.counts, cell: (file) => countsOf(file, lang) },
          { head: said.columns.signature, cell: (file) => signatureOf(file, lang) },
        ]}
      />
      <Pagination older={older} newer={before ? href({}) : undefined} />
    </Layout>,
  );
}

function ShowLink({ href, isNow, name }: { href: string; isNow: boolean; name: string }) {
  return (
    <li>
      <a href={href} aria-current={isNow ? "page" : undefined}>
        {name}
      </a>
    </li>
  );
}

async function showFile(ask: Ask): Promise<Reply> {
  const { house, lang, query } = ask;
  const said = words(lang);
  const file = await fileOf(ask);
  const isTable = tableKindOf(file.kind) !== undefined;
  const reasons = await countReasons(house.db, file.id);
  const reason = reasons.find(({ code }) => code === query.reason)?.code;
  const [rejects, claims, rows, hasLater] = await Promise.all([
    listRejects(house.db, file.id, REJECTS_SHOWN, reason),
    countKept(house.db, file.id),
    keptRowsOf(house.db, file.id),
    isTable ? hasLaterFile(house.db, file) : false,
  ]);
  await look(ask, "intake.look", file.id);
  const kept = isTable ? rows.size : claims;
  const rerun = file.rerunAt && said.rerunSaid(formatInstant(file.rerunAt, lang), file.rerunTaken ?? 0, file.rejected);
  return page(
    <Layout
      ask={ask}
      face="console"
      title={said.file(file.id)}
      back="/console/intake"
      nowAt="intake"
      styles={[style]}
      wide
    >
      <h1>{said.file(file.id)}</h1>
      <SummaryList
        rows={[
          { key: said.kind, value: kindOf(file, lang) },
          ...(isTable ? [] : [{ key: said.columns.facility, value: senderOf(file) }]),
          { key: said.columns.received, value: formatInstant(file.receivedAt, lang) },
          { key: said.columns.counts, value: countsOf(file, lang) },
          ...(rerun ? [{ key: said.rerunOf, value: rerun }] : []),
          ...(isTable ? [] : [{ key: said.columns.signature, value: signatureOf(file, lang) }]),
          { key: said.size, value: said.bytes(formatCount(Number(file.bytes), lang)) },
          { key: said.hash, value: <code>{file.sha256.toString("hex").replace(/(.{8})(?=.)/g, "$1\u200b")}</code> },
        ]}
      />
      {file.rejected > 0 ? <SecondRun {...{ ask, fileId: file.id, kept, isTable, hasLater }} /> : null}
      <h2>{said.rejects}</h2>
      {reasons.length === 0 ? (
        <p>{said.noRejects}</p>
      ) : (
        <>
          <p class="intake-fetch">
            <a href={`/console/intake/${file.id}/rejects.csv`}>{said.csv}</a>{" "}
            <a href={`/console/intake/${file.id}/rejects.xlsx`}>{said.xlsx}</a>
          </p>
          <Rejects {...{ fileId: file.id, rejects, reasons, reason, rows: isTable ? rows : undefined, lang }} />
          {file.rejected > rejects.length && !reason ? (
            <p class="hint">{said.shown(rejects.length, file.rejected)}</p>
          ) : null}
        </>
      )}
    </Layout>,
  );
}

interface SecondRunProps {
  ask: Ask;
  fileId: string;
  kept: number;
  isTable: boolean;
  hasLater: boolean;
}

function SecondRun({ ask, fileId, kept, isTable, hasLater }: SecondRunProps) {
  const said = words(ask.lang);
  return (
    <Panel title={said.rerunTitle}>
      {kept === 0 ? (
        <p>{isTable ? said.tableRerunNone : said.rerunNone}</p>
      ) : (
        <>
          <p>{isTable ? said.tableRerun(kept) : said.rerunHelp(kept)}</p>
          {hasLater ? <p>{said.laterFile}</p> : null}
          <Form ask={ask} action={`/console/intake/${fileId}/second-run`}>
            <Button>{isTable ? said.rerunRows(kept) : said.rerun(kept)}</Button>
          </Form>
        </>
      )}
    </Panel>
  );
}

async function runAgain(ask: Ask): Promise<Reply> {
  const file = await fileOf(ask);
  // Whose rows it writes is said by the file, and it shows none.
  const run = beyondWall(() => rerunRejects(ask.house, file.id, staffOf(ask)));
  const { taken, unchanged, rejected } = await run;
  return redirect(`/console/intake/${file.id}`, words(ask.lang).rerunDone(taken + unchanged, rejected));
}

async function sendCsv(ask: Ask): Promise<Reply> {
  const { file, rejects } = await rejectsToSend(ask);
  const lines = rejects.map((reject) => rejectLine(reject, ask.lang));
  const name = `rejects-${file}.csv`;
  return { kind: "bytes", type: "text/csv; charset=utf-8", bytes: `\ufeff${REJECTS_HEAD}${lines.join("")}`, name };
}

async function sendXlsx(ask: Ask): Promise<Reply> {
  const { file, rejects } = await rejectsToSend(ask);
  return { kind: "bytes", type: XLSX_TYPE, bytes: rejectsSheet(rejects, ask.lang), name: `rejects-${file}.xlsx` };
}

async function rejectsToSend(ask: Ask) {
  const { id: file } = await fileOf(ask);
  const rejects = await listRejects(ask.house.db, file, REJECTS_MAX);
  await look(ask, "intake.rejects", file);
  return { file, rejects: rejects.map((reject) => ({ ...reject, file })) };
}

async function look(ask: Ask, action: string, id: string): Promise<void> {
  const object = { kind: "source_file", id };
  await record(ask.house.db, { at: ask.now, actor: staffOf(ask), action, purpose: "operation", object });
}

const kindOf = ({ kind }: FileLine, lang: Lang) => (words(lang).kinds as Record<string, string>)[kind] ?? kind;
const senderOf = ({ facilityName, facilityCode }: FileLine) => facilityName ?? facilityCode ?? "–";

function countsOf({ taken, unchanged, rejected, flagged }: FileLine, lang: Lang): string {
  return words(lang).counts(taken, unchanged, rejected, flagged);
}

function signatureOf({ signature }: FileLine, lang: Lang): string {
  const { signatures, noSignature } = words(lang);
  return (signatures as Record<string, string>)[signature ?? ""] ?? noSignature;
}
