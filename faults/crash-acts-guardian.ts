/** The acts of the crash loop on the link of a guardian and a ward: by a child's file, and at the counter. */
import { randomUUID } from "node:crypto";
import { inTransaction } from "../src/db/transaction.ts";
import { enrol } from "../src/register/enrol.ts";
import { type AccountAct, AccountLife, type Ground, messages, posted } from "./crash-account-life.ts";
import type { Books } from "./crash-books.ts";
import type { CrashPerson } from "./crash-people.ts";
import { sessionOfStaff } from "./crash-sessions.ts";
import { registered } from "./crash-store.ts";
import type { Answered, Asked } from "./lives-caller.ts";

const DESK = "/console/guardians";
export const SUPERVISOR = "kiem.thu";
export const OFFICER = "thu.000";
const ISSUED = { year: "2024", month: "6", day: "12" };
const PAPER = { kind: "birth_certificate", number: "125/2024", issuedBy: "UBND xã Mẫu" };

/** Said at the counter and with a key: the same key names the guardian once. */
const nameGuardian: AccountAct = async (ground) => {
  const guardian = await new AccountLife(ground).settled();
  const ward = await new AccountLife(ground, ground.cast.child()).upTo("receive");
  return {
    people: [guardian.person.insurance, ward.person.insurance],
    asked: naming(ground, ward.fileCode, guardian.person),
    says: ({ status }) => (status === 204 ? "done" : undefined),
    written: () => ({
      "record guardian.name": 1,
      "file was paper_filed": 1,
      "guardian named": 1,
      "paper of a guardian": 1,
    }),
    outside: () => seesWards(guardian, 0),
  };
};

/** The file of a child is accepted: account, link and message come into being with it. */
const acceptWard: AccountAct = async (ground) => {
  const guardian = await new AccountLife(ground).settled();
  const ward = await new AccountLife(ground, ground.cast.child()).upTo("receive");
  await guardian.ask(naming(ground, ward.fileCode, guardian.person));
  const path = `/api/v1/declarations/${ward.fileCode}/acceptance`;
  const body = { note: "Chưa có trong sổ gốc, đã đối chiếu bản chính." };
  return {
    people: [guardian.person.insurance, ward.person.insurance],
    asked: { method: "POST", path, body, bearer: ground.at.bearer, key: randomUUID() },
    says: ({ status }) => (status === 201 ? "done" : undefined),
    written: () => ({
      ...{ "record review.accept": 1, "file received": -1, "file accepted": 1, "file was accepted": 1 },
      ...{ "account active none": 1, "link active": 1, "link was declared": 1 },
      ...messages("ward_accepted", guardian.person),
      // To the telephone on the child's form, too, which is another.
      "message ward_accepted by sms": 2,
    }),
    outside: () => seesWards(guardian, 1),
  };
};

/** At the counter, outside a file: nothing is opened before a second person has said yes. */
const proposeLink: AccountAct = async (ground) => {
  const { guardian, ward, asked } = await proposal(ground);
  return {
    people: [guardian.person.insurance, ward.insurance],
    asked,
    says: saysLink,
    trace: { line: "record guardian.look", isOfEach: true },
    written: () => linkProposed,
    outside: () => seesWards(guardian, 0),
  };
};

const confirmLink: AccountAct = async (ground) => {
  const { guardian, ward, decision } = await proposed(ground);
  return {
    people: [guardian.person.insurance, ward.insurance],
    asked: decision,
    says: saysLink,
    written: () => ({
      ...{ "record guardian.confirmed": 2, "link proposed": -1, "link active": 1, "link was confirmed": 1 },
      ...{ "account active none": 1 },
      ...messages("guardian_link", guardian.person),
    }),
    outside: () => seesWards(guardian, 1),
  };
};

/** One officer is enough to take a right away. */
const blockLink: AccountAct = async (ground) => {
  const { guardian, ward, linkPath, decision } = await proposed(ground);
  await guardian.ask(decision);
  const session = await sessionOfStaff(ground.stand, OFFICER);
  return {
    people: [guardian.person.insurance, ward.insurance],
    asked: posted(ground, session, `${linkPath}/block`, { reason_block: "Tòa án cấm tiếp cận." }),
    says: saysLink,
    written: () => ({
      ...{ "record guardian.blocked": 2, "link active": -1, "link blocked": 1, "link was blocked": 1 },
      ...messages("guardian_link", guardian.person),
    }),
    outside: () => seesWards(guardian, 0),
  };
};

async function blocked(ground: Ground) {
  const one = await proposed(ground);
  const { guardian, linkPath, decision } = one;
  await guardian.done(decision);
  const session = await sessionOfStaff(ground.stand, OFFICER);
  await guardian.done(posted(ground, session, `${linkPath}/block`, { reason_block: "Tòa án cấm tiếp cận." }));
  const asking = posted(ground, session, `${linkPath}/unblock`, { reason_unblock: "Lệnh cấm đã hết hiệu lực." });
  return { ...one, asking };
}

/** Giving back what one officer took away needs two. */
const askUnblock: AccountAct = async (ground) => {
  const { guardian, ward, asking } = await blocked(ground);
  return {
    people: [guardian.person.insurance, ward.insurance],
    asked: asking,
    says: saysLink,
    written: () => ({ "record guardian.unblock_asked": 2, "link was unblock_asked": 1 }),
    outside: () => seesWards(guardian, 0),
  };
};

const unblockLink: AccountAct = async (ground) => {
  const { guardian, ward, asking, decision } = await blocked(ground);
  await guardian.done(asking);
  return {
    people: [guardian.person.insurance, ward.insurance],
    asked: decision,
    says: saysLink,
    written: () => ({
      ...{ "record guardian.unblocked": 2, "link blocked": -1, "link active": 1, "link was unblocked": 1 },
      ...messages("guardian_link", guardian.person),
    }),
    outside: () => seesWards(guardian, 1),
  };
};

const endLink: AccountAct = async (ground) => {
  const { guardian, ward, linkPath, decision } = await proposed(ground);
  await guardian.ask(decision);
  const session = await sessionOfStaff(ground.stand, OFFICER);
  const fields = { end_reason: "asked", reason_end: "Hai bên cùng đề nghị." };
  return {
    people: [guardian.person.insurance, ward.insurance],
    asked: posted(ground, session, `${linkPath}/end`, fields),
    says: saysLink,
    written: () => ({
      ...{ "record guardian.ended": 2, "link active": -1, "link ended": 1, "link was ended": 1 },
      ...messages("guardian_link", guardian.person),
    }),
    outside: () => seesWards(guardian, 0),
  };
};

function naming({ at }: Ground, fileCode: string, guardian: CrashPerson): Asked {
  const paper = { ...PAPER, issuedOn: "2024-06-12" };
  const body = { number: guardian.insurance, relation: "mother", paper, originalSeen: true };
  const path = `/api/v1/declarations/${fileCode}/guardian`;
  return { method: "POST", path, body, bearer: at.bearer, key: randomUUID() };
}

/** A guardian with an account, a child that the register knows, and the form that an officer fills in from the paper. */
export async function proposal(ground: Ground) {
  const { stand, cast } = ground;
  const guardian = await new AccountLife(ground).settled();
  const ward = cast.child();
  await inTransaction(stand.house.db, (tx) =>
    enrol(tx, {
      ...{ personId: undefined, name: ward.name, birthOn: ward.birth, birthPrecision: "day", sex: ward.sex },
      numbers: [{ kind: "bhxh", number: ward.insurance }],
      at: stand.house.clock.now(),
    }),
  );
  const { publicId } = await registered(stand.owner, ward.insurance);
  const session = await sessionOfStaff(stand, OFFICER);
  const asked = posted(ground, session, `${DESK}/${publicId}/links`, paperForm(guardian.person));
  return { guardian, ward, asked, session };
}

/** What an officer fills in from the paper. */
export const paperForm = ({ insurance }: CrashPerson) => ({
  ...{ number: insurance, relation: "mother", paper_seen: "yes" },
  ...{ paper_kind: PAPER.kind, paper_number: PAPER.number, paper_issuer: PAPER.issuedBy },
  ...{ paper_day: ISSUED.day, paper_month: ISSUED.month, paper_year: ISSUED.year },
});

/** Before a second person has said yes. */
export const linkProposed: Books = {
  ...{ "record guardian.propose": 2, "link proposed": 1, "link was proposed": 1, "paper of a guardian": 1 },
};

async function proposed(ground: Ground) {
  const { guardian, ward, asked } = await proposal(ground);
  const linkPath = (await guardian.ask(asked))?.to ?? "";
  const session = await sessionOfStaff(ground.stand, SUPERVISOR);
  const decision = posted(ground, session, `${linkPath}/decision`, { decision: "yes" });
  return { guardian, ward, linkPath, decision };
}

/** A form bears no key: that it was done before is seen by the state in which it finds the link. */
export function saysLink({ status, to }: Answered): "done" | "before" | undefined {
  if (status === 303 && to?.startsWith(`${DESK}/links/`)) return "done";
  return status === 409 ? "before" : undefined;
}

export async function seesWards(guardian: AccountLife, count: number): Promise<string[]> {
  const shown = await guardian.ask({
    method: "GET",
    path: "/api/v1/me/wards",
    bearer: await guardian.bearer("password"),
  });
  const wards = (shown?.body.wards ?? []) as unknown[];
  return shown?.status === 200 && wards.length === count
    ? []
    : [`the guardian sees ${wards.length} wards, not ${count}`];
}

export const guardianActs = {
  "name a guardian": nameGuardian,
  "accept a ward": acceptWard,
  "propose a link": proposeLink,
  "confirm a link": confirmLink,
  "block a link": blockLink,
  "ask to unblock a link": askUnblock,
  "unblock a link": unblockLink,
  "end a link": endLink,
} satisfies Record<string, AccountAct>;
