import { readKept, writeKept } from "./locker.ts";
import { newPasskeyLock } from "./passkey-lock.ts";
import { type KeptDocument, TRIES_MOST } from "./rules.ts";
import { say } from "./say.ts";
import { type Lock, newLock, sealRecord } from "./seal.ts";

/** Takes the card from the server, seals it, stores it. Loaded when somebody asks for it. */
export type Hindrance = "denied" | "failed" | "ended" | "noPasskey";

export async function keepHere(pin: string | undefined, lang: "vi" | "en"): Promise<Hindrance | undefined> {
  const before = await readKept().catch(() => "denied" as const);
  if (before === "denied" || !globalThis.crypto?.subtle) return "denied";
  const key = pin === undefined ? await byPasskey() : { lock: newLock(), secret: pin };
  if (!key) return "noPasskey";
  const answer = await say("me/kept-cards", { lock: key.lock.kind });
  if (!answer?.ok) return answer?.status === 401 ? "ended" : "failed";
  const { handle, document } = (await answer.json()) as { handle: string; document: KeptDocument };
  try {
    await writeKept(await sealRecord({ ...key, handle, document, lang, triesLeft: TRIES_MOST }));
  } catch {
    await say("kept-cards/removal", { handle });
    return "denied";
  }
  if (before && before.handle !== handle) await say("kept-cards/removal", { handle: before.handle });
  await navigator.storage?.persist?.().catch(() => false);
  await navigator.serviceWorker?.register("/sw.js").catch(() => undefined);
  return undefined;
}

async function byPasskey(): Promise<{ lock: Lock; secret: Uint8Array<ArrayBuffer> } | undefined> {
  return newPasskeyLock("VssID").catch(() => undefined);
}
