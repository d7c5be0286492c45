import type { ComponentChildren } from "preact";
import { useWords } from "./speech.ts";

export interface TimelineItem {
  title: ComponentChildren;
  /** `stopped`: done, and it ended there, against the person's wish. */
  state: "done" | "now" | "next" | "stopped";
  /** When, as a ready text. */
  when?: string | undefined;
  body?: ComponentChildren;
}

/** Where a matter stands: broad steps, each said to be done, present or to come. */
export function Timeline({ items }: { items: readonly TimelineItem[] }) {
  const words = useWords();
  const said = { done: words.stepDone, now: words.stepNow, next: words.stepNext, stopped: words.stepDone };
  return (
    <ol class="timeline">
      {items.map((item, at) => (
        <li
          key={at}
          class={item.state === "stopped" ? "done stopped" : item.state}
          aria-current={item.state === "now" ? "step" : undefined}
        >
          <p class="timeline-title">
            <span class="unseen">{said[item.state]}: </span>
            {item.title}
          </p>
          {item.when ? <p class="hint">{item.when}</p> : null}
          {item.body}
        </li>
      ))}
    </ol>
  );
}

/** What to do, in order, numbered. */
export function Steps({ items }: { items: readonly { title: ComponentChildren; body?: ComponentChildren }[] }) {
  return (
    <ol class="steps">
      {items.map((item, at) => (
        <li key={at}>
          <p class="steps-title">{item.title}</p>
          {item.body}
        </li>
      ))}
    </ol>
  );
}
