/** The acts of the crash loop on where an account is reached: asked for, proved by its code, taken over, and stopped. */
import { applyDue } from "../src/contact/apply-due.ts";
import { type ContactKind, coolingHours } from "../src/contact/rules.ts";
import { setPolicy } from "../src/policy/set.ts";
import {
  type AccountAct,
  AccountLife,
  type Ground,
  messages,
  OWN,
  posted,
  postedByVisitor,
} from "./crash-account-life.ts";
import { type Books, timesOf, without } from "./crash-books.ts";
import { newMailboxOf, newPhoneOf } from "./crash-people.ts";
import { emailOf, letChangesFallDue, telephonesOf } from "./crash-store.ts";
import type { Answered } from "./lives-caller.ts";

const HOME = "/account/contact";
/** Of the change that a page asks to be proved. */
export const CHANGE = /name="change" value="([^"]+)"/;

async function asking(ground: Ground, kind: ContactKind, hours: number) {
  await setPolicy(ground.stand.house, coolingHours, { value: hours, from: "2021-01-01", by: "trial of crashes" });
  const life = await new AccountLife(ground).settled();
  const { insurance, phone, email } = life.person;
  const [present, next] = kind === "phone" ? [phone, newPhoneOf(life.person)] : [email, newMailboxOf(life.person)];
  const session = await life.cookie();
  const asked = posted(ground, session, `${HOME}/${kind}`, { contact: next });
  const prove = (change: string, code: string) => posted(ground, session, `${HOME}/code`, { change, code });
  const isAt = (...wanted: (string | null)[]) =>
    kind === "phone"
      ? reachFaults(ground, insurance, ...wanted.map(String))
      : mailboxFaults(ground, insurance, ...wanted);
  return { life, session, present, next, asked, prove, isAt };
}

/** What is wrong where an account is to be reached at one of these telephones, and to hold the same one. */
export async function reachFaults({ stand }: Ground, insurance: string, ...wanted: string[]): Promise<string[]> {
  const { reached, held } = await telephonesOf(stand.owner, insurance);
  const isOne = wanted.some((one) => reached.join() === one && held.join() === one);
  return isOne ? [] : [`reached at ${reached.join(" and ")}, holds ${held.join(" and ")}, not ${wanted.join(" or ")}`];
}

/** The same of mailboxes, of which nobody has to have one. */
async function mailboxFaults({ stand }: Ground, insurance: string, ...wanted: (string | null)[]): Promise<string[]> {
  const reached = (await emailOf(stand.owner, insurance)) ?? null;
  return wanted.includes(reached) ? [] : [`written to at ${reached}, not ${wanted.join(" or ")}`];
}

/** What so many askings leave, over the web or at the counter. */
export const changeAsked =
  (kind: ContactKind) =>
  (times: number): Books => ({
    ...timesOf({ [`record ${kind}_change_asked`]: 1, "code sent": 1, [codeMessage[kind]]: 1 }, times),
    [`change of ${kind} asked`]: Math.min(times, 1),
    [`change of ${kind} lapsed`]: Math.max(times - 1, 0),
  });

const codeMessage = { phone: "message one_time_code by sms", email: "message one_time_code by email" };

/** Each asking sends a code of its own, and the change of the one before lapses. */
const ask =
  (kind: ContactKind): AccountAct =>
  async (ground) => {
    const { life, present, next, asked, prove, isAt } = await asking(ground, kind, 24);
    return {
      people: [life.person.insurance],
      asked,
      says: ({ status, text }) => (status === 200 && CHANGE.test(text) ? "done" : undefined),
      isEachTime: true,
      written: changeAsked(kind),
      async outside({ text }, after) {
        const still = await isAt(present);
        await life.codeAt(next, after["code sent"]);
        const change = CHANGE.exec(text)?.[1] ?? "";
        for (const code of (await life.codesAt(next)).toReversed()) {
          if (isThrough(await life.ask(prove(change, code)))) return still;
        }
        return [...still, "no code that came proves the change"];
      },
    };
  };

async function proving(ground: Ground, kind: ContactKind, hours: number) {
  const one = await asking(ground, kind, hours);
  const change = CHANGE.exec((await one.life.done(one.asked)).text)?.[1] ?? "";
  // The code of the asking that was answered is the last that came.
  await one.life.codeAt(one.next);
  const codes = await one.life.codesAt(one.next);
  return { ...one, change, sent: one.prove(change, codes.at(-1) ?? "") };
}

/** The old one may stop it for a day; then it is the new one, however often that is looked at. */
const prove =
  (kind: ContactKind): AccountAct =>
  async (ground) => {
    const { life, present, next, sent, isAt } = await proving(ground, kind, 24);
    return {
      people: [life.person.insurance],
      asked: sent,
      says,
      written: () => ({
        ...{ [`record ${kind}_change_proved`]: 1, "code sent": -1, "code used": 1 },
        ...{ [`change of ${kind} asked`]: -1, [`change of ${kind} waiting`]: 1 },
        ...messages("contact_changing", life.person),
      }),
      async outside() {
        const still = await isAt(present);
        const applied = await afterHours(ground, life);
        return [
          ...still,
          ...(await isAt(next)),
          ...(applied === "1 and then 0" ? [] : [`changes that took effect: ${applied}`]),
        ];
      },
    };
  };

/** How many changes take effect once the hours of one are over, and when that is looked at again. */
async function afterHours({ stand }: Ground, { person }: AccountLife): Promise<string> {
  await letChangesFallDue(stand.owner, person.insurance);
  return [await applyDue(stand.house), await applyDue(stand.house)].map(({ applied }) => applied).join(" and then ");
}

/** Where the operator lets no hours pass it is the account's at once. */
const take =
  (kind: ContactKind): AccountAct =>
  async (ground) => {
    const { life, present, next, sent, isAt } = await proving(ground, kind, 0);
    const told = messages("contact_changed", life.person);
    const anew = `message contact_changed by ${kind === "phone" ? "sms" : "email"}`;
    return {
      people: [life.person.insurance],
      asked: sent,
      says,
      written: (_, before) => ({
        ...{ [`record ${kind}_changed`]: 1, "code sent": -1, "code used": 1, [`event ${kind}_changed`]: 1 },
        ...{ [`change of ${kind} asked`]: -1, [`change of ${kind} done`]: 1 },
        ...(present ? { [`${kind} of before`]: 1 } : { [kind]: 1 }),
        ...(kind === "email" ? { "consent to email": 1 - (before["consent to email"] ?? 0) } : {}),
        ...told,
        [anew]: (told[anew] ?? 0) + 1,
      }),
      anytime: () => isAt(present, next),
      outside: () => isAt(next),
    };
  };

/** By whoever holds the telephone of before, signed in or not: nothing takes effect, and all sessions end. */
const stop: AccountAct = async (ground) => {
  const { life, present, sent, isAt } = await proving(ground, "email", 24);
  await life.done(sent);
  const fields = { login: life.person.insurance, code: await life.stopCode() };
  return {
    people: [life.person.insurance],
    asked: postedByVisitor(ground, `${HOME}/stop`, fields),
    says: ({ status, to }) => {
      if (status === 303 && to === "/sign-in") return "done";
      return status === 422 ? "before" : undefined;
    },
    written: (_, before) => ({
      ...{ "record email_change_stopped": 1, "event change_stopped": 1 },
      ...{ "change of email waiting": -1, "change of email stopped": 1, "session ended": before["session full"] ?? 0 },
      ...without(before, "session full"),
    }),
    async outside() {
      const applied = await afterHours(ground, life);
      return [
        ...(await isAt(present)),
        ...(applied === "0 and then 0" ? [] : [`changes that took effect: ${applied}`]),
      ];
    },
  };
};

/** By the person; stopped again it is told as stopped. */
const stopOwn: AccountAct = async (ground) => {
  const { life, session, change, present, sent, isAt } = await proving(ground, "email", 24);
  await life.done(sent);
  return {
    people: [life.person.insurance],
    asked: posted(ground, session, `${HOME}/stopping`, { change }),
    says: (answer) => (isThrough(answer) ? "done" : undefined),
    written: () => ({
      ...{ "record email_change_stopped": 1, "event change_stopped": 1 },
      ...{ "change of email waiting": -1, "change of email stopped": 1 },
    }),
    async outside() {
      const applied = await afterHours(ground, life);
      const wrong = applied === "0 and then 0" ? [] : [`changes that took effect: ${applied}`];
      return [...(await isAt(present)), ...wrong, ...(await life.enters(OWN, 201))];
    },
  };
};

/** On to the account's page: every other way leads to where one proves oneself. */
const isThrough = (answer: Answered | undefined) => answer?.status === 303 && answer.to === HOME;

function says(answer: Answered): "done" | "before" | undefined {
  if (isThrough(answer)) return "done";
  return answer.status === 422 ? "before" : undefined;
}

export const contactActs = {
  "ask for a telephone": ask("phone"),
  "prove a telephone": prove("phone"),
  "take a telephone": take("phone"),
  "ask for an e-mail address": ask("email"),
  "prove an e-mail address": prove("email"),
  "take an e-mail address": take("email"),
  "stop a change": stop,
  "stop one's own change": stopOwn,
} satisfies Record<string, AccountAct>;
