import type { Fault } from "../kernel/outcome.ts";
import { Acts, Button, ButtonLink, ErrorSummary, Form, Layout, Notice } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { CodeForm, spoken } from "./code-form.tsx";
import style from "./registration.css?inline";
import { CONTACTS, type Contact, contactOf } from "./rules-proof.ts";
import type { Declaration } from "./store.ts";
import { contactWords } from "./words-contact.ts";
import { faultText } from "./words-faults.ts";

interface ProofProps {
  ask: Ask;
  file: Declaration;
  contact: Contact;
  /** For how many minutes a code is good; undefined while none is waited for. */
  codeMinutes: number | undefined;
  faults: readonly Fault[];
  /** Where the file is worked on. */
  back: string;
}

/** After confirming: a code to the phone or the address that was declared. */
export function ProofPage({ ask, file, contact, codeMinutes, faults, back }: ProofProps) {
  const said = contactWords(ask.lang);
  const recipient = spoken(contactOf(file.answers, contact) ?? "");
  const action = `/register/${contact}-confirmation`;
  const spent = faults.find(({ key }) => key === "codes_spent");
  const isWaiting = codeMinutes !== undefined;
  return (
    <Layout ask={ask} face="portal" title={said[contact].proofTitle} styles={[style]} back={back}>
      <ErrorSummary
        ask={ask}
        faults={isWaiting ? faults.map((fault) => ({ field: "code", text: faultText(fault, ask.lang) })) : []}
      />
      <h1>{said[contact].proofTitle}</h1>
      {isWaiting ? (
        <CodeForm
          ask={ask}
          action={action}
          sent={said.code.sent(recipient, codeMinutes)}
          prove={said.code.prove}
          notCome={contact === "phone" ? said.code.notComePhone : said.code.notComeEmail}
          faults={faults}
        >
          <ButtonLink href={back} kind="quiet">
            {said.code.back}
          </ButtonLink>
        </CodeForm>
      ) : (
        <Form ask={ask} action={action}>
          {spent ? (
            <div role="alert">
              <Notice kind="warning">
                <p>{faultText(spent, ask.lang)}</p>
              </Notice>
            </div>
          ) : null}
          <p>{said.code.willSend(recipient)}</p>
          <Acts>
            <Button name="act" value="send">
              {said.code.sendNow}
            </Button>
            <ButtonLink href={back} kind="quiet">
              {said.code.back}
            </ButtonLink>
          </Acts>
        </Form>
      )}
    </Layout>
  );
}

/** On the receipt and where a file is tracked: what may still be proved. Nothing when all is. */
export function UnprovedContacts({ ask, file }: { ask: Ask; file: Declaration }) {
  const said = contactWords(ask.lang).state;
  const open = CONTACTS.filter((contact) => {
    const provedAt = contact === "phone" ? file.phoneProvedAt : file.emailProvedAt;
    return provedAt === null && contactOf(file.answers, contact) !== undefined;
  });
  if (open.length === 0) return null;
  return (
    <Notice kind="info" title={said.title}>
      {open.map((contact) => (
        <p key={contact}>
          {said[contact]} <a href={`/register/${contact}-confirmation`}>{said.act[contact]}</a>
        </p>
      ))}
    </Notice>
  );
}
