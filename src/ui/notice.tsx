import type { ComponentChildren } from "preact";
import { useWords } from "./speech.ts";

export type NoticeKind = "info" | "good" | "warning" | "danger";

interface NoticeProps {
  kind: NoticeKind;
  title?: string | undefined;
  children?: ComponentChildren;
}

const signs: Record<NoticeKind, string> = {
  info: "M12 11v6M12 7.2v.1",
  good: "M7 12.5l3.5 3.5L17 9",
  warning: "M12 7v6M12 16.8v.1",
  danger: "M8.5 8.5l7 7M15.5 8.5l-7 7",
};

/** A sign in a circle: says by shape what colour says too. */
export function Sign({ kind }: { kind: NoticeKind }) {
  return (
    <svg class="sign" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="11" fill="currentColor" />
      <path
        d={signs[kind]}
        fill="none"
        class="sign-mark"
        stroke-width="2.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** Something to know before going on. The kind is said in words to those who do not see it. */
export function Notice({ kind, title, children }: NoticeProps) {
  const words = useWords();
  return (
    <div class={`notice ${kind}`}>
      <Sign kind={kind} />
      <div>
        <span class="unseen">{words.notice[kind]} </span>
        {title ? <p class="notice-title">{title}</p> : null}
        {children}
      </div>
    </div>
  );
}

/** What keeps somebody from going on, for a reason other than a field: read out as the page opens. */
export function HeldUp({ title, lines }: { title?: string | undefined; lines: readonly string[] }) {
  return (
    <div role="alert">
      <Notice kind="danger" title={title}>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </Notice>
    </div>
  );
}

/** Beside every box that a fraud would like to see filled in. */
export function ScamWarning() {
  const { title, body } = useWords().scam;
  return (
    <Notice kind="warning" title={title}>
      <p>{body}</p>
    </Notice>
  );
}

/** Beside what will be printed: letters that no typeface of papers has. Nothing where there are none. */
export function UndrawnNote({ letters }: { letters: readonly string[] }) {
  const { title, body } = useWords().undrawn;
  if (letters.length === 0) return null;
  return (
    <Notice kind="warning" title={title}>
      <p>{body(letters.slice(0, UNDRAWN_SHOWN).join(" "))}</p>
    </Notice>
  );
}

const UNDRAWN_SHOWN = 8;

/** What the page before this one has to say, once. */
export function Flash({ text }: { text: string }) {
  return (
    <div class="notice good" role="status">
      <Sign kind="good" />
      <p>{text}</p>
    </div>
  );
}

/** What cannot wait, on top of every page of the console. */
export function Alarm({ text, href, link }: { text: string; href: string; link: string }) {
  return (
    <div class="notice danger" role="alert">
      <Sign kind="danger" />
      <p>
        {text} <a href={href}>{link}</a>
      </p>
    </div>
  );
}
