import type { ComponentChildren } from "preact";

export type Tone = "plain" | "now" | "good" | "warning" | "danger";

const shapes: Record<Tone, string> = {
  plain: "M3 6h6",
  now: "M2 6h.1M6 6h.1M10 6h.1",
  good: "M2.5 6.3l2.5 2.4 4.5-5",
  warning: "M6 2v5M6 9.9v.1",
  danger: "M3 3l6 6M9 3l-6 6",
};

/** A state in one or two words. Each tone has its own shape, so colour never speaks alone. */
export function Tag({ tone = "plain", children }: { tone?: Tone | undefined; children: ComponentChildren }) {
  return (
    <strong class={`tag ${tone}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
        <path
          d={shapes[tone]}
          fill="none"
          stroke="currentColor"
          stroke-width="2"
          stroke-linecap="round"
          stroke-linejoin="round"
        />
      </svg>
      {children}
    </strong>
  );
}
