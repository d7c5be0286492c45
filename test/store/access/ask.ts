import type { LightMyRequestResponse } from "fastify";
import { formTokenFor } from "../../../src/web/form-token.ts";
import { SESSION_COOKIE } from "../../../src/web/request.ts";
import type { Route } from "../../../src/web/route.ts";
import type { TestHouse } from "../../house.ts";
import type { Given, Things } from "./kinds.ts";

/** One request as this person's browser or program would send it: cookies, form token, token, body. */
let asked = 0;

export async function ask(
  house: TestHouse,
  route: Pick<Route, "method" | "path" | "kind">,
  token: string | undefined,
  things: Things,
  given: Given,
  ward?: { personId: string; publicId: string },
): Promise<LightMyRequestResponse> {
  const { method, kind } = route;
  const visitor = token ?? "khach";
  const cookies = {
    ...given.cookies,
    ...(token ? (kind === "page" ? { [SESSION_COOKIE]: token } : {}) : { vssid_visitor: visitor }),
  };
  const headers: Record<string, string> = {
    ...given.headers,
    ...(token && kind === "api" ? { authorization: `Bearer ${token}` } : {}),
    ...(ward && kind === "api" ? { "vssid-acting-for": ward.publicId } : {}),
    ...(Object.keys(cookies).length > 0
      ? {
          cookie: Object.entries(cookies)
            .map(([name, value]) => `${name}=${value}`)
            .join("; "),
        }
      : {}),
  };
  asked += 1;
  const base = { method, url: urlOf(route.path, things, given), remoteAddress: addressOf(asked) };
  if (method === "GET" || method === "DELETE") return house.app.inject({ ...base, headers });
  if (given.xml) {
    const type = { "content-type": "application/xml" };
    return house.app.inject({ ...base, headers: { ...headers, ...type }, payload: given.xml });
  }
  if (kind === "api") return house.app.inject({ ...base, headers, payload: given.body ?? {} });
  const form = { ...given.form, _token: formTokenFor(house.vault, visitor, ward?.personId) };
  const sent = given.picture ? multipart(form, given.picture) : urlencoded(form);
  return house.app.inject({ ...base, headers: { ...headers, "content-type": sent.type }, payload: sent.payload });
}

function urlOf(path: string, things: Things, { params = {}, query }: Given): string {
  const filled = path.replace(/[:{](\w+)\}?/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? (name === "code" ? things.code : "")),
  );
  return query ? `${filled}?${new URLSearchParams(query)}` : filled;
}

/** Every request comes from another address: how often one may ask is tested elsewhere. */
const addressOf = (nth: number) => `10.${(nth >> 16) & 255}.${(nth >> 8) & 255}.${nth & 255}`;

type Fields = Record<string, string | string[]>;
const pairsOf = (fields: Fields) =>
  Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value]));

function urlencoded(fields: Fields) {
  return { type: "application/x-www-form-urlencoded", payload: new URLSearchParams(pairsOf(fields)).toString() };
}

function multipart(fields: Fields, picture: Buffer) {
  const edge = "edgeofparts";
  const head = (name: string, more = "") => `--${edge}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n`;
  const texts = pairsOf(fields).map(([name, value]) => `${head(name)}\r\n${value}\r\n`);
  const file = `${head("front", '; filename="front.jpg"')}content-type: image/jpeg\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(texts.join("") + file), picture, Buffer.from(`\r\n--${edge}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${edge}`, payload };
}
