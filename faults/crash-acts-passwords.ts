/** The acts of the crash loop on passwords: the first sign-in, the first and a later change, and a forgotten one. */
import type { CodeWay } from "../src/account/rules-ways.ts";
import {
  type AccountAct,
  AccountLife,
  type Begun,
  faultsOf,
  type Ground,
  messages,
  NEXT,
  OWN,
} from "./crash-account-life.ts";
import { timesOf } from "./crash-books.ts";
import type { Answered } from "./lives-caller.ts";

const PASSWORD = "/api/v1/account/password";
const RECOVERY = "/api/v1/account/recovery";

/** Signing in bears no key: each answered asking opens a session, an unanswered one opens one or none. */
const firstSignIn: AccountAct = async (ground) => {
  const life = await new AccountLife(ground).upTo("accept");
  const issued = await life.activationCode();
  return {
    people: [life.person.insurance],
    asked: life.signingIn(issued),
    says: ({ status }) => (status === 201 ? "done" : undefined),
    isEachTime: true,
    written: (times) => ({
      ...timesOf({ "record sign_in": 1, "session change_password": 1 }, times),
      device: Math.min(times, 1),
    }),
    async outside({ body }) {
      const bearer = String(body.token);
      const asked = { method: "PUT", path: PASSWORD, bearer } as const;
      const changed = await life.ask({ ...asked, body: { currentPassword: issued, newPassword: NEXT } });
      if (changed?.status !== 204) return [`the session that was answered changes no password: ${changed?.text}`];
      return life.entersBy(NEXT, issued);
    },
  };
};

/** By a session that opens nothing but this; the other one ends. */
const firstPassword: AccountAct = async (ground) => {
  const life = await new AccountLife(ground).upTo("accept");
  const issued = await life.activationCode();
  await life.ask(life.signingIn(issued));
  const opened = await life.ask(life.signingIn(issued));
  return changing(life, String(opened?.body.token), issued, {
    "account active issued": -1,
    "account active chosen": 1,
    "session change_password": -2,
    "session full": 1,
  });
};

const laterPassword: AccountAct = async (ground) => {
  const life = await new AccountLife(ground).settled();
  await life.bearer("password");
  return changing(life, await life.bearer("password"), OWN, { "earlier password": 1, "session full": -1 });
};

/** The old password is no longer the present one when it is asked again: that it was done is seen by that. */
function changing(life: AccountLife, bearer: string, old: string, more: Record<string, number>): Begun {
  return {
    people: [life.person.insurance],
    asked: { method: "PUT", path: PASSWORD, bearer, body: { currentPassword: old, newPassword: NEXT } },
    says: (answer) => {
      if (answer.status === 204) return "done";
      return isChanged(answer) || faultsOf(answer).includes("current_wrong") ? "before" : undefined;
    },
    written: () => ({
      ...{ "record password_changed": 1, "record proved_again": 1, "session ended": 1 },
      ...messages("password_changed", life.person),
      ...more,
    }),
    outside: () => life.entersBy(NEXT, old),
  };
}

/** Somebody who is reached that way, what they ask for, and where the code comes. */
async function forgetful(ground: Ground, channel: CodeWay) {
  const life = await new AccountLife(ground, ground.cast[channel === "sms" ? "adult" : "withMailbox"]()).settled();
  const { insurance, phone, email } = life.person;
  const asked = { method: "POST", path: RECOVERY, body: { login: insurance, channel } } as const;
  return { life, asked, place: channel === "sms" ? phone : String(email) };
}

/** The answer names the request, so that each asking makes one: the one that was answered must open. */
const askForCode =
  (channel: CodeWay): AccountAct =>
  async (ground) => {
    const { life, asked, place } = await forgetful(ground, channel);
    return {
      people: [life.person.insurance],
      asked,
      says: ({ status }) => (status === 202 ? "done" : undefined),
      isEachTime: true,
      written: (times) =>
        timesOf({ "record recovery_requested": 1, "code sent": 1, [`message one_time_code by ${channel}`]: 1 }, times),
      async outside({ body }, after) {
        await life.codeAt(place, after["code sent"]);
        // Which of two messages belongs to which request stands in neither: a person types what came last, then the other.
        for (const code of (await life.codesAt(place)).toReversed()) {
          const path = `${RECOVERY}/${body.request}`;
          const set = await life.ask({ method: "POST", path, body: { code, newPassword: NEXT } });
          if (set?.status === 204) return life.entersBy(NEXT, OWN);
        }
        return ["no code that came opens the request that was answered"];
      },
    };
  };

/** The code is good for one use, and all sessions end. What a text message alone has opened stays limited for some days. */
const setForgotten =
  (channel: CodeWay): AccountAct =>
  async (ground) => {
    const { life, asked, place } = await forgetful(ground, channel);
    await life.bearer("password");
    const { request } = (await life.done(asked)).body;
    const body = { code: await life.codeAt(place), newPassword: NEXT };
    return {
      people: [life.person.insurance],
      asked: { method: "POST", path: `${RECOVERY}/${request}`, body },
      says: (answer) => {
        if (answer.status === 204) return "done";
        const isUsed = faultsOf(answer).some((key) => key === "code_ended" || key === "password_used_before");
        return isUsed || isChanged(answer) ? "before" : undefined;
      },
      trace: { line: "record recovery_refused", isOfEach: false },
      written: () => ({
        ...{ "record password_recovered": 1, "code sent": -1, "code used": 1, "earlier password": 1 },
        ...{ "session full": -1, "session ended": 1, ...(channel === "sms" ? { "account limited": 1 } : {}) },
        ...messages("password_changed", life.person),
      }),
      outside: () => life.entersBy(NEXT, OWN),
    };
  };

const isChanged = ({ body }: Answered) => body.code === "password_changed_meanwhile";

export const passwordActs = {
  "first sign-in": firstSignIn,
  "first password": firstPassword,
  "later password": laterPassword,
  "forgotten password": askForCode("sms"),
  "password by code": setForgotten("sms"),
  "forgotten password by e-mail": askForCode("email"),
  "password by e-mail code": setForgotten("email"),
} satisfies Record<string, AccountAct>;
