import { renderSVG } from "uqr";
import { formatLongDay } from "../kernel/calendar.ts";
import { maskNumber } from "../kernel/numbers.ts";
import { Acts, ButtonLink, DeadlineNote, Hours, Layout, Notice, Panel } from "../ui/index.ts";
import type { Office } from "../units/store.ts";
import type { Ask } from "../web/route.ts";
import { PhotosLink } from "./photos/photos-link.tsx";
import { UnprovedContacts } from "./proof-page.tsx";
import { LeaveForm } from "./question-frame.tsx";
import style from "./registration.css?inline";
import { daysLeft, lastDayOf } from "./rules.ts";
import type { CompleteAnswers } from "./rules-answers.ts";
import type { RegisterMatch } from "./rules-match.ts";
import type { PhotoRule } from "./rules-paper-policies.ts";
import type { Declaration } from "./store.ts";
import { receiptWords } from "./words-receipt.ts";

interface ReceiptProps {
  ask: Ask;
  file: Declaration;
  answers: CompleteAnswers;
  lapsesAt: Date;
  office: Office | undefined;
  match: RegisterMatch;
  /** How it is handed in, when not at the office: what to do. */
  bring: string | undefined;
  photos: PhotoRule;
}

/** What to do next and by when: the deadline as a day, what to bring, where. */
export function ReceiptPage({ ask, file, answers, lapsesAt, office, match, bring, photos }: ReceiptProps) {
  const said = receiptWords(ask.lang).receipt;
  const left = daysLeft(ask.now, lapsesAt);
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]}>
      <h1>{said.title}</h1>
      <CodeBlock ask={ask} code={file.code} />
      {match === "unmatched" ? (
        <Notice kind="warning" title={said.unmatchedTitle}>
          <p>{said.unmatched}</p>
          <p>
            <a href="/register/number-of-another">{said.unmatchedWhat}</a>
          </p>
        </Notice>
      ) : null}
      <DeadlineNote
        label={said.deadline}
        deadline={formatLongDay(lastDayOf(lapsesAt), ask.lang)}
        left={said.daysLeft(left)}
        tone={left <= 3 ? "soon" : "calm"}
      >
        <p>{said.consequence}</p>
      </DeadlineNote>
      <Panel title={bring ? said.toDo : said.bring}>
        <ol>
          {bring ? <li>{bring}</li> : null}
          <li>
            {said.bringPaper(receiptWords(ask.lang).papers[answers.paper.kind], maskNumber(answers.paper.number))}
          </li>
          {bring ? null : <li>{said.bringForm}</li>}
          <li>{said.bringSign}</li>
        </ol>
        <Acts>
          <ButtonLink href="/register/form.pdf">{said.print}</ButtonLink>
        </Acts>
      </Panel>
      <UnprovedContacts ask={ask} file={file} />
      {office ? <Where ask={ask} office={office} title={bring ? said.receives : said.where} /> : null}
      <PhotosLink ask={ask} rule={photos} />
      <p>
        <a href="/register/track">{said.track}</a>
      </p>
      <p>
        <a href="/register/withdrawal">{said.withdraw}</a>
      </p>
      <div class="leave">
        <LeaveForm ask={ask} />
      </div>
    </Layout>
  );
}

function CodeBlock({ ask, code }: { ask: Ask; code: string }) {
  const said = receiptWords(ask.lang).receipt;
  return (
    <div class="receipt-code">
      <div>
        <p class="hint">{said.codeLabel}</p>
        <p class="file-code">{code}</p>
        <p>{said.keep}</p>
      </div>
      <div class="receipt-qr" role="img" aria-label={said.qr(code)} dangerouslySetInnerHTML={{ __html: qrOf(code) }} />
    </div>
  );
}

const qrOf = (code: string) => renderSVG(code, { border: 2, ecc: "M", pixelSize: 1 });

function Where({ ask, office, title }: { ask: Ask; office: Office; title: string }) {
  const said = receiptWords(ask.lang).receipt;
  return (
    <Panel title={title}>
      <p>
        <strong>{office.name}</strong>
        <br />
        {office.address}
      </p>
      <p>
        {said.hours}: <Hours text={office.openingHours} />
        <br />
        {said.phone}: <a href={`tel:${office.phone.replace(/\D/g, "")}`}>{office.phone}</a>
      </p>
    </Panel>
  );
}
