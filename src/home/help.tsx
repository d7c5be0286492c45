import { Acts, ButtonLink, Details, Hotline, Layout, Panel } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { words } from "./words-help.ts";

/** Five questions, then a person: by telephone or at the counter. */
export function HelpPage({ ask }: { ask: Ask }) {
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/">
      <h1>{said.title}</h1>
      <p class="lead">{said.lead}</p>
      {said.questions.map(([question, answer]) => (
        <Details key={question} summary={question}>
          <p>{answer}</p>
        </Details>
      ))}
      <Acts>
        <ButtonLink href="/register/resume">{said.track}</ButtonLink>
        <ButtonLink href="/account/recovery" kind="quiet">
          {said.recover}
        </ButtonLink>
      </Acts>
      <Panel title={said.callTitle} tone="tinted">
        <p>
          <Hotline />
        </p>
        <p>{said.callBody}</p>
      </Panel>
      <Panel title={said.visitTitle}>
        <p>{said.visitBody}</p>
        <p>
          <a href="/find">{said.find}</a>
        </p>
      </Panel>
      <p>
        <a href="/check-paper">{said.checkPaper}</a>
      </p>
      <p>
        <a href="/letter">{said.letters}</a>
      </p>
    </Layout>
  );
}
