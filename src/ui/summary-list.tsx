import type { ComponentChildren } from "preact";

export interface SummaryRow {
  key: string;
  value: ComponentChildren;
  change?: { href: string; label: string; about?: string | undefined } | undefined;
}

/** What was answered or what is known, name and value side by side; `change` leads back to the question. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl class="summary">
      {rows.map((row) => (
        <div key={row.key}>
          <dt>{row.key}</dt>
          <dd>{row.value}</dd>
          {row.change ? (
            <dd class="change">
              <a href={row.change.href}>
                {row.change.label}
                <span class="unseen"> {row.change.about ?? row.key}</span>
              </a>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}
