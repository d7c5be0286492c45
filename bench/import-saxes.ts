/** What a general XML parser takes for the same claims, without checks, rows or a database. */
import { SaxesParser } from "saxes";
import type { MadeFile } from "../src/generate/files.ts";

const CONTENT = /<NOIDUNGFILE>([^<]*)</g;

/** The tables of all claims, decoded. */
export function innerXmlOf(claims: readonly MadeFile[]): { texts: string[]; bytes: number } {
  const texts = claims.flatMap(({ bytes }) =>
    [...bytes.toString("latin1").matchAll(CONTENT)].map(([, content = ""]) =>
      Buffer.from(content, "base64").toString("utf8"),
    ),
  );
  return { texts, bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) };
}

export function parseAlone(texts: readonly string[]): number {
  let fields = 0;
  for (const text of texts) {
    const parser = new SaxesParser({ position: false });
    parser.on("text", () => {
      fields += 1;
    });
    parser.on("closetag", () => {});
    parser.write(text).close();
  }
  return fields;
}
