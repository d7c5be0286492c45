import type { KeptRecord } from "./seal.ts";

/** The one place on the telephone where the card lies. The service worker knows these names too (src/pwa/sw.js). */
const DATABASE = "vssid-card";
const STORE = "card";
const KEY = "one";

/** Throws where the browser lets nothing be stored. */
export async function readKept(): Promise<KeptRecord | undefined> {
  return within("readonly", (store) => store.get(KEY));
}

export async function writeKept(record: KeptRecord): Promise<void> {
  await within("readwrite", (store) => store.put(record, KEY));
}

/**
 * Reads and writes in one transaction, so that two windows count one after the other. Has been written when it
 * returns: a try is counted before it is made. Undefined when nothing is kept.
 */
export async function changeKept(change: (record: KeptRecord) => KeptRecord): Promise<KeptRecord | undefined> {
  let after: KeptRecord | undefined;
  await within("readwrite", (store) => {
    const asked: IDBRequest<KeptRecord | undefined> = store.get(KEY);
    asked.onsuccess = () => {
      after = asked.result && change(asked.result);
      if (after) store.put(after, KEY);
    };
    return asked;
  });
  return after;
}

export async function wipeKept(): Promise<void> {
  await within("readwrite", (store) => store.clear());
}

async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((done, fail) => {
      const work = database.transaction(STORE, mode, { durability: "strict" });
      const asked = act(work.objectStore(STORE));
      work.oncomplete = () => done(asked.result);
      work.onabort = () => fail(work.error ?? new Error("not stored"));
    });
  } finally {
    database.close();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
    asked.onblocked = () => fail(new Error("blocked"));
  });
}
