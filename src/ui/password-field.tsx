import { describedBy, Field, type FieldWords } from "./field.tsx";
import { useWords } from "./speech.ts";
import { wordsOf } from "./text-field.tsx";

interface PasswordFieldProps extends FieldWords {
  autoComplete: "current-password" | "new-password";
  /** Shown before typing, one short sentence each. */
  rules?: readonly string[] | undefined;
}

/**
 * Pasting and password managers work; nothing typed is ever sent back. The button that shows the
 * password is made by its own small script, so it never stands there dead.
 */
export function PasswordField(props: PasswordFieldProps) {
  const said = useWords().password;
  const { name, rules = [] } = props;
  return (
    <Field {...wordsOf(props)}>
      {rules.length > 0 ? (
        <ul class="rules" id={`${name}-rules`}>
          {rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      ) : null}
      <div class="password" data-show={said.show} data-hide={said.hide} data-what={said.what}>
        <input
          class="box w-full"
          id={name}
          name={name}
          type="password"
          autoComplete={props.autoComplete}
          autoCapitalize="none"
          spellcheck={false}
          aria-describedby={describedBy(props, rules.length > 0 ? `${name}-rules` : "")}
          aria-invalid={props.error ? "true" : undefined}
        />
      </div>
      <script type="module" src="/show-password.js" />
    </Field>
  );
}
