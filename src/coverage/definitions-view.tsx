import { formatInstant } from "../kernel/calendar.ts";
import { Layout } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { styles } from "./styles.ts";
import { words } from "./words.ts";
import { definitionWords } from "./words-definitions.ts";

interface DefinitionsProps {
  ask: Ask;
  rolledAt: Date | undefined;
  /** Groups of fewer people are hidden. */
  least: number;
}

/** How each figure is counted, and when it was last counted. */
export function DefinitionsPage({ ask, rolledAt, least }: DefinitionsProps) {
  const said = definitionWords(ask.lang);
  const { updated, neverUpdated } = words(ask.lang);
  return (
    <Layout ask={ask} face="console" title={said.title} nowAt="coverage" styles={styles} back="/console/coverage">
      <h1>{said.title}</h1>
      <p class="lead">{said.lead}</p>
      <p class="hint">{rolledAt ? updated(formatInstant(rolledAt, ask.lang)) : neverUpdated}</p>
      <dl class="terms">
        {said.terms.map(([term, meaning]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{typeof meaning === "string" ? meaning : meaning(least)}</dd>
          </div>
        ))}
      </dl>
    </Layout>
  );
}
