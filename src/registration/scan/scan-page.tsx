import { dayOf } from "../../kernel/calendar.ts";
import type { Fault } from "../../kernel/outcome.ts";
import {
  Button,
  ButtonLink,
  DateField,
  ErrorSummary,
  Form,
  Layout,
  Notice,
  Radios,
  TextField,
} from "../../ui/index.ts";
import { islandHref } from "../../web/islands.ts";
import type { Ask } from "../../web/route.ts";
import { addressOf, errorOf } from "../question-frame.tsx";
import { TERM_DAYS } from "../rules.ts";
import { boxesOf, type Fields } from "../rules-parse.ts";
import { words } from "../words.ts";
import { faultText } from "../words-faults.ts";
import style from "./scan.css?inline";
import { scanWords } from "./words.ts";

interface ScanProps {
  ask: Ask;
  /** As read and looked at; empty before. */
  fields: Fields;
  faults: readonly Fault[];
}

/** Fills three pages at once from a card. Without script, and where nothing can be read, it leads back to typing. */
export function ScanPage({ ask, fields, faults }: ScanProps) {
  const said = scanWords(ask.lang);
  const isSent = faults.length > 0;
  const sentences = faults.map((fault) => ({ field: fault.field, text: faultText(fault, ask.lang) }));
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]} back={addressOf("paper")}>
      <ErrorSummary ask={ask} faults={sentences} />
      <h1>{said.title}</h1>
      {isSent ? null : (
        <>
          <p>{said.lead}</p>
          <div id="no-scan">
            <p>{said.noScript}</p>
            <ButtonLink href={addressOf("paper")}>{said.type}</ButtonLink>
          </div>
          <Scanner ask={ask} />
        </>
      )}
      <section id="scan-result" hidden={!isSent}>
        <h2 tabIndex={-1}>{said.result}</h2>
        <p>{said.resultLead}</p>
        <Form ask={ask} action="/register/scan">
          <Boxes {...{ ask, fields, faults }} />
          <Button>{said.use}</Button>
        </Form>
      </section>
      {isSent ? null : <script type="module" src={islandHref("card")} />}
    </Layout>
  );
}

/** Shown by its script alone; `data-…` are the sentences that it may say. */
function Scanner({ ask }: { ask: Ask }) {
  const said = scanWords(ask.lang);
  const today = dayOf(ask.now);
  const sentences = Object.fromEntries(
    Object.entries(said.states).map(([name, text]) => [
      `data-${name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`)}`,
      text,
    ]),
  );
  return (
    <div id="scan" hidden data-year={today.year} data-until={today.add({ days: TERM_DAYS }).toString()} {...sentences}>
      <video class="scan-video" hidden muted playsInline />
      <p role="status" />
      <button type="button" class="button quiet" data-stop hidden>
        {said.stop}
      </button>
      <Way {...{ way: "qr", title: said.qr, hint: said.qrHint, camera: said.qrCamera, picture: said.qrPicture }} />
      <Way {...{ way: "mrz", title: said.mrz, hint: said.mrzHint, camera: said.mrzCamera, picture: said.mrzPicture }} />
      <p>
        <a href={addressOf("paper")}>{said.type}</a>
      </p>
    </div>
  );
}

interface WayProps {
  way: "qr" | "mrz";
  title: string;
  hint: string;
  camera: string;
  picture: string;
}

function Way({ way, title, hint, camera, picture }: WayProps) {
  return (
    <section class="scan-way">
      <h2>{title}</h2>
      <p class="hint" id={`${way}-hint`}>
        {hint}
      </p>
      <button type="button" class={way === "qr" ? "button" : "button quiet"} data-camera={way}>
        {camera}
      </button>
      <div class="field">
        <label class="label" for={`${way}-picture`}>
          {picture}
        </label>
        <input class="box file w-full" id={`${way}-picture`} type="file" accept="image/*" data-way={way} />
      </div>
    </section>
  );
}

function Boxes({ ask, fields, faults }: ScanProps) {
  const { paper, name, birth } = words(ask.lang);
  const at = { ask, faults };
  return (
    <>
      <Radios
        name="paper_kind"
        label={paper.kind}
        value={fields.paper_kind}
        error={errorOf(at, "paper_kind")}
        options={(["cccd", "passport"] as const).map((kind) => ({ value: kind, label: paper.kinds[kind] }))}
      />
      <TextField
        name="paper_number"
        label={paper.number}
        value={fields.paper_number}
        error={errorOf(at, "paper_number")}
        width="number"
        autoComplete="off"
        spellcheck={false}
      />
      <DateField
        name="issued"
        label={paper.issued}
        optional
        value={boxesOf("issued", fields)}
        error={errorOf(at, "issued")}
      />
      <div id="ends-soon" hidden>
        <Notice kind="warning">
          <p>{scanWords(ask.lang).endsSoon}</p>
        </Notice>
      </div>
      <div id="no-marks" hidden>
        <Notice kind="warning" title={name.full}>
          <p>{scanWords(ask.lang).noMarks}</p>
        </Notice>
      </div>
      <TextField
        name="full_name"
        label={name.full}
        value={fields.full_name}
        error={errorOf(at, "full_name")}
        autoComplete="off"
        spellcheck={false}
      />
      <Radios
        name="sex"
        label={name.sex}
        inline
        value={fields.sex}
        error={errorOf(at, "sex")}
        options={([1, 2, 3] as const).map((sex) => ({ value: String(sex), label: name.sexes[sex] }))}
      />
      <DateField name="birth" label={birth.title} value={boxesOf("birth", fields)} error={errorOf(at, "birth")} />
    </>
  );
}
