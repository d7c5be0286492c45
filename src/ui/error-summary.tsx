import type { PageAsk } from "./page-ask.ts";
import { words } from "./words.ts";

export interface FieldFault {
  field: string;
  text: string;
}

interface ErrorSummaryProps {
  faults: readonly FieldFault[];
  ask: Pick<PageAsk, "lang">;
}

/** Everything that must be put right, at the top, each leading to its box. Takes the focus when the page opens. */
export function ErrorSummary({ faults, ask }: ErrorSummaryProps) {
  if (faults.length === 0) return null;
  const { one, many } = words(ask.lang).faults;
  return (
    // biome-ignore lint/a11y/noAutofocus: after a failed post the first thing to read is what failed
    <div class="faults" role="alert" tabIndex={-1} autoFocus aria-labelledby="faults-title" data-faults={faults.length}>
      <h2 id="faults-title">{faults.length === 1 ? one : many(faults.length)}</h2>
      <ul>
        {faults.map((fault) => (
          <li key={fault.field + fault.text}>
            <a href={`#${fault.field}`}>{fault.text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
