import { ofBrowser } from "../kernel/in-page.ts";
import type { verifyPass } from "./verify.ts";

/** The keys that verify, from the network when there is one, else those of the last time. */
type Keys = Parameters<typeof verifyPass>[1];

export interface Published {
  keys: Keys;
  /** The server's clock less this phone's, ms; undefined without a network. */
  skewMs: number | undefined;
}

const ADDRESS = "/.well-known/vssid-card-keys.json";
const CACHE = "vssid-card-keys";

export async function publishedKeys(): Promise<Published | undefined> {
  const fresh = await fetch(ADDRESS, { cache: "no-store" }).catch(() => undefined);
  if (!fresh?.ok) return keptKeys();
  const copy = fresh.clone();
  // Where nothing can be stored the page still works with a network.
  await ofBrowser("caches")
    ?.open(CACHE)
    .then((kept) => kept.put(ADDRESS, copy))
    .catch(() => undefined);
  const { keys, at } = (await fresh.json()) as { keys: Keys; at: string };
  return { keys, skewMs: Date.parse(at) - Date.now() };
}

async function keptKeys(): Promise<Published | undefined> {
  const kept = await ofBrowser("caches")
    ?.match(ADDRESS)
    .catch(() => undefined);
  if (!kept) return undefined;
  const { keys } = (await kept.json()) as { keys: Keys };
  return { keys, skewMs: undefined };
}
