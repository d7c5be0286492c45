/**
 * Whole requests that a person or a program would send: what hostile ones are made from. They come from three sources:
 * the API document that the product serves, the links and forms of its pages, and the access table, which has a
 * request for every address.
 */
import { renderQuery } from "./hostile-address.ts";

export interface Base {
  actor: string;
  method: string;
  /** Path and query. */
  url: string;
  kind: "page" | "api";
  headers: Record<string, string>;
  cookies: Record<string, string>;
  fields?: [string, string][];
  json?: unknown;
  xml?: string;
  /** The form takes files: the fields go as multipart. */
  takesFile: boolean;
  /** The access table lets this actor in. */
  isLet?: boolean;
}

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  $ref?: string;
}
interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas?: Record<string, Schema> };
}

/** One request an operation, for this actor, with bodies that have every field of the schema. */
export function basesOfDocument(document: ApiDocument, actor: string, texts: readonly string[]): Base[] {
  const value = (schema: Schema, depth = 0): unknown => {
    if (schema.$ref) return value(document.components.schemas?.[schema.$ref.split("/").at(-1) ?? ""] ?? {}, depth);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[0];
    const choice = (schema.anyOf ?? schema.oneOf)?.[0];
    if (choice) return value(choice, depth);
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === "object" && depth < 6) {
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([k, of]) => [k, value(of, depth + 1)]));
    }
    if (type === "array") return depth < 6 ? [value(schema.items ?? {}, depth + 1)] : [];
    if (type === "integer" || type === "number") return 1;
    return type === "boolean" ? true : (texts[depth % texts.length] ?? "x");
  };
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody }]) => {
      const query = parameters.filter((one) => one.in === "query").map(({ name }): [string, string] => [name, "1"]);
      const schema = requestBody?.content["application/json"]?.schema;
      const url = `${path.replace(/\{\w+\}/g, texts[0] ?? "x")}${renderQuery(query)}`;
      const json = schema ? { json: value(schema) } : {};
      return {
        actor,
        method: method.toUpperCase(),
        url,
        kind: "api",
        headers: {},
        cookies: {},
        ...json,
        takesFile: false,
      };
    }),
  );
}

/** The forms of a page, with what stands in their fields. */
export function formsOf(html: string, page: string): Omit<Base, "actor">[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = "", inner = ""]) => {
    const method = (attribute(head, "method") || "get").toUpperCase();
    const action = attribute(head, "action") || page;
    const fields = [...inner.matchAll(/<(input|select|textarea|button)\b([^>]*)>([\s\S]{0,400})/g)].flatMap(
      ([, tag, of = "", rest = ""]): [string, string][] => {
        const name = attribute(of, "name");
        if (!name) return [];
        const option = tag === "select" ? attribute(/<option\b([^>]*)>/.exec(rest)?.[1] ?? "", "value") : "";
        return [[name, attribute(of, "value") || option]];
      },
    );
    const common = { kind: "page", headers: {}, cookies: {}, takesFile: /type="?file/.test(inner) } as const;
    if (method === "GET") return { method, url: `${action.split("?")[0]}${renderQuery(fields)}`, ...common };
    return { method, url: action, fields, ...common };
  });
}

export function linksOf(html: string): string[] {
  const found = [...html.matchAll(/<a\b([^>]*)>/g)].map(([, of = ""]) => attribute(of, "href").split("#")[0] ?? "");
  return [...new Set(found)].filter((href) => href.startsWith("/") && !href.startsWith("//"));
}

function attribute(of: string, name: string): string {
  const [, quoted, plain] = new RegExp(`\\b${name}=(?:"([^"]*)"|([^\\s">]+))`).exec(of) ?? [];
  return (quoted ?? plain ?? "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}
