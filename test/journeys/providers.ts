import type { AddressInfo, Server } from "node:net";
import PostalMime from "postal-mime";
import smpp, { type Session } from "smpp";
import { SMTPServer } from "smtp-server";
import { joinParts } from "../../src/notices/sink-parts.ts";

/** What reached the mailbox and the handset of a person in a journey, oldest first. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The one-click address of its header List-Unsubscribe. */
  leaveAt: string | undefined;
}

export interface TextMessage {
  to: string;
  text: string;
  /** It came in one part, in the network's own alphabet. */
  isOneSegment: boolean;
}

export interface Providers {
  smtpUrl: string;
  smppUrl: string;
  mails: Mail[];
  texts: TextMessage[];
  /** Somebody answers a text: the network hands it over to the system that is bound. */
  reply(from: string, text: string): Promise<void>;
  stop(): Promise<void>;
}

/** The network knows no such number. */
export const deadNumber = "0999900420";
const NO_SUCH_NUMBER = 0x0b;
const loopback = "127.0.0.1";

/** A mail server and a message centre on this machine that take everything, but for one number. */
export async function startProviders(): Promise<Providers> {
  const mails: Mail[] = [];
  const texts: TextMessage[] = [];
  const mail = mailServer(mails);
  const centre = smpp.createServer((session) => serveTexts(session, texts));
  return {
    smtpUrl: `smtp://${loopback}:${await portOf(mail.server)}`,
    smppUrl: `smpp://journey:journey@${loopback}:${await portOf(centre)}`,
    mails,
    texts,
    reply: (from, text) => reply([...centre.sessions], from, text),
    async stop() {
      for (const session of [...centre.sessions]) session.destroy();
      await Promise.all([
        new Promise<void>((done) => centre.close(() => done())),
        new Promise<void>((done) => mail.close(() => done())),
      ]);
    },
  };
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, loopback, done));
  return (server.address() as AddressInfo).port;
}

function mailServer(mails: Mail[]): SMTPServer {
  return new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 200,
    logger: false,
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address).join(", ");
      readAll(stream)
        .then((bytes) => PostalMime.parse(bytes))
        .then(({ subject = "", text = "", html = "", headers }) => {
          const leave = headers.find(({ key }) => key === "list-unsubscribe")?.value;
          mails.push({ to, subject, text, html, leaveAt: leave?.replace(/^<|>$/g, "") });
          done();
        }, done);
    },
  });
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** To the number of refusals, as the network would; done when the system has taken it. */
async function reply(sessions: readonly Session[], from: string, text: string): Promise<void> {
  const session = sessions.at(-1);
  if (!session) throw new Error("nobody is bound to the message centre");
  const fields = { source_addr: from.replace(/^0/, "84"), destination_addr: "8079", short_message: text };
  await new Promise<void>((done) => session.deliver_sm(fields, () => done()));
}

function serveTexts(session: Session, texts: TextMessage[]): void {
  const join = joinParts();
  let count = 0;
  session.on("error", () => session.destroy());
  for (const command of ["bind_transceiver", "enquire_link", "unbind"]) {
    session.on(command, (pdu) => session.send(pdu.response()));
  }
  session.on("submit_sm", (pdu) => {
    if (pdu.destination_addr === deadNumber.replace(/^0/, "84")) {
      session.send(pdu.response({ command_status: NO_SUCH_NUMBER }));
      return;
    }
    count += 1;
    session.send(pdu.response({ message_id: `${process.pid}-${count}` }));
    const to = pdu.destination_addr ?? "";
    const text = join(to, pdu.short_message);
    const isPart = pdu.short_message !== undefined && !Buffer.isBuffer(pdu.short_message) && !!pdu.short_message.udh;
    if (text !== undefined) texts.push({ to, text, isOneSegment: !isPart && (pdu.data_coding ?? 0) === 0 });
  });
}
