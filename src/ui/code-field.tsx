import type { FieldWords } from "./field.tsx";
import { TextField } from "./text-field.tsx";

interface CodeFieldProps extends FieldWords {
  value?: string | undefined;
  /** Signs other than digits may stand in it: no keypad. */
  hasLetters?: boolean | undefined;
  /** Read out by the person at a counter: nothing of the officer's own is offered. */
  isReadOut?: boolean | undefined;
}

const MOST = 20;

/** A code that was sent or is shown elsewhere: the keypad opens and the telephone offers what just came. */
export function CodeField({ hasLetters = false, isReadOut = false, ...field }: CodeFieldProps) {
  return (
    <TextField
      {...field}
      inputMode={hasLetters ? undefined : "numeric"}
      autoComplete={isReadOut ? "off" : "one-time-code"}
      width="number"
      maxLength={MOST}
    />
  );
}
