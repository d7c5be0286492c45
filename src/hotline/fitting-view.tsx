import type { Lang } from "../kernel/words.ts";
import { Button, Details } from "../ui/index.ts";
import type { AnswerVersion } from "./store-answers.ts";
import { callWords } from "./words-call.ts";

/** Answers of the library that fit the note, in the form of the note: one button puts one of them in. */
export function Fitting({ lang, answers }: { lang: Lang; answers: readonly AnswerVersion[] }) {
  if (answers.length === 0) return null;
  const said = callWords(lang).form;
  return (
    <>
      <p class="hint">{said.fitting}</p>
      {answers.map((answer) => (
        <Details key={answer.key} summary={lang === "vi" ? answer.questionVi : answer.questionEn}>
          <p>{lang === "vi" ? answer.bodyVi : answer.bodyEn}</p>
          <Button kind="quiet" name="put" value={answer.key}>
            {said.insertButton}
          </Button>
        </Details>
      ))}
    </>
  );
}
