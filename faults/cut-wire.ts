/** A wire between the product and its database that can be cut, frozen or cut in one direction; loopback only. */
import { connect, createServer, type Socket } from "node:net";
import { listen } from "./trials-sms.ts";

/** "half": what the database answers no longer arrives, and no end is told. */
export type WireState = "whole" | "cut" | "frozen" | "half";

export interface Wire {
  port: number;
  set(state: WireState): void;
  /** Ends every connection after so many more bytes of answers: in the middle of one. */
  cutAfter(bytes: number): void;
  /** Every connection ends, and those after it lead to another server. */
  moveTo(socketPath: string): void;
  close(): void;
}

export async function openWire(socketPath: string): Promise<Wire> {
  const pairs = new Set<{ near: Socket; far: Socket }>();
  let state: WireState = "whole";
  let target = socketPath;
  let bytesLeft = Number.POSITIVE_INFINITY;
  const server = createServer((near) => {
    if (state === "cut") return near.resetAndDestroy();
    const far = connect(target);
    const pair = { near, far };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const side of [near, far]) {
      side.on("error", end);
      side.on("close", end);
    }
    near.on("data", (bytes) => far.write(bytes));
    far.on("data", (bytes) => {
      bytesLeft -= bytes.length;
      if (bytesLeft < 0) return near.resetAndDestroy();
      near.write(bytes);
    });
    apply(pair);
  });
  const apply = ({ near, far }: { near: Socket; far: Socket }) => {
    if (state === "cut") return near.resetAndDestroy();
    if (state === "frozen") near.pause();
    else near.resume();
    if (state === "whole") far.resume();
    else far.pause();
  };
  const port = await listen(server);
  return {
    port,
    set(next) {
      state = next;
      bytesLeft = Number.POSITIVE_INFINITY;
      for (const pair of [...pairs]) apply(pair);
    },
    cutAfter(bytes) {
      bytesLeft = bytes;
    },
    moveTo(path) {
      target = path;
      for (const { near, far } of [...pairs]) {
        near.resetAndDestroy();
        far.destroy();
      }
    },
    close() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      server.close();
    },
  };
}
