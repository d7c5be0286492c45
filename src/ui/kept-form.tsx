import { Button, Form } from "./form.tsx";
import { Layout } from "./layout.tsx";
import type { PageAsk } from "./page-ask.ts";
import type { Face } from "./styles.ts";
import { words } from "./words.ts";

/** What was typed on a page that could not be sent, on its way back to where it belongs. */
type Typed = Readonly<Record<string, readonly string[]>>;

interface KeptFormProps {
  ask: Pick<PageAsk, "formToken">;
  action: string;
  typed: Typed;
  label: string;
}

/** In a form of this session, behind one button: nothing is lost and nothing happens unasked. */
export function KeptForm({ ask, action, typed, label }: KeptFormProps) {
  return (
    <Form ask={ask} action={action}>
      {Object.entries(withoutSecrets(typed)).flatMap(([name, values]) =>
        values.map((value) => <input type="hidden" name={name} value={value} />),
      )}
      <Button>{label}</Button>
    </Form>
  );
}

/** For the hidden field of a form that stands between; `readKept` reads it. */
export function keptText(typed: Typed): string {
  return JSON.stringify(withoutSecrets(typed));
}

/** Undefined when there is nothing, or nothing of that shape. */
export function readKept(text: string | undefined): Typed | undefined {
  if (!text) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null || Array.isArray(read)) return undefined;
    const pairs = Object.entries(read).filter(
      (pair): pair is [string, string[]] =>
        Array.isArray(pair[1]) && pair[1].every((one) => typeof one === "string") && pair[0] !== "_token",
    );
    return Object.fromEntries(pairs);
  } catch {
    return undefined;
  }
}

function withoutSecrets(typed: Typed): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !/password|secret/i.test(name)));
}

/** What was typed before one had to confirm or sign in again, behind one button. */
export function KeptPage({ ask, face, to, typed }: { ask: PageAsk; face: Face; to: string; typed: Typed }) {
  const said = words(ask.lang).kept;
  return (
    <Layout ask={ask} face={face} title={said.title}>
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <KeptForm ask={ask} action={to} typed={typed} label={said.resend} />
    </Layout>
  );
}
