/**
 * Our own mark: a palm-leaf hat over a person, shelter in the plainest Vietnamese shape. It belongs
 * to this product and to no authority.
 */
export function Mark({ size = 36 }: { size?: number }) {
  return (
    <svg class="mark" viewBox="0 0 36 36" width={size} height={size} aria-hidden="true" focusable="false">
      <path
        class="mark-hat"
        d="M18 5c1.2 0 2.1.7 3 1.7 3.6 4.1 7.6 7.3 12 9.3.8.4.7 1.5-.2 1.6-9.8 1.3-19.8 1.3-29.6 0-.9-.1-1-1.2-.2-1.6 4.4-2 8.4-5.2 12-9.3.9-1 1.8-1.7 3-1.7z"
      />
      <path class="mark-person" d="M10.5 20.6c5 .4 10 .4 15 0-.5 3.7-3.6 6.6-7.5 6.6s-7-2.9-7.5-6.6z" />
      <path class="mark-person" d="M6.5 33c1.3-2.6 4.2-4.4 7-4.9 2.8 1.5 6.2 1.5 9 0 2.8.5 5.7 2.3 7 4.9z" />
    </svg>
  );
}

export function Wordmark({ tagline }: { tagline?: string | undefined }) {
  return (
    <>
      <Mark />
      <span class="wordmark">
        Vss<b>ID</b>
      </span>
      {tagline ? <span class="tagline">{tagline}</span> : null}
    </>
  );
}
