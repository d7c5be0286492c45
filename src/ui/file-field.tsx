import { describedBy, Field, type FieldWords } from "./field.tsx";
import { wordsOf } from "./text-field.tsx";

interface FileFieldProps extends FieldWords {
  /** MIME types or endings, as `accept` takes them. */
  accept: string;
  /** Opens the camera at once on a phone. */
  capture?: "environment" | "user" | undefined;
}

/** Takes one file; the form around it must be `multipart`. */
export function FileField(props: FileFieldProps) {
  return (
    <Field {...wordsOf(props)}>
      <input
        class="box file w-full"
        id={props.name}
        name={props.name}
        type="file"
        accept={props.accept}
        capture={props.capture}
        aria-describedby={describedBy(props)}
        aria-invalid={props.error ? "true" : undefined}
      />
    </Field>
  );
}
