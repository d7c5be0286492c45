import { gzipSync } from "node:zlib";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";

/** A browser without script: keeps cookies, posts forms with the token of the page it stands on, follows redirects. */
export class PlainBrowser {
  readonly #jar = new Map<string, string>();
  #token = "";
  path = "";
  html = "";
  status = 0;
  /** Addresses of the pages that were shown, in order. */
  readonly seen: string[] = [];
  readonly #app: FastifyInstance;
  readonly #address: string | undefined;

  constructor(app: FastifyInstance, address?: string) {
    this.#app = app;
    this.#address = address;
  }

  get text(): string {
    const body = this.html.replace(/<style>[\s\S]*?<\/style>/g, "").replace(/<[^>]+>/g, " ");
    return body.replaceAll("&amp;", "&").replace(/\s+/g, " ");
  }

  /** Bytes of the page on the wire. */
  get weight(): number {
    return gzipSync(this.html).length;
  }

  cookie(name: string): string | undefined {
    return this.#jar.get(name);
  }

  forget(name: string): void {
    this.#jar.delete(name);
  }

  async open(path: string): Promise<this> {
    return this.#arrive(path, await this.raw("GET", path));
  }

  async post(path: string, fields: Record<string, string> = {}): Promise<this> {
    return this.#arrive(path, await this.raw("POST", path, fields));
  }

  /** One request as it is, redirects not followed. */
  async raw(method: "GET" | "POST", url: string, fields: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const form = {
      payload: new URLSearchParams({ ...fields, _token: this.#token }).toString(),
      headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
    };
    const response = await this.#app.inject({
      method,
      url,
      headers: { cookie },
      ...(this.#address ? { remoteAddress: this.#address } : {}),
      ...(method === "POST" ? form : {}),
    });
    for (const { name, value, maxAge } of response.cookies as { name: string; value: string; maxAge?: number }[]) {
      if (value && maxAge !== 0) this.#jar.set(name, value);
      else this.#jar.delete(name);
    }
    return response;
  }

  async #arrive(path: string, response: LightMyRequestResponse): Promise<this> {
    const to = response.headers.location;
    if (response.statusCode === 303 && to) return this.open(String(to));
    this.path = path;
    this.seen.push(path);
    this.status = response.statusCode;
    this.html = response.body;
    this.#token = /name="_token" value="([^"]+)"/.exec(response.body)?.[1] ?? this.#token;
    return this;
  }
}
