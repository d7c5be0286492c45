import type { ComponentChildren } from "preact";
import { groupNumber } from "../kernel/numbers.ts";
import type { Fault } from "../kernel/outcome.ts";
import { Button, CodeField, Details, Form } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { contactWords } from "./words-contact.ts";
import { faultText } from "./words-faults.ts";

interface CodeFormProps {
  ask: Ask;
  action: string;
  /** What was sent where, in a sentence. */
  sent: string;
  prove: string;
  notCome: string;
  faults: readonly Fault[];
  /** Ways on beside a new code: buttons of this form. */
  children?: ComponentChildren;
}

/** The box for a code that was sent, a new one, and the other ways on: one form, told apart by its buttons. */
export function CodeForm({ ask, action, sent, prove, notCome, faults, children }: CodeFormProps) {
  const said = contactWords(ask.lang).code;
  const fault = faults.find(({ field }) => field === "code");
  return (
    <Form ask={ask} action={action}>
      <p>{sent}</p>
      <CodeField name="code" label={said.label} hint={said.hint} error={fault && faultText(fault, ask.lang)} />
      <Button name="act" value="prove">
        {prove}
      </Button>
      <Details summary={said.notCome} open={fault?.key === "code_ended"}>
        <p>{notCome}</p>
        <div class="ways">
          <Button kind="quiet" name="act" value="send">
            {said.resend}
          </Button>
          {children}
        </div>
      </Details>
    </Form>
  );
}

/** As people read it out: in groups that never part at the end of a line. */
export const spoken = (recipient: string): string =>
  /^\d+$/.test(recipient) ? groupNumber(recipient).replaceAll(" ", "\u00a0") : recipient;
