import type { AccountEvent } from "../holder/store.ts";
import { words as holderWords } from "../holder/words.ts";
import { formatInstant } from "../kernel/calendar.ts";
import {
  Button,
  CodeField,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  SummaryList,
  TextArea,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { StaleProofNote } from "../web/stale-proof.tsx";
import { type ContactKind, maskContact } from "./rules.ts";
import type { ChangeRow } from "./store.ts";
import { words } from "./words.ts";

interface ContactPageProps {
  ask: Ask;
  phone: string | undefined;
  email: string | undefined;
  address: string | undefined;
  open: readonly ChangeRow[];
  events: readonly AccountEvent[];
}

/** Where the person is reached, what is about to change, and every change with its number: the confirmation. */
export function ContactPage({ ask, phone, email, address, open, events }: ContactPageProps) {
  const said = words(ask.lang).contact;
  const row = (key: string, value: string | undefined, href: string) => ({
    key,
    value: value ?? said.none,
    change: { href, label: said.change },
  });
  const { paper, ...holder } = holderWords(ask.lang);
  const kinds: Record<string, string> = holder.kinds;
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="more" back="/app/more">
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      {open.map((change) => (
        <Pending key={change.change_id} ask={ask} change={change} />
      ))}
      <SummaryList
        rows={[
          row(said.phone, phone && maskContact("phone", phone), "/account/contact/phone"),
          row(said.email, email && maskContact("email", email), "/account/contact/email"),
          row(said.address, address, "/account/contact/address"),
        ]}
      />
      <h2>{said.history}</h2>
      <DataTable
        caption={said.history}
        hideCaption
        rows={events}
        rowKey={(event) => event.reference}
        empty={<p>{said.noHistory}</p>}
        columns={[
          { head: said.what, isMain: true, cell: (event) => kinds[event.kind] ?? event.kind },
          { head: said.at, cell: (event) => formatInstant(event.at, ask.lang) },
          {
            head: said.reference,
            cell: ({ reference }) => (
              <a href={`/account/confirmations/${reference}`} aria-label={paper.printOf(reference)}>
                {reference}
              </a>
            ),
          },
        ]}
      />
      {events.length > 0 ? <p>{said.print}</p> : null}
    </Layout>
  );
}

function Pending({ ask, change }: { ask: Ask; change: ChangeRow }) {
  const said = words(ask.lang).pending;
  const kind = change.kind as ContactKind;
  if (change.state === "asked") return null;
  if (change.state === "second") {
    return (
      <Notice kind="info">
        <p>{said.second}</p>
      </Notice>
    );
  }
  const at = change.effective_at ? formatInstant(change.effective_at, ask.lang) : "";
  return (
    <Notice kind="warning" title={said[kind](maskContact(kind, change.new_value), at)}>
      <p>{said.why}</p>
      <Form ask={ask} action="/account/contact/stopping">
        <input type="hidden" name="change" value={change.change_id} />
        <Button kind="quiet">{said.stop}</Button>
      </Form>
    </Notice>
  );
}

interface AskPageProps {
  ask: Ask;
  kind: ContactKind;
  /** Masked. */
  present: string | undefined;
  faults?: readonly FieldFault[];
  /** The proof grew old meanwhile: where one proves again. */
  toProof?: string | undefined;
}

export function AskPage({ ask, kind, present, faults = [], toProof }: AskPageProps) {
  const said = words(ask.lang).ask;
  const title = kind === "phone" ? said.phoneTitle : said.emailTitle;
  return (
    <Layout ask={ask} face="app" title={title} nowAt="more" back="/account/contact">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{title}</h1>
      <p>{kind === "phone" ? said.phoneLead : said.emailLead}</p>
      {present ? <p>{said.present(present)}</p> : null}
      {toProof ? <StaleProofNote ask={ask} toProof={toProof} /> : null}
      <Form ask={ask} action={`/account/contact/${kind}`}>
        <TextField
          name="contact"
          label={kind === "phone" ? said.phoneNew : said.emailNew}
          value={ask.form.contact}
          error={textOf(faults, "contact")}
          type={kind === "phone" ? "tel" : "email"}
          inputMode={kind === "phone" ? "tel" : "email"}
          autoComplete={kind === "phone" ? "tel" : "email"}
          width={kind === "phone" ? "number" : "full"}
          maxLength={254}
        />
        <Button>{said.send}</Button>
      </Form>
      <p>{said.counter}</p>
    </Layout>
  );
}

interface ProvePageProps {
  ask: Ask;
  changeId: string;
  /** Masked. */
  to: string;
  /** For how many a code is good. */
  minutes: number;
  faults?: readonly FieldFault[];
}

export function ProvePage({ ask, changeId, to, minutes, faults = [] }: ProvePageProps) {
  const said = words(ask.lang).prove;
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="more" back="/account/contact">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <p>{said.lead(to, minutes)}</p>
      <Form ask={ask} action="/account/contact/code">
        <input type="hidden" name="change" value={changeId} />
        <CodeField name="code" label={said.code} error={textOf(faults, "code")} />
        <Button>{said.confirm}</Button>
      </Form>
    </Layout>
  );
}

export function AddressPage({ ask, faults = [], toProof }: Pick<AskPageProps, "ask" | "faults" | "toProof">) {
  const said = words(ask.lang).address;
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="more" back="/account/contact">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      {toProof ? <StaleProofNote ask={ask} toProof={toProof} /> : null}
      <Form ask={ask} action="/account/contact/address">
        <TextArea
          name="address"
          label={said.label}
          hint={said.hint}
          value={ask.form.address}
          error={textOf(faults, "address")}
          rows={3}
          maxLength={200}
        />
        <Button>{said.save}</Button>
      </Form>
    </Layout>
  );
}

interface StopPageProps {
  ask: Ask;
  faults?: readonly FieldFault[];
}

/** For whoever holds the old telephone, without signing in. */
export function StopChangePage({ ask, faults = [] }: StopPageProps) {
  const said = words(ask.lang).stop;
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/sign-in">
      <ErrorSummary faults={faults} ask={ask} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Form ask={ask} action="/account/contact/stop">
        <TextField
          name="login"
          label={said.login}
          value={ask.form.login}
          error={textOf(faults, "login")}
          inputMode="numeric"
          autoComplete="username"
          width="number"
          maxLength={30}
        />
        <CodeField name="code" label={said.code} error={textOf(faults, "code")} />
        <Button>{said.stop}</Button>
      </Form>
    </Layout>
  );
}
