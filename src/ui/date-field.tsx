import { FieldGroup, type FieldWords } from "./field.tsx";
import { useWords } from "./speech.ts";
import { wordsOf } from "./text-field.tsx";

export interface TypedDate {
  day?: string | undefined;
  month?: string | undefined;
  year?: string | undefined;
}

interface DateFieldProps extends FieldWords {
  value: TypedDate;
  /** Said under the boxes when the year alone is enough. */
  yearOnlyHint?: string | undefined;
  /** The browser may fill in a birth date. */
  isBirth?: boolean | undefined;
}

/**
 * Day, month, year as three boxes: nobody should scroll a calendar back to 1955. The day's box has
 * the field's own id, so a fault named after the date leads to it.
 */
export function DateField(props: DateFieldProps) {
  const words = useWords();
  const { name, value, error } = props;
  const parts = [
    { part: "day", id: name, label: words.day, width: "short", maxLength: 8, auto: "bday-day" },
    { part: "month", id: `${name}_month`, label: words.month, width: "short", maxLength: 2, auto: "bday-month" },
    { part: "year", id: `${name}_year`, label: words.year, width: "year", maxLength: 4, auto: "bday-year" },
  ] as const;
  return (
    <FieldGroup {...wordsOf(props)}>
      <div class="date">
        {parts.map(({ part, id, label, width, maxLength, auto }) => (
          <div key={part}>
            <label for={id}>{label}</label>
            <input
              class={`box w-${width}`}
              id={id}
              name={`${name}_${part}`}
              type="text"
              inputMode="numeric"
              value={value[part] ?? ""}
              maxLength={maxLength}
              autoComplete={props.isBirth ? auto : "off"}
              aria-invalid={error ? "true" : undefined}
            />
          </div>
        ))}
      </div>
      {props.yearOnlyHint ? <p class="hint">{props.yearOnlyHint}</p> : null}
    </FieldGroup>
  );
}
