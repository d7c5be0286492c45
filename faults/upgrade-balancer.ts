/**
 * A proxy as it stands before the product: it looks at /readyz, gives requests to what is ready in turn, and tries a
 * second process only for what changes nothing. Loopback only.
 */
import { once } from "node:events";
import {
  Agent,
  createServer,
  get,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type ServerResponse,
} from "node:http";
import { listen } from "./trials-sms.ts";

const LOOK_MS = 250;
const LOOK_LIMIT_MS = 2000;
/** A process that says no, or that is not there, is believed at once; one that says nothing may only be busy. */
const SILENT_MOST = 3;
/** Below what the product itself waits for the next request on an open connection. */
const KEPT_OPEN_MS = 30_000;
const ownToAConnection = ["connection", "keep-alive", "transfer-encoding"];

interface Backend {
  port: number;
  agent: Agent;
  isReady: boolean;
  isAsked: boolean;
  silent: number;
}

export interface Balancer {
  port: number;
  /** How many of the processes are ready now. */
  ready(): number;
  add(port: number): void;
  remove(port: number): void;
  close(): Promise<void>;
}

export async function openBalancer(): Promise<Balancer> {
  const backends = new Map<number, Backend>();
  let turn = 0;
  const next = (but?: Backend): Backend | undefined => {
    const ready = [...backends.values()].filter((one) => one.isReady && one !== but);
    turn += 1;
    return ready[turn % ready.length];
  };
  const server = createServer((asked, reply) => pass(asked, reply, next));
  // Whoever asks keeps connections open; one that is closed at the moment of asking would count as a failure of ours.
  server.keepAliveTimeout = KEPT_OPEN_MS * 10;
  const looking = setInterval(() => {
    for (const backend of backends.values()) void look(backend);
  }, LOOK_MS);
  const port = await listen(server);
  return {
    port,
    ready: () => [...backends.values()].filter(({ isReady }) => isReady).length,
    add(at) {
      const agent = new Agent({ keepAlive: true, timeout: KEPT_OPEN_MS });
      backends.set(at, { port: at, agent, isReady: false, isAsked: false, silent: 0 });
    },
    remove(at) {
      backends.delete(at);
    },
    async close() {
      clearInterval(looking);
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function look(backend: Backend): Promise<void> {
  return new Promise((done) => {
    if (backend.isAsked) return done();
    backend.isAsked = true;
    const seen = (answer: "ready" | "not ready" | "silent") => {
      backend.isAsked = false;
      backend.silent = answer === "silent" ? backend.silent + 1 : 0;
      backend.isReady = answer === "ready" || (backend.isReady && answer === "silent" && backend.silent < SILENT_MOST);
      done();
    };
    const asked = get({ host: "127.0.0.1", port: backend.port, path: "/readyz?brief", agent: false }, (reply) => {
      reply.resume();
      seen(reply.statusCode === 200 ? "ready" : "not ready");
    });
    asked.setTimeout(LOOK_LIMIT_MS, () => asked.destroy());
    asked.on("error", ({ code }: NodeJS.ErrnoException) => seen(code === "ECONNREFUSED" ? "not ready" : "silent"));
  });
}

function pass(asked: IncomingMessage, reply: ServerResponse, next: (but?: Backend) => Backend | undefined): void {
  const isSafe = asked.method === "GET";
  const give = (backend: Backend | undefined, isSecond: boolean): void => {
    if (!backend) {
      reply.writeHead(503).end();
      return;
    }
    const { port, agent } = backend;
    const { method, url: path } = asked;
    const given = request({ host: "127.0.0.1", port, agent, method, path, headers: withoutHop(asked.headers) });
    given.on("response", (answer) => {
      reply.writeHead(answer.statusCode ?? 502, withoutHop(answer.headers));
      answer.pipe(reply);
      answer.on("error", () => reply.destroy());
    });
    given.on("error", () => {
      if (isSafe && !isSecond && !reply.headersSent) return give(next(backend), true);
      if (reply.headersSent) reply.destroy();
      else reply.writeHead(502).end();
    });
    if (isSafe) given.end();
    else asked.pipe(given);
  };
  give(next(), false);
}

function withoutHop(headers: IncomingMessage["headers"]): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ownToAConnection.includes(name)));
}
