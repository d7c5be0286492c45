import { formatInstant } from "../kernel/calendar.ts";
import { formatCount } from "../kernel/money.ts";
import {
  Button,
  ButtonLink,
  DataTable,
  ErrorSummary,
  type FieldFault,
  FileField,
  Form,
  Notice,
  Panel,
  Radios,
  Select,
} from "../ui/index.ts";
import { Frame, hrefOf, ROSTER, type Seat } from "./frame.tsx";
import { reasonText } from "./lines.ts";
import { BASES, type RosterUnit } from "./rules.ts";
import type { ListedUpload, Refusal } from "./store-upload.ts";
import { uploadWords } from "./words-upload.ts";

export interface UploadProps {
  at: Seat & { unit: RosterUnit };
  /** The last list, with its refused lines and who is missing from it. */
  latest:
    | {
        upload: ListedUpload;
        /** Its refused lines are forgotten: who is missing is not known any more. */
        isTooOld: boolean;
        refusals: readonly Refusal[];
        missing: readonly { name: string }[];
      }
    | undefined;
  uploads: readonly ListedUpload[];
  keptDays: number;
  /** Several sheets hold a list. */
  sheets: readonly string[];
  typed: Record<string, string>;
  faults: readonly FieldFault[];
}

export function UploadPage(props: UploadProps) {
  const { at, latest, faults } = props;
  const said = uploadWords(at.ask.lang);
  return (
    <Frame at={at} title={said.title} back={hrefOf(ROSTER, { unit: at.unit.code })}>
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{said.title}</h1>
      <p class="hint">{said.unit(at.unit.name)}</p>
      {latest ? <Outcome {...props} latest={latest} /> : null}
      <SendForm {...props} />
      <Earlier {...props} />
    </Frame>
  );
}

function SendForm({ at, sheets, typed, faults }: UploadProps) {
  const said = uploadWords(at.ask.lang);
  const errorOf = (field: string) => faults.find((one) => one.field === field)?.text;
  return (
    <Panel tone="tinted">
      <p>{said.lead}</p>
      <p class="hint">{said.columns}</p>
      <Form ask={at.ask} action={`${ROSTER}/upload`} multipart>
        <input type="hidden" name="unit" value={at.unit.code} />
        <FileField
          name="list"
          label={said.file}
          hint={said.fileHint}
          accept=".xlsx,.xlsm,.csv,.txt"
          error={errorOf("list")}
        />
        {sheets.length > 0 ? (
          <Select
            name="sheet"
            label={said.sheet}
            hint={said.sheetHint}
            value={typed.sheet}
            error={errorOf("sheet")}
            options={sheets.map((name) => ({ value: name, label: name }))}
          />
        ) : null}
        <Radios
          name="extent"
          label={said.extent}
          value={typed.extent ?? "part"}
          error={errorOf("extent")}
          options={(["part", "whole"] as const).map((value) => ({ value, label: said.extents[value] }))}
        />
        <Radios
          name="basis"
          label={said.basis}
          hint={said.basisHint}
          value={typed.basis}
          error={errorOf("basis")}
          options={BASES.map((value) => ({ value, label: said.bases[value] }))}
        />
        <Button>{said.submit}</Button>
      </Form>
    </Panel>
  );
}

const COUNTS = ["added", "changed", "unchanged", "refused"] as const;

function Outcome({ at, latest, keptDays }: UploadProps & { latest: NonNullable<UploadProps["latest"]> }) {
  const { lang } = at.ask;
  const said = uploadWords(lang);
  const { upload, isTooOld, refusals, missing } = latest;
  const open = upload.isWhole && upload.leavers === null ? upload.missing : 0;
  return (
    <section class="roster-outcome">
      <h2>{said.result}</h2>
      <p class="hint">
        {formatInstant(upload.at, lang)}
        {upload.sheet ? ` · ${said.readFrom(upload.sheet, upload.passed.join(", "))}` : ""}
        {upload.hidden > 0 ? ` ${said.hidden(upload.hidden)}` : ""}
      </p>
      <dl class="roster-figures">
        {COUNTS.map((count) => (
          <div key={count}>
            <dt>{said.counts[count]}</dt>
            <dd>
              <b>{formatCount(upload[count], lang)}</b>
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={hrefOf(ROSTER, { unit: at.unit.code })}>{said.toList}</a>
      </p>
      {open > 0 && isTooOld ? <p>{said.missingTooOld}</p> : null}
      {open > 0 && !isTooOld ? <Missing {...{ at, upload, missing }} count={open} /> : null}
      {refusals.length > 0 ? <Refused {...{ at, upload, refusals, keptDays }} /> : null}
    </section>
  );
}

interface MissingProps {
  at: UploadProps["at"];
  upload: ListedUpload;
  missing: readonly { name: string }[];
  count: number;
}

function Missing({ at, upload, missing, count }: MissingProps) {
  const said = uploadWords(at.ask.lang);
  const more = count - missing.length;
  return (
    <Notice kind="warning" title={said.missingTitle(count)}>
      <p>{said.missingLead}</p>
      <p>
        {missing.map(({ name }) => name).join(", ")}
        {more > 0 ? ` ${said.missingMore(more)}` : ""}
      </p>
      <Form ask={at.ask} action={`${ROSTER}/upload/${upload.uploadId}/leavers`}>
        <Button kind="quiet">{said.missingAct(count)}</Button>
      </Form>
    </Notice>
  );
}

interface RefusedProps {
  at: UploadProps["at"];
  upload: ListedUpload;
  refusals: readonly Refusal[];
  keptDays: number;
}

function Refused({ at, upload, refusals, keptDays }: RefusedProps) {
  const { lang } = at.ask;
  const said = uploadWords(lang);
  return (
    <>
      <h3>{said.refusedTitle(upload.refused)}</h3>
      <p>
        {said.refusedLead} {said.refusedKept(keptDays)}
      </p>
      <p>
        <ButtonLink href={`${ROSTER}/upload/${upload.uploadId}/refused.xlsx`}>{said.refusedFile}</ButtonLink>
      </p>
      {upload.refused > refusals.length ? <p class="hint">{said.refusedShown(refusals.length)}</p> : null}
      <DataTable
        caption={said.refusedTitle(upload.refused)}
        hideCaption
        rows={refusals}
        rowKey={({ row }) => String(row)}
        columns={[
          { head: said.row, isNumber: true, cell: ({ row }) => row },
          { head: said.name, isMain: true, cell: ({ name }) => name || "–" },
          { head: said.reason, cell: (one) => reasonText(one, lang) },
        ]}
      />
    </>
  );
}

function Earlier({ at, uploads }: UploadProps) {
  const { lang } = at.ask;
  const said = uploadWords(lang);
  if (uploads.length < 2) return null;
  return (
    <DataTable
      caption={said.earlier}
      rows={uploads}
      rowKey={({ uploadId }) => uploadId}
      columns={[
        { head: said.at, isMain: true, cell: (one) => formatInstant(one.at, lang) },
        { head: said.kind, cell: (one) => (one.isWhole ? said.kinds.whole : said.kinds.part) },
        ...COUNTS.map((count) => ({
          head: said.counts[count],
          isNumber: true,
          cell: (one: ListedUpload) => formatCount(one[count], lang),
        })),
      ]}
    />
  );
}
