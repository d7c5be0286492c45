import smpp, { type PduFields } from "smpp";
import { describe, expect, it } from "vitest";
import { createFrames, DELIVER, readDeliver, readMessageId, submitFrame } from "./smpp-frames.ts";

/** As another program writes it. */
const written = (command: string, fields: PduFields) =>
  new smpp.PDU(command, { sequence_number: 7, ...fields }).toBuffer();
const bodyOf = (frame: Buffer) => frame.subarray(16);
const phone = { source_addr_ton: 1, source_addr_npi: 1, source_addr: "84912345678", destination_addr: "8079" };

describe("frames of a line", () => {
  const both = Buffer.concat([written("enquire_link", {}), written("deliver_sm", { ...phone, short_message: "TC" })]);

  it("are whole, however the line cuts them", () => {
    for (let size = 1; size <= both.length; size += 1) {
      const take = createFrames();
      const frames = [];
      for (let at = 0; at < both.length; at += size) frames.push(...take(both.subarray(at, at + size)));
      expect(frames.map(({ command, sequence, status }) => [command, sequence, status])).toEqual([
        [0x15, 7, 0],
        [DELIVER, 7, 0],
      ]);
    }
  });

  it.each([0, 15, 16_385, 0xffff_ffff])("of %i octets are none", (length) => {
    const frame = Buffer.alloc(20);
    frame.writeUInt32BE(length);
    expect(() => createFrames()(frame)).toThrow(RangeError);
  });
});

describe("a message that is submitted", () => {
  it.each([
    [undefined, Buffer.from("xin chao")],
    [Buffer.from([5, 0, 3, 9, 2, 1]), Buffer.from([0, 0x1b, 0x65])],
  ])("is octet for octet what another program writes: header %o", (header, bytes) => {
    const frame = submitFrame(7, { source: "BHXH", destination: "84912345678", coding: 0, header, bytes });
    const fields = {
      ...{ source_addr_ton: 5, source_addr_npi: 0, dest_addr_ton: 1, dest_addr_npi: 1, registered_delivery: 1 },
      ...{ source_addr: "BHXH", destination_addr: "84912345678", data_coding: 0 },
    };
    const short_message = header ? { udh: header, message: bytes } : bytes;
    expect(frame).toEqual(written("submit_sm", { ...fields, short_message }));
  });

  it("is named by the answer, or not", () => {
    expect(readMessageId(bodyOf(written("submit_sm_resp", { message_id: "m-1" })))).toBe("m-1");
    expect(readMessageId(Buffer.alloc(0))).toBeUndefined();
    expect(readMessageId(Buffer.from([0]))).toBeUndefined();
  });
});

describe("a message that is delivered to us", () => {
  it("is read with its own fields, whichever of them say it", () => {
    const receipt = { ...phone, esm_class: 4, short_message: "id:1", receipted_message_id: "abc", message_state: 2 };
    expect(readDeliver(bodyOf(written("deliver_sm", receipt)))).toMatchObject({
      ...{ esm_class: 4, source_addr: "84912345678", short_message: Buffer.from("id:1"), message_state: 2 },
      receipted_message_id: expect.stringMatching(/^abc\0?$/),
    });
    const long = { ...phone, data_coding: 0, message_payload: Buffer.from("id:2 stat:DELIVRD") };
    expect(readDeliver(bodyOf(written("deliver_sm", long))).short_message).toEqual(Buffer.from("id:2 stat:DELIVRD"));
    const part = {
      ...phone,
      data_coding: 8,
      short_message: { udh: Buffer.from([5, 0, 3, 1, 2, 1]), message: Buffer.from("TC") },
    };
    expect(readDeliver(bodyOf(written("deliver_sm", part))).short_message).toEqual(Buffer.from("TC"));
  });

  it("and ends in the middle is refused, wherever it ends", () => {
    const body = bodyOf(written("deliver_sm", { ...phone, short_message: "TC" }));
    for (let end = 0; end < body.length; end += 1) expect(() => readDeliver(body.subarray(0, end))).toThrow(RangeError);
  });
});
