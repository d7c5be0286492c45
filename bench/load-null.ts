/** The null run of the load bench: a fixed answer of the size of a list, and nothing behind it. Tells its port to its parent. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const body = JSON.stringify({ visits: Array.from({ length: 5 }, (_, at) => "x".repeat(300) + at), next: null });
const server = createServer((_asked, reply) => {
  reply.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body);
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));
