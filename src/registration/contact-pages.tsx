import type { ComponentChildren } from "preact";
import { Button, Form, Notice, TextField } from "../ui/index.ts";
import { CodeForm, spoken } from "./code-form.tsx";
import { addressOf, errorOf, QuestionFrame, type QuestionProps } from "./question-frame.tsx";
import { type Contact, contactOf } from "./rules-proof.ts";
import { words } from "./words.ts";
import { contactWords } from "./words-contact.ts";

interface ContactProps extends QuestionProps {
  /** For how many minutes a code is good; undefined while none is waited for. */
  codeMinutes: number | undefined;
}

/** The questions of phone and e-mail: the box for the number, then on the same page the box for its code. */
export function PhonePage(props: ContactProps) {
  return (
    <QuestionFrame {...props} question="phone" title={contactWords(props.ask.lang).phone.title}>
      <Waiting {...props} contact="phone">
        <PhoneBox {...props} />
      </Waiting>
    </QuestionFrame>
  );
}

export function EmailPage(props: ContactProps) {
  return (
    <QuestionFrame {...props} question="email" title={contactWords(props.ask.lang).email.title}>
      <Waiting {...props} contact="email">
        <EmailBox {...props} />
      </Waiting>
    </QuestionFrame>
  );
}

/** The box for the code while one is waited for; the children otherwise. */
function Waiting(props: ContactProps & { contact: Contact; children: ComponentChildren }) {
  const { ask, file, contact, faults, codeMinutes, children } = props;
  const said = contactWords(ask.lang);
  const recipient = file && contactOf(file.answers, contact);
  const isBoxWrong = faults.some(({ field }) => field === contact);
  if (!recipient || isBoxWrong || isProved(props, contact) || codeMinutes === undefined) {
    return <>{children}</>;
  }
  return (
    <>
      <h1>{said[contact].title}</h1>
      <CodeForm
        ask={ask}
        action={addressOf(contact)}
        sent={said.code.sent(spoken(recipient), codeMinutes)}
        prove={said.code.prove}
        notCome={contact === "phone" ? said.code.notComePhone : said.code.notComeEmail}
        faults={faults}
      >
        <Button kind="quiet" name="act" value="change">
          {said[contact].change}
        </Button>
        {contact === "phone" ? <p class="hint">{said.phone.laterHint}</p> : null}
        <Button kind="quiet" name="act" value="later">
          {said[contact].later}
        </Button>
      </CodeForm>
    </>
  );
}

function PhoneBox(props: QuestionProps) {
  const { ask, fields, file, faults } = props;
  const said = contactWords(ask.lang).phone;
  const forWhom = file?.answers.who?.forWhom;
  return (
    <Form ask={ask} action={addressOf("phone")}>
      <TextField
        name="phone"
        label={said.title}
        hint={forWhom === "helped" ? said.hintHelped : forWhom === "child" ? said.hintChild : said.hint}
        asHeading
        type="tel"
        inputMode="tel"
        autoComplete={forWhom === "self" ? "tel" : "off"}
        width="number"
        value={fields.phone}
        error={errorOf(props, "phone")}
      />
      {faults.some(({ key }) => key === "phone_of_another") ? (
        <p>
          {said.notMine} <a href="/register/number-of-another">{said.notMineAct}</a>
        </p>
      ) : null}
      {isProved(props, "phone") ? (
        <Keep ask={ask} text={said.proved} />
      ) : (
        <>
          <Button name="act" value="send">
            {said.send}
          </Button>
          <p class="hint unknown">{said.laterHint}</p>
          <Button kind="quiet" name="act" value="later">
            {said.later}
          </Button>
        </>
      )}
    </Form>
  );
}

function EmailBox(props: QuestionProps) {
  const { ask, fields, file } = props;
  const said = contactWords(ask.lang).email;
  return (
    <Form ask={ask} action={addressOf("email")}>
      <TextField
        name="email"
        label={said.title}
        hint={said.hint}
        asHeading
        optional
        type="email"
        inputMode="email"
        autoComplete={file?.answers.who?.forWhom === "self" ? "email" : "off"}
        spellcheck={false}
        value={fields.email}
        error={errorOf(props, "email")}
      />
      {isProved(props, "email") ? (
        <Keep ask={ask} text={said.proved} />
      ) : (
        <>
          <Button name="act" value="later">
            {words(ask.lang).next}
          </Button>
          <p class="hint unknown">{said.sendHint}</p>
          <Button kind="quiet" name="act" value="send">
            {said.send}
          </Button>
        </>
      )}
    </Form>
  );
}

/** Proved, and kept: another number typed in its place gets a code of its own. */
function Keep({ ask, text }: Pick<QuestionProps, "ask"> & { text: string }) {
  return (
    <>
      <Notice kind="good">
        <p>{text}</p>
      </Notice>
      <Button name="act" value="keep">
        {words(ask.lang).next}
      </Button>
    </>
  );
}

const isProved = ({ file }: Pick<QuestionProps, "file">, contact: Contact): boolean =>
  file !== undefined && (contact === "phone" ? file.phoneProvedAt : file.emailProvedAt) !== null;
