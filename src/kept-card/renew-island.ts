import { changeKept, readKept, wipeKept } from "./locker.ts";
import type { KeptDocument } from "./rules.ts";
import { say } from "./say.ts";
import { sealDocument } from "./seal.ts";

/** /app with a network: the copy on this telephone is renewed; one that was given up is wiped. Nothing is shown. */
async function renew(): Promise<void> {
  const kept = await readKept();
  if (!kept) return;
  const answer = await say("me/kept-cards/renewal", { handle: kept.handle });
  if (answer?.status === 404) return wipeKept();
  if (!answer?.ok) return;
  const { handle = kept.handle, ...document } = (await answer.json()) as KeptDocument & { handle?: string };
  const sealed = await sealDocument(kept.publicKey, document);
  await changeKept((record) => (record.handle === kept.handle ? { ...record, handle, document: sealed } : record));
}

void renew().catch(() => undefined);
