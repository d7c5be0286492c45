/** Providers for tests: real servers on this machine that do what a test tells them, message by message. */
import type { AddressInfo, Socket } from "node:net";
import smpp, { type Pdu, type PduFields, type Session } from "smpp";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface Submit {
  to: string;
  text: string;
  pdu: Pdu;
}

export interface FakeSmsc {
  url: string;
  submits: Submit[];
  sessions: Session[];
  stop(): Promise<void>;
}

export type OnSubmit = (session: Session, pdu: Pdu, count: number) => void;

export const accept: OnSubmit = (session, pdu, count) => {
  session.send(pdu.response({ message_id: `m${count}` }));
};

export const receiptOf = (messageId: string, stat: string): PduFields => ({
  esm_class: 4,
  short_message: `id:${messageId} sub:001 dlvrd:001 submit date:2611230900 done date:2611230901 stat:${stat} err:000 text:x`,
});

export async function fakeSmsc(onSubmit: OnSubmit = accept, port = 0): Promise<FakeSmsc> {
  const submits: Submit[] = [];
  const server = smpp.createServer((session) => {
    session.on("error", () => session.destroy());
    for (const command of ["bind_transceiver", "enquire_link", "unbind"]) {
      session.on(command, (pdu: Pdu) => session.send(pdu.response()));
    }
    session.on("submit_sm", (pdu: Pdu) => {
      const body = pdu.short_message;
      const text = body && !Buffer.isBuffer(body) ? String(body.message) : "";
      submits.push({ to: pdu.destination_addr ?? "", text, pdu });
      onSubmit(session, pdu, submits.length);
    });
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return {
    url: `smpp://test:test@127.0.0.1:${(server.address() as AddressInfo).port}`,
    submits,
    sessions: server.sessions,
    stop: () =>
      new Promise((done) => {
        for (const session of [...server.sessions]) session.destroy();
        server.close(() => done());
      }),
  };
}

export interface FakeMx {
  url: string;
  /** Whole messages as they came, headers included. */
  mails: string[];
  /** Cuts every connection as it stands. */
  cut(): void;
  stop(): Promise<void>;
}

export async function fakeMx(script: Partial<SMTPServerOptions> = {}): Promise<FakeMx> {
  const mails: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH"],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    onData(stream, _session, done) {
      let text = "";
      stream.on("data", (chunk: Buffer) => {
        text += chunk.toString("latin1");
      });
      stream.on("end", () => {
        mails.push(text);
        done();
      });
    },
    ...script,
  });
  server.on("error", () => undefined);
  const sockets = new Set<Socket>();
  server.server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", () => done());
  });
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    cut() {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    stop: () => new Promise((done) => server.close(() => done())),
  };
}

/** An answer of the kind that a mail server gives: 451, 550 … */
export const smtpFault = (responseCode: number, text = "no"): Error => Object.assign(new Error(text), { responseCode });
