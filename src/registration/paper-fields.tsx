import { Radios, TextField } from "../ui/index.ts";
import { errorOf, type QuestionProps } from "./question-frame.tsx";
import { words } from "./words.ts";

/** Which paper, and its number: asked alike when declaring and when looking for one's insurance number. */
export function PaperFields(props: Pick<QuestionProps, "ask" | "fields" | "faults">) {
  const { ask, fields } = props;
  const { paper } = words(ask.lang);
  return (
    <>
      <Radios
        name="paper_kind"
        label={paper.kind}
        value={fields.paper_kind}
        error={errorOf(props, "paper_kind")}
        options={(["cccd", "passport", "cmnd"] as const).map((kind) => ({
          value: kind,
          label: paper.kinds[kind],
          hint: paper.kindHints[kind],
        }))}
      />
      <TextField
        name="paper_number"
        label={paper.number}
        value={fields.paper_number}
        error={errorOf(props, "paper_number")}
        width="number"
        autoComplete="off"
        spellcheck={false}
      />
    </>
  );
}
