import { connect, type NetConnectOpts } from "node:net";
import type { House } from "../db/house.ts";
import { TryLater } from "../kernel/failures.ts";

/**
 * Asks the operator's scanner for viruses (clamd of ClamAV, its INSTREAM) whether it knows a file as malicious. A file
 * that nobody could look at is not kept: throws TryLater("scanner_away").
 */
const PATIENCE_MS = 10_000;
const ANSWER_MOST = 1000;
const AGAIN_SECONDS = 30;

export async function isKnownMalicious({ settings, log }: House, bytes: Uint8Array): Promise<boolean> {
  if (!settings.clamd) return false;
  const answer = await ask(placeOf(settings.clamd), bytes).catch((error: NodeJS.ErrnoException) => {
    log.error({ reason: error.code ?? error.message }, "the scanner for viruses does not answer");
    return "";
  });
  if (/^stream: OK\0?$/.test(answer)) return false;
  if (/^stream: .+ FOUND\0?$/.test(answer)) return true;
  throw new TryLater("scanner_away", AGAIN_SECONDS, 503);
}

/** "/run/clamav/clamd.ctl" or "host:port". */
function placeOf(clamd: string): NetConnectOpts {
  if (clamd.startsWith("/")) return { path: clamd };
  const at = clamd.lastIndexOf(":");
  return { host: clamd.slice(0, at), port: Number(clamd.slice(at + 1)) };
}

function ask(place: NetConnectOpts, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(place);
    let answer = "";
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error("no answer in time")));
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
    socket.on("data", (part: Buffer) => {
      answer += part.toString("latin1");
      if (answer.length > ANSWER_MOST) socket.destroy(new Error("no answer of a scanner"));
    });
    socket.write("zINSTREAM\0");
    socket.write(lengthOf(bytes.length));
    socket.write(bytes);
    socket.write(lengthOf(0));
  });
}

function lengthOf(bytes: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(bytes);
  return head;
}
