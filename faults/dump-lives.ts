/** People with names, numbers and secrets that nobody else has go through the whole system, and what they were given. */
import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Browser, photosForm } from "../bench/load-acts.ts";
import { openSession } from "../src/account/open-session.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { beginAuthenticator, switchOnAuthenticator } from "../src/factor/authenticator.ts";
import { digitsAt, stepOf } from "../src/factor/rules-totp.ts";
import { foldName } from "../src/kernel/names.ts";
import { cardPicture } from "../src/pictures/pictures.fixture.ts";
import type { Needle } from "./byte-search.ts";
import { type Answered, type Asked, askOnce } from "./lives-caller.ts";
import { enrolPerson, type Person } from "./lives-plan.ts";
import { type LivesStand, OFFICE } from "./lives-stand.ts";

const BIRTH = "1990-01-15";
const SMS_WAIT_MS = 60_000;
const SYLLABLES =
  "Khuya Nghiên Thoảng Quyện Trường Nghiệm Thuyền Khuyết Luyến Ngoan Xuyến Nghĩnh Khoáng Thuấn Nguyệt Duềnh".split(" ");

/** What of one person must not be readable where. */
export interface Canaries {
  login: string;
  password: string;
  /** Of an open session. */
  token: string;
  /** Passwords, codes, tokens and the like: nowhere. */
  secrets: Needle[];
  /** Names and numbers: not in backups, logs and browsers. */
  personal: Needle[];
}

export function unusualPerson(nth: number): Person {
  const [one, two, three] = [nth % 16, Math.floor(nth / 16) % 16, Math.floor(nth / 256) % 16];
  const tail = `73${String(nth).padStart(5, "0")}`;
  const name = `Khuất Thị ${SYLLABLES[three]} ${SYLLABLES[two]} ${SYLLABLES[one]}`;
  return { nth, name, insurance: `529${tail}`, paper: `05219${tail}`, phone: `091${tail}` };
}

/** Declares with pictures, is received and accepted, signs in, chooses a password, switches on an authenticator, asks for a code. */
export async function liveOnce(stand: LivesStand, person: Person, officer: string): Promise<Canaries> {
  const ask = async (asked: Asked): Promise<Answered> => {
    const answer = await askOnce(stand.balancer.port, { ...asked, key: randomUUID() });
    if (!answer || answer.status >= 300) throw new Error(`${asked.path} answered ${answer?.status}: ${answer?.text}`);
    return answer;
  };
  const { name, insurance, paper, phone, nth } = person;
  const of = (what: string) => `${what} of ${nth}`;
  const personId = await enrolPerson(stand, person);
  const address = { communeCode: "21952", street: `Ngõ ${name}` };
  const declared = await ask({
    ...{ method: "POST", path: "/api/v1/declarations" },
    body: {
      ...{ for: "self", paper: { kind: "cccd", number: paper }, fullName: name, sex: 2, birth: BIRTH },
      ...{ insuranceNumber: insurance, phone, email: null, officeCode: OFFICE, address },
    },
  });
  const fileToken = String(declared.body.accessToken);
  const path = `/api/v1/declarations/${declared.body.code}`;
  await sendPictures(stand.balancer.port, fileToken);
  await ask({ method: "POST", path: `${path}/confirmation`, fileToken });
  const seen = { kind: "cccd", number: paper, name, birth: BIRTH };
  const checks = { originalSeen: true, formSigned: true, faceMatches: true, copyKept: true };
  await ask({ method: "POST", path: `${path}/reception`, bearer: officer, body: { paper: seen, ...checks } });
  await ask({ method: "POST", path: `${path}/acceptance`, bearer: officer, body: {} });
  const activation = await fromPhone(stand, phone, /[a-z]{4}-[a-z]{4}-[a-z]{4}-\d{4}/i);
  const signIn = async (password: string) =>
    String((await ask({ method: "POST", path: "/api/v1/session", body: { login: insurance, password } })).body.token);
  const first = await signIn(activation);
  const password = `chim ${SYLLABLES[nth % 16]} ngậm thư ${randomInt(10_000_000, 99_999_999)}`;
  const change = { currentPassword: activation, newPassword: password };
  await ask({ method: "PUT", path: "/api/v1/account/password", bearer: first, body: change });
  const token = await signIn(password);
  await ask({ method: "GET", path: "/api/v1/me", bearer: token });
  const factor = await authenticator(stand, personId);
  await ask({ method: "POST", path: "/api/v1/account/recovery", body: { login: insurance } });
  const recovery = await fromPhone(stand, phone, /\b\d{8}\b/);
  return {
    ...{ login: insurance, password, token },
    secrets: [
      { name: of("chosen password"), text: password },
      { name: of("activation code"), text: activation },
      { name: of("activation code without dashes"), text: activation.replaceAll("-", "") },
      { name: of("token of the first session"), text: first },
      { name: of("token of a session"), text: token },
      { name: of("token of a declaration"), text: fileToken },
      { name: of("secret of an authenticator"), text: factor.secret },
      { name: of("spare code"), text: factor.spare },
      { name: of("recovery code"), text: recovery, isNumber: true },
    ],
    personal: [
      { name: of("name"), text: name },
      { name: of("folded name"), text: foldName(name) },
      ...[insurance, paper, phone, phone.replace(/^0/, "84")].map((text) => ({
        name: of("number"),
        text,
        isNumber: true,
      })),
    ],
  };
}

async function authenticator({ house }: LivesStand, personId: string): Promise<{ secret: string; spare: string }> {
  const now = house.clock.now();
  const asked = { scope: "full", kind: "bearer", device: "", now, proofs: ["password", "code"] } as const;
  const { sessionId } = await inTransaction(house.db, (tx) => openSession(tx, { personId }, asked));
  const citizen = { kind: "citizen", personId, scope: "full", sessionId } as const;
  const secret = await beginAuthenticator(house, citizen, now);
  const code = digitsAt(secret, stepOf(now));
  const [spare = ""] = await switchOnAuthenticator(house, citizen, { code, now });
  return { secret, spare };
}

async function fromPhone(stand: LivesStand, phone: string, shape: RegExp): Promise<string> {
  const to = phone.replace(/^0/, "84");
  for (const giveUpAt = performance.now() + SMS_WAIT_MS; performance.now() < giveUpAt; await wait(50)) {
    for (const { to: whose, text } of stand.smsc.submits) {
      const found = whose === to ? shape.exec(text)?.[0] : undefined;
      if (found) return found;
    }
  }
  throw new Error(`no message with ${shape} came to a person`);
}

async function sendPictures(port: number, fileToken: string): Promise<void> {
  const picture = await cardPicture();
  const answer = await new Browser(port)
    .set("vssid_file", fileToken)
    .post("/register/photos", (token) => photosForm(picture, token));
  if (answer.status !== 303) throw new Error(`pictures were answered ${answer.status}`);
}
