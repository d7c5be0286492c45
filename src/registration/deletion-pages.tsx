import { Acts, Button, ButtonLink, Form, Layout, Notice } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import style from "./registration.css?inline";
import { deletionWords } from "./words-deletion.ts";

/** An interruption: says what will happen before it happens. `back`: where the draft is worked on. */
export function DeletionPage({ ask, code, back }: { ask: Ask; code: string; back: string }) {
  const said = deletionWords(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]} back={back}>
      <h1>{said.title}</h1>
      <Notice kind="warning">
        <p>{said.body(code)}</p>
        <p>{said.keep}</p>
      </Notice>
      <Form ask={ask} action="/register/deletion">
        <Acts>
          <Button kind="danger">{said.yes}</Button>
          <ButtonLink href={back} kind="quiet">
            {said.no}
          </ButtonLink>
        </Acts>
      </Form>
    </Layout>
  );
}

export function DeletedPage({ ask }: { ask: Ask }) {
  const said = deletionWords(ask.lang).done;
  return (
    <Layout ask={ask} face="portal" title={said.title} styles={[style]}>
      <h1>{said.title}</h1>
      <p>{said.what}</p>
      <p>{said.left}</p>
      <Acts>
        <ButtonLink href="/">{said.home}</ButtonLink>
        <ButtonLink href="/register" kind="quiet">
          {said.anew}
        </ButtonLink>
      </Acts>
    </Layout>
  );
}

/** On every page of a draft. */
export function DeletionLink({ ask }: { ask: Ask }) {
  return (
    <Acts>
      <ButtonLink href="/register/deletion" kind="quiet">
        {deletionWords(ask.lang).act}
      </ButtonLink>
    </Acts>
  );
}
