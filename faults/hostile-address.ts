/** Addresses taken apart and put together, without a URL parser that would tidy them up. */
export function renderQuery(pairs: readonly (readonly [string, string])[]): string {
  if (pairs.length === 0) return "";
  return `?${pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join("&")}`;
}

export function partsOf(url: string): { segments: string[]; query: [string, string][] } {
  const [path = "", asked = ""] = url.split(/\?(.*)/s);
  const query = asked
    .split("&")
    .filter(Boolean)
    .map((pair): [string, string] => {
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      return [unescaped(name), unescaped(value)];
    });
  return { segments: path.split("/").slice(1), query };
}

/** Half of a surrogate pair has no bytes in UTF-8: it goes out as its own three. */
export function escaped(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : "%ED%A0%80";
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** The address of the registry that a path belongs to: `/console/files/:code`. */
export function routeFinder(paths: readonly string[]): (method: string, url: string) => string | undefined {
  const known = [...new Set(paths)].map((name) => {
    const [method = "", path = ""] = name.split(" ");
    const fixed = path.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    return { name, method, pattern: new RegExp(`^${fixed.replace(/:\w+|\{\w+\}/g, "[^/]+")}/?$`) };
  });
  const rank = (name: string) => name.split(/[:{]/).length;
  known.sort((a, b) => rank(a.name) - rank(b.name));
  return (method, url) => {
    const path = url.split("?")[0] ?? "";
    return known.find((one) => one.method === method && one.pattern.test(path))?.name;
  };
}
