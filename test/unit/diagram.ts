import type { EventKind, Status } from "../../src/registration/rules.ts";

/** The life of a file as ARCHITECTURE.md draws it, written down once more for tests: nothing else may happen. */
export const DIAGRAM: Record<Status, Partial<Record<EventKind, Status>>> = {
  draft: { confirmed: "confirmed", withdrawn: "withdrawn" },
  confirmed: {
    received: "received",
    withdrawn: "withdrawn",
    lapsed: "lapsed",
    printed: "confirmed",
    paper_filed: "confirmed",
    handed_over: "confirmed",
    batched: "confirmed",
    unbatched: "confirmed",
  },
  received: {
    accepted: "accepted",
    refused: "refused",
    taken: "received",
    released: "received",
    proposed: "received",
    sent_back: "received",
    printed: "received",
    paper_filed: "received",
    handed_over: "received",
  },
  accepted: {},
  refused: {},
  lapsed: {},
  withdrawn: {},
};

/** Walks the events along the diagram; undefined where one of them leads nowhere. */
export function walk(kinds: readonly EventKind[]): Status | undefined {
  const [first, ...rest] = kinds;
  if (first !== "drafted") return undefined;
  return rest.reduce<Status | undefined>((status, kind) => status && DIAGRAM[status][kind], "draft");
}
