import type { FastifyReply, FastifyRequest } from "fastify";
import type { Settings } from "../db/house.ts";
import type { Cookie } from "./route.ts";

const isHttps = (settings: Settings) => settings.baseUrl.startsWith("https:");

/** On https every cookie of ours carries __Host-: no other host, path or plain connection can set it. */
export const cookieName = (settings: Settings, name: string) => (isHttps(settings) ? `__Host-${name}` : name);

export function readCookie(settings: Settings, request: FastifyRequest, name: string): string | undefined {
  return request.cookies[cookieName(settings, name)];
}

export function readCookies(settings: Settings, request: FastifyRequest): Record<string, string | undefined> {
  const prefix = isHttps(settings) ? "__Host-" : "";
  return Object.fromEntries(
    Object.entries(request.cookies).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}

/** Browsers drop a larger one without a word. */
const COOKIE_BYTES = 4096;

export function setCookie(settings: Settings, reply: FastifyReply, cookie: Cookie): void {
  if (cookieName(settings, cookie.name).length + cookie.value.length > COOKIE_BYTES) {
    throw new RangeError(`the cookie ${cookie.name} is too large to be kept`);
  }
  reply.setCookie(cookieName(settings, cookie.name), cookie.value, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(settings),
    ...(cookie.maxAgeSeconds === undefined ? {} : { maxAge: cookie.maxAgeSeconds }),
  });
}

export function clearCookie(settings: Settings, reply: FastifyReply, name: string): void {
  reply.clearCookie(cookieName(settings, name), {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(settings),
  });
}
