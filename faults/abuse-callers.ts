/** Callers of the trials of abuse: as many addresses as wished behind the proxy's header, so many requests at once. */
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { optionOf } from "../bench/harness.ts";

export interface Call {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  /** The address of whoever asks, as the proxy tells it. */
  from: string;
  body?: object;
  form?: Record<string, string | readonly string[]>;
  bearer?: string;
  cookies?: Record<string, string | undefined>;
  headers?: Record<string, string>;
}

interface Said {
  /** 0: no answer. */
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  ms: number;
}

const PATIENCE_MS = 60_000;

export const isSmall = process.argv.includes("--small");
/** `--name=`, else the small or the full size. */
export const sizeOf = (name: string, small: number, full: number): number => optionOf(name) ?? (isSmall ? small : full);

export class Callers {
  readonly #port: number;
  readonly #agent: Agent;

  constructor(port: number, atOnce: number) {
    this.#port = port;
    this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  }

  /** A line that the server closed meanwhile says nothing: the request goes once more. */
  async ask(call: Call): Promise<Said> {
    const said = await this.#send(call);
    return said.status === 0 ? this.#send(call) : said;
  }

  close(): void {
    this.#agent.destroy();
  }

  #send({ method, path, from, body, form, bearer, cookies = {}, headers = {} }: Call): Promise<Said> {
    const payload = body ? JSON.stringify(body) : form ? formText(form) : undefined;
    const type = body ? "application/json" : "application/x-www-form-urlencoded";
    const kept = Object.entries(cookies).flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));
    const sent = {
      "x-forwarded-for": from,
      ...(payload === undefined ? {} : { "content-type": type, "content-length": String(Buffer.byteLength(payload)) }),
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(kept.length > 0 ? { cookie: kept.join("; ") } : {}),
      ...headers,
    };
    const asked = {
      ...{ host: "127.0.0.1", port: this.#port, path, agent: this.#agent, headers: sent },
      method: method ?? (payload === undefined ? "GET" : "POST"),
    };
    return new Promise((done) => {
      const startedAt = performance.now();
      const call = request(asked, (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        const end = () =>
          done({
            ...{ status: reply.statusCode ?? 0, headers: reply.headers },
            ...{ text: Buffer.concat(chunks).toString("utf8"), ms: performance.now() - startedAt },
          });
        reply.on("error", end);
        reply.on("end", end);
      });
      call.setTimeout(PATIENCE_MS, () => call.destroy());
      call.on("error", () => done({ status: 0, headers: {}, text: "", ms: performance.now() - startedAt }));
      call.end(payload);
    });
  }
}

function formText(form: NonNullable<Call["form"]>): string {
  const pairs = Object.entries(form).flatMap(([name, values]) => [values].flat().map((value) => [name, String(value)]));
  return new URLSearchParams(pairs as [string, string][]).toString();
}

/** 10.x.y.z: the addresses of those who do harm; 172.16.x.y those of everybody else. */
export const harmAddress = (nth: number) => `10.${(nth >> 16) & 255}.${(nth >> 8) & 255}.${nth & 255}`;
export const honestAddress = (nth: number) => `172.${16 + ((nth >> 16) & 15)}.${(nth >> 8) & 255}.${nth & 255}`;

/** So many at once, until all have run. */
export async function inLanes(count: number, lanes: number, run: (nth: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      next += 1;
      await run(next - 1);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane));
}

/** How often each answer came: "401: 950, 429: 50". */
export class Answers {
  readonly #counts = new Map<number, number>();

  note(status: number): void {
    this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
  }

  of(isCounted: (status: number) => boolean): number {
    return [...this.#counts].reduce((sum, [status, count]) => sum + (isCounted(status) ? count : 0), 0);
  }

  toString(): string {
    const sorted = [...this.#counts].toSorted(([one], [other]) => one - other);
    return sorted.map(([status, count]) => `${status || "none"}: ${count}`).join(", ");
  }
}

/** The hidden token and the visitor's cookie of a page with a form, as a browser takes them. */
export async function openForm(callers: Callers, path: string, from: string) {
  const shown = await callers.ask({ path, from });
  const token = /name="_token" value="([^"]+)"/.exec(shown.text)?.[1] ?? "";
  return { token, cookies: cookiesOf(shown) };
}

export function cookiesOf({ headers }: Pick<Said, "headers">): Record<string, string> {
  const pairs = (headers["set-cookie"] ?? []).map((line) => (line.split(";")[0] ?? "").split(/=(.*)/s));
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, value]));
}
