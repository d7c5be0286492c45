import type { ComponentChildren } from "preact";
import { FieldGroup, type FieldWords } from "./field.tsx";
import { wordsOf } from "./text-field.tsx";

export interface Choice {
  value: string;
  label: string;
  hint?: ComponentChildren | undefined;
}

interface RadiosProps extends FieldWords {
  options: readonly Choice[];
  value?: string | undefined;
  /** Two or three short answers stand side by side where there is room. */
  inline?: boolean | undefined;
}

export function Radios(props: RadiosProps) {
  return (
    <FieldGroup {...wordsOf(props)}>
      <ChoiceRows {...props} type="radio" chosen={props.value ? [props.value] : []} />
    </FieldGroup>
  );
}

interface CheckboxesProps extends FieldWords {
  options: readonly Choice[];
  values?: readonly string[] | undefined;
  inline?: boolean | undefined;
}

/** Several answers of one name; the handler finds them under `ask.many[name]`. */
export function Checkboxes(props: CheckboxesProps) {
  return (
    <FieldGroup {...wordsOf(props)}>
      <ChoiceRows {...props} type="checkbox" chosen={props.values ?? []} />
    </FieldGroup>
  );
}

interface ChoiceRowsProps {
  type: "radio" | "checkbox";
  name: string;
  options: readonly Choice[];
  chosen: readonly string[];
  inline?: boolean | undefined;
}

/** The first answer carries the field's own id, so that the error summary leads to it. */
function ChoiceRows({ type, name, options, chosen, inline }: ChoiceRowsProps) {
  return (
    <div class={inline ? "choices inline" : "choices"}>
      {options.map((option, at) => {
        const id = at === 0 ? name : `${name}-${at + 1}`;
        return (
          <div class="choice" key={option.value}>
            <input
              type={type}
              id={id}
              name={name}
              value={option.value}
              checked={chosen.includes(option.value)}
              aria-describedby={option.hint ? `${id}-about` : undefined}
            />
            <label for={id}>{option.label}</label>
            {option.hint ? (
              <div class="hint" id={`${id}-about`}>
                {option.hint}
              </div>
            ) : null}
          </div>
        );
      })}
    </div>
  );
}
