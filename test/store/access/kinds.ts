import type { TestHouse } from "../../house.ts";

/** Everybody who may ask. Add a person here and in cast.ts; every row of the table then speaks of them. */
export const ACTORS = [
  "stranger",
  "citizen",
  "neighbour",
  "changing",
  /** Has a ward, and has their own record open. */
  "guardian",
  /** The same guardian, with the ward's record open: by the session on pages, by name in programs. */
  "acting",
  /** Fifteen years old, with a sign-in of their own. */
  "ward",
  "officer",
  "supervisor",
  "otherOfficer",
  "hotline",
  "coordinator",
  "leader",
  "auditor",
  "operator",
  /** Hired as an officer, signed in by the password alone: has no second factor yet. */
  "newHand",
  "facility",
] as const;
export type ActorName = (typeof ACTORS)[number];

/**
 * Whose thing is asked for. A: of `citizen`, and of the office of `officer` and `supervisor`. B: of `neighbour`, and
 * of the office of `otherOfficer`. W: of `ward`, for whom `guardian` may act; asked for where a row says so.
 */
export type Side = "A" | "B" | "W";
export const SIDES: readonly Side[] = ["A", "B"];
export const PEOPLES: readonly Side[] = ["A", "B", "W"];

/** `any`: the address names no thing, or the same for all. */
export type Reach = Side | "any";

export type FileState = "draft" | "confirmed" | "received" | "child" | "withdrawn";

/** The things of one side that an address can name. */
export interface Things {
  side: Side;
  /** Code of a file in the state that the row asks for. */
  code: string;
  /** What opens that file to the person who declared it. */
  pass: string;
  personId: string;
  publicId: string;
  insuranceNumber: string;
  password: string;
  /** On the person's card of twelve digits, good from 01/01/2026. */
  cardNumber: string;
  visitId: string;
  noticeId: string;
  /** A message in the person's own account. */
  inboxId: string;
  /** A result that reached nobody, at the office. */
  taskId: string;
  copy: { code: string; copyId: string };
  photo: { code: string; photoId: string };
  batchId: string;
  disputeId: string;
  /** A request for help that the office was given. */
  ticketCode: string;
  /** A call that the hotline's agent began. */
  callId: string;
  /** A proposed merge of two records, of this side's office. */
  mergeId: string;
  /** A link of this side's person to a child; W's is that of the guardian to the ward. */
  linkId: string;
  /** A file that the facility of this side has sent. */
  uploadId: string;
  /** What came of it. */
  fileId: string;
  /** A unit of the roll-out, served by this side's office; A's is that of the coordinator and the leader. */
  unitCode: string;
  staff: { username: string; password: string };
}

/** What a request carries besides who asks. */
export interface Given {
  params?: Record<string, string>;
  query?: Record<string, string>;
  form?: Record<string, string | string[]>;
  body?: object;
  /** Sent as it is, as XML. */
  xml?: string;
  headers?: Record<string, string>;
  cookies?: Record<string, string>;
  picture?: Buffer;
}

export interface Row {
  /** Who is let in, and to whose thing. Whoever is not named is kept out. */
  lets: Partial<Record<ActorName, Reach>>;
  /** The address names a thing: it is asked for twice, A's and B's. */
  hasThing: boolean;
  /** Whose things are asked for, where not A's and B's. */
  sides?: readonly Side[];
  /** The state in which the named file must be. */
  file?: FileState;
  given?: (things: Things) => Given;
  /** Before each request: puts back what an earlier one has used up. */
  before?: (house: TestHouse, things: Things) => Promise<unknown>;
  /** Besides 2xx and 3xx these answers let in too: who asks may, the state or the words may not. */
  alsoIn?: readonly number[];
  /** These answers keep out: the thing may be seen, but this act on it is for others. */
  alsoOut?: readonly number[];
}

export interface Cell {
  route: string;
  actor: ActorName;
  reach: Reach;
}
