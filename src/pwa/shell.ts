/**
 * What the service worker keeps: the page that opens the card without a network, the page that verifies a card where
 * cards are signed, and what they need. The same bytes for everybody. Another build is another version.
 */
export interface Shell {
  version: string;
  files: readonly string[];
}

interface Kept {
  /** The build's; undefined without one. */
  stamp: string | undefined;
  /** The addresses of what a page runs. */
  partsOf(island: string): readonly string[];
  /** Is there a page that verifies? A worker whose list names a page that is not there is never installed. */
  verifies: boolean;
}

export function shellOf({ stamp = "none", partsOf, verifies }: Kept): Shell {
  const [version, islands] = verifies ? [`${stamp}-verify`, ["offline", "verify"]] : [stamp, ["offline"]];
  const pages = ["/app/offline", ...(verifies ? ["/verify?lang=vi", "/verify?lang=en", "/stay.js"] : [])];
  return { version, files: [...pages, ...new Set(islands.flatMap(partsOf)), "/favicon.svg", "/icon-192.png"] };
}

/** The service worker with its list in front: it changes by a byte when anything that it keeps changes. */
export const withShell = (worker: string, shell: Shell): string => `self.SHELL = ${JSON.stringify(shell)};\n${worker}`;
