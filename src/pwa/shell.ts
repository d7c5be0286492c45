import { buildStamp, islandParts } from "../web/islands.ts";

/**
 * What the service worker keeps: the page that opens the card without a network, the page that verifies a card, and
 * what they need. The same bytes for everybody. Another build is another version.
 */
export interface Shell {
  version: string;
  files: readonly string[];
}

export function shellNow(): Shell {
  const scripts = new Set([...islandParts("offline"), ...islandParts("verify")]);
  const pages = ["/app/offline", "/verify?lang=vi", "/verify?lang=en"];
  return { version: buildStamp() ?? "none", files: [...pages, ...scripts, "/favicon.svg", "/icon-192.png"] };
}

/** The service worker with its list in front: it changes by a byte when anything that it keeps changes. */
export const withShell = (worker: string, shell: Shell): string => `self.SHELL = ${JSON.stringify(shell)};\n${worker}`;
