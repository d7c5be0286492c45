/**
 * A message centre for the notices bench that costs little: on the two cores of the bench it takes from what it
 * measures. It answers a handful of messages together, as long after their coming as it was told.
 */
import { type AddressInfo, createServer, type Socket } from "node:net";
import { ANSWER, createFrames, DELIVER, type Frame, frameOf, SUBMIT, writerOf } from "../src/notices/smpp-frames.ts";

export interface Submitted {
  /** As it came: 84912345678. */
  phone: string;
  answer(status: number, messageId?: string): void;
}

export interface Bound {
  /** `onAnswer` hears the status. */
  report(messageId: string, onAnswer: (status: number) => void): void;
  destroy(): void;
}

export interface Centre {
  /** False: the connection is cut. */
  onConnect(bound: Bound): boolean;
  onClose(bound: Bound): void;
  /** Whether binds and questions after the line are answered. */
  isTalking(): boolean;
  onSubmits(bound: Bound, submits: Submitted[]): void;
}

/** Resolves with the port. */
export function listenSmpp(centre: Centre): Promise<number> {
  const server = createServer((socket) => serve(socket, centre));
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port));
  });
}

function serve(socket: Socket, centre: Centre): void {
  const frames = createFrames();
  const waiting = new Map<number, (status: number) => void>();
  let sequence = 0;
  let leaving: Buffer[] = [];
  const send = (frame: Buffer) => {
    if (leaving.length === 0) setImmediate(flush);
    leaving.push(frame);
  };
  const flush = () => {
    const all = leaving;
    leaving = [];
    if (socket.writable) socket.write(Buffer.concat(all));
  };
  const bound: Bound = {
    report(messageId, onAnswer) {
      sequence += 1;
      waiting.set(sequence, onAnswer);
      send(reportFrame(sequence, messageId));
    },
    destroy: () => socket.destroy(),
  };
  socket.on("error", () => socket.destroy());
  if (!centre.onConnect(bound)) {
    socket.destroy();
    return;
  }
  socket.setNoDelay(true);
  socket.on("close", () => centre.onClose(bound));
  socket.on("data", (chunk) => {
    const submits: Submitted[] = [];
    for (const frame of frames(chunk)) {
      if (frame.command === SUBMIT) {
        submits.push({
          phone: destinationOf(frame.body),
          answer: (status, messageId = "") => send(answerTo(frame, status, messageId)),
        });
      } else if (frame.command >= ANSWER) {
        waiting.get(frame.sequence)?.(frame.status);
        waiting.delete(frame.sequence);
      } else if (centre.isTalking()) send(answerTo(frame, 0, ""));
    }
    if (submits.length > 0) centre.onSubmits(bound, submits);
  });
}

function answerTo(asked: Frame, status: number, messageId: string): Buffer {
  const frame = frameOf(ANSWER + asked.command, asked.sequence, status === 0 ? messageId.length + 1 : 0, status);
  if (status === 0) writerOf(frame).text(messageId);
  return frame;
}

/** After the type of service, the source and the kinds of both addresses. */
function destinationOf(body: Buffer): string {
  const source = body.indexOf(0) + 3;
  const from = body.indexOf(0, source) + 3;
  return body.toString("latin1", from, body.indexOf(0, from));
}

const IS_RECEIPT = 4;
/** Neither addresses nor times; a receipt in the alphabet of the network. */
const BEFORE_TEXT = [0, 0, 0, 0, 0, 0, 0, IS_RECEIPT, 0, 0, 0, 0, 0, 0, 0, 0];

function reportFrame(sequence: number, messageId: string): Buffer {
  const text = `id:${messageId} sub:001 dlvrd:001 submit date:2611230900 done date:2611230901 stat:DELIVRD err:000 text:`;
  const frame = frameOf(DELIVER, sequence, BEFORE_TEXT.length + 1 + text.length);
  const write = writerOf(frame);
  write.octets(...BEFORE_TEXT, text.length);
  frame.write(text, frame.length - text.length, "latin1");
  return frame;
}
