import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder that holds package.json: the same from src/ and from the bundle in dist/. */
export const projectRoot = findRoot(import.meta.dirname);

function findRoot(from: string): string {
  if (existsSync(join(from, "package.json"))) return from;
  const above = dirname(from);
  if (above === from) throw new Error("package.json was not found above the running program");
  return findRoot(above);
}
