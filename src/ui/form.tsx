import type { ComponentChildren } from "preact";
import type { PageAsk } from "./page-ask.ts";
import { useWords } from "./speech.ts";

interface FormProps {
  ask: Pick<PageAsk, "formToken">;
  action: string;
  multipart?: boolean | undefined;
  class?: string | undefined;
  /** Only a script shows it. */
  hidden?: boolean | undefined;
  /** Without a network it stays as it was typed and goes when there is one again: its small script does that. */
  holds?: boolean | undefined;
  children: ComponentChildren;
}

/** A form that posts, with the token the server checks. The browser's own validation is off: ours speaks Vietnamese. */
export function Form({ ask, action, multipart, class: extra, hidden, holds, children }: FormProps) {
  const said = useWords().hold;
  return (
    <form
      method="post"
      action={action}
      noValidate
      encType={multipart ? "multipart/form-data" : undefined}
      class={["form", extra].filter(Boolean).join(" ")}
      hidden={hidden}
      data-offline={holds ? said.offline : undefined}
      data-held={holds ? said.held : undefined}
    >
      <input type="hidden" name="_token" value={ask.formToken} />
      {children}
      {holds ? <script type="module" src="/hold.js" /> : null}
    </form>
  );
}

type ButtonKind = "main" | "quiet" | "danger";

const classOf = (kind: ButtonKind) => (kind === "main" ? "button" : `button ${kind}`);

interface ButtonProps {
  children: ComponentChildren;
  kind?: ButtonKind | undefined;
  name?: string | undefined;
  value?: string | undefined;
  /** Posts the form to another address than the form's own. */
  formAction?: string | undefined;
}

export function Button({ children, kind = "main", name, value, formAction }: ButtonProps) {
  return (
    <button type="submit" class={classOf(kind)} name={name} value={value} formAction={formAction}>
      {children}
    </button>
  );
}

interface ButtonLinkProps {
  href: string;
  kind?: ButtonKind | undefined;
  children: ComponentChildren;
}

/** Looks like a button, goes somewhere, changes nothing. */
export function ButtonLink({ href, kind = "main", children }: ButtonLinkProps) {
  return (
    <a class={classOf(kind)} href={href}>
      {children}
    </a>
  );
}

/** Buttons side by side where there is room, one under the other where there is not. */
export function Acts({ children }: { children: ComponentChildren }) {
  return <div class="acts">{children}</div>;
}
