/**
 * Providers of the notices bench in a process of their own: two SMS centres and a mail server on loopback that
 * do what the bench tells them, and count what each telephone got.
 */
import type { AddressInfo } from "node:net";
import smpp, { type Pdu, type Session } from "smpp";
import { SMTPServer } from "smtp-server";
import type { PeerMode, PeersTold } from "./notices-plan.ts";

const ANSWER_MS = 5;
const SLOW_MS = 2000;
const THROTTLED = 0x58;
const modes: [PeerMode, PeerMode] = ["ok", "ok"];
/** How many copies each telephone got. */
const copies = new Map<string, number>();
let nextId = 0;
const sessions: [Set<Session>, Set<Session>] = [new Set(), new Set()];

const ports = await Promise.all([listen(0), listen(1)]);
const mailPort = await listenForMail();
process.on("message", (told: PeersTold) => {
  if (told.modes) {
    modes.splice(0, 2, ...told.modes);
    for (const [at, mode] of modes.entries()) if (mode === "reset") cutAll(at);
  }
  if (told.forget) copies.clear();
  if (told.ask) {
    const all = [...copies.values()];
    process.send?.({ ask: told.ask, got: all.length, twice: all.reduce((sum, count) => sum + count - 1, 0) });
  }
});
process.on("disconnect", () => process.exit(0));
process.send?.({ ports, mailPort });

function cutAll(at: number): void {
  for (const session of sessions[at as 0 | 1]) session.destroy();
}

function listen(at: 0 | 1): Promise<number> {
  const server = smpp.createServer((session) => {
    if (modes[at] === "reset") {
      session.destroy();
      return;
    }
    sessions[at].add(session);
    session.on("close", () => sessions[at].delete(session));
    session.on("error", () => session.destroy());
    for (const command of ["bind_transceiver", "enquire_link", "unbind"]) {
      session.on(command, (pdu: Pdu) => {
        if (modes[at] !== "silent") session.send(pdu.response());
      });
    }
    session.on("submit_sm", (pdu: Pdu) => take(at, session, pdu));
  });
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port));
  });
}

function take(at: 0 | 1, session: Session, pdu: Pdu): void {
  const mode = modes[at];
  if (mode === "reset") session.destroy();
  if (mode === "throttle") session.send(pdu.response({ command_status: THROTTLED }));
  if (mode !== "ok" && mode !== "slow") return;
  const phone = pdu.destination_addr ?? "";
  copies.set(phone, (copies.get(phone) ?? 0) + 1);
  nextId += 1;
  const reply = pdu.response({ message_id: `${at}-${nextId}` });
  setTimeout(() => session.send(reply), mode === "slow" ? SLOW_MS : ANSWER_MS);
}

function listenForMail(): Promise<number> {
  const server = new SMTPServer({
    disabledCommands: ["AUTH"],
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, done) {
      stream.resume();
      stream.on("end", () => done());
    },
  });
  server.on("error", () => undefined);
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done((server.server.address() as AddressInfo).port));
  });
}
