import type { ComponentChildren } from "preact";
import { Acts, ButtonLink } from "./form.tsx";
import { Layout } from "./layout.tsx";
import type { PageAsk } from "./page-ask.ts";
import type { Face } from "./styles.ts";

interface ErrorPageProps {
  ask: PageAsk;
  face?: Face | undefined;
  title: string;
  body: ComponentChildren;
  /** A ready sentence with what the hotline can search for. */
  code?: string | undefined;
  /** The first is the main way on. */
  actions?: readonly { href: string; label: string }[] | undefined;
  children?: ComponentChildren;
}

/** Says what went wrong, how to go on, and by which code the hotline finds it. */
export function ErrorPage({ ask, face = "portal", title, body, code, actions = [], children }: ErrorPageProps) {
  return (
    <Layout ask={ask} face={face} title={title}>
      <h1>{title}</h1>
      {typeof body === "string" ? <p class="lead">{body}</p> : body}
      {actions.length > 0 ? (
        <Acts>
          {actions.map((action, at) => (
            <ButtonLink key={action.href} href={action.href} kind={at === 0 ? "main" : "quiet"}>
              {action.label}
            </ButtonLink>
          ))}
        </Acts>
      ) : null}
      {children}
      {code ? <p class="hint">{code}</p> : null}
    </Layout>
  );
}
