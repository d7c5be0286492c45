/**
 * Providers of the notices bench in a process of their own: two SMS centres and a mail server on loopback that
 * do what the bench tells them, and count what each telephone got. A report that nobody took is told again, to whoever
 * of the same customer is bound then.
 */
import type { AddressInfo } from "node:net";
import smpp, { type Pdu, type Session } from "smpp";
import { SMTPServer } from "smtp-server";
import type { PeerMode, PeersTold } from "./notices-plan.ts";

const ANSWER_MS = 5;
const REPORT_AGAIN_MS = 2000;
const SLOW_MS = 2000;
const THROTTLED = 0x58;
const modes: [PeerMode, PeerMode] = ["ok", "ok"];
/** How many copies each telephone got. */
const copies = new Map<string, number>();
let nextId = 0;
let taken = 0;
let swallowed = 0;
let mostUnderWay = 0;
const underWay = new WeakMap<Session, number>();
const sessions: [Set<Session>, Set<Session>] = [new Set(), new Set()];
/** Reports that nobody has answered yet, the oldest first. */
const untaken = new Map<string, { at: number; toldAt: number }>();

const ports = await Promise.all([listen(0), listen(1)]);
const mailPort = await listenForMail();
process.on("message", (told: PeersTold) => {
  if (told.modes) {
    modes.splice(0, 2, ...told.modes);
    for (const [at, mode] of modes.entries()) if (mode === "reset") cutAll(at);
  }
  if (told.forget) {
    untaken.clear();
    copies.clear();
    swallowed = 0;
    mostUnderWay = 0;
  }
  if (told.ask) {
    const all = [...copies.values()];
    const twice = all.reduce((sum, count) => sum + count - 1, 0);
    process.send?.({ ask: told.ask, got: all.length, twice, swallowed, mostUnderWay });
  }
});
setInterval(reportAgain, REPORT_AGAIN_MS / 4);
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
    session.socket.setNoDelay(true);
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
  if (mode === "reset" || mode === "throttle" || mode === "silent" || mode === "hole") return;
  nextId += 1;
  taken += 1;
  const id = `${at}-${nextId}`;
  const isSwallowed = mode === "swallow" || (mode === "leak" && taken % 20 === 0);
  const phone = pdu.destination_addr ?? "";
  if (isSwallowed) swallowed += 1;
  else copies.set(phone, (copies.get(phone) ?? 0) + 1);
  count(session, 1);
  setTimeout(
    () => {
      count(session, -1);
      session.send(pdu.response({ message_id: id }));
      if (!isSwallowed) report(at, id, session);
    },
    mode === "slow" ? SLOW_MS : ANSWER_MS,
  );
}

function report(at: number, id: string, session: Session): void {
  untaken.set(id, { at, toldAt: performance.now() });
  session.deliver_sm(receiptFor(id), ({ command_status }) => {
    if (command_status === 0) untaken.delete(id);
  });
}

function reportAgain(): void {
  for (const [id, { at, toldAt }] of untaken) {
    if (toldAt > performance.now() - REPORT_AGAIN_MS) return;
    const [session] = modes[at] === "silent" ? [] : sessions[at as 0 | 1];
    if (!session) continue;
    // To the end of the line.
    untaken.delete(id);
    report(at, id, session);
  }
}

function count(session: Session, by: number): void {
  const now = (underWay.get(session) ?? 0) + by;
  underWay.set(session, now);
  mostUnderWay = Math.max(mostUnderWay, now);
}

const receiptFor = (id: string) => ({
  esm_class: 4,
  short_message: `id:${id} sub:001 dlvrd:001 submit date:2611230900 done date:2611230901 stat:DELIVRD err:000 text:`,
});

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
