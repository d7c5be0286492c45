/** What people do in the load bench: read their visits, sign in, declare with two pictures and confirm. */
import { declarationOf } from "../faults/upgrade-load.ts";
import type { People } from "../faults/upgrade-store.ts";
import { cardPicture } from "../src/pictures/pictures.fixture.ts";
import { SESSION_COOKIE } from "../src/web/request.ts";
import { type Answer, type Asked, send } from "./load-arrivals.ts";

const json = (body: object): Pick<Asked, "headers" | "body"> => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const pick = <T>(all: readonly T[], nth: number) => all[nth % all.length] as T;

export const readVisits =
  (port: number, { readers }: People) =>
  (nth: number) =>
    send(port, {
      method: "GET",
      path: "/api/v1/me/visits",
      headers: { authorization: `Bearer ${pick(readers, nth)}` },
    });

/** The page of it, as browsers ask for it; it costs the product so much that a load beside it can be three times too much. */
export const openVisits =
  (port: number, { readers }: People) =>
  (nth: number) =>
    send(port, {
      method: "GET",
      path: "/app/visits",
      headers: { cookie: `${SESSION_COOKIE}=${pick(readers, nth)}`, "accept-encoding": "gzip, deflate, br" },
    });

export const signIn =
  (port: number, { members }: People) =>
  (nth: number) =>
    send(port, { method: "POST", path: "/api/v1/session", ...json(pick(members, nth)) });

/** Somebody who guesses: each from a device that nobody knows. */
export const guess =
  (port: number, { members }: People) =>
  (nth: number) => {
    const { login } = pick(members, nth);
    return send(port, {
      method: "POST",
      path: "/api/v1/session",
      ...json({ login, password: `mật khẩu đoán ${nth}` }),
    });
  };

/** A browser that keeps its cookies: the form's token, the device that is known. */
export class Browser {
  readonly #jar = new Map<string, string>();
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  set(name: string, value: string): this {
    this.#jar.set(name, value);
    return this;
  }

  async ask(asked: Asked): Promise<Answer> {
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await send(this.#port, { ...asked, headers: { ...asked.headers, cookie } });
    for (const line of [answer.headers["set-cookie"] ?? []].flat()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) this.#jar.set(name, value);
    }
    return answer;
  }

  /** The page's own token first, as a person gets it with the form. */
  async post(path: string, make: (token: string) => Pick<Asked, "headers" | "body">): Promise<Answer> {
    const page = await this.ask({ method: "GET", path });
    if (page.status !== 200) return page;
    const token = /name="_token" value="([^"]+)"/.exec(page.text())?.[1] ?? "";
    return this.ask({ method: "POST", path, ...make(token) });
  }
}

/** A person's own telephone, on which they have signed in before. */
export async function knownDevice(port: number, member: People["members"][number]): Promise<Browser> {
  const browser = new Browser(port);
  const answer = await signInByPage(browser, member);
  if (answer.status !== 303) throw new Error(`a first sign-in answered ${answer.status}`);
  return browser;
}

export const signInByPage = (browser: Browser, member: People["members"][number]) =>
  browser.post("/sign-in", (token) => ({
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...member, _token: token }).toString(),
  }));

const BOUNDARY = "made-up-boundary";
const REGISTERED_FROM = 4_000_000;

/** The form of the photo page, with one picture in both its places. */
export function photosForm(picture: Buffer, token: string): Pick<Asked, "headers" | "body"> {
  return {
    headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}` },
    body: Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="_token"\r\n\r\n${token}\r\n`),
      ...["portrait", "front"].flatMap((name) => [
        Buffer.from(
          `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`,
        ),
        picture,
        Buffer.from("\r\n"),
      ]),
      Buffer.from(`--${BOUNDARY}--\r\n`),
    ]),
  };
}

/** Codes of those that were confirmed with both pictures, as the answers said. */
export async function registrar(port: number, done: string[]) {
  const picture = await cardPicture();
  const pictures = (token: string) => photosForm(picture, token);
  return async (nth: number): Promise<Answer> => {
    const declared = await send(port, {
      method: "POST",
      path: "/api/v1/declarations",
      ...json(declarationOf(REGISTERED_FROM + nth)),
    });
    if (declared.status !== 201) return declared;
    const { code, accessToken } = JSON.parse(declared.text()) as { code: string; accessToken: string };
    const sent = await new Browser(port).set("vssid_file", accessToken).post("/register/photos", pictures);
    if (sent.status !== 303) return { ...sent, status: sent.status < 400 ? 599 : sent.status };
    const confirmed = await send(port, {
      method: "POST",
      path: `/api/v1/declarations/${code}/confirmation`,
      headers: { "x-file-token": accessToken },
    });
    if (confirmed.status < 300) done.push(code);
    return confirmed;
  };
}
