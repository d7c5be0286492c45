import { PASS_COOKIE } from "../../../src/registration/file-pass.ts";
import {
  ACTORS,
  type ActorName,
  type FileState,
  type Given,
  PEOPLES,
  type Reach,
  type Row,
  type Things,
} from "./kinds.ts";

/** The shapes of rows: who is let in to whose thing. */
export type Some = Partial<Pick<Row, "given" | "before" | "alsoIn" | "alsoOut">>;

export const all = Object.fromEntries(ACTORS.map((actor) => [actor, "any"])) as Record<ActorName, Reach>;
export const byPass = Object.fromEntries(ACTORS.map((actor) => [actor, "A"])) as Record<ActorName, Reach>;
export const officersOfTheFile = { officer: "A", supervisor: "A", otherOfficer: "B" } as const;

/** Open to everybody: no thing is named, or a secret names it. */
export const open = (some: Some = {}): Row => ({ lets: all, hasThing: false, ...some });

/** One file, opened by its pass alone, whoever holds it. The pass is A's: with B's code it opens nothing. */
export const withPass = (file: FileState, given: (things: Things) => Given = () => ({}), some: Some = {}): Row => ({
  lets: byPass,
  hasThing: true,
  file,
  given: (things) => ({ cookies: { [PASS_COOKIE]: things.pass }, ...given(things) }),
  ...some,
});
export const withToken = (file: FileState, given: (things: Things) => Given = () => ({})): Row => ({
  lets: byPass,
  hasThing: true,
  file,
  given: (things) => ({ headers: { "x-file-token": things.pass }, ...given(things) }),
});
/** The pass, or an officer of the file's office. An officer of another office has no such file, pass or not. */
export const withTokenOrOffice = (file: FileState): Row => ({
  ...withToken(file),
  lets: { ...byPass, otherOfficer: "B" },
});

/** A file at the counter: officers and supervisors of its office. */
export const ofOffice = (file: FileState, some: Some = {}): Row => ({
  lets: officersOfTheFile,
  hasThing: true,
  file,
  ...some,
});
export const atCounter = (some: Some = {}): Row => ({
  lets: { officer: "any", supervisor: "any", otherOfficer: "any" },
  hasThing: false,
  ...some,
});
export const byOfficer = (some: Some = {}): Row => ({
  lets: { officer: "any", otherOfficer: "any" },
  hasThing: false,
  ...some,
});
export const bySupervisor = (some: Some = {}): Row => ({ lets: { supervisor: "any" }, hasThing: false, ...some });
/** A secret in the address opens it; with a wrong one it is not there, for nobody. */
export const bySecret = (given: (things: Things) => Given): Row => ({
  lets: {},
  hasThing: false,
  given: (things) => ({ params: { provider: "khongco", token: "0".repeat(32) }, ...given(things) }),
});
export const supervisorOrOperator = (some: Some = {}): Row => ({
  lets: { supervisor: "any", operator: "any" },
  hasThing: false,
  ...some,
});
export const deskOrOperator: Row = {
  lets: { officer: "any", supervisor: "any", otherOfficer: "any", operator: "any" },
  hasThing: false,
};
/** A message about a file: officers of its office, and the operator. */
export const ofOutbox = (some: Some = {}): Row => ({
  lets: { ...officersOfTheFile, operator: "any" },
  hasThing: true,
  given: ({ noticeId }) => ({ params: { id: noticeId } }),
  ...some,
});

/** Everybody who is signed in as themselves: who acts for a ward is let in too, and reads the ward's or their own. */
const people = { citizen: "any", neighbour: "any", guardian: "any", acting: "any", ward: "any" } as const;

/** A signed-in person's own record; the address names no thing. */
export const ownRecord = (some: Some = {}): Row => ({
  lets: people,
  hasThing: false,
  ...some,
});
/** A thing of a person's record: its owner only, and a guardian who has turned to that record. */
export const ofOwner = (given: (things: Things) => Given, some: Some = {}): Row => ({
  lets: { citizen: "A", neighbour: "B", ward: "W", acting: "W" },
  hasThing: true,
  sides: PEOPLES,
  given,
  ...some,
});
export const orChanging = (row: Row): Row => ({ ...row, lets: { ...row.lets, changing: "any" } });
export const signedInAnyhow: Row = {
  lets: Object.fromEntries(
    ACTORS.filter((actor) => !["stranger", "facility", "newHand"].includes(actor)).map((actor) => [actor, "any"]),
  ),
  hasThing: false,
};

const staff = [
  "officer",
  "supervisor",
  "otherOfficer",
  "hotline",
  "coordinator",
  "leader",
  "auditor",
  "operator",
] as const;
/** Every member of staff who has shown the second factor. */
export const anyStaff = (some: Some = {}): Row => ({
  lets: Object.fromEntries(staff.map((actor) => [actor, "any"])),
  hasThing: false,
  ...some,
});
/** And whoever has yet to get one: what they owe opens, nothing else. */
export const orNewHand = (row: Row): Row => ({ ...row, lets: { ...row.lets, newHand: "any" } });

/** The code that was sent is the second key; its own tests hold that. Whoever may ask is told that it is wrong. */
export const codeWrong = { alsoIn: [409, 422, 429] };
export const wrongCode = (): Given => ({
  form: { code: "000000" },
  body: { requestId: "00000000-0000-4000-8000-000000000000", code: "000000" },
});
/** A thing of which the cast has none: it is not there, for nobody. */
export const ofNobody = (name: string): Row => ({
  lets: {},
  hasThing: false,
  given: () => ({ params: { [name]: "1" } }),
});

/** A file that the facility itself has sent. */
export const ofFacility: Row = {
  lets: { facility: "A" },
  hasThing: true,
  given: ({ uploadId: id }) => ({ params: { id } }),
};
export const visit = ({ visitId }: Things): Given => ({ params: { id: visitId } });
export const signInOf = ({ insuranceNumber: login, password }: Things) => ({ login, password });
