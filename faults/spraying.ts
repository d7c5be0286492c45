/**
 * R20, T7: the commonest passwords, tried on every account, one password at a time over all of them, from thousands of
 * addresses. Nobody is let in, nobody whose account is tried is kept out on a telephone of their own, and none of those
 * passwords can be chosen. First one account is given such a password behind the product's back: it must be found.
 * `bin/faults spraying --accounts=10000 --passwords=100`, `--small`.
 */
import { tellAtMost, tellFigure } from "../bench/harness.ts";
import { commonWords } from "../src/account/common-words.ts";
import { hashSecret } from "../src/account/hash-lane.ts";
import { Answers, Callers, harmAddress, honestAddress, inLanes, sizeOf } from "./abuse-callers.ts";
import { enter, meanwhile, type Person, personOf, tellOf } from "./abuse-honest.ts";
import { fillAccounts, insuranceOf, personalIdOf } from "./abuse-store.ts";
import { LivesStand } from "./lives-stand.ts";

const ACCOUNTS = sizeOf("accounts", 200, 10_000);
const PASSWORDS = Math.min(100, sizeOf("passwords", 10, 100));
const ADDRESSES = 5000;
const LANES = 24;
const HONEST = 20;
const OWN = "thuyền nan lướt qua bốn bến";
const EVERYWHERE =
  "123456 123456789 12345678 password 12345 qwerty123 1q2w3e 111111 1234567890 1234567 qwerty abc123 000000 iloveyou 123123 password1 1234 aa123456 654321 666666 987654321 admin123 p@ssw0rd zxcvbnm 112233 123321 159753 qwertyuiop 123qwe 555555".split(
    " ",
  );
/** As people write them, and stretched to the length that is asked here. */
const common = [...EVERYWHERE, ...commonWords]
  .flatMap((word) => [word, word.repeat(Math.ceil(15 / word.length))])
  .slice(0, PASSWORDS);

const stand = new LivesStand();
let callers: Callers | undefined;
try {
  await stand.open({ webs: 1, workers: 0, officers: 0 });
  callers = new Callers(stand.webs[0]?.port ?? 0, LANES + 2);
  process.exitCode = (await run(callers)) ? 0 : 1;
} finally {
  callers?.close();
  await stand.close();
}

async function run(via: Callers): Promise<boolean> {
  const passwordHash = await hashSecret(OWN);
  const phones = Array.from({ length: ACCOUNTS }, (_, at) => `09${String(at).padStart(5, "0")}000`);
  await fillAccounts(stand.owner, { phones, passwordHash, now: stand.house.clock.now() });
  const planted = await plant(via, passwordHash);
  const people = Array.from({ length: HONEST }, (_, at) => personOf(at, insuranceOf(at + 1), OWN));
  for (const person of people) await enter(via, person);
  const startedAt = performance.now();
  const { done, seen } = await meanwhile(via, people, () => spray(via, ACCOUNTS, common));
  const chosen = await choose(via, people);
  const seconds = (performance.now() - startedAt) / 1000;
  const extra = `${ACCOUNTS} accounts × ${common.length} passwords from ${ADDRESSES} addresses in ${seconds.toFixed(0)} s; answers ${done}`;
  return [
    tellFigure({
      ...{ id: "R20", what: "planted: an account with a common password is opened", value: planted, goal: 1 },
      extra: "set behind the product's back",
    }),
    tellAtMost({ id: "R20", what: "let in", value: done.of((status) => status === 201), goal: 0, extra }),
    tellAtMost({
      id: "R20",
      what: "faults of ours",
      value: done.of((status) => status === 0 || status >= 500),
      goal: 0,
      extra,
    }),
    tellFigure({
      ...{
        id: "R20",
        what: "share of owners let in on their known telephone",
        value: seen.served / seen.tried,
        goal: 0.99,
      },
      extra: tellOf(seen),
    }),
    tellAtMost({
      ...{ id: "R20", what: "of these passwords that somebody could choose", value: chosen, goal: 0 },
      extra: `${common.length} offered as a new password`,
    }),
  ].every(Boolean);
}

/** The first account has the first of them; the others are as they were. */
async function plant(via: Callers, passwordHash: string): Promise<number> {
  const first = "(select person_id from person_key where kind = 'bhxh' and key = $2)";
  const set = `update account set password_hash = $1 where person_id = ${first}`;
  await stand.owner.query(set, [await hashSecret(common[0] ?? ""), insuranceOf(1)]);
  const found = await spray(via, 5, common.slice(0, 1));
  await stand.owner.query(set, [passwordHash, insuranceOf(1)]);
  await stand.owner.query("delete from sign_in_window");
  return found.of((status) => status === 201);
}

/** One password after the other over all accounts: no account is tried twice in a row. */
async function spray(via: Callers, accounts: number, passwords: readonly string[]): Promise<Answers> {
  const answers = new Answers();
  await inLanes(accounts * passwords.length, LANES, async (nth) => {
    const account = (nth % accounts) + 1;
    const login = nth % 2 === 0 ? insuranceOf(account) : personalIdOf(account);
    const password = passwords[Math.floor(nth / accounts)];
    const said = await via.ask({
      path: "/api/v1/session",
      from: harmAddress(nth % ADDRESSES),
      body: { login, password },
    });
    answers.note(said.status);
    if (nth % 50_000 === 49_999) console.log(`${nth + 1} tries`);
  });
  return answers;
}

/** A signed-in person offers each of them as a new password. */
async function choose(via: Callers, [person]: readonly Person[]): Promise<number> {
  if (!person) return 0;
  const { login } = person;
  await stand.owner.query("delete from sign_in_window");
  const body = { login, password: OWN };
  const opened = await via.ask({ path: "/api/v1/session", from: person.from, body });
  const { token } = JSON.parse(opened.text) as { token: string };
  const answers = new Answers();
  for (const [nth, newPassword] of common.entries()) {
    const from = honestAddress(1000 + nth);
    const asked = { currentPassword: OWN, newPassword };
    const said = await via.ask({ method: "PUT", path: "/api/v1/account/password", from, bearer: token, body: asked });
    answers.note(said.status);
  }
  if (answers.of((status) => status === 422) + answers.of((status) => status === 204) !== common.length) {
    throw new Error(`a new password was answered ${answers}`);
  }
  return answers.of((status) => status === 204);
}
