import type { Declaration } from "../registration/store.ts";
import { Button, DataTable, Notice, TextField } from "../ui/index.ts";
import type { Found } from "./find-file.ts";
import { ClockTag, type Counter, Frame, fileHref, StateTag } from "./view-parts.tsx";
import { words } from "./words.ts";
import { transferWords } from "./words-transfer.ts";

interface FilesProps {
  at: Counter;
  files: readonly Declaration[];
  names: ReadonlyMap<string, string>;
}

export function FindPage({
  at,
  typed,
  found,
  names,
}: { at: Counter; typed: string; found: Found } & Pick<FilesProps, "names">) {
  const said = words(at.ask.lang).find;
  const { query, files, elsewhere } = found;
  return (
    <Frame at={at} title={said.title} back="/console" wide>
      <h1>{said.title}</h1>
      <FindBox at={at} typed={typed} />
      {query.kind === "nothing" ? <Notice kind="info">{said.nothing}</Notice> : null}
      {elsewhere ? (
        <Notice kind="warning">
          <p>{said.elsewhere(elsewhere)}</p>
          {query.kind === "code" ? (
            <a href={`/console/bring/${query.code}`}>{transferWords(at.ask.lang).bring.link}</a>
          ) : null}
        </Notice>
      ) : null}
      {query.kind !== "nothing" && !elsewhere && files.length === 0 ? (
        <Notice kind="info" title={said.none}>
          <p>{said.noneHint}</p>
        </Notice>
      ) : null}
      {files.length > 0 ? (
        <>
          <h2>{said.results(files.length)}</h2>
          <FileTable at={at} files={files} names={names} />
        </>
      ) : null}
      {found.isCut ? <Notice kind="info">{said.more(files.length)}</Notice> : null}
    </Frame>
  );
}

/** One box for everything: the cursor waits in it, a scanner types into it and presses Enter. */
export function FindBox({ at, typed }: { at: Counter; typed: string }) {
  const said = words(at.ask.lang).queue;
  return (
    <search>
      <form class="find" method="post" action="/console/search">
        <input type="hidden" name="_token" value={at.ask.formToken} />
        <input type="hidden" name="to" value="/console/find" />
        <TextField name="q" label={said.find} hint={said.findHint} type="search" value={typed} autoComplete="off" />
        <Button>{said.findButton}</Button>
      </form>
    </search>
  );
}

export function FileTable({ at, files, names }: FilesProps) {
  const said = words(at.ask.lang).queue;
  return (
    <DataTable
      caption={said.caption}
      hideCaption
      rows={files}
      rowKey={(file) => file.code}
      empty={
        <>
          <p>{said.empty}</p>
          <p class="muted">{said.emptyHint}</p>
        </>
      }
      columns={[
        {
          head: said.columns.person,
          isMain: true,
          cell: (file) => (
            <a class="person" href={fileHref(file.code)}>
              <span class="person-name">{file.answers.name?.full}</span> <span class="code">{file.code}</span>
            </a>
          ),
        },
        { head: said.columns.left, cell: (file) => <ClockTag at={at} file={file} /> },
        { head: said.columns.state, cell: (file) => <StateTag at={at} file={file} /> },
        { head: said.columns.holder, cell: (file) => holderOf(file, at, names) },
      ]}
    />
  );
}

function holderOf(file: Declaration, at: Counter, names: ReadonlyMap<string, string>) {
  const said = words(at.ask.lang).queue;
  if (file.status !== "received") return "–";
  if (file.proposedBy) return said.awaits(names.get(file.proposedBy) ?? "–");
  if (!file.heldBy) return <span class="muted">{said.nobody}</span>;
  return file.heldBy === at.staff.staffId ? said.you : (names.get(file.heldBy) ?? "–");
}
