/** The acts of the crash loop on the telephone of an account: asked for, proved by its code, and taken over. */
import { applyDue } from "../src/contact/apply-due.ts";
import { coolingHours } from "../src/contact/rules.ts";
import { setPolicy } from "../src/policy/set.ts";
import { type AccountAct, AccountLife, type Ground, messages, posted } from "./crash-account-life.ts";
import { type Books, timesOf } from "./crash-books.ts";
import { newPhoneOf } from "./crash-people.ts";
import { letChangesFallDue, telephonesOf } from "./crash-store.ts";
import type { Answered } from "./lives-caller.ts";

const HOME = "/account/contact";
/** Of the change that a page asks to be proved. */
export const CHANGE = /name="change" value="([^"]+)"/;

async function asking(ground: Ground, hours: number) {
  await setPolicy(ground.stand.house, coolingHours, { value: hours, from: "2021-01-01", by: "trial of crashes" });
  const life = await new AccountLife(ground).settled();
  const { insurance } = life.person;
  const next = newPhoneOf(life.person);
  const session = await life.cookie();
  const asked = posted(ground, session, `${HOME}/phone`, { contact: next });
  const prove = (change: string, code: string) => posted(ground, session, `${HOME}/code`, { change, code });
  const isAt = (...wanted: string[]) => reachFaults(ground, insurance, ...wanted);
  return { life, next, asked, prove, isAt };
}

/** What is wrong where an account is to be reached at one of these telephones, and to hold the same one. */
export async function reachFaults({ stand }: Ground, insurance: string, ...wanted: string[]): Promise<string[]> {
  const { reached, held } = await telephonesOf(stand.owner, insurance);
  const isOne = wanted.some((one) => reached.join() === one && held.join() === one);
  return isOne ? [] : [`reached at ${reached.join(" and ")}, holds ${held.join(" and ")}, not ${wanted.join(" or ")}`];
}

/** What so many askings leave, over the web or at the counter. */
export const phoneAsked = (times: number): Books => ({
  ...timesOf({ "record phone_change_asked": 1, "code sent": 1, "message one_time_code by sms": 1 }, times),
  "change of phone asked": Math.min(times, 1),
  "change of phone lapsed": Math.max(times - 1, 0),
});

/** Each asking sends a code of its own, and the change of the one before lapses. */
const askForPhone: AccountAct = async (ground) => {
  const { life, next, asked, prove, isAt } = await asking(ground, 24);
  const { insurance, phone } = life.person;
  return {
    people: [insurance],
    asked,
    says: ({ status, text }) => (status === 200 && CHANGE.test(text) ? "done" : undefined),
    isEachTime: true,
    written: phoneAsked,
    async outside({ text }, after) {
      const still = await isAt(phone);
      await life.codeAt(next, after["code sent"]);
      const change = CHANGE.exec(text)?.[1] ?? "";
      for (const code of life.codesAt(next).toReversed()) {
        if (isThrough(await life.ask(prove(change, code)))) return still;
      }
      return [...still, "no code that came proves the change"];
    },
  };
};

async function proving(ground: Ground, hours: number) {
  const one = await asking(ground, hours);
  const shown = await one.life.ask(one.asked);
  const change = CHANGE.exec(shown?.text ?? "")?.[1];
  if (!change) throw new Error(`no change of a telephone: ${shown?.status}`);
  return { ...one, sent: one.prove(change, await one.life.codeAt(one.next)) };
}

/** The old one may stop it for a day; then it is the new one, however often that is looked at. */
const provePhone: AccountAct = async (ground) => {
  const { life, next, sent, isAt } = await proving(ground, 24);
  const { insurance, phone } = life.person;
  const { owner, house } = ground.stand;
  return {
    people: [insurance],
    asked: sent,
    says,
    written: () => ({
      ...{ "record phone_change_proved": 1, "code sent": -1, "code used": 1 },
      ...{ "change of phone asked": -1, "change of phone waiting": 1 },
      ...messages("contact_changing", life.person),
    }),
    async outside() {
      const still = await isAt(phone);
      await letChangesFallDue(owner, insurance);
      const applied = [await applyDue(house), await applyDue(house)].map((each) => each.applied).join(" and then ");
      return [
        ...still,
        ...(await isAt(next)),
        ...(applied === "1 and then 0" ? [] : [`changes that took effect: ${applied}`]),
      ];
    },
  };
};

/** Where the operator lets no hours pass it is the account's at once. */
const takePhone: AccountAct = async (ground) => {
  const { life, next, sent, isAt } = await proving(ground, 0);
  const { insurance, phone } = life.person;
  return {
    people: [insurance],
    asked: sent,
    says,
    written: () => ({
      ...{ "record phone_changed": 1, "code sent": -1, "code used": 1, "event phone_changed": 1 },
      ...{ "change of phone asked": -1, "change of phone done": 1, "phone of before": 1 },
      ...messages("contact_changed", life.person),
      "message contact_changed by sms": 2,
    }),
    anytime: () => isAt(phone, next),
    outside: () => isAt(next),
  };
};

/** On to the account's page: every other way leads to where one proves oneself. */
const isThrough = (answer: Answered | undefined) => answer?.status === 303 && answer.to === HOME;

function says(answer: Answered): "done" | "before" | undefined {
  if (isThrough(answer)) return "done";
  return answer.status === 422 ? "before" : undefined;
}

export const telephoneActs = {
  "ask for a telephone": askForPhone,
  "prove a telephone": provePhone,
  "take a telephone": takePhone,
} satisfies Record<string, AccountAct>;
