/** The sides of a read bench, each a server in a process of its own. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const servers: ChildProcess[] = [];

/** Resolves with the port on which `side` serves the house in `folder`. */
export function serveReads(side: string, folder: string): Promise<number> {
  const script = fileURLToPath(new URL("./bench-reads-serve.js", import.meta.url));
  const server = fork(script, [side, folder], { env: { ...process.env, NODE_ENV: "production" } });
  servers.push(server);
  return new Promise((done, fail) => {
    server.on("message", (told: { port: number }) => done(told.port));
    server.once("exit", (code) => fail(new Error(`the ${side} side ended with ${code}`)));
  });
}

export async function endServers(): Promise<void> {
  await Promise.all(servers.map(end));
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, "exit");
  server.kill();
  await ended;
}
