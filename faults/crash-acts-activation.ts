/** The acts of the crash loop on activation codes at the counter: by message, on a slip of paper, and sent once more. */
import { type AccountAct, AccountLife, type Ground, messages, OWN, posted } from "./crash-account-life.ts";
import { OFFICER } from "./crash-acts-guardian.ts";
import { type Books, timesOf, without } from "./crash-books.ts";
import { activationsIn } from "./crash-messages.ts";
import { sessionOfStaff } from "./crash-sessions.ts";
import type { Answered } from "./lives-caller.ts";

/** Somebody who cannot get in any other way, and the form of the officer who saw the paper. */
async function atCounter(ground: Ground, handOver: "message" | "slip") {
  const life = await new AccountLife(ground).settled();
  await life.activationCode();
  await life.cookie();
  const fields = { login: life.person.insurance, paper: "cccd", checks: ["seen", "face"], handOver };
  return { life, asked: posted(ground, await sessionOfStaff(ground.stand, OFFICER), "/console/reissue/slip", fields) };
}

/** A form bears no key: asked again another code is made, and the one before opens nothing. All sessions have ended. */
const written =
  ({ person }: AccountLife, more: Books = {}) =>
  (times: number, before: Books): Books => ({
    ...timesOf({ "record password_reissued": 1, ...messages("password_changed", person), ...more }, times),
    ...{ "account active chosen": -1, "account active issued": 1, "earlier password": 1 },
    ...{ "session ended": before["session full"] ?? 0, ...without(before, "session full") },
  });

const byMessage: AccountAct = async (ground) => {
  const { life, asked } = await atCounter(ground, "message");
  return {
    people: [life.person.insurance],
    asked,
    says: (answer) => (answer.status === 200 ? "done" : overtaken(answer)),
    isEachTime: true,
    written: written(life, { "message activation_code by sms": 1 }),
    outside: async (_, after) => newestEnters(life, after["message activation_code by sms"] ?? 0),
  };
};

const bySlip: AccountAct = async (ground) => {
  const { life, asked } = await atCounter(ground, "slip");
  return {
    people: [life.person.insurance],
    asked,
    says: (answer) => (answer.status === 200 && activationsIn(answer.text).length > 0 ? "done" : overtaken(answer)),
    isEachTime: true,
    written: written(life),
    async outside(last) {
      const { text } = last.status === 200 ? last : await life.done(asked);
      return life.entersBy(activationsIn(text)[0] ?? "", OWN);
    },
  };
};

/** Another asking was at work just then: nothing was made, and whoever wants a code asks once more. */
const overtaken = ({ status }: Answered): "before" | undefined => (status === 409 ? "before" : undefined);

/** Sent once more before the first was used, to where the person is reached. */
const resend: AccountAct = async (ground) => {
  const life = await new AccountLife(ground).upTo("accept");
  const issued = await life.activationCode();
  const session = await sessionOfStaff(ground.stand, OFFICER);
  const { insurance } = life.person;
  return {
    people: [insurance],
    asked: posted(ground, session, "/console/activation", { login: insurance }),
    says: ({ status, to }) => (status === 303 && to === "/console/reissue" ? "done" : undefined),
    isEachTime: true,
    written: (times) => timesOf({ "record activation_resent": 1, ...messages("activation_code", life.person) }, times),
    async outside(_, after) {
      const newest = await newestEnters(life, after["message activation_code by sms"] ?? 0);
      return [...newest, ...(await life.enters(issued, 401))];
    },
  };
};

/** Of so many that came after the first, one opens the account. */
async function newestEnters(life: AccountLife, count: number): Promise<string[]> {
  await life.activationCode(1 + count);
  const codes = await life.activationCodes();
  const opens: string[] = [];
  for (const code of codes.slice(1)) if ((await life.ask(life.signingIn(code)))?.status === 201) opens.push(code);
  return opens.length === 1 ? [] : [`${opens.length} of ${codes.length - 1} new activation codes open the account`];
}

export const activationActs = {
  "new activation code": byMessage,
  "new activation code on paper": bySlip,
  "activation code once more": resend,
} satisfies Record<string, AccountAct>;
