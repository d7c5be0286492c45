import { Fragment } from "preact";
import { Layout } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { words } from "./words-privacy.ts";

/** What is kept, what for, who sees it, and the person's rights (Luật 91/2025, art. 4). */
export function PrivacyPage({ ask }: { ask: Ask }) {
  const said = words(ask.lang);
  return (
    <Layout ask={ask} face="portal" title={said.title} back="/">
      <h1>{said.title}</h1>
      <p class="lead">{said.lead}</p>
      {said.parts.map(([title, lines]) => (
        <Fragment key={title}>
          <h2>{title}</h2>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Fragment>
      ))}
      <p>{said.ask}</p>
      <p class="hint">{said.law}</p>
    </Layout>
  );
}
