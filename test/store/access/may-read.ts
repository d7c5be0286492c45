import type { ActorName, Side } from "./kinds.ts";

/** Whose word each actor may read. Everybody else may read neither. */
export const mayReadSide: Partial<Record<ActorName, Side>> = {
  ward: "W",
  acting: "W",
  citizen: "A",
  officer: "A",
  supervisor: "A",
  coordinator: "A",
  leader: "A",
  neighbour: "B",
  otherOfficer: "B",
};

/** A person of the register, and a link of two, belong to no office: any counter may look, which is on record each time. */
export const isOfNoOffice = (route: string, actor: ActorName) =>
  /^GET \/console\/(guardians|persons)(\/:person|\/links|$)/.test(route) && /officer|supervisor/i.test(actor);

/** Before turning to the ward's record a guardian is told of whom it is, by name. */
export const isOwnFamily = (route: string, actor: ActorName, side: Side) =>
  /^GET (\/app\/family|\/api\/v1\/me\/wards)$/.test(route) && actor === "guardian" && side === "W";
