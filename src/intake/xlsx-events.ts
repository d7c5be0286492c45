/** One XML part of an .xlsx file → its elements, while it streams by: no tree, no document type, bounded text. */
import { StringDecoder } from "node:string_decoder";
import { SaxesParser } from "saxes";
import { FileRefused } from "./refusal.ts";

export interface Listener {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/** Far above any part of a sheet; each open element is remembered. */
const DEPTH_MAX = 40;
/** Between two tags: Excel holds 32,767 signs in a cell. The parser keeps what stands there. */
const BETWEEN_TAGS_MAX = 1024 * 1024;

/** A turn after each chunk: what the listener gathered can be taken. Prefixes of names are left off. */
export async function* hear(chunks: AsyncIterable<Buffer>, listener: Listener): AsyncGenerator<void> {
  const parser = parserFor(listener);
  const decoder = new StringDecoder("utf8");
  let sinceTag = 0;
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf("<");
    sinceTag = last < 0 ? sinceTag + chunk.length : chunk.length - last;
    if (sinceTag > BETWEEN_TAGS_MAX) throw new FileRefused("too_wide");
    parser.write(decoder.write(chunk));
    yield;
  }
  parser.write(decoder.end()).close();
  yield;
}

/** The whole of a small part. */
export async function hearAll(chunks: AsyncIterable<Buffer>, listener: Listener): Promise<void> {
  for await (const _ of hear(chunks, listener));
}

function parserFor(listener: Listener): SaxesParser {
  const parser = new SaxesParser({ position: false });
  let depth = 0;
  parser.on("error", () => {
    throw new FileRefused("broken_excel");
  });
  parser.on("doctype", () => {
    throw new FileRefused("doctype");
  });
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    if (depth > DEPTH_MAX) throw new FileRefused("broken_excel");
    listener.open(localName(name), attributes as Record<string, string>);
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    listener.close(localName(name));
  });
  parser.on("text", (text) => listener.text(text));
  parser.on("cdata", (text) => listener.text(text));
  return parser;
}

/** Attributes too: r:id → id. */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  return attributes[name] ?? Object.entries(attributes).find(([key]) => localName(key) === name)?.[1];
}

const localName = (name: string) => name.slice(name.indexOf(":") + 1);
