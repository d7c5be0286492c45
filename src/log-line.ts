/** The log to another machine, beside standard output and never instead of it: syslog over TLS (RFC 5424, RFC 5425). */
import { hostname } from "node:os";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";

export interface LogLine {
  /** One line of the log, as pino writes it. Waits for nobody. */
  write(line: string): void;
  /** Lets what is waiting go, at most two seconds, and not at all where nobody is there. */
  close(): Promise<void>;
}

/** Lines that wait for the line to be back; the oldest are left out, and how many is told. */
const WAITING_MAX = 10_000;
/** More than that on the way, and lines wait here. */
const ON_THE_WAY_MAX_BYTES = 1_000_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
const CLOSES_MS = 2000;
/** local0 (RFC 5424, 6.2.1). */
const FACILITY = 16;
const INFORMATIONAL = 6;
const WARNING = 4;
/** Severities by the levels of pino. */
const severities: Record<string, number> = { 10: 7, 20: 7, 30: INFORMATIONAL, 40: WARNING, 50: 3, 60: 2 };
const head = /^\{"level":(\d+),"time":(\d+)/;

/** Counted octets (RFC 5425, 4.3) around a message whose text is the line itself. */
export function syslogFrame(line: string, host: string, pid: number, nowMs: number): Buffer {
  const [, level = "", time] = head.exec(line) ?? [];
  const priority = FACILITY * 8 + (severities[level] ?? INFORMATIONAL);
  const at = new Date(time === undefined ? nowMs : Number(time)).toISOString();
  const message = Buffer.from(`<${priority}>1 ${at} ${host} vssid ${pid} - - ${line.trimEnd()}`);
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}

/** `url`: tls://host:port; 6514 where no port is named. The name of the other side is checked, always. */
export function openLogLine(url: string, more: ConnectionOptions = {}): LogLine {
  const { hostname: host, port } = new URL(url);
  const waiting: Buffer[] = [];
  let [lost, pauseMs, isClosing] = [0, FIRST_PAUSE_MS, false];
  let socket: TLSSocket | undefined;
  let isUp = false;
  /** The last try led nowhere. */
  let isAway = false;
  let told: (() => void) | undefined;

  const frameOf = (line: string) => syslogFrame(line, hostname(), process.pid, Date.now());

  function flush(): void {
    const said = { level: 40, time: Date.now(), lost, msg: "lines of the log did not get through" };
    if (lost > 0) waiting.unshift(frameOf(JSON.stringify(said)));
    lost = 0;
    for (const frame of waiting.splice(0)) socket?.write(frame);
    if (isClosing) socket?.end();
  }

  function open(): void {
    const mine = connect({ host, port: Number(port || 6514), minVersion: "TLSv1.2", ...more });
    socket = mine;
    // A command must not stay for its log.
    mine.unref();
    mine.on("secureConnect", () => {
      isUp = true;
      isAway = false;
      pauseMs = FIRST_PAUSE_MS;
      flush();
    });
    mine.on("drain", flush);
    // Nothing is said to us, and only who reads sees the end.
    mine.resume();
    mine.on("error", () => undefined);
    mine.on("close", () => {
      isUp = false;
      isAway = true;
      if (isClosing) return told?.();
      setTimeout(open, pauseMs).unref();
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
  }

  open();
  return {
    write(line) {
      const frame = frameOf(line);
      if (isUp && (socket?.writableLength ?? 0) < ON_THE_WAY_MAX_BYTES) return void socket?.write(frame);
      waiting.push(frame);
      if (waiting.length <= WAITING_MAX) return;
      waiting.shift();
      lost += 1;
    },
    close() {
      isClosing = true;
      if (!isUp && (isAway || waiting.length === 0)) return Promise.resolve();
      socket?.ref();
      return new Promise((done) => {
        const limit = setTimeout(done, CLOSES_MS);
        told = () => {
          clearTimeout(limit);
          done();
        };
        if (isUp) flush();
      });
    },
  };
}
