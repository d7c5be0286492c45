/** The acts of the crash loop on the ways back in that need no message: the authenticator, a spare code, and a passkey. */
import { randomUUID } from "node:crypto";
import { identify } from "../src/account/identify.ts";
import { beginAuthenticator, switchOnAuthenticator } from "../src/factor/authenticator.ts";
import { Device } from "../src/factor/device.fixture.ts";
import { askForNewPasskey, relyingParty } from "../src/factor/passkey-ask.ts";
import { addPasskey } from "../src/factor/passkeys.ts";
import { digitsAt, stepOf } from "../src/factor/rules-totp.ts";
import type { Citizen } from "../src/kernel/actor.ts";
import {
  type AccountAct,
  AccountLife,
  type Begun,
  type Ground,
  messages,
  NEXT,
  OWN,
  posted,
  postedByVisitor,
  sessionIn,
} from "./crash-account-life.ts";
import { type Books, timesOf } from "./crash-books.ts";
import { sessionOf } from "./crash-sessions.ts";
import type { Asked } from "./lives-caller.ts";

const PASSWORD = "/account/password";

export async function withAuthenticator(ground: Ground) {
  const life = await new AccountLife(ground).settled();
  const { house } = ground.stand;
  const citizen = await signedIn(ground, life);
  const now = house.clock.now();
  const secret = await beginAuthenticator(house, citizen, now);
  const step = stepOf(now);
  const spare = await switchOnAuthenticator(house, citizen, { code: digitsAt(secret, step), now });
  return { life, secret, step, spare: spare[0] ?? "", second: spare[1] ?? "" };
}

export async function signedIn({ stand }: Ground, life: AccountLife): Promise<Citizen> {
  const actor = await identify(stand.house, { bearer: await life.bearer("password", "code") });
  if (actor.kind !== "citizen") throw new Error("a session of nobody");
  return actor;
}

/** Two of its codes in a row: the one after the last that it gave, and the next. */
const byAuthenticator: AccountAct = async (ground) => {
  const { life, secret, step, second } = await withAuthenticator(ground);
  const codes = { code: digitsAt(secret, step), nextCode: digitsAt(secret, step + 1) };
  const spent = { [`authenticator after step ${step}`]: -1, [`authenticator after step ${step + 1}`]: 1 };
  return resetting(ground, { life, second }, codes, spent);
};

const bySpareCode: AccountAct = async (ground) => {
  const { life, spare, second } = await withAuthenticator(ground);
  const spent = { "spare code left": -1, "spare code used": 1 };
  return resetting(ground, { life, second }, { code: spare, nextCode: "" }, spent);
};

interface Factored {
  life: AccountLife;
  /** Another spare code: the new password alone does not enter. */
  second: string;
}

interface Codes {
  code: string;
  nextCode: string;
}

/** What was typed is good for one use: that it was done is seen by the refusal. All sessions end, and nothing is limited. */
function resetting(ground: Ground, { life, second }: Factored, codes: Codes, spent: Books): Begun {
  const fields = { login: life.person.insurance, newPassword: NEXT, ...codes };
  return {
    people: [life.person.insurance],
    asked: postedByVisitor(ground, "/account/recovery/authenticator", fields),
    says: ({ status, to }) => {
      if (status === 303 && to === "/sign-in") return "done";
      return status === 422 ? "before" : undefined;
    },
    trace: { line: "record recovery_refused", isOfEach: false },
    written: () => ({
      ...{ "record password_recovered": 1, "earlier password": 1, "session full": -1, "session ended": 1 },
      ...messages("password_changed", life.person),
      ...spent,
    }),
    outside: () => life.entersBy(NEXT, OWN, second),
  };
}

/** A telephone that keeps passkeys and counts their uses. */
export function newDevice({ stand }: Ground): Device {
  const { id, origin } = relyingParty(stand.house);
  return new Device({ rpId: id, origin });
}

/** Each sign-in by this telephone answers a question of its own, asked by a browser beside it. */
export function signingBy(ground: Ground, life: AccountLife, device: Device): () => Promise<Asked> {
  const visitor = randomUUID();
  return async () => {
    const { body } = await life.done(postedByVisitor(ground, "/sign-in/passkey/options", {}, visitor));
    const answer = device.sign({ challenge: String(body.challenge) });
    return postedByVisitor(ground, "/sign-in/passkey", { response: answer, next: PASSWORD }, visitor);
  };
}

export async function withPasskey(ground: Ground) {
  const life = await new AccountLife(ground).settled();
  const { house } = ground.stand;
  const citizen = await signedIn(ground, life);
  const device = newDevice(ground);
  const now = house.clock.now();
  const response = device.make(await askForNewPasskey(house, citizen, "browser", now));
  await addPasskey(house, citizen, { response, name: "Máy thử", boundTo: "browser", now });
  return { life, device, signing: signingBy(ground, life, device) };
}

/** No question is answered twice: whoever asks again is asked anew. The session that was answered sets a new password. */
const enterByPasskey: AccountAct = async (ground) => {
  const { life, signing } = await withPasskey(ground);
  return {
    people: [life.person.insurance],
    asked: await signing(),
    anew: signing,
    says: (answer) => (answer.status === 303 && sessionIn(answer) ? "done" : undefined),
    isEachTime: true,
    written: (times) =>
      timesOf(
        { "record sign_in": 1, "session full": 1, device: 1, [`message new_device by ${wayOf(life)}`]: 1 },
        times,
      ),
    async outside(last) {
      const again = await life.answered(await signing());
      if (!again || !sessionIn(again)) return [`the passkey enters no more: ${again?.status} to ${again?.to}`];
      const changed = await life.answered(changing(ground, sessionIn(last) ?? ""));
      if (!changed || !sessionIn(changed))
        return [`the session that was answered changes no password: ${changed?.status}`];
      return life.entersBy(NEXT, OWN);
    },
  };
};

/** News of a device goes to the mailbox where there is one. */
const wayOf = ({ person }: AccountLife) => (person.email ? "email" : "sms");

/** A passkey that was just shown stands in the place of the password that is forgotten. */
const byPasskey: AccountAct = async (ground) => {
  const life = await new AccountLife(ground).settled();
  await life.bearer("password");
  const session = await sessionOf(ground.stand, life.person, { kind: "cookie", proofs: ["passkey"] });
  return {
    people: [life.person.insurance],
    asked: changing(ground, session),
    // The browser is given another token with the answer; who never got it is signed in no more.
    says: (answer) => {
      if (sessionIn(answer)) return "done";
      return [303, 401, 422].includes(answer.status) ? "before" : undefined;
    },
    written: () => ({
      ...{ "record password_changed": 1, "earlier password": 1, "session full": -1, "session ended": 1 },
      ...messages("password_changed", life.person),
    }),
    outside: () => life.entersBy(NEXT, OWN),
  };
};

const changing = (ground: Ground, session: string) =>
  posted(ground, session, PASSWORD, { currentPassword: "", newPassword: NEXT });

export const factorActs = {
  "password by authenticator": byAuthenticator,
  "password by spare code": bySpareCode,
  "enter by passkey": enterByPasskey,
  "password by passkey": byPasskey,
} satisfies Record<string, AccountAct>;
