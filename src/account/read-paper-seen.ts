import { isComparedWell, type PaperSeen, paperSeenOf } from "../kernel/paper-seen.ts";
import type { Lang } from "../kernel/words.ts";
import { paperSeenWords } from "../ui/words-paper-seen.ts";

interface Posted {
  form: Record<string, string>;
  many: Record<string, string[]>;
  lang: Lang;
}

interface Told {
  field: string;
  text: string;
}

/** What was answered to the two questions about the paper at the counter; every fault with its sentence. */
export function readPaperSeen({ form, many, lang }: Posted): { paper: PaperSeen | undefined; faults: Told[] } {
  const said = paperSeenWords(lang);
  const paper = paperSeenOf(form.paper);
  const faults = [
    ...(paper ? [] : [{ field: "paper", text: said.paperMissing }]),
    ...(isComparedWell(many.checks) ? [] : [{ field: "checks", text: said.checksMissing }]),
  ];
  return { paper, faults };
}
