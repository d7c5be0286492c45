import { crc32, deflateRawSync } from "node:zlib";

const DEFLATED = 8;
const NAMES_IN_UTF8 = 0x0800;
/** 1 January 1980, the first day that a zip knows: the same parts are the same bytes. */
const FIRST_DAY = 0x21;

/** A zip with exactly these parts (APPNOTE 4.3.7, 4.3.12, 4.3.16). */
export function zipOf(parts: Record<string, string | Buffer>): Buffer {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [part, content] of Object.entries(parts)) {
    const [name, bytes] = [Buffer.from(part), Buffer.from(content)];
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(NAMES_IN_UTF8, 2);
    common.writeUInt16LE(DEFLATED, 4);
    common.writeUInt16LE(FIRST_DAY, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, place, name);
    bodies.push(Buffer.from("PK\x03\x04", "latin1"), common, name, packed);
    at += 30 + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, listed, end]);
}
