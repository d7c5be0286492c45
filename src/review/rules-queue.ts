/** What the queue shows, as its address says it: a view, and filters that narrow it. Pure. */
export const SHOWS = ["open", "mine", "received", "second", "late", "confirmed"] as const;
export type Show = (typeof SHOWS)[number];

export interface QueueAsk {
  show: Show;
  /** "nobody", a member of staff, or undefined: whoever. */
  holder: string | undefined;
  /** One of the officer's own offices; undefined: all of them. */
  office: string | undefined;
  name: string;
  /** How the signed form is handed in: the code of a way; undefined: however. */
  way: string | undefined;
  after: Place | undefined;
}

interface Place {
  lane: "received" | "confirmed";
  at: Date;
  id: string;
}

/** Whatever an address may hold becomes a view that exists, of offices that are one's own. */
export function readQueueAsk(query: Record<string, string>, offices: readonly string[]): QueueAsk {
  const { show, holder = "", office, name = "", way = "", after = "" } = query;
  return {
    show: SHOWS.find((one) => one === show) ?? "open",
    holder: holder === "nobody" || /^\d{1,19}$/.test(holder) ? holder : undefined,
    office: offices.find((one) => one === office),
    name: name.normalize("NFC").replace(/\s+/gu, " ").trim().slice(0, 100),
    way: /^[a-z][a-z0-9_]{1,29}$/.test(way) ? way : undefined,
    after: placeFrom(after),
  };
}

/** The same ask as an address; the first page when no place is given. */
export function queueHref({ show, holder, office, name, way }: QueueAsk, after?: Place): string {
  const parts = new URLSearchParams({
    ...(show === "open" ? {} : { show }),
    ...(holder ? { holder } : {}),
    ...(office ? { office } : {}),
    ...(name ? { name } : {}),
    ...(way ? { way } : {}),
    ...(after ? { after: `${after.lane}.${after.at.getTime()}.${after.id}` } : {}),
  }).toString();
  return parts ? `/console?${parts}` : "/console";
}

function placeFrom(text: string): Place | undefined {
  const [, lane, at, id] = /^(received|confirmed)\.(\d{1,14})\.(\d{1,18})$/.exec(text) ?? [];
  if (!lane || !at || !id) return undefined;
  return { lane: lane === "received" ? "received" : "confirmed", at: new Date(Number(at)), id };
}

/** What a view asks of the store. */
export function filterOf({ show, holder, way }: QueueAsk, staffId: string, now: Date) {
  const isLane =
    show === "confirmed" ? (["confirmed"] as const) : show === "open" && !holder ? undefined : (["received"] as const);
  return {
    statuses: isLane,
    heldBy: show === "mine" ? staffId : holder && holder !== "nobody" ? holder : undefined,
    isUnheld: holder === "nobody",
    isProposed: show === "second",
    dueBefore: show === "late" ? now : undefined,
    way,
  };
}
