import type { FastifyRequest } from "fastify";
import type { House } from "../db/house.ts";
import type { Route } from "./route.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Does this path answer a GET with a page? */
    isSeen(path: string): boolean;
  }
}

/**
 * Where a link or a reload finds this page again. An answer to a form stands at an address of its own only where that
 * address has a page, too; else it is the page on which the form stood. Undefined: nowhere, unless its handler knows.
 */
export function seenAtOf(house: House, request: FastifyRequest): string | undefined {
  if (request.method === "GET") return request.url;
  const own = pathOf(request.url);
  const from = sentFrom(house, request);
  const { isSeen } = request.server;
  // With what the form's page was asked for: a province, where to go on.
  if (from && pathOf(from) === own && isSeen(own)) return from;
  if (isSeen(own)) return request.url;
  return from && isSeen(pathOf(from)) ? from : undefined;
}

const pathOf = (address: string) => address.split("?")[0] ?? "";

/** The page of ours on which the form stood, as the browser says. */
function sentFrom(house: House, { headers, host }: FastifyRequest): string | undefined {
  const { referer } = headers;
  if (!referer || !URL.canParse(referer)) return undefined;
  const from = new URL(referer);
  return [new URL(house.settings.baseUrl).host, host].includes(from.host) ? from.pathname + from.search : undefined;
}

/** Knows the addresses of pages by the rows of the registry. */
export function seenPaths(routes: readonly Route[]): (path: string) => boolean {
  const pages = routes.filter((route) => route.kind === "page");
  const patterns = pages.filter(({ method }) => method === "GET").map(({ path }) => path);
  const sentOnly = new Set(pages.filter(({ method, isStep }) => method === "POST" && !isStep).map(({ path }) => path));
  const plain = new Set(patterns.filter((path) => !path.includes(":")));
  const filled = patterns.filter((path) => path.includes(":")).map((path) => path.split("/"));
  return (path) => {
    if (plain.has(path)) return true;
    if (sentOnly.has(path)) return false;
    const parts = path.split("/");
    return filled.some(
      (pattern) => pattern.length === parts.length && pattern.every((one, at) => isFilled(one, parts[at] ?? "")),
    );
  };
}

const isFilled = (one: string, part: string) => (one.startsWith(":") ? part !== "" : one === part);
