/** /console/intake: files that came in, what was rejected of them and why; the mended ones are run again from here. */
import { record } from "../audit/record.ts";
import { formatInstant, type Lang } from "../kernel/calendar.ts";
import { NotFound, NotSignedIn } from "../kernel/failures.ts";
import { Button, DataTable, Form, Layout, Pagination, Panel, SummaryList } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import style from "./intake.css?inline";
import { REJECTS_HEAD, reasonOf, rejectLine } from "./rejects-csv.ts";
import { rerunRejects } from "./rerun-rejects.ts";
import { listRejects } from "./store-files.ts";
import { countKept, type FileLine, findFile, listFiles } from "./store-officer.ts";
import { words } from "./words-officer.ts";

const desk = { who: ["officer", "supervisor", "operator"], purpose: "operation" } as const;
const A_PAGE = 50;
const REJECTS_SHOWN = 200;
const REJECTS_MAX = 50_000;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: "/console/intake", handle: showFiles }),
  pageRoute({ ...desk, method: "GET", path: "/console/intake/:file", handle: showFile }),
  pageRoute({ ...desk, method: "GET", path: "/console/intake/:file/rejects.csv", handle: sendCsv }),
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
  const found = await listFiles(house.db, { onlyRejects, before, limit: A_PAGE + 1 });
  const files = found.slice(0, A_PAGE);
  const href = (more: Record<string, string>) =>
    `/console/intake?${new URLSearchParams({ ...(onlyRejects ? { show: "rejects" } : {}), ...more })}`;
  const older = found.length > A_PAGE ? href({ before: files.at(-1)?.id ?? "" }) : undefined;
  return page(
    <Layout ask={ask} face="console" title={said.title} nowAt="intake" styles={[style]} wide>
      <h1>{said.title}</h1>
      <p class="hint">{said.lead}</p>
      <nav aria-label={said.filters}>
        <ul class="intake-shows">
          <ShowLink href="/console/intake" isNow={!onlyRejects} name={said.all} />
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
  const { house, lang } = ask;
  const said = words(lang);
  const file = await fileOf(ask);
  const [rejects, kept] = await Promise.all([
    listRejects(house.db, file.id, REJECTS_SHOWN),
    countKept(house.db, file.id),
  ]);
  await look(ask, "intake.look", file.id);
  const kinds: Record<string, string> = said.kinds;
  return page(
    <Layout ask={ask} face="console" title={said.file(file.id)} back="/console/intake" nowAt="intake" wide>
      <h1>{said.file(file.id)}</h1>
      <SummaryList
        rows={[
          { key: said.kind, value: kinds[file.kind] ?? file.kind },
          { key: said.columns.facility, value: senderOf(file) },
          { key: said.columns.received, value: formatInstant(file.receivedAt, lang) },
          { key: said.columns.counts, value: countsOf(file, lang) },
          { key: said.columns.signature, value: signatureOf(file, lang) },
          { key: said.size, value: said.bytes(file.bytes) },
          { key: said.hash, value: <code>{file.sha256.toString("hex").replace(/(.{8})(?=.)/g, "$1\u200b")}</code> },
        ]}
      />
      {file.rejected > 0 ? <SecondRun ask={ask} fileId={file.id} kept={kept} /> : null}
      <h2>{said.rejects}</h2>
      {rejects.length === 0 ? (
        <p>{said.noRejects}</p>
      ) : (
        <>
          <p>
            <a href={`/console/intake/${file.id}/rejects.csv`}>{said.csv}</a>
          </p>
          {file.rejected > rejects.length ? <p class="hint">{said.shown(rejects.length, file.rejected)}</p> : null}
          <DataTable
            caption={said.rejects}
            hideCaption
            rows={rejects}
            rowKey={({ record, field, code }) => `${record} ${field} ${code}`}
            columns={[
              { head: said.rejectColumns.record, cell: (row) => said.record(row.record), isMain: true },
              { head: said.rejectColumns.line, cell: (row) => row.line ?? "–" },
              { head: said.rejectColumns.field, cell: (row) => <code>{row.field}</code> },
              { head: said.rejectColumns.reason, cell: (row) => reasonOf(row.code, lang) },
            ]}
          />
        </>
      )}
    </Layout>,
  );
}

function SecondRun({ ask, fileId, kept }: { ask: Ask; fileId: string; kept: number }) {
  const said = words(ask.lang);
  return (
    <Panel title={said.rerunTitle}>
      {kept === 0 ? (
        <p>{said.rerunNone}</p>
      ) : (
        <>
          <p>{said.rerunHelp(kept)}</p>
          <Form ask={ask} action={`/console/intake/${fileId}/second-run`}>
            <Button>{said.rerun(kept)}</Button>
          </Form>
        </>
      )}
    </Panel>
  );
}

async function runAgain(ask: Ask): Promise<Reply> {
  const file = await fileOf(ask);
  const { taken, rejected } = await rerunRejects(ask.house, file.id, staffOf(ask));
  return redirect(`/console/intake/${file.id}`, words(ask.lang).rerunDone(taken, rejected));
}

async function sendCsv(ask: Ask): Promise<Reply> {
  const file = await fileOf(ask);
  const rejects = await listRejects(ask.house.db, file.id, REJECTS_MAX);
  await look(ask, "intake.rejects", file.id);
  const lines = rejects.map((reject) => rejectLine({ ...reject, file: file.id }, ask.lang));
  const name = `rejects-${file.id}.csv`;
  return { kind: "bytes", type: "text/csv; charset=utf-8", bytes: `\ufeff${REJECTS_HEAD}${lines.join("")}`, name };
}

async function fileOf(ask: Ask): Promise<FileLine> {
  const id = ask.params.file ?? "";
  const file = /^\d{1,18}$/.test(id) ? await findFile(ask.house.db, id) : undefined;
  if (!file) throw new NotFound("source_file");
  return file;
}

async function look(ask: Ask, action: string, id: string): Promise<void> {
  const object = { kind: "source_file", id };
  await record(ask.house.db, { at: ask.now, actor: staffOf(ask), action, purpose: "operation", object });
}

function staffOf(ask: Ask) {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  return ask.actor;
}

const senderOf = ({ facilityName, facilityCode }: FileLine) => facilityName ?? facilityCode ?? "–";

function countsOf({ taken, unchanged, rejected, flagged }: FileLine, lang: Lang): string {
  return words(lang).counts(taken, unchanged, rejected, flagged);
}

function signatureOf({ signature }: FileLine, lang: Lang): string {
  const { signatures, noSignature } = words(lang);
  return (signatures as Record<string, string>)[signature ?? ""] ?? noSignature;
}
