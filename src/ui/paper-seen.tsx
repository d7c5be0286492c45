import { PAPERS_SEEN } from "../kernel/paper-seen.ts";
import type { Lang } from "../kernel/words.ts";
import { Checkboxes, Radios } from "./choices.tsx";
import type { FieldFault } from "./error-summary.tsx";
import { paperSeenWords } from "./words-paper-seen.ts";

interface PaperSeenProps {
  ask: { lang: Lang; form: Record<string, string>; many: Record<string, string[]> };
  faults: readonly FieldFault[];
}

/** Two questions of every form at the counter that opens an account: which original was seen, and whose it is. */
export function PaperSeenFields({ ask, faults }: PaperSeenProps) {
  const said = paperSeenWords(ask.lang);
  const errorOf = (field: string) => faults.find((fault) => fault.field === field)?.text;
  return (
    <>
      <Radios
        name="paper"
        label={said.paper}
        options={PAPERS_SEEN.map((value) => ({ value, label: said.papers[value] }))}
        value={ask.form.paper}
        error={errorOf("paper")}
      />
      <Checkboxes
        name="checks"
        label={said.checks}
        options={[
          { value: "seen", label: said.seen },
          { value: "face", label: said.face },
        ]}
        values={ask.many.checks ?? []}
        error={errorOf("checks")}
      />
    </>
  );
}
