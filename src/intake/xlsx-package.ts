/**
 * The parts of an .xlsx file, read out of its zip as streams: none is ever held whole, and all of them together may
 * grow only so far (a zip bomb is a small file that says it is a large one).
 */
import { promisify } from "node:util";
import { type Entry, fromBuffer, open, type ZipFile } from "yauzl";
import { FileRefused } from "./refusal.ts";
import type { Source } from "./source.ts";

export interface Package {
  has(part: string): boolean;
  /** Throws `packed_file` for a part that is not there. */
  read(part: string): AsyncGenerator<Buffer>;
  close(): void;
}

const PARTS_MAX = 2000;
/** Sheets shrink to a tenth or twentieth; at this ratio a megabyte is still read within a second. */
const EXPANDED_RATIO_MAX = 40;
const EXPANDED_FREE_BYTES = 4 * 1024 * 1024;
const ENCRYPTED = 1;

/** `onBytes` hears of the bytes of the zip, as far as its parts have been read. */
export async function openPackage(source: Source, size: number, onBytes: (bytes: number) => void): Promise<Package> {
  const zip = await openZip(source).catch(() => {
    throw new FileRefused("broken_excel");
  });
  try {
    const entries = await entriesOf(zip);
    let room = EXPANDED_FREE_BYTES + size * EXPANDED_RATIO_MAX;
    return {
      has: (part) => entries.has(part),
      read: (part) => readPart(part),
      close: () => zip.close(),
    };

    async function* readPart(part: string): AsyncGenerator<Buffer> {
      const entry = entries.get(part);
      const shrunk = entry ? Math.min(1, entry.compressedSize / Math.max(1, entry.uncompressedSize)) : 0;
      if (!entry) throw new FileRefused("packed_file");
      try {
        const openEntry = promisify<Entry, AsyncIterable<Buffer>>(zip.openReadStream.bind(zip));
        for await (const chunk of await openEntry(entry)) {
          room -= chunk.length;
          onBytes(chunk.length * shrunk);
          if (room < 0) throw new FileRefused("expands_too_much");
          yield chunk;
        }
      } catch (error) {
        throw error instanceof FileRefused ? error : new FileRefused("broken_excel");
      }
    }
  } catch (error) {
    zip.close();
    throw error;
  }
}

function openZip(source: Source): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false };
  if ("path" in source) return promisify<string, typeof options, ZipFile>(open)(source.path, options);
  const { buffer, byteOffset, length } = source.bytes;
  const bytes = Buffer.from(buffer as ArrayBuffer, byteOffset, length);
  return promisify<Buffer, typeof options, ZipFile>(fromBuffer)(bytes, options);
}

/** By name; the first of two that bear the same. */
function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  return new Promise((done, fail) => {
    if (zip.entryCount > PARTS_MAX) return fail(new FileRefused("broken_excel"));
    zip.on("error", () => fail(new FileRefused("broken_excel")));
    zip.on("end", () => done(entries));
    zip.on("entry", (entry: Entry) => {
      if (entry.generalPurposeBitFlag & ENCRYPTED) return fail(new FileRefused("locked_excel"));
      if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}
