import type { ComponentChildren } from "preact";
import { useWords } from "./speech.ts";

/** What every field shares: its words, and how they are tied to the box. */
export interface FieldWords {
  name: string;
  label: string;
  hint?: ComponentChildren | undefined;
  /** A ready sentence; its presence marks the field as wrong. */
  error?: string | undefined;
  /** The label is the heading of the page (one question a page). */
  asHeading?: boolean | undefined;
  /** Adds "không bắt buộc" after the label. */
  optional?: boolean | undefined;
}

type Described = Pick<FieldWords, "name" | "hint" | "error">;

/** The ids of hint and error, for aria-describedby. */
export function describedBy({ name, hint, error }: Described, ...more: string[]): string | undefined {
  const ids = [hint ? `${name}-hint` : "", error ? `${name}-error` : "", ...more].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

export function Hint({ name, hint }: Pick<FieldWords, "name" | "hint">) {
  return hint ? (
    <div class="hint" id={`${name}-hint`}>
      {hint}
    </div>
  ) : null;
}

export function FieldError({ name, error }: Pick<FieldWords, "name" | "error">) {
  const words = useWords();
  return error ? (
    <p class="error" id={`${name}-error`}>
      <span class="unseen">{words.error}</span> {error}
    </p>
  ) : null;
}

function LabelText({ label, optional }: Pick<FieldWords, "label" | "optional">) {
  const words = useWords();
  return (
    <>
      {label}
      {optional ? <span class="optional"> ({words.optional})</span> : null}
    </>
  );
}

/** One box with its label, hint and error. */
export function Field({ children, ...words }: FieldWords & { children: ComponentChildren }) {
  const label = (
    <label class="label" for={words.name}>
      <LabelText label={words.label} optional={words.optional} />
    </label>
  );
  return (
    <div class={words.error ? "field wrong" : "field"}>
      {words.asHeading ? <h1 class="heading-label">{label}</h1> : label}
      <Hint name={words.name} hint={words.hint} />
      <FieldError name={words.name} error={words.error} />
      {children}
    </div>
  );
}

/** Several boxes that answer one question. */
export function FieldGroup({ children, ...words }: FieldWords & { children: ComponentChildren }) {
  const text = <LabelText label={words.label} optional={words.optional} />;
  return (
    <fieldset class={words.error ? "field wrong" : "field"} aria-describedby={describedBy(words)}>
      <legend class="label">{words.asHeading ? <h1 class="heading-label">{text}</h1> : text}</legend>
      <Hint name={words.name} hint={words.hint} />
      <FieldError name={words.name} error={words.error} />
      {children}
    </fieldset>
  );
}
