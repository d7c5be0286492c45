import { formatInstant } from "../kernel/calendar.ts";
import type { Fault } from "../kernel/outcome.ts";
import { Button, Form, Notice, Panel } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { waitedCode } from "./citizen-code.tsx";
import { CodeForm, spoken } from "./code-form.tsx";
import type { CompleteAnswers } from "./rules-answers.ts";
import type { Declaration } from "./store.ts";
import { contactWords } from "./words-contact.ts";

interface ConsentProps {
  ask: Ask;
  file: Declaration;
  answers: CompleteAnswers;
  faults: readonly Fault[];
}

/** Somebody who is helped agrees on their own phone or on paper. The helper reads the code in, and sees no more of it. */
export function Consent({ ask, file, answers, faults }: ConsentProps) {
  const { consent: said, code } = contactWords(ask.lang);
  const phone = spoken(answers.phone.number);
  if (file.consent === "code" && file.consentedAt) {
    return (
      <Notice kind="good" title={said.title}>
        <p>{said.agreed(formatInstant(file.consentedAt, ask.lang))}</p>
      </Notice>
    );
  }
  return (
    <Panel title={said.title} tone="tinted">
      <p>{said.lead}</p>
      {waitedCode(ask, file, "consent") === undefined ? (
        <Form ask={ask} action="/register/consent">
          <p>{said.byCode(phone)}</p>
          <Button kind="quiet" name="act" value="send">
            {said.send}
          </Button>
        </Form>
      ) : (
        <CodeForm
          ask={ask}
          action="/register/consent"
          sent={said.sent(phone)}
          prove={said.prove}
          notCome={code.notComePhone}
          faults={faults}
        />
      )}
      <p>{said.byPaper}</p>
    </Panel>
  );
}
