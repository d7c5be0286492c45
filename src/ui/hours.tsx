const TIMES = /(\d{1,2}[:h.]\d{2}\s*[–-]\s*\d{1,2}[:h.]\d{2})/;

/** Opening hours as an office writes them: no line ends between the beginning of a time and its end. */
export function Hours({ text }: { text: string }) {
  return (
    <span lang="vi">
      {text.split(TIMES).map((part, at) =>
        at % 2 === 0 ? (
          part
        ) : (
          <span key={part} class="one-line">
            {part}
          </span>
        ),
      )}
    </span>
  );
}
