import type { TestHouse } from "../../house.ts";

/** Everybody who may ask. Add a person here and in cast.ts; every row of the table then speaks of them. */
export const ACTORS = [
  "stranger",
  "citizen",
  "neighbour",
  "changing",
  "officer",
  "supervisor",
  "otherOfficer",
  "hotline",
  "coordinator",
  "leader",
  "auditor",
  "operator",
] as const;
export type ActorName = (typeof ACTORS)[number];

/**
 * Whose thing is asked for. A: of `citizen`, and of the office of `officer` and `supervisor`. B: of `neighbour`, and
 * of the office of `otherOfficer`.
 */
export type Side = "A" | "B";
export const SIDES: readonly Side[] = ["A", "B"];

/** `any`: the address names no thing, or the same for all. */
export type Reach = Side | "any";

export type FileState = "draft" | "confirmed" | "received" | "withdrawn";

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
  visitId: string;
  noticeId: string;
  copy: { code: string; copyId: string };
  batchId: string;
  disputeId: string;
  staff: { username: string; password: string };
}

/** What a request carries besides who asks. */
export interface Given {
  params?: Record<string, string>;
  query?: Record<string, string>;
  form?: Record<string, string | string[]>;
  body?: object;
  headers?: Record<string, string>;
  cookies?: Record<string, string>;
  picture?: Buffer;
}

export interface Row {
  /** Who is let in, and to whose thing. Whoever is not named is kept out. */
  lets: Partial<Record<ActorName, Reach>>;
  /** The address names a thing: it is asked for twice, A's and B's. */
  hasThing: boolean;
  /** The state in which the named file must be. */
  file?: FileState;
  given?: (things: Things) => Given;
  /** Before each request: puts back what an earlier one has used up. */
  before?: (house: TestHouse, things: Things) => Promise<unknown>;
  /** Besides 2xx and 3xx these answers let in too: who asks may, the state or the words may not. */
  alsoIn?: readonly number[];
}

export interface Cell {
  route: string;
  actor: ActorName;
  reach: Reach;
}
