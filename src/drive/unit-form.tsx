import type { Lang } from "../kernel/words.ts";
import { type FieldFault, Select, TextField, textOf } from "../ui/index.ts";
import { UNIT_KINDS, type UnitForm } from "./rules.ts";
import { words } from "./words.ts";

interface UnitFieldsProps {
  lang: Lang;
  typed: UnitForm;
  faults: readonly FieldFault[];
  /** Code and kind are chosen once. */
  isNew?: boolean | undefined;
}

/** The boxes of a unit: added, or changed. */
export function UnitFields({ lang, typed, faults, isNew }: UnitFieldsProps) {
  const said = words(lang).form;
  const box = (name: keyof UnitForm, label: string, more: { hint?: string; optional?: boolean } = {}) => (
    <TextField
      {...{ name, label, ...more }}
      value={typed[name]}
      error={textOf(faults, name)}
      autoComplete="off"
      maxLength={200}
    />
  );
  const kinds = UNIT_KINDS.map((value) => ({ value, label: words(lang).kinds[value] }));
  return (
    <div class="abreast two">
      {isNew ? box("unit_code", said.code, { hint: said.codeHint }) : null}
      {isNew ? (
        <Select name="kind" label={said.kind} options={kinds} value={typed.kind} error={textOf(faults, "kind")} />
      ) : null}
      {box("name", said.name)}
      {box("parent_code", said.parent, { optional: true })}
      {isNew ? null : box("parent_from", said.parentFrom, { optional: true, hint: said.parentFromHint })}
      {box("province_code", said.province, { hint: said.provinceHint })}
      {box("commune_code", said.commune, { optional: true })}
      {box("employer_code", said.employer, { optional: true })}
      {box("headcount", said.headcount, { optional: true })}
      {box("headcount_source", said.headcountSource, { optional: true, hint: said.headcountSourceHint })}
      {box("valid_from", said.from)}
      {isNew ? box("valid_to", said.to, { optional: true }) : null}
    </div>
  );
}
