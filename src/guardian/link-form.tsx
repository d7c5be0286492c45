import type { Fault } from "../kernel/outcome.ts";
import type { Lang } from "../kernel/words.ts";
import { Checkboxes, DateField, FileField, Radios, Select, TextField } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { PAPER_KINDS, RELATIONS } from "./rules.ts";
import { counterWords } from "./words-counter.ts";

export interface LinkFieldsProps {
  ask: Ask;
  faults: readonly Fault[];
}

/** Guardian, relation and paper, as an officer types them from the original; the same on a file and outside one. */
export function LinkFields({ ask, faults }: LinkFieldsProps) {
  const said = counterWords(ask.lang);
  const { form } = said;
  const errorOf = (field: string) => textsOf(faults, ask.lang).find((fault) => fault.field === field)?.text;
  return (
    <>
      <TextField
        name="number"
        label={form.number}
        hint={form.numberHint}
        value={ask.form.number}
        error={errorOf("number")}
        inputMode="numeric"
        autoComplete="off"
        width="number"
        maxLength={30}
      />
      <Radios
        name="relation"
        label={form.relation}
        options={RELATIONS.map((value) => ({ value, label: said.relations[value] }))}
        value={ask.form.relation}
        error={errorOf("relation")}
      />
      <PaperFields ask={ask} faults={faults} label={form.paper} />
      <DateField
        name="from"
        label={form.from}
        hint={form.fromHint}
        value={dateOf(ask, "from")}
        error={errorOf("from")}
        optional
      />
      <DateField
        name="last"
        label={form.last}
        hint={form.lastHint}
        value={dateOf(ask, "last")}
        error={errorOf("last")}
        optional
      />
      <FileField
        name="copy"
        label={form.copy}
        hint={form.copyHint}
        accept="image/jpeg,image/png"
        capture="environment"
        error={errorOf("copy")}
        optional
      />
      <Checkboxes
        name="paper_seen"
        label={form.check}
        options={[{ value: "yes", label: form.seen }]}
        values={ask.many.paper_seen ?? []}
        error={errorOf("paper_seen")}
      />
    </>
  );
}

export function PaperFields({ ask, faults, label, optional }: LinkFieldsProps & { label: string; optional?: boolean }) {
  const said = counterWords(ask.lang);
  const errorOf = (field: string) => textsOf(faults, ask.lang).find((fault) => fault.field === field)?.text;
  return (
    <>
      <Select
        name="paper_kind"
        label={label}
        options={PAPER_KINDS.map((value) => ({ value, label: said.papers[value] }))}
        value={ask.form.paper_kind}
        error={errorOf("paper_kind")}
        optional={optional}
      />
      <TextField
        name="paper_number"
        label={said.form.paperNumber}
        value={ask.form.paper_number}
        error={errorOf("paper_number")}
        autoComplete="off"
        width="half"
        maxLength={60}
        optional={optional}
      />
      <DateField
        name="paper"
        label={said.form.paperDay}
        value={dateOf(ask, "paper")}
        error={errorOf("paper")}
        optional={optional}
      />
      <TextField
        name="paper_issuer"
        label={said.form.paperIssuer}
        value={ask.form.paper_issuer}
        error={errorOf("paper_issuer")}
        autoComplete="off"
        maxLength={150}
        optional={optional}
      />
    </>
  );
}

const dateOf = ({ form }: Ask, name: string) => ({
  day: form[`${name}_day`],
  month: form[`${name}_month`],
  year: form[`${name}_year`],
});

export function textsOf(faults: readonly Fault[], lang: Lang): { field: string; text: string }[] {
  const said: Record<string, string> = counterWords(lang).faults;
  return faults.map(({ field, key }) => ({ field, text: said[key] ?? key }));
}
