/** One connection to a message centre: frames of one moment leave together, answers go to whoever waits for them. */
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { ANSWER, createFrames, type Frame, frameOf } from "./smpp-frames.ts";

export interface WireOptions {
  host: string;
  port: number;
  isTls: boolean;
  onUp(): void;
  /** Once or more often. */
  onDown(reason: string): void;
  /** What the centre asks of us. */
  onAsked(frame: Frame): void;
}

export interface Wire {
  /** `make` writes the frame with its number. False: it cannot go out any more, and nothing did. */
  ask(make: (sequence: number) => Buffer, onAnswer: (frame: Frame) => void): boolean;
  /** `size`: octets of zero that the answer has after its header. */
  answer(asked: Frame, status?: number, size?: number): void;
  destroy(): void;
}

const LAST_SEQUENCE = 0x7fff_ffff;

export function openWire(options: WireOptions): Wire {
  const { host, port } = options;
  const socket: Socket = options.isTls ? connectTls({ host, port, servername: host }) : connectPlain({ host, port });
  const frames = createFrames();
  const waiting = new Map<number, (frame: Frame) => void>();
  let sequence = 0;
  let leaving: Buffer[] = [];

  function flush(): void {
    const all = leaving;
    leaving = [];
    if (all.length > 0 && socket.writable) socket.write(all.length === 1 ? (all[0] as Buffer) : Buffer.concat(all));
  }

  function send(frame: Buffer): void {
    if (leaving.length === 0) setImmediate(flush);
    leaving.push(frame);
  }

  function take(chunk: Buffer): void {
    for (const frame of frames(chunk)) {
      if (frame.command < ANSWER) options.onAsked(frame);
      else {
        const answered = waiting.get(frame.sequence);
        waiting.delete(frame.sequence);
        answered?.(frame);
      }
    }
  }

  // Small frames, many at once: held back for an answer that is itself held back, each costs forty milliseconds.
  socket.setNoDelay(true);
  socket.on(options.isTls ? "secureConnect" : "connect", options.onUp);
  socket.on("error", (error: NodeJS.ErrnoException) => options.onDown(error.code ?? "fault"));
  socket.on("close", () => options.onDown("closed"));
  socket.on("data", (chunk) => {
    try {
      take(chunk);
    } catch {
      options.onDown("garbage");
    }
  });
  return {
    ask(make, onAnswer) {
      if (!socket.writable) return false;
      sequence = sequence === LAST_SEQUENCE ? 1 : sequence + 1;
      waiting.set(sequence, onAnswer);
      send(make(sequence));
      return true;
    },
    answer(asked, status = 0, size = 0) {
      const frame = frameOf(ANSWER + asked.command, asked.sequence, size, status);
      send(frame.fill(0, frame.length - size));
    },
    destroy() {
      flush();
      socket.destroy();
    },
  };
}
