/**
 * Providers of the notices bench in a process of their own: two SMS centres and a mail server on loopback that
 * do what the bench tells them, and count what each telephone got. A report that nobody took is told again, to whoever
 * of the same customer is bound then.
 */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { PeerMode, PeersTold } from "./notices-plan.ts";
import { type Bound, listenSmpp, type Submitted } from "./notices-smsc.ts";

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
const underWay = new WeakMap<Bound, number>();
const sessions: [Set<Bound>, Set<Bound>] = [new Set(), new Set()];
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
  return listenSmpp({
    onConnect(session) {
      if (modes[at] === "reset") return false;
      sessions[at].add(session);
      return true;
    },
    onClose: (session) => sessions[at].delete(session),
    isTalking: () => modes[at] !== "silent",
    onSubmits: (session, submits) => take(at, session, submits),
  });
}

function take(at: 0 | 1, session: Bound, submits: Submitted[]): void {
  const mode = modes[at];
  if (mode === "reset") session.destroy();
  if (mode === "throttle") for (const submit of submits) submit.answer(THROTTLED);
  if (mode === "reset" || mode === "throttle" || mode === "silent" || mode === "hole") return;
  const takes = submits.map((submit) => {
    nextId += 1;
    taken += 1;
    const isSwallowed = mode === "swallow" || (mode === "leak" && taken % 20 === 0);
    if (isSwallowed) swallowed += 1;
    else copies.set(submit.phone, (copies.get(submit.phone) ?? 0) + 1);
    return { submit, id: `${at}-${nextId}`, isSwallowed };
  });
  count(session, takes.length);
  setTimeout(
    () => {
      count(session, -takes.length);
      for (const { submit, id, isSwallowed } of takes) {
        submit.answer(0, id);
        if (!isSwallowed) report(at, id, session);
      }
    },
    mode === "slow" ? SLOW_MS : ANSWER_MS,
  );
}

function report(at: number, id: string, session: Bound): void {
  untaken.set(id, { at, toldAt: performance.now() });
  session.report(id, (status) => {
    if (status === 0) untaken.delete(id);
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

function count(session: Bound, by: number): void {
  const now = (underWay.get(session) ?? 0) + by;
  underWay.set(session, now);
  mostUnderWay = Math.max(mostUnderWay, now);
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
