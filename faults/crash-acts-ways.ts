/** The acts of the crash loop on the ways in themselves: an authenticator, its spare codes, a passkey, no password any more. */
import { beginAuthenticator } from "../src/factor/authenticator.ts";
import { SPARE_CODES } from "../src/factor/rules.ts";
import { digitsAt, stepOf } from "../src/factor/rules-totp.ts";
import { type AccountAct, AccountLife, type Ground, messages, OWN, posted, sessionIn } from "./crash-account-life.ts";
import { newDevice, signedIn, signingBy, withAuthenticator, withPasskey } from "./crash-acts-factors.ts";
import type { Answered, Asked } from "./lives-caller.ts";

const WAYS = "/account/ways";
const AUTHENTICATOR = `${WAYS}/authenticator`;
const PASSKEYS = `${WAYS}/passkeys`;
const SPARE = /class="secret">([2-9a-z]{5}-[2-9a-z]{5})</g;

const sparesIn = ({ text }: Pick<Answered, "text">): string[] => [...text.matchAll(SPARE)].map(([, code = ""]) => code);
const isBack = ({ status, to }: Answered) => status === 303 && to === WAYS;

/** Codes are shown once. Who never got the page sees that they are there, and has others made. */
const switchOn: AccountAct = async (ground) => {
  const life = await new AccountLife(ground).settled();
  const session = await life.cookie();
  const now = ground.stand.house.clock.now();
  const secret = await beginAuthenticator(ground.stand.house, await signedIn(ground, life), now);
  const step = stepOf(now);
  return {
    people: [life.person.insurance],
    asked: posted(ground, session, AUTHENTICATOR, { code: digitsAt(secret, step), next: "" }),
    says: saysSpares,
    written: () => ({
      ...{ "record authenticator_on": 1, "spare code left": SPARE_CODES },
      ...{ "authenticator after step 0": -1, [`authenticator after step ${step}`]: 1 },
      ...messages("factor_changed", life.person),
    }),
    outside: (last) => entersWithSpare(ground, { life, session, last, before: [] }),
  };
};

const renewSpares: AccountAct = async (ground) => {
  const { life, spare } = await withAuthenticator(ground);
  const session = await life.cookie();
  return {
    people: [life.person.insurance],
    asked: await renewing(ground, life, session),
    says: saysSpares,
    written: () => ({ "record spare_codes_new": 1, ...messages("factor_changed", life.person) }),
    outside: (last) => entersWithSpare(ground, { life, session, last, before: [spare] }),
  };
};

const saysSpares = (answer: Answered) => {
  if (answer.status === 200 && sparesIn(answer).length === SPARE_CODES) return "done";
  return isBack(answer) ? "before" : undefined;
};

/** The button of the page, which knows the codes that are to end. */
async function renewing(ground: Ground, life: AccountLife, session: string): Promise<Asked> {
  const shown = await life.done({ method: "GET", path: WAYS, cookie: `vssid_session=${session}` });
  const set = /name="set" value="([0-9a-f]+)"/.exec(shown.text)?.[1] ?? "";
  return posted(ground, session, `${AUTHENTICATOR}/spare`, { set });
}

interface Spared {
  life: AccountLife;
  session: string;
  last: Answered;
  /** Codes that must have ended. */
  before: readonly string[];
}

async function entersWithSpare(ground: Ground, { life, session, last, before }: Spared): Promise<string[]> {
  const shown = sparesIn(last);
  const [code = ""] = shown.length > 0 ? shown : sparesIn(await life.done(await renewing(ground, life, session)));
  const alone = await life.enters(OWN, 401);
  const ended = await Promise.all(before.map((one) => life.enters(OWN, 422, one)));
  return [...alone, ...ended.flat(), ...(await life.enters(OWN, 201, code))];
}

const switchOff: AccountAct = async (ground) => {
  const { life, step } = await withAuthenticator(ground);
  return {
    people: [life.person.insurance],
    asked: posted(ground, await life.cookie(), `${AUTHENTICATOR}/removal`, {}),
    says: (answer) => (isBack(answer) ? "done" : undefined),
    written: () => ({
      ...{ "record authenticator_off": 1, "spare code left": -SPARE_CODES, [`authenticator after step ${step}`]: -1 },
      ...messages("factor_changed", life.person),
    }),
    outside: () => life.enters(OWN, 201),
  };
};

/** The browser asks a new question each time; the telephone answers with the key that it has made. */
const addPasskey: AccountAct = async (ground) => {
  const life = await new AccountLife(ground).settled();
  const session = await life.cookie();
  const device = newDevice(ground);
  const signing = signingBy(ground, life, device);
  const adding = async (): Promise<Asked> => {
    const { body } = await life.done(posted(ground, session, `${PASSKEYS}/options`, {}));
    const response = device.make({ challenge: String(body.challenge) });
    return posted(ground, session, PASSKEYS, { response, passkey: "Máy thử", next: "" });
  };
  return {
    people: [life.person.insurance],
    asked: await adding(),
    anew: adding,
    says: (answer) => {
      if (isBack(answer)) return "done";
      return answer.status === 422 ? "before" : undefined;
    },
    written: () => ({ ...{ passkey: 1, "record passkey_added": 1 }, ...messages("factor_changed", life.person) }),
    outside: () => entersByPasskey(life, signing),
  };
};

const removePasskey: AccountAct = async (ground) => {
  const { life, signing, device } = await withPasskey(ground);
  return {
    people: [life.person.insurance],
    asked: posted(ground, await life.cookie(), `${PASSKEYS}/${device.id.toString("base64url")}/removal`, {}),
    says: (answer) => {
      if (isBack(answer)) return "done";
      return answer.status === 404 ? "before" : undefined;
    },
    written: () => ({ ...{ passkey: -1, "record passkey_removed": 1 }, ...messages("factor_changed", life.person) }),
    async outside() {
      const entered = await life.answered(await signing());
      return entered && sessionIn(entered) ? ["the passkey that was removed enters"] : [];
    },
  };
};

const dropPassword: AccountAct = async (ground) => {
  const { life, signing } = await withPasskey(ground);
  return {
    people: [life.person.insurance],
    asked: posted(ground, await life.cookie(), `${WAYS}/password/removal`, {}),
    says: (answer) => (isBack(answer) ? "done" : undefined),
    written: () => ({ "record password_dropped": 1, ...messages("factor_changed", life.person) }),
    outside: async () => [...(await entersByPasskey(life, signing)), ...(await life.enters(OWN, 401))],
  };
};

async function entersByPasskey(life: AccountLife, signing: () => Promise<Asked>): Promise<string[]> {
  const entered = await life.answered(await signing());
  return entered && sessionIn(entered) ? [] : [`the passkey does not enter: ${entered?.status}`];
}

export const wayActs = {
  "switch on an authenticator": switchOn,
  "new spare codes": renewSpares,
  "switch off an authenticator": switchOff,
  "add a passkey": addPasskey,
  "remove a passkey": removePasskey,
  "drop the password": dropPassword,
} satisfies Record<string, AccountAct>;
