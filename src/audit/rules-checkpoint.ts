/** A head of the chain at a moment, as a witness keeps it. Pure. */
export interface Checkpoint {
  /** How many links there were. */
  links: string;
  /** Hash of the last of them, hex. */
  head: string;
  at: string;
  /** Ed25519 over signedText, base64. */
  signature: string;
}

export interface Kept {
  good: Checkpoint[];
  /** Numbers of lines that are none of ours, from 1. */
  forged: number[];
}

/** What the signature is over: all of it, under a name of its own. */
export const signedText = ({ links, head, at }: Omit<Checkpoint, "signature">): string =>
  `vssid audit checkpoint 1\n${links}\n${head}\n${at}\n`;

/** One JSON object a line; empty lines are nothing. */
export function readCheckpoints(text: string, isSigned: (one: Checkpoint) => boolean): Kept {
  const kept: Kept = { good: [], forged: [] };
  text.split("\n").forEach((line, at) => {
    if (!line.trim()) return;
    const one = parse(line);
    if (one && isSigned(one)) kept.good.push(one);
    else kept.forged.push(at + 1);
  });
  return kept;
}

function parse(line: string): Checkpoint | undefined {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { links, head, at, signature } = (said ?? {}) as Record<string, unknown>;
  if (typeof at !== "string" || typeof signature !== "string") return undefined;
  if (typeof links !== "string" || !/^[1-9]\d{0,18}$/.test(links)) return undefined;
  return typeof head === "string" && /^[0-9a-f]{64}$/.test(head) ? { links, head, at, signature } : undefined;
}
