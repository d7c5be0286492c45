import { formatBirth, formatInstant, plainDate } from "../kernel/calendar.ts";
import { groupNumber, maskNumber } from "../kernel/numbers.ts";
import type { Person } from "../register/store.ts";
import {
  Button,
  ButtonLink,
  Checkboxes,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Panel,
  Radios,
  SummaryList,
  TextField,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { Reissued } from "./reissue.ts";
import { textOf } from "./sentences.ts";
import { words } from "./words.ts";

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
  const said = words(ask.lang).reissue;
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
  faults?: readonly FieldFault[];
}

/** What the officer compares with the paper in hand before a password is issued. */
export function ReissueCheckPage({ ask, officeName, person, number, phone, faults = [] }: CheckProps) {
  const said = words(ask.lang).reissue;
  const papers = (["cccd", "cmnd", "passport", "vneid"] as const).map((value) => ({
    value,
    label: said.papers[value],
  }));
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
      <Form ask={ask} action="/console/reissue/slip">
        <input type="hidden" name="login" value={number} />
        <Radios
          name="paper"
          label={said.paper}
          options={papers}
          value={ask.form.paper}
          error={textOf(faults, "paper")}
        />
        <Checkboxes
          name="checks"
          label={said.checks}
          options={[
            { value: "seen", label: said.seen },
            { value: "face", label: said.face },
          ]}
          values={ask.many.checks ?? []}
          error={textOf(faults, "checks")}
        />
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
        <Button>{said.issue}</Button>
      </Form>
    </Layout>
  );
}

/** Shown once, to be printed and handed over. */
export function ReissueSlipPage({ ask, officeName, slip }: ReissueDesk & { slip: Reissued }) {
  const said = words(ask.lang).reissue;
  return (
    <Layout ask={ask} face="console" nowAt="account" officeName={officeName} title={said.slipTitle}>
      <h1>{said.slipTitle}</h1>
      <p>{said.slipLead}</p>
      <Panel tone="tinted">
        <SummaryList
          rows={[
            { key: said.login, value: groupNumber(slip.login) },
            { key: said.password, value: <strong>{slip.password}</strong> },
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
