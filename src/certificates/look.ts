/** Shows what certificate a place shows, as whoever sends there would get it; believed or not. */
import { once } from "node:events";
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import type { Found, Place } from "./rules.ts";

const LIMIT_MS = 10_000;

export async function lookAt(place: Place): Promise<Found> {
  const socket = connectPlain({ host: place.host, port: place.port });
  const limit = setTimeout(() => socket.destroy(Object.assign(new Error("too late"), { code: "ETIMEDOUT" })), LIMIT_MS);
  try {
    await once(socket, "connect");
    if (place.opening === "smtp") await openSmtp(socket);
    if (place.opening === "postgres") await openPostgres(socket);
    // It is read, not trusted: nothing is sent over it.
    const tls = connectTls({ socket, servername: place.host, rejectUnauthorized: false });
    await once(tls, "secureConnect");
    return readFrom(tls);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { fault: code ?? message };
  } finally {
    clearTimeout(limit);
    socket.destroy();
  }
}

function readFrom(tls: TLSSocket): Found {
  const ends: number[] = [];
  const seen = new Set<string>();
  let one: DetailedPeerCertificate | undefined = tls.getPeerCertificate(true);
  while (one?.valid_to && !seen.has(one.fingerprint256)) {
    seen.add(one.fingerprint256);
    ends.push(Date.parse(one.valid_to));
    one = one.issuerCertificate;
  }
  tls.destroy();
  if (ends.length === 0) return { fault: "no_certificate" };
  const fault = tls.authorizationError as string | Error | null | undefined;
  return { endsAt: new Date(Math.min(...ends)), fault: fault ? codeOf(fault) : undefined };
}

/** Typed as an error, and a word in earnest. */
const codeOf = (fault: string | Error): string =>
  typeof fault === "string" ? fault : ((fault as NodeJS.ErrnoException).code ?? fault.message);

async function openSmtp(socket: Socket): Promise<void> {
  await answered(socket, /^220 /m);
  socket.write("EHLO vssid\r\n");
  const offers = await answered(socket, /^250 /m);
  if (!/^250[ -]STARTTLS/im.test(offers)) throw new Error("no_tls");
  socket.write("STARTTLS\r\n");
  await answered(socket, /^220 /m);
}

/** SSLRequest of the protocol: length, then the number that asks for TLS. */
async function openPostgres(socket: Socket): Promise<void> {
  socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
  const [answer] = (await once(socket, "data")) as [Buffer];
  if (answer.toString("latin1") !== "S") throw new Error("no_tls");
}

/** Text up to the line that ends an answer; a refusal is a fault of its own. */
async function answered(socket: Socket, end: RegExp): Promise<string> {
  let text = "";
  while (!end.test(text)) {
    const [chunk] = (await once(socket, "data")) as [Buffer];
    text += chunk.toString("latin1");
    const refused = /^([45]\d\d) /m.exec(text)?.[1];
    if (refused) throw new Error(`smtp_${refused}`);
  }
  return text;
}
