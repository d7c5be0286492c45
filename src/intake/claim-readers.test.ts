import { afterAll, expect, test } from "vitest";
import { dossier, sampleWith } from "../../test/samples/envelope.ts";
import { type BatchAnswer, spansOf } from "./claim-batch.ts";
import { inlineReader, threadedReaders } from "./claim-readers.ts";

const lists = { entries: [], marks: [] };
const threads = threadedReaders(lists, 2);
afterAll(() => threads.close());

/** Of a claim of its own each; the last is larger than the memory that is lent. */
function recordOf(no: number): Buffer {
  const filler = "<!-- -->".repeat(no === 40 ? 250_000 : 1);
  return Buffer.from(dossier(sampleWith({ "*.MA_LK": `LK${no}` })).replace("</HOSO>", `${filler}</HOSO>`));
}

const shown = ({ text, heads, rejects }: BatchAnswer) => ({
  text: Buffer.from(text).toString("utf8"),
  texts: heads.texts,
  rejects,
});

test("threads answer what is answered here, though the bytes are written over as soon as they are asked", async () => {
  const here = inlineReader(lists);
  const room = Buffer.alloc(4 * 1024 * 1024);
  const asked: { inThread: Promise<BatchAnswer>; inline: Promise<BatchAnswer> }[] = [];
  for (let no = 1; no <= 40; no += 1) {
    const record = recordOf(no);
    const spans = spansOf([{ no, line: 1, start: 0, end: record.length }]);
    const sender = { code: "79999" };
    record.copy(room);
    const inThread = threads.read({ bytes: room.subarray(0, record.length), spans, sender });
    room.fill("x");
    asked.push({ inThread, inline: here.read({ bytes: record, spans, sender }) });
  }
  for (const [at, { inThread, inline }] of asked.entries()) {
    const answer = shown(await inThread);
    expect(answer).toEqual(shown(await inline));
    expect(answer.text).toContain(`\tLK${at + 1}\t`);
  }
});
