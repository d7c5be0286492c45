import { formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import { groupNumber } from "../kernel/numbers.ts";
import {
  Button,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  SummaryList,
  TextArea,
  textOf,
} from "../ui/index.ts";
import { islandHref } from "../web/islands.ts";
import type { Ask } from "../web/route.ts";
import style from "./verify.css?inline";
import type { Verdict } from "./verify.ts";
import { words } from "./words.ts";
import { verdictWords } from "./words-verdict.ts";

interface VerifyPageProps {
  ask: Ask;
  code?: string;
  found?: Verdict;
  faults?: readonly FieldFault[];
}

/** Camera and picture are shown by the page's script alone; the box works without it. */
export function VerifyPage({ ask, code = "", found, faults = [] }: VerifyPageProps) {
  const said = words(ask.lang);
  const spoken = verdictWords(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.verifyTitle} styles={[style]} back="/">
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.verifyTitle}</h1>
      <p>{said.verifyLead}</p>
      <div id="verdict" aria-live="polite">
        {found ? <Found ask={ask} found={found} /> : null}
      </div>
      <div id="verify" hidden data-hold={spoken.hold} data-no-camera={spoken.noCamera} data-no-code={spoken.noCode}>
        <video class="verify-video" hidden muted playsInline />
        <p role="status" />
        <p class="acts">
          <button type="button" class="button" data-camera>
            {said.camera}
          </button>
          <button type="button" class="button quiet" data-stop hidden>
            {said.stop}
          </button>
        </p>
        <div class="field">
          <label class="label" for="picture">
            {said.picture}
          </label>
          <input class="box file w-full" id="picture" type="file" accept="image/*" />
        </div>
      </div>
      <Form ask={ask} action="/verify">
        <TextArea name="code" label={said.paste} hint={said.pasteHint} value={code} error={textOf(faults, "code")} />
        <Button>{said.check}</Button>
      </Form>
      <p class="hint">{said.private}</p>
      <script type="module" src={islandHref("verify")} />
    </Layout>
  );
}

function Found({ ask, found }: { ask: Ask; found: Verdict }) {
  const { lang, now } = ask;
  const said = verdictWords(lang);
  const { title, help } = said.verdicts[found.verdict];
  const kind = found.verdict === "valid" ? "good" : found.verdict === "not_ours" ? "danger" : "warning";
  return (
    <>
      <Notice kind={kind} title={title}>
        <p>{help}</p>
        <p>{said.byServer(formatInstant(now, lang))}</p>
      </Notice>
      {"pass" in found && found.verdict !== "early" ? <Facts pass={found.pass} lang={lang} /> : null}
    </>
  );
}

function Facts({ pass, lang }: { pass: Extract<Verdict, { pass: unknown }>["pass"]; lang: Ask["lang"] }) {
  const said = verdictWords(lang);
  const from = formatDay(plainDate(pass.from), lang);
  return (
    <SummaryList
      rows={[
        { key: said.name, value: pass.name },
        { key: said.number, value: groupNumber(pass.num) },
        { key: said.validity, value: pass.to ? `${from} – ${formatDay(plainDate(pass.to), lang)}` : said.from(from) },
        { key: said.until, value: formatInstant(new Date(pass.exp * 1000), lang) },
      ]}
    />
  );
}
