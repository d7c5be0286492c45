/** Shows what certificate a place shows, as whoever sends there would get it, or we show ourselves; believed or not. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectTls, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import type { Found, OwnCertificate, Place, Term } from "./rules.ts";

const LIMIT_MS = 10_000;

export async function lookAt(place: Place): Promise<Found> {
  const socket = connectPlain({ host: place.host, port: place.port });
  const limit = setTimeout(() => socket.destroy(Object.assign(new Error("too late"), { code: "ETIMEDOUT" })), LIMIT_MS);
  try {
    await once(socket, "connect");
    if (place.opening === "smtp") await openSmtp(socket);
    if (place.opening === "postgres") await openPostgres(socket);
    // It is read, not trusted: nothing is sent over it.
    const ca = place.rootFile === undefined ? {} : { ca: readFileSync(place.rootFile) };
    const { certFile, keyFile } = place.shown ?? {};
    const own = certFile && keyFile ? { cert: readFileSync(certFile), key: readFileSync(keyFile) } : {};
    const named = isIP(place.host) ? {} : { servername: place.host };
    const tls = connectTls({ socket, host: place.host, ...named, rejectUnauthorized: false, ...ca, ...own });
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

const PEM = /-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gs;

/** As it lies there now; a running process may show the one before for a moment. */
export function lookAtOwn({ certFile, keyFile }: OwnCertificate): Found {
  try {
    const chain = (readFileSync(certFile, "utf8").match(PEM) ?? []).map((pem) => new X509Certificate(pem));
    const isPair = chain[0]?.checkPrivateKey(createPrivateKey(readFileSync(keyFile)));
    return firstToEnd(
      chain.map(({ validFrom, validTo }) => ({ beganAt: new Date(validFrom), endsAt: new Date(validTo) })),
      isPair ? undefined : "KEY_VALUES_MISMATCH",
    );
  } catch (error) {
    return { fault: (error as NodeJS.ErrnoException).code ?? "no_certificate" };
  }
}

function firstToEnd(terms: readonly Term[], fault: string | undefined): Found {
  const [first] = terms.toSorted((one, other) => one.endsAt.getTime() - other.endsAt.getTime());
  return first ? { ...first, fault } : { fault: "no_certificate" };
}

function readFrom(tls: TLSSocket): Found {
  const terms: Term[] = [];
  const seen = new Set<string>();
  let one: DetailedPeerCertificate | undefined = tls.getPeerCertificate(true);
  while (one?.valid_to && !seen.has(one.fingerprint256)) {
    seen.add(one.fingerprint256);
    terms.push({ beganAt: new Date(one.valid_from), endsAt: new Date(one.valid_to) });
    one = one.issuerCertificate;
  }
  tls.destroy();
  const fault = tls.authorizationError as string | Error | null | undefined;
  return firstToEnd(terms, fault ? codeOf(fault) : undefined);
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
