/** What no answer may hold, whatever was asked: a fault of ours, our inside, somebody else's data, somebody's script. */
import type { Shot } from "./hostile-shots.ts";
import { COMPUTED, MARK, SPLIT_HEADER } from "./hostile-values.ts";

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  body: string;
  ms: number;
}

/** A word or number that belongs to one made-up person ("A's name"), and those to whom it may be shown. */
export interface Canary {
  text: string;
  of: string;
  mayRead(actor: string, route: string): boolean;
}

const INSIDE: readonly RegExp[] = [
  /\n\s+at .+:\d+:\d+/,
  /\b(node_modules|file:\/\/\/(?!etc\/passwd)|\/dist\/\w+\.js|\/src\/\w+\/[\w-]+\.tsx?)/,
  /\b(TypeError|RangeError|ReferenceError|ZodError|PostgresError|FST_ERR_\w+|ECONN\w+|ENOENT)\b/,
  /syntax error at or near|invalid input syntax|violates (check|foreign|unique|not-null)|duplicate key value|relation "\w+"|column "\w+"|invalid byte sequence/,
  /\bselect [\w"., *]+ from \w+ |insert into \w+ ?\(/i,
];

/** One sentence a fault; none: the answer is in order. */
export function faultsOf(
  shot: Shot,
  answer: Answer,
  route: string,
  canaries: readonly Canary[],
  slowestMs: number,
): string[] {
  const { status, headers, body, ms } = answer;
  const asked = decoded(shot);
  const isNew = (text: string) => !asked.includes(text);
  const inside = INSIDE.map((pattern) => pattern.exec(body)?.[0] ?? "").filter((found) => found && isNew(found.trim()));
  const isPage = String(headers["content-type"] ?? "").includes("text/html");
  return [
    ...(status >= 500 || status < 100 ? [`answered ${status}`] : []),
    ...(ms > slowestMs ? [`took ${Math.round(ms)} ms`] : []),
    ...inside.map((found) => `tells of the inside: ${JSON.stringify(found.slice(0, 80))}`),
    ...(isPage && body.includes(MARK) ? ["writes what was sent into the page as markup"] : []),
    ...(body.includes(COMPUTED) && isNew(COMPUTED) ? ["computes what was sent"] : []),
    ...(headers[SPLIT_HEADER] === undefined ? [] : ["lets a value make a header"]),
    ...leadsAway(headers.location),
    ...canaries
      .filter(({ text, mayRead }) => body.includes(text) && isNew(text) && !mayRead(shot.actor, route))
      .map(({ of }) => `shows ${of} to ${shot.actor}`),
  ];
}

function leadsAway(location: unknown): string[] {
  const to = String(location ?? "/");
  return /^\/(?![/\\])/.test(to) ? [] : [`leads away to ${to.slice(0, 60)}`];
}

/** Everything that was sent, as it may come back. */
function decoded({ url, headers, payload }: Shot): string {
  const texts = [url, JSON.stringify(headers), payload?.toString("utf8") ?? ""];
  return texts.flatMap((text) => [text, text.replace(/(%[\da-f]{2})+/gi, plain)]).join("\n");
}

function plain(escapes: string): string {
  return Buffer.from(escapes.replaceAll("%", ""), "hex").toString("utf8");
}
