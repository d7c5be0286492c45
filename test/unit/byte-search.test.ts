import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ByteSearch } from "../../faults/byte-search.ts";

const secret = "thuyền nan qua bến số 4711";
const picture = Buffer.from("ffd8ffe000104a46494600010203040506070809", "hex");
const search = new ByteSearch([
  { name: "password", text: secret },
  { name: "picture", text: picture },
  { name: "code", text: "48159263", isNumber: true },
]);
const around = (bytes: Buffer) => Buffer.concat([Buffer.alloc(1000, 0x41), bytes, Buffer.alloc(1000, 0x42)]);

describe("what is planted in bytes is found", () => {
  it.each([
    ["as it is", Buffer.from(secret)],
    ["hex", Buffer.from(Buffer.from(secret).toString("hex"))],
    ["HEX", Buffer.from(Buffer.from(secret).toString("hex").toUpperCase())],
    ["UTF-16", Buffer.from(secret, "utf16le")],
    ["base64", Buffer.from(Buffer.from(secret).toString("base64"))],
    ["base64", Buffer.from(Buffer.from(`x${secret}y`).toString("base64"))],
    ["base64", Buffer.from(Buffer.from(`xy${secret}yx`).toString("base64"))],
    ["base64", Buffer.from(Buffer.from(`a whole row with ${secret} inside`).toString("base64url"))],
  ])("%s", (shape, bytes) => {
    expect(search.in(around(bytes))).toEqual([`password (${shape})`]);
  });

  it("packed by gzip, alone or in the middle of something else", () => {
    expect(search.in(gzipSync(around(Buffer.from(secret))))).toEqual(["password (as it is)"]);
    expect(search.in(around(gzipSync(around(picture))))).toEqual(["picture (as it is)"]);
  });

  it("bytes that are no text", () => {
    expect(search.in(around(picture))).toEqual(["picture (as it is)"]);
  });
});

it("a code is found where it stands alone, and is not part of a longer number", () => {
  expect(search.in(Buffer.from("ma 48159263."))).toEqual(["code (as it is)"]);
  expect(search.in(Buffer.from("1481592637"))).toEqual([]);
});

it("finds nothing in random bytes and in what only begins alike", () => {
  expect(search.in(around(Buffer.from(secret.slice(0, -1))))).toEqual([]);
  expect(search.in(around(picture.subarray(0, -1)))).toEqual([]);
});
