import type { ComponentChildren } from "preact";
import { type Clause, clauseText } from "../kernel/laws.ts";
import { Details } from "./blocks.tsx";
import { useLang, useWords } from "./speech.ts";

/** Beside a figure that we computed: from which clauses, how, and that the office decides. Folded. */
export function LawNote({ clauses, children }: { clauses: readonly Clause[]; children?: ComponentChildren }) {
  const lang = useLang();
  const words = useWords();
  return (
    <Details summary={words.law.summary}>
      {children}
      <ul class="law">
        {clauses.map((clause) => {
          const text = clauseText(clause, lang);
          return <li key={text}>{text}</li>;
        })}
      </ul>
      <p>{words.law.decides}</p>
    </Details>
  );
}
