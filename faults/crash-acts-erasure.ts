/** The acts of the crash loop on the person's right to be deleted: the request, and its carrying out at the office. */
import { type AccountAct, AccountLife, type Ground, messages, OWN, posted } from "./crash-account-life.ts";
import { OFFICER } from "./crash-acts-guardian.ts";
import { type Books, without } from "./crash-books.ts";
import type { CrashPerson } from "./crash-people.ts";
import { sessionOfStaff } from "./crash-sessions.ts";
import { openRequestOf } from "./crash-store.ts";

const AT = "/account/data";
const DESK = "/console/data-requests";

/** What the closing of an account leaves. */
export const accountClosed = (person: CrashPerson, before: Books): Books => ({
  ...{ "account active chosen": -1, "account closed chosen": 1, "event closed": 1, "record account_closed": 1 },
  ...{ "telephone held": -1, "session ended": before["session full"] ?? 0 },
  ...without(before, "session full"),
  ...messages("account_state", person),
});

async function asking(ground: Ground) {
  const life = await new AccountLife(ground).settled();
  const asked = posted(ground, await life.cookie(), AT, { kind: "erase", says: "", agree: "yes" });
  return { life, asked };
}

/** One request at a time: the second asking finds the first. */
const askForErasure: AccountAct = async (ground) => {
  const { life, asked } = await asking(ground);
  return {
    people: [life.person.insurance],
    asked,
    says: ({ status, to }) => {
      if (status === 303 && to === AT) return "done";
      return status === 409 ? "before" : undefined;
    },
    written: () => ({ "record rights.ask": 1, "request open": 1 }),
    // Nothing is deleted by asking.
    outside: () => life.enters(OWN, 201),
  };
};

/** Closing the account and deleting are two commits; whoever decides again goes on after the first. */
const erase: AccountAct = async (ground) => {
  const { life, asked } = await asking(ground);
  // Signed in once by a program: a device that is forgotten with the rest.
  await life.ask(life.signingIn(OWN));
  await life.ask(asked);
  const request = await openRequestOf(ground.stand.owner, life.person.insurance);
  const session = await sessionOfStaff(ground.stand, OFFICER);
  const fields = { outcome: "erased", answer: "Đã xoá theo yêu cầu." };
  const closed = (before: Books) => accountClosed(life.person, before);
  return {
    people: [life.person.insurance],
    asked: posted(ground, session, `${DESK}/${request}/decision`, fields),
    // What is decided already is told on the same page; an account that is just being closed by another, by a refusal.
    says: ({ status, to }) => {
      if (status === 303 && to === DESK) return "done";
      return status === 409 ? "before" : undefined;
    },
    between: closed,
    written: (_, before) => ({
      ...closed(before),
      ...{ "record rights.decide": 1, "request open": -1, "request erased": 1 },
      ...without(before, "email", "device", "session full", "session ended"),
    }),
    outside: () => life.enters(OWN, 403),
  };
};

export const erasureActs = {
  "ask for erasure": askForErasure,
  erase,
} satisfies Record<string, AccountAct>;
