import { describedBy, Field, type FieldWords } from "./field.tsx";

export type BoxWidth = "year" | "short" | "number" | "half" | "full";

export interface TextFieldProps extends FieldWords {
  value?: string | undefined;
  type?: "text" | "email" | "tel" | "search" | undefined;
  inputMode?: "text" | "numeric" | "decimal" | "tel" | "email" | "search" | undefined;
  autoComplete?: string | undefined;
  width?: BoxWidth | undefined;
  maxLength?: number | undefined;
  /** Stands after the box: đ, tháng, %. */
  suffix?: string | undefined;
  spellcheck?: boolean | undefined;
}

/** One line of text. What was typed comes back unchanged; numbers keep the spaces people put in them. */
export function TextField(props: TextFieldProps) {
  const { name, value, type = "text", inputMode, autoComplete, width = "full", maxLength, suffix } = props;
  const box = (
    <input
      class={`box w-${width}`}
      id={name}
      name={name}
      type={type}
      value={value ?? ""}
      list={undefined}
      inputMode={inputMode}
      autoComplete={autoComplete}
      maxLength={maxLength}
      spellcheck={props.spellcheck ?? false}
      aria-describedby={describedBy(props, suffix ? `${name}-suffix` : "")}
      aria-invalid={props.error ? "true" : undefined}
    />
  );
  return (
    <Field {...wordsOf(props)}>
      {suffix ? (
        <span class="with-suffix">
          {box}
          <span class="suffix" id={`${name}-suffix`}>
            {suffix}
          </span>
        </span>
      ) : (
        box
      )}
    </Field>
  );
}

interface TextAreaProps extends FieldWords {
  value?: string | undefined;
  rows?: number | undefined;
  maxLength?: number | undefined;
}

export function TextArea(props: TextAreaProps) {
  return (
    <Field {...wordsOf(props)}>
      <textarea
        class="box w-full"
        id={props.name}
        name={props.name}
        rows={props.rows ?? 4}
        maxLength={props.maxLength}
        aria-describedby={describedBy(props)}
        aria-invalid={props.error ? "true" : undefined}
      >
        {props.value ?? ""}
      </textarea>
    </Field>
  );
}

/** Only the words of a field, so that a frame never receives what was typed. */
export function wordsOf({ name, label, hint, error, asHeading, optional }: FieldWords): FieldWords {
  return { name, label, hint, error, asHeading, optional };
}
