import { createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { House } from "../db/house.ts";
import { isKnownMalicious } from "./scan-file.ts";

let scanner: Server | undefined;
afterEach(() => {
  scanner?.close();
  scanner = undefined;
});

/** Speaks INSTREAM as clamd does, and knows one file. */
async function scannerSaying(say: (file: Buffer) => string): Promise<string> {
  const server = createServer((socket) => {
    let held = Buffer.alloc(0);
    socket.on("data", (part) => {
      held = Buffer.concat([held, part]);
      if (!held.subarray(-4).equals(Buffer.alloc(4))) return;
      expect(held.subarray(0, 10).toString("latin1")).toBe("zINSTREAM\0");
      const length = held.readUInt32BE(10);
      socket.end(say(held.subarray(14, 14 + length)));
    });
  });
  scanner = server;
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `127.0.0.1:${(server.address() as { port: number }).port}`;
}

const houseWith = (clamd: string | undefined) =>
  ({ settings: { clamd }, log: { error: () => undefined } }) as unknown as House;
const letter = Buffer.from("%PDF-1.7 a letter");

it("keeps what the scanner does not know, and refuses what it knows", async () => {
  const clamd = await scannerSaying((file) => (file.includes("EICAR") ? "stream: Eicar-Test FOUND\0" : "stream: OK\0"));
  expect(await isKnownMalicious(houseWith(clamd), letter)).toBe(false);
  expect(await isKnownMalicious(houseWith(clamd), Buffer.from("%PDF-1.7 EICAR"))).toBe(true);
});

it("keeps nothing that nobody could look at: away, silent on the file, or no scanner at all", async () => {
  for (const answer of ["", "stream: size limit exceeded ERROR\0", "HTTP/1.1 400 Bad Request\r\n\r\n"]) {
    const clamd = await scannerSaying(() => answer);
    await expect(isKnownMalicious(houseWith(clamd), letter), answer).rejects.toMatchObject({ code: "scanner_away" });
    scanner?.close();
  }
  await expect(isKnownMalicious(houseWith("127.0.0.1:1"), letter)).rejects.toMatchObject({ status: 503 });
});

it("asks nobody where no scanner is set", async () => {
  expect(await isKnownMalicious(houseWith(undefined), letter)).toBe(false);
});
