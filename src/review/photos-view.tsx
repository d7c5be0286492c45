import { pictureWords } from "../pictures/words.ts";
import type { Photo } from "../registration/photos/store-photo.ts";
import { photoWords } from "../registration/photos/words.ts";
import { Details } from "../ui/index.ts";
import { type Counter, fileHref } from "./view-parts.tsx";

/** What the person sent with the declaration, folded: opening a picture is a look that is kept. */
export function SentPhotos({ at, code, photos }: { at: Counter; code: string; photos: readonly Photo[] }) {
  if (photos.length === 0) return null;
  const said = photoWords(at.ask.lang);
  const { doubts } = pictureWords(at.ask.lang);
  return (
    <Details summary={said.officer(photos.length)}>
      <p class="hint">{said.officerHint}</p>
      <ul class="papers">
        {photos.map(({ photoId, kind, width, height, doubts: found }) => (
          <li key={photoId}>
            <a href={fileHref(code, `photos/${photoId}`)}>
              <img
                src={fileHref(code, `photos/${photoId}`)}
                {...{ width, height }}
                loading="lazy"
                alt={said.alt(said.kinds[kind], code)}
              />
              <span>{said.kinds[kind]}</span>
            </a>
            {found.map((doubt) => (
              <p class="hint" key={doubt}>
                {doubts[doubt as keyof typeof doubts]}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Details>
  );
}
