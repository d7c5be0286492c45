import type { InjectOptions, LightMyRequestResponse } from "fastify";

/** A browser without script over any server: keeps cookies, reads the hidden token of a form, follows nothing. */
export interface Browser {
  cookies: Map<string, string>;
  get(url: string): Promise<LightMyRequestResponse>;
  /** Opens the page, fills its form in and sends it. */
  fill(url: string, fields: Fields, action?: string): Promise<LightMyRequestResponse>;
  /** Sends a form of the page in hand, with its own hidden fields. */
  send(action: string, fields: Fields): Promise<LightMyRequestResponse>;
}

type Fields = Record<string, string | string[]>;
type Server = { inject(request: InjectOptions): Promise<LightMyRequestResponse> };

export function browserOn(server: () => Server): Browser {
  const cookies = new Map<string, string>();
  const send = async (method: "GET" | "POST", url: string, fields?: Fields) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields ?? {})) {
      for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
    }
    const reply = await server().inject({
      method,
      url,
      cookies: Object.fromEntries(cookies),
      ...(fields ? { payload: body.toString(), headers: { "content-type": "application/x-www-form-urlencoded" } } : {}),
    });
    for (const cookie of reply.cookies) {
      if (cookie.value === "" || cookie.maxAge === 0) cookies.delete(cookie.name);
      else cookies.set(cookie.name, cookie.value);
    }
    return reply;
  };
  return {
    cookies,
    get: (url) => send("GET", url),
    send: (action, fields) => send("POST", action, fields),
    async fill(url, fields, action = url.split("?")[0] ?? url) {
      const _token = /name="_token" value="([^"]+)"/.exec((await send("GET", url)).body)?.[1] ?? "";
      return send("POST", action, { _token, ...fields });
    },
  };
}

/** What a page says, without marks of HTML. */
export const visible = (html: string) =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

/** The hidden fields of a page's forms, as the browser sends them. */
export const hiddenIn = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [
      name,
      value.replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
    ]),
  );
