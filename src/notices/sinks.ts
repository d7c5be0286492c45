/**
 * Mail and SMS providers of our own for demos and tests: real sockets on this machine that take every
 * message, send a delivery receipt for every text, and keep the last 500 in memory.
 */
import type { AddressInfo, Server } from "node:net";
import PostalMime from "postal-mime";
import smpp, { type Session } from "smpp";
import { SMTPServer } from "smtp-server";
import type { House } from "../db/house.ts";
import { joinParts } from "./sink-parts.ts";

export interface Taken {
  channel: "sms" | "email";
  at: Date;
  to: string;
  from: string;
  subject?: string;
  text: string;
  html?: string;
  messageId: string;
}

export interface Sinks {
  smtpUrl: string;
  smppUrl: string;
  stop(): Promise<void>;
}

const KEPT = 500;
const LOOPBACK = "127.0.0.1";
const RECEIPT_AFTER_MS = 100;
/** By database, because settings (and so the house object) may be made anew once the sinks are known. */
const taken = new WeakMap<House["db"], Taken[]>();

/** Newest first. */
export function takenBy(house: House): readonly Taken[] {
  return taken.get(house.db) ?? [];
}

export async function startSinks(house: House): Promise<Sinks> {
  const kept = taken.get(house.db) ?? [];
  taken.set(house.db, kept);
  const keep = (message: Omit<Taken, "at">) => {
    kept.unshift({ ...message, at: house.clock.now() });
    kept.splice(KEPT);
  };
  const mail = mailSink(keep);
  const sms = smpp.createServer((session) => {
    session.socket.setNoDelay(true);
    serveSms(session, keep);
  });
  const mailPort = await listening(mail.server, () => mail.listen(0, LOOPBACK));
  const smsPort = await listening(sms, () => sms.listen(0, LOOPBACK));
  return {
    smtpUrl: `smtp://${LOOPBACK}:${mailPort}`,
    smppUrl: `smpp://demo:demo@${LOOPBACK}:${smsPort}`,
    async stop() {
      for (const session of [...sms.sessions]) session.destroy();
      await Promise.all([
        new Promise<void>((done) => sms.close(() => done())),
        new Promise<void>((done) => mail.close(done)),
      ]);
    },
  };
}

function mailSink(keep: (message: Omit<Taken, "at">) => void): SMTPServer {
  return new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 500,
    logger: false,
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address).join(", ");
      readMail(stream, to).then((message) => {
        keep(message);
        done();
      }, done);
    },
  });
}

async function readMail(stream: AsyncIterable<Buffer>, to: string): Promise<Omit<Taken, "at">> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const mail = await PostalMime.parse(Buffer.concat(chunks));
  return {
    channel: "email",
    to,
    from: mail.from?.address ?? "",
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html ?? "",
    messageId: mail.messageId ?? "",
  };
}

function serveSms(session: Session, keep: (message: Omit<Taken, "at">) => void): void {
  const join = joinParts();
  let count = 0;
  const prefix = Date.now().toString(36);
  const timers = new Set<NodeJS.Timeout>();
  session.on("error", () => session.destroy());
  session.on("close", () => {
    for (const timer of timers) clearTimeout(timer);
  });
  for (const command of ["bind_transceiver", "enquire_link", "unbind"]) {
    session.on(command, (pdu) => session.send(pdu.response()));
  }
  session.on("submit_sm", (pdu) => {
    count += 1;
    const messageId = `${prefix}-${session.socket.remotePort}-${count}`;
    session.send(pdu.response({ message_id: messageId }));
    const to = (pdu.destination_addr ?? "").replace(/^84/, "0");
    const text = join(to, pdu.short_message);
    if (text !== undefined) keep({ channel: "sms", to, from: pdu.source_addr ?? "", text, messageId });
    const timer = setTimeout(() => {
      timers.delete(timer);
      session.deliver_sm(receiptFor(messageId, pdu.destination_addr ?? "", pdu.source_addr ?? ""));
    }, RECEIPT_AFTER_MS);
    timers.add(timer);
  });
}

const receiptFor = (messageId: string, from: string, to: string) => ({
  source_addr: from,
  destination_addr: to,
  esm_class: 4,
  short_message: `id:${messageId} sub:001 dlvrd:001 submit date:2601010000 done date:2601010000 stat:DELIVRD err:000 text:`,
});

function listening(server: Server, listen: () => unknown): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", () => resolve((server.address() as AddressInfo).port));
    listen();
  });
}
