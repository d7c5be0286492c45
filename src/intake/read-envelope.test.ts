import { expect, it } from "vitest";
import { dossier, envelope, sampleTables } from "../../test/samples/envelope.ts";
import { NO_HEADS } from "./claim-batch.ts";
import type { ClaimReaders } from "./claim-readers.ts";
import { startReading } from "./read-envelope.ts";

const MEGABYTE = 1024 * 1024;

it("a reading that nobody takes any further ends, however much waits to be taken", async () => {
  const large = dossier(sampleTables()).replace("</HOSO>", `<!--${"x".repeat(3 * MEGABYTE)}--></HOSO>`);
  const bytes = envelope(Array.from({ length: 30 }, () => large));
  const read = async () => ({ text: new Uint8Array(), heads: NO_HEADS, recalls: [], rejects: [] });
  const readers = { width: 2, read } as unknown as ClaimReaders;
  const { answers } = startReading({ name: "large.xml", bytes }, readers);
  await answers.next();
  await answers.return(undefined);
  expect((await answers.next()).done).toBe(true);
});
