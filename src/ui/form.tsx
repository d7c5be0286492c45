import type { ComponentChildren } from "preact";
import type { PageAsk } from "./page-ask.ts";

interface FormProps {
  ask: Pick<PageAsk, "formToken">;
  action: string;
  multipart?: boolean | undefined;
  class?: string | undefined;
  children: ComponentChildren;
}

/** A form that posts, with the token the server checks. The browser's own validation is off: ours speaks Vietnamese. */
export function Form({ ask, action, multipart, class: extra, children }: FormProps) {
  return (
    <form
      method="post"
      action={action}
      noValidate
      encType={multipart ? "multipart/form-data" : undefined}
      class={["form", extra].filter(Boolean).join(" ")}
    >
      <input type="hidden" name="_token" value={ask.formToken} />
      {children}
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
