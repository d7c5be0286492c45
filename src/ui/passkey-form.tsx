import type { ComponentChildren } from "preact";
import { Form } from "./form.tsx";
import type { PageAsk } from "./page-ask.ts";
import { useWords } from "./speech.ts";

interface PasskeyFormProps {
  ask: Pick<PageAsk, "formToken">;
  /** Where the device's answer is posted. */
  action: string;
  /** Where the question to the device is fetched. */
  options: string;
  act: "create" | "get";
  /** On the button. */
  label: string;
  /** The way on for who has no script. */
  without: string;
  isMain?: boolean | undefined;
  /** Fields that go with the answer. */
  children?: ComponentChildren;
}

/** Fingerprint, face or screen lock. The button is made by its own small script: without it a sentence says what to do. */
export function PasskeyForm({ ask, action, options, act, label, without, isMain, children }: PasskeyFormProps) {
  const said = useWords().passkey;
  return (
    <Form ask={ask} action={action}>
      {children}
      <input type="hidden" name="response" value="" />
      <div
        class="passkey"
        data-options={options}
        data-act={act}
        data-label={label}
        data-failed={said.failed}
        data-old={said.old}
        data-look={isMain ? "button" : "button quiet"}
      >
        <p>{without}</p>
      </div>
      <script type="module" src="/passkey.js" />
    </Form>
  );
}
