/** Frames of SMPP 3.4, as far as a line of texts needs them, octet by octet: each message costs four. Pure. */
import type { DeliverSm } from "./smpp-meaning.ts";

export const ANSWER = 0x8000_0000;
export const BIND_TRANSCEIVER = 0x09;
export const SUBMIT = 0x04;
export const DELIVER = 0x05;
export const UNBIND = 0x06;
export const ENQUIRE = 0x15;

export interface Frame {
  command: number;
  status: number;
  sequence: number;
  /** Without the header. */
  body: Buffer;
}

const HEADER = 16;
const LONGEST = 16_384;

/** Cuts what comes over one line into whole frames. Throws on what cannot be one. */
export function createFrames(): (chunk: Buffer) => Frame[] {
  let rest: Buffer | undefined;
  return (chunk) => {
    const data = rest ? Buffer.concat([rest, chunk]) : chunk;
    const frames: Frame[] = [];
    let at = 0;
    while (data.length - at >= 4) {
      const length = data.readUInt32BE(at);
      if (length < HEADER || length > LONGEST) throw new RangeError("no frame of SMPP has this length");
      if (data.length - at < length) break;
      frames.push({
        command: data.readUInt32BE(at + 4),
        status: data.readUInt32BE(at + 8),
        sequence: data.readUInt32BE(at + 12),
        body: data.subarray(at + HEADER, at + length),
      });
      at += length;
    }
    rest = at < data.length ? data.subarray(at) : undefined;
    return frames;
  };
}

/** A frame with room for `size` octets after its header; all of them must be written. */
export function frameOf(command: number, sequence: number, size: number, status = 0): Buffer {
  const frame = Buffer.allocUnsafe(HEADER + size);
  frame.writeUInt32BE(HEADER + size, 0);
  frame.writeUInt32BE(command, 4);
  frame.writeUInt32BE(status, 8);
  frame.writeUInt32BE(sequence, 12);
  return frame;
}

/** Writes octets and texts one after the other. */
export function writerOf(frame: Buffer) {
  let at = HEADER;
  return {
    octets(...values: number[]): void {
      for (const value of values) {
        frame[at] = value;
        at += 1;
      }
    },
    /** Ends with a zero. */
    text(value: string): void {
      at += frame.write(value, at, "latin1");
      frame[at] = 0;
      at += 1;
    },
    bytes(value: Buffer): void {
      at += value.copy(frame, at);
    },
  };
}

export function bindFrame(sequence: number, systemId: string, password: string): Buffer {
  const frame = frameOf(BIND_TRANSCEIVER, sequence, systemId.length + password.length + 7);
  const write = writerOf(frame);
  write.text(systemId);
  write.text(password);
  // No system type; version 3.4; no address range.
  write.octets(0, 0x34, 0, 0, 0);
  return frame;
}

export interface Submit {
  /** Brand name. */
  source: string;
  /** 84912345678 */
  destination: string;
  coding: number;
  /** Lets a handset join the parts. */
  header?: Buffer | undefined;
  bytes: Buffer;
}

const ALPHANUMERIC = [5, 0] as const;
const INTERNATIONAL = [1, 1] as const;
const HAS_HEADER = 0x40;
/** Length of all that is neither an address nor the text. */
const SUBMIT_FIXED = 17;

export function submitFrame(sequence: number, { source, destination, coding, header, bytes }: Submit): Buffer {
  const length = bytes.length + (header?.length ?? 0);
  const frame = frameOf(SUBMIT, sequence, SUBMIT_FIXED + source.length + destination.length + length);
  const write = writerOf(frame);
  write.octets(0, ...ALPHANUMERIC);
  write.text(source);
  write.octets(...INTERNATIONAL);
  write.text(destination);
  // Protocol, priority and the two times are the centre's own; a report is asked for; nothing is replaced.
  write.octets(header ? HAS_HEADER : 0, 0, 0, 0, 0, 1, 0, coding, 0, length);
  if (header) write.bytes(header);
  write.bytes(bytes);
  return frame;
}

/** The name of the message, where the centre gave one. */
export function readMessageId(body: Buffer): string | undefined {
  const end = body.indexOf(0);
  return body.toString("latin1", 0, end < 0 ? body.length : end) || undefined;
}

const RECEIPTED_MESSAGE_ID = 0x1e;
const MESSAGE_PAYLOAD = 0x0424;
const MESSAGE_STATE = 0x0427;

/** Throws where the frame is shorter than its fields. */
export function readDeliver(body: Buffer): DeliverSm {
  let at = 0;
  const octet = () => {
    at += 1;
    return body.readUInt8(at - 1);
  };
  const text = () => {
    const end = body.indexOf(0, at);
    if (end < 0) throw new RangeError("a text of a frame does not end");
    const from = at;
    at = end + 1;
    return body.toString("latin1", from, end);
  };
  const skip = (octets: number) => {
    at += octets;
  };
  text();
  skip(2);
  const source_addr = text();
  skip(2);
  text();
  const esm_class = octet();
  skip(2);
  text();
  text();
  skip(2);
  const data_coding = octet();
  skip(1);
  const length = octet();
  if (at + length > body.length) throw new RangeError("a message of a frame does not end");
  const read: DeliverSm = { esm_class, source_addr, data_coding };
  let message = body.subarray(at, at + length);
  for (at += length; at + 4 <= body.length; ) {
    const tag = body.readUInt16BE(at);
    const value = body.subarray(at + 4, at + 4 + body.readUInt16BE(at + 2));
    if (tag === RECEIPTED_MESSAGE_ID) read.receipted_message_id = value.toString("latin1");
    if (tag === MESSAGE_STATE && value.length > 0) read.message_state = value.readUInt8(0);
    if (tag === MESSAGE_PAYLOAD && length === 0) message = value;
    at += 4 + value.length;
  }
  read.short_message = esm_class & HAS_HEADER ? message.subarray((message[0] ?? 0) + 1) : message;
  return read;
}
