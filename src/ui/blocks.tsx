import type { ComponentChildren } from "preact";
import { useWords } from "./speech.ts";

/** Extra words for those who want them, folded by the browser itself. */
export function Details({
  summary,
  open,
  children,
}: {
  summary: ComponentChildren;
  open?: boolean | undefined;
  children: ComponentChildren;
}) {
  return (
    <details class="details" open={open}>
      <summary>{summary}</summary>
      <div class="details-body">{children}</div>
    </details>
  );
}

/** A box that holds one matter. `title` is its heading. */
export function Panel({
  title,
  tone,
  children,
}: {
  title?: ComponentChildren;
  tone?: "plain" | "tinted" | undefined;
  children: ComponentChildren;
}) {
  return (
    <section class={tone === "tinted" ? "panel tinted" : "panel"}>
      {title ? <h2>{title}</h2> : null}
      {children}
    </section>
  );
}

/** Short things to have, to bring, to know: each with a tick. */
export function TickList({ items }: { items: readonly ComponentChildren[] }) {
  return (
    <ul class="ticks">
      {items.map((item, at) => (
        <li key={at}>{item}</li>
      ))}
    </ul>
  );
}

/** A telephone number to tap, large. */
export function Hotline() {
  return (
    <a class="call" href="tel:19009068">
      1900&nbsp;9068
    </a>
  );
}

export function BackLink({ href, children }: { href: string; children?: ComponentChildren }) {
  const words = useWords();
  return (
    <a class="back" href={href}>
      {children ?? words.back}
    </a>
  );
}

/** By cursor: there is an older page, or a newer one, or neither. */
export function Pagination({ older, newer }: { older?: string | undefined; newer?: string | undefined }) {
  const words = useWords();
  if (!older && !newer) return null;
  return (
    <nav class="pagination" aria-label={words.pages}>
      {newer ? (
        <a class="newer" rel="prev" href={newer}>
          {words.newer}
        </a>
      ) : null}
      {older ? (
        <a class="older" rel="next" href={older}>
          {words.older}
        </a>
      ) : null}
    </nav>
  );
}

interface DeadlineNoteProps {
  /** What is due: "Hạn nộp hồ sơ". */
  label: string;
  /** The day or the clock time, as a ready text: "thứ Năm, 03/12/2026". */
  deadline: string;
  /** "còn 10 ngày", "đã quá hạn". */
  left?: string | undefined;
  tone?: "calm" | "soon" | "over" | undefined;
  children?: ComponentChildren;
}

/** A date that must not be missed, with what happens when it is. */
export function DeadlineNote({ label, deadline, left, tone = "calm", children }: DeadlineNoteProps) {
  return (
    <div class={`deadline ${tone}`}>
      <p class="deadline-label">{label}</p>
      <p class="deadline-date">
        {deadline}
        {left ? <span class="deadline-left"> ({left})</span> : null}
      </p>
      {children}
    </div>
  );
}
