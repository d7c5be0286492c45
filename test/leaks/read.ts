/** Reads what a run of the suite has left (run.ts), line by line. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Kind } from "./run.ts";
import type { Hit, HitKind, Search } from "./search.ts";

/** What may stand where. Messages go to the person themselves: their name, and codes that live for minutes, are theirs. */
const sought: Record<Kind, ReadonlySet<HitKind>> = {
  log: new Set(["name", "number", "e-mail", "password", "code", "health", "token of a session"]),
  messages: new Set(["number", "password", "health", "token of a session"]),
  // A file's code stands in addresses: it opens nothing without the birth date, and the product's log has patterns only.
  addresses: new Set(["name", "number", "e-mail", "password", "health"]),
};

export interface Found extends Hit {
  file: string;
  line: number;
  /** Which sentence of the log, or nothing. */
  said: string;
}

export interface Read {
  lines: Record<Kind, number>;
  found: Found[];
}

export function readRun(folder: string, search: Search): Read {
  const read: Read = { lines: { log: 0, messages: 0, addresses: 0 }, found: [] };
  for (const path of globSync("*.jsonl", { cwd: folder }).sort()) {
    const kind = basename(path).split("-")[0] as Kind;
    const lines = withoutGreeting(readFileSync(join(folder, path), "utf8")).split("\n");
    lines.forEach((line, at) => {
      if (!line.trim()) return;
      read.lines[kind] += 1;
      for (const hit of hitsOf(kind, line, search)) {
        read.found.push({ ...hit, file: path, line: at + 1, said: /"msg":"([^"]*)"/.exec(line)?.[1] ?? "" });
      }
    });
  }
  return read;
}

export function hitsOf(kind: Kind, line: string, search: Search): Hit[] {
  const { text, pattern } = kind === "log" ? ofLog(line) : { text: ofAnswer(line), pattern: "" };
  const hits = search.hitsIn(text, sought[kind]);
  // A pattern of the registry says which page it was, and never whose.
  return pattern ? [...hits, ...search.hitsIn(pattern, new Set(["name", "number", "e-mail"]))] : hits;
}

/** The greeting of a demo introduces made-up people; in production there is none. */
function withoutGreeting(text: string): string {
  return text.replace(/^VssID is ready:[\s\S]*?^End it with Ctrl-C\.$/m, "");
}

/** What every line has, and the reference of a fault: eight hexadecimal digits that may all be figures. */
function ofLog(line: string): { text: string; pattern: string } {
  const { level: _l, time: _t, pid: _p, hostname: _h, reference: _r, route = "", ...rest } = parsed(line);
  return { text: valuesOf(rest), pattern: String(route) };
}

/** Whoever asks for a forgotten number gets it at the telephone that is theirs: that message is there to tell it. */
const TELLS_NUMBER = /(?<=Ma so BHXH ma Ong\/Ba vua hoi: )\d{10}/g;

/** To whom a message went is no part of it. */
function ofAnswer(line: string): string {
  const { to: _to, asked = "", ...rest } = parsed(line);
  return withoutAsked(decoded(valuesOf(rest)).replace(TELLS_NUMBER, "…"), decoded(String(asked)));
}

/** An answer that says again what stood in the address which was asked for tells nobody anything. */
function withoutAsked(text: string, asked: string): string {
  const parts = asked.split(/[/?&=#]/).filter((part) => part.length > 3);
  return parts.reduce((left, part) => left.replaceAll(part, "…"), text);
}

/** A process that was killed may have left half a line. */
function parsed(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { line };
  }
}

/** Codes and numbers of people are texts with us: what is logged as a number counts something. */
function valuesOf(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString("en-US");
  if (value === null || typeof value !== "object") return String(value ?? "");
  return Object.entries(value)
    .map(([key, inside]) => `${key}: ${valuesOf(inside)}`)
    .join("\n");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text;
  }
}
