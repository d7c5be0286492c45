/** The acts of the crash loop on an account at the counter: closed and opened again, and a telephone in place of a lost one. */
import { type AccountAct, AccountLife, type Ground, messages, OWN, posted } from "./crash-account-life.ts";
import { CHANGE, changeAsked, reachFaults } from "./crash-acts-contact.ts";
import { accountClosed } from "./crash-acts-erasure.ts";
import { OFFICER, SUPERVISOR } from "./crash-acts-guardian.ts";
import { newPhoneOf } from "./crash-people.ts";
import { sessionOfStaff } from "./crash-sessions.ts";
import { registered } from "./crash-store.ts";
import type { Answered } from "./lives-caller.ts";

const DESK = "/console/account";

/** Somebody with an account, and the forms that an officer fills in once the paper was seen. */
async function atCounter(ground: Ground) {
  const life = await new AccountLife(ground).settled();
  const session = await sessionOfStaff(ground.stand, OFFICER);
  const form = (act: string, reason: string, fields: Record<string, string> = {}) =>
    posted(ground, session, `${DESK}/${act}`, { login: life.person.insurance, reason, paper: "cccd", ...fields });
  return { life, form, closing: form("close", "close", { grounds: "asked" }) };
}

const close: AccountAct = async (ground) => {
  const { life, closing } = await atCounter(ground);
  await life.cookie();
  return {
    people: [life.person.insurance],
    asked: closing,
    says,
    written: (_, before) => accountClosed(life.person, before),
    outside: () => life.enters(OWN, 403),
  };
};

const reopen: AccountAct = async (ground) => {
  const { life, form, closing } = await atCounter(ground);
  await life.ask(closing);
  return {
    people: [life.person.insurance],
    asked: form("reopen", "reopen"),
    says,
    written: () => ({
      ...{ "account closed chosen": -1, "account active chosen": 1, "event reopened": 1 },
      ...{ "record account_reopened": 1, "telephone held": 1 },
      ...messages("account_state", life.person),
    }),
    outside: () => life.enters(OWN, 201),
  };
};

async function asking(ground: Ground) {
  const { life, form } = await atCounter(ground);
  const next = newPhoneOf(life.person);
  const asked = form("phone", "phone", { newPhone: next });
  const prove = (change: string, code: string) => form("phone/code", "phone", { change, code });
  const isAt = (wanted: string) => reachFaults(ground, life.person.insurance, wanted);
  return { life, next, asked, prove, isAt };
}

/** Nothing is another's telephone before its code was read out and a second person has looked. */
const askForPhone: AccountAct = async (ground) => {
  const { life, next, asked, prove, isAt } = await asking(ground);
  return {
    people: [life.person.insurance],
    asked,
    says: ({ status, text }) => (status === 200 && CHANGE.test(text) ? "done" : undefined),
    isEachTime: true,
    written: changeAsked("phone"),
    async outside({ text }, after) {
      await life.codeAt(next, after["code sent"]);
      const change = CHANGE.exec(text)?.[1] ?? "";
      for (const code of (await life.codesAt(next)).toReversed()) {
        if ((await life.ask(prove(change, code)))?.status === 200) return isAt(life.person.phone);
      }
      return ["no code that came proves the change"];
    },
  };
};

async function proving(ground: Ground) {
  const one = await asking(ground);
  const shown = await one.life.ask(one.asked);
  const change = CHANGE.exec(shown?.text ?? "")?.[1];
  if (!change) throw new Error(`no change of a telephone at the counter: ${shown?.status}`);
  return { ...one, change, sent: one.prove(change, await one.life.codeAt(one.next)) };
}

const provePhone: AccountAct = async (ground) => {
  const { life, sent, isAt } = await proving(ground);
  return {
    people: [life.person.insurance],
    asked: sent,
    says: (answer) => (answer.status === 422 ? "before" : says(answer)),
    written: () => ({
      ...{ "record phone_change_proved": 1, "code sent": -1, "code used": 1 },
      ...{ "change of phone asked": -1, "change of phone second": 1 },
    }),
    outside: () => isAt(life.person.phone),
  };
};

const confirmPhone: AccountAct = async (ground) => {
  const { life, next, sent, change, isAt } = await proving(ground);
  await life.ask(sent);
  const { personId } = await registered(ground.stand.owner, life.person.insurance);
  const session = await sessionOfStaff(ground.stand, SUPERVISOR);
  const fields = { person: personId, change, decision: "confirm" };
  return {
    people: [life.person.insurance],
    asked: posted(ground, session, `${DESK}/changes`, fields),
    // Whoever comes second is led to the same list.
    says: ({ status, to }) => (status === 303 && to === `${DESK}/changes` ? "done" : undefined),
    written: () => ({
      ...{ "record phone_changed": 1, "event phone_changed": 1, "phone of before": 1 },
      ...{ "change of phone second": -1, "change of phone done": 1 },
      ...messages("contact_changed", life.person),
      "message contact_changed by sms": 2,
    }),
    outside: () => isAt(next),
  };
};

/** The account as it is afterwards, or that it had been changed meanwhile. */
function says({ status }: Answered): "done" | "before" | undefined {
  if (status === 200) return "done";
  return status === 409 ? "before" : undefined;
}

export const counterActs = {
  "close an account": close,
  "open an account again": reopen,
  "ask for a telephone at the counter": askForPhone,
  "prove a telephone at the counter": provePhone,
  "confirm a telephone at the counter": confirmPhone,
} satisfies Record<string, AccountAct>;
