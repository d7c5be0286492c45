import { once } from "node:events";
import { createRequire } from "node:module";
import { spawnApart } from "../pictures/apart.ts";
import program from "./letter-child.mjs?raw";
import { blankPictures, faultOfPdf, mayTell, PDF_MOST_BYTES } from "./rules-pdf.ts";

const require = createRequire(import.meta.url);
const typesetterPath = require.resolve("@myriaddreamin/typst-ts-node-compiler");
const PATIENCE_MS = 20_000;
const WAITING_MOST = 8;

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * The letter as it is kept and sent on (decision 75): its pages drawn into a new PDF, without author, program, days,
 * versions of before, attachments and scripts. In a process of its own, one letter after the other.
 */
export async function redrawn(pdf: Uint8Array): Promise<Buffer | "pdf_undrawn" | "pdf_busy"> {
  if (waiting >= WAITING_MOST) return "pdf_busy";
  waiting += 1;
  const drawn = last.then(() => draw(blankPictures(pdf)));
  last = drawn.catch(() => undefined);
  try {
    return await drawn;
  } finally {
    waiting -= 1;
  }
}

async function draw(pdf: Buffer): Promise<Buffer | "pdf_undrawn"> {
  const child = spawnApart(program, [typesetterPath]);
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  const parts: Buffer[] = [];
  let length = 0;
  child.stdout.on("data", (part: Buffer) => {
    length += part.length;
    if (length > PDF_MOST_BYTES) child.kill("SIGKILL");
    else parts.push(part);
  });
  // A process that dies early closes its end; that it died is told by "close".
  child.stdin.on("error", () => undefined);
  child.stdin.end(pdf);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  const drawn = Buffer.concat(parts);
  return code === 0 && !faultOfPdf(drawn) && !mayTell(drawn) ? drawn : "pdf_undrawn";
}
