/**
 * What the service worker keeps: the page that opens the card without a network, the page that verifies a card, and
 * what they need. The same bytes for everybody. Another build is another version.
 */
export interface Shell {
  version: string;
  files: readonly string[];
}

/** `scripts`: the addresses of what those pages run. */
export function shellOf(version: string | undefined, scripts: readonly string[]): Shell {
  const pages = ["/app/offline", "/verify?lang=vi", "/verify?lang=en"];
  return { version: version ?? "none", files: [...pages, ...new Set(scripts), "/favicon.svg", "/icon-192.png"] };
}

/** The service worker with its list in front: it changes by a byte when anything that it keeps changes. */
export const withShell = (worker: string, shell: Shell): string => `self.SHELL = ${JSON.stringify(shell)};\n${worker}`;
