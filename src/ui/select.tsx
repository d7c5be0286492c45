import { describedBy, Field, type FieldWords } from "./field.tsx";
import { useWords } from "./speech.ts";
import { wordsOf } from "./text-field.tsx";

export interface Option {
  value: string;
  label: string;
}

interface SelectProps extends FieldWords {
  options: readonly Option[];
  value?: string | undefined;
  /** The first line, with no value; "Chọn…" when nothing is said. */
  placeholder?: string | undefined;
  autoComplete?: string | undefined;
}

/** The phone's own list: it opens large, scrolls well and works without script. */
export function Select(props: SelectProps) {
  const words = useWords();
  return (
    <Field {...wordsOf(props)}>
      <select
        class="box w-full"
        id={props.name}
        name={props.name}
        autoComplete={props.autoComplete}
        aria-describedby={describedBy(props)}
        aria-invalid={props.error ? "true" : undefined}
      >
        <option value="">{props.placeholder ?? words.choose}</option>
        {props.options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
