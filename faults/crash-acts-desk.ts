/** The acts of the crash loop at the desk beyond one person: two records that become one, and a file that goes to another office. */
import { type AccountAct, AccountLife, type Ground, OWN, posted } from "./crash-account-life.ts";
import { OFFICER, SUPERVISOR } from "./crash-acts-guardian.ts";
import { type Books, timesOf } from "./crash-books.ts";
import { sessionOfStaff } from "./crash-sessions.ts";
import { registered } from "./crash-store.ts";

export const OTHER_OFFICE = "52T02";
const MERGE = /^\/console\/merges\/[\w-]+$/;
const SAME = "Cùng một người, hai mã số.";

/** Two accounts of one person, as an officer takes them to be. */
async function twoRecords(ground: Ground) {
  const kept = await new AccountLife(ground).settled();
  const merged = await new AccountLife(ground).settled();
  const people = [kept.person.insurance, merged.person.insurance];
  const [one, other] = [
    await registered(ground.stand.owner, people[0] ?? ""),
    await registered(ground.stand.owner, people[1] ?? ""),
  ];
  const session = await sessionOfStaff(ground.stand, OFFICER);
  const path = `/console/persons/${one.publicId}/with/${other.publicId}`;
  return { kept, merged, people, proposal: posted(ground, session, path, { keep: "left", reason: SAME }) };
}

const propose: AccountAct = async (ground) => {
  const { kept, merged, people, proposal } = await twoRecords(ground);
  return {
    people,
    asked: proposal,
    says: ({ status, to = "" }) => (status === 303 && MERGE.test(to) ? "done" : undefined),
    // Both records are looked at each time; by who comes second, once more on the page that says so.
    trace: { line: "record person.compare", isOfEach: true, most: 4 },
    written: () => ({ "record person.merge_proposed": 2 }),
    outside: () => bothEnter(kept, merged),
  };
};

async function proposed(ground: Ground) {
  const one = await twoRecords(ground);
  const { to = "" } = await one.kept.done(one.proposal);
  const session = await sessionOfStaff(ground.stand, SUPERVISOR);
  return { ...one, at: to, confirmation: posted(ground, session, `${to}/confirmation`, {}), session };
}

/**
 * What is found by either number no more, once both lead to one record: it stays with the merged one. A second telephone
 * or mailbox is "of before".
 */
function gone(kept: AccountLife, merged: AccountLife): Books {
  const mailboxes = merged.person.email ? 1 : 0;
  const second = kept.person.email ? mailboxes : 0;
  return {
    ...{ "account active chosen": -1, phone: -1, "phone of before": 1 },
    ...{ email: -second, "email of before": second, "consent to email": -mailboxes },
    ...{ "record review.accept": -1, "record person.merge_proposed": -1, "record person.compare": -1 },
  };
}

/** To every telephone and mailbox of both. */
const toldBoth = (template: string, ...lives: AccountLife[]): Books => ({
  [`message ${template} by sms`]: lives.length,
  [`message ${template} by email`]: lives.filter(({ person }) => person.email).length,
});

const confirm: AccountAct = async (ground) => {
  const { kept, merged, people, at, confirmation } = await proposed(ground);
  return {
    people,
    asked: confirmation,
    says: ({ status, to }) => (status === 303 && to === at ? "done" : undefined),
    written: () => ({ ...gone(kept, merged), "record person.merge": 1, ...toldBoth("records_merged", kept, merged) }),
    // Either number is the one account's now.
    outside: () => bothEnter(kept, merged),
  };
};

const undo: AccountAct = async (ground) => {
  const { kept, merged, people, at, confirmation, session } = await proposed(ground);
  await kept.done(confirmation);
  return {
    people,
    asked: posted(ground, session, `${at}/undoing`, { reason: "Hai người khác nhau." }),
    says: ({ status, to }) => (status === 303 && to === at ? "done" : undefined),
    written: () => ({
      ...timesOf(gone(kept, merged), -1),
      ...{ "record person.merge": 1, "record person.merge_undone": 2 },
      ...toldBoth("records_parted", kept, merged),
    }),
    outside: () => bothEnter(kept, merged),
  };
};

async function bothEnter(...lives: AccountLife[]): Promise<string[]> {
  return (await Promise.all(lives.map((life) => life.enters(OWN, 201)))).flat();
}

const handOver: AccountAct = async (ground) => {
  const life = await new AccountLife(ground).upTo("receive");
  const session = await sessionOfStaff(ground.stand, OFFICER);
  const path = `/console/files/${life.fileCode}/hand-over`;
  return {
    people: [life.person.insurance],
    asked: posted(ground, session, path, { office: OTHER_OFFICE, reason: "Người dân ở địa bàn khác." }),
    says: ({ status, to }) => {
      if (status === 303 && to === "/console/transfers") return "done";
      return status === 404 ? "before" : undefined;
    },
    written: () => ({ "file was handed_over": 1 }),
    async outside() {
      const cookie = `vssid_session=${session}`;
      const seen = await life.answered({ method: "GET", path: `/console/files/${life.fileCode}`, cookie });
      return seen?.status === 404 ? [] : [`the office that handed it over sees the file still: ${seen?.status}`];
    },
  };
};

export const deskActs = {
  "propose a merge": propose,
  "confirm a merge": confirm,
  "undo a merge": undo,
  "hand over a file": handOver,
} satisfies Record<string, AccountAct>;
