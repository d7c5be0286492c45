import { formatBirth, formatInstant, plainDate } from "../kernel/calendar.ts";
import { groupNumber, maskNumber } from "../kernel/numbers.ts";
import type { Person } from "../register/store.ts";
import {
  Button,
  ButtonLink,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  Panel,
  PaperSeenFields,
  Radios,
  SummaryList,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { Reissued } from "./reissue.ts";
import { maskedContact } from "./tell-resent.ts";
import { staffWords } from "./words-staff.ts";

/** What every page here shows of the counter. */
export interface ReissueDesk {
  ask: Ask;
  officeName: string | undefined;
}

interface FindProps extends ReissueDesk {
  number?: string;
  faults?: readonly FieldFault[];
}

export function ReissueFindPage({ ask, officeName, number = "", faults = [] }: FindProps) {
  const said = staffWords(ask.lang).reissue;
  return (
    <Layout ask={ask} face="console" nowAt="account" officeName={officeName} title={said.title} back="/console">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Form ask={ask} action="/console/reissue">
        <TextField
          name="login"
          label={said.number}
          value={number}
          error={textOf(faults, "login")}
          inputMode="numeric"
          autoComplete="off"
          width="number"
          maxLength={30}
        />
        <Button>{said.find}</Button>
      </Form>
    </Layout>
  );
}

interface CheckProps extends ReissueDesk {
  person: Person;
  /** As typed by the officer. */
  number: string;
  phone: string | undefined;
  email: string | undefined;
  codeUntil: Date | undefined;
  faults?: readonly FieldFault[];
}

/** What the officer compares with the paper in hand before a code is issued. */
export function ReissueCheckPage(props: CheckProps) {
  const { ask, officeName, person, number, phone, faults = [] } = props;
  const said = staffWords(ask.lang).reissue;
  const birth = formatBirth(plainDate(person.birthOn), person.birthPrecision, ask.lang);
  return (
    <Layout ask={ask} face="console" nowAt="account" officeName={officeName} title={said.title} back="/console/reissue">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <SummaryList
        rows={[
          { key: said.name, value: person.fullName },
          { key: said.birth, value: birth },
          { key: said.numberShown, value: groupNumber(number) },
          { key: said.phone, value: phone ? maskNumber(phone) : said.noPhone },
        ]}
      />
      <NotActivated {...props} />
      <Form ask={ask} action="/console/reissue/slip">
        <input type="hidden" name="login" value={number} />
        <PaperSeenFields ask={ask} faults={faults} />
        <TextField
          name="newPhone"
          label={said.newPhone}
          hint={said.newPhoneHint}
          value={ask.form.newPhone}
          error={textOf(faults, "newPhone")}
          inputMode="tel"
          autoComplete="off"
          width="number"
          maxLength={20}
          optional
        />
        <Radios
          name="handOver"
          label={said.handOver}
          options={[
            { value: "message", label: said.message, hint: said.messageHint },
            { value: "slip", label: said.slip, hint: said.slipHint },
          ]}
          value={ask.form.handOver ?? "message"}
          error={textOf(faults, "handOver")}
        />
        <Button>{said.issue}</Button>
      </Form>
    </Layout>
  );
}

/** The quick way while the account waits for its first sign-in: the same code holder, a new code. */
function NotActivated({ ask, number, phone, email, codeUntil }: CheckProps) {
  const to = phone ?? email;
  if (!codeUntil || !to) return null;
  const said = staffWords(ask.lang).reissue;
  const at = formatInstant(codeUntil, ask.lang);
  return (
    <Notice kind="info" title={said.notActivated}>
      <p>{codeUntil <= ask.now ? said.codeEnded(at) : said.codeUntil(at)}</p>
      <p>{said.resendHint(maskedContact(to))}</p>
      <Form ask={ask} action="/console/activation">
        <input type="hidden" name="login" value={number} />
        <Button kind="quiet">{said.resend}</Button>
      </Form>
    </Notice>
  );
}

export function ReissueSentPage({ ask, officeName, slip }: ReissueDesk & { slip: Reissued }) {
  const said = staffWords(ask.lang).reissue;
  const sent = said.sentTo(maskedContact(slip.sentTo ?? ""), formatInstant(slip.until, ask.lang));
  return (
    <Layout ask={ask} face="console" nowAt="reissue" officeName={officeName} title={said.sentTitle}>
      <h1>{said.sentTitle}</h1>
      <p>{sent}</p>
      <p>{said.sentNext}</p>
      <ButtonLink kind="quiet" href="/console/reissue">
        {said.back}
      </ButtonLink>
    </Layout>
  );
}

/** Shown once, to be printed and handed over. */
export function ReissueSlipPage({ ask, officeName, slip }: ReissueDesk & { slip: Reissued }) {
  const said = staffWords(ask.lang).reissue;
  return (
    <Layout ask={ask} face="console" nowAt="account" officeName={officeName} title={said.slipTitle}>
      <h1>{said.slipTitle}</h1>
      <p>{said.slipLead}</p>
      <Panel tone="tinted">
        <SummaryList
          rows={[
            { key: said.login, value: groupNumber(slip.login) },
            { key: said.password, value: <strong>{slip.password ?? ""}</strong> },
            { key: said.until, value: formatInstant(slip.until, ask.lang) },
          ]}
        />
        <p>{said.slipNext}</p>
      </Panel>
      <ButtonLink kind="quiet" href="/console/reissue">
        {said.back}
      </ButtonLink>
    </Layout>
  );
}
