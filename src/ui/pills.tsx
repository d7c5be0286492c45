export interface Pill {
  href: string;
  text: string;
  count?: string | number | undefined;
  isCurrent: boolean;
}

/** Views of one list side by side, each an address of its own, with how much is in each. */
export function Pills({ label, links }: { label: string; links: readonly Pill[] }) {
  return (
    <nav class="pills" aria-label={label}>
      <ul>
        {links.map(({ href, text, count, isCurrent }) => (
          <li key={href}>
            <a href={href} aria-current={isCurrent ? "page" : undefined}>
              {text}
              {count === undefined ? null : (
                <>
                  {" "}
                  <b>{count}</b>
                </>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
