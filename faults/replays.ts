/**
 * R33, R23, T10, T13, T15: whatever is short-lived or good for one use is shown again, changed, late, elsewhere or by
 * somebody else: nothing is accepted. A code opens nothing at another request; of a hundred uses at one moment one
 * succeeds. No address leads to another site. First each kind is shown as it should be: the trial must see it accepted.
 * `bin/faults replays --replays=6000 --codes=10000`, `--small`.
 */
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { tellAtMost, tellFigure } from "../bench/harness.ts";
import { hashSecret } from "../src/account/hash-lane.ts";
import { passKeysOf } from "../src/card-pass/keys.ts";
import { signPass } from "../src/card-pass/sign.ts";
import { newKeyPem } from "../src/push/keys.ts";
import { issuePass } from "../src/registration/file-pass.ts";
import { Callers, harmAddress, inLanes, openForm, sizeOf } from "./abuse-callers.ts";
import { fillAccounts, insuranceOf } from "./abuse-store.ts";
import { LivesStand, OFFICE } from "./lives-stand.ts";
import { leadOutside } from "./replays-redirects.ts";

const REPLAYS = sizeOf("replays", 120, 6000);
const CODES = sizeOf("codes", 40, 10_000);
const ADDRESSES = 5000;
const AT_ONCE = 100;
const BATCH = 100;
/** A busy machine asks to come again. */
const AGAIN = 10;
const LANES = 16;
const TEXT_WAIT_MS = 60_000;
const MINUTE_MS = 60_000;
const RECOVERY = "/api/v1/account/recovery";
const OWN = "thuyền nan lướt qua bốn bến";
const VALID = "Mã thật, còn hạn";

/** One showing; true when it was accepted. */
type Showing = (nth: number) => Promise<boolean>;

const stand = new LivesStand();
const now = () => stand.house.clock.now();
const address = () => {
  asked += 1;
  return harmAddress(asked % ADDRESSES);
};
/** Each in a block of its own. */
const phoneOf = (account: number) => `09${String(account).padStart(5, "0")}000`;

let callers: Callers | undefined;
let asked = 0;
try {
  await stand.open({ webs: 1, workers: 1, officers: 0 });
  callers = new Callers(stand.webs[0]?.port ?? 0, AT_ONCE);
  process.exitCode = (await run(callers)) ? 0 : 1;
} finally {
  callers?.close();
  await stand.close();
}

async function run(via: Callers): Promise<boolean> {
  const phones = Array.from({ length: CODES + 3 }, (_, at) => phoneOf(at + 1));
  await fillAccounts(stand.owner, { phones, passwordHash: await hashSecret(OWN), now: now() });
  const { right, again } = await showings(via);
  const planted = await Promise.all(Object.values(right).map((show) => show(0)));
  const each = Math.ceil(REPLAYS / Object.keys(again).length);
  const accepted: string[] = [];
  for (const [name, show] of Object.entries(again)) {
    await inLanes(each, LANES, async (nth) => {
      if (await show(nth)) accepted.push(name);
    });
  }
  for (const name of new Set(accepted)) console.log(`accepted: ${name}`);
  const twice = await useAtOnce(via);
  const elsewhere = await useElsewhere(via);
  const redirects = await leadOutside(stand, via);
  for (const one of redirects.outside.slice(0, 10)) console.log(one);
  const kinds = `${Object.keys(again).length} kinds, ${each} of each: ${Object.keys(again).join("; ")}`;
  return [
    tellFigure({
      ...{
        id: "R33",
        what: "planted: right ones are seen accepted",
        value: planted.filter(Boolean).length,
        goal: planted.length,
      },
      extra: Object.keys(right).join(", "),
    }),
    tellAtMost({
      id: "R33",
      what: `replays accepted, of ${each * Object.keys(again).length}`,
      value: accepted.length,
      goal: 0,
      extra: kinds,
    }),
    tellAtMost({
      ...{
        id: "R23",
        what: "uses of one code at one moment beyond or short of one",
        value: Math.abs(twice - 1),
        goal: 0,
      },
      extra: `${AT_ONCE} at once`,
    }),
    tellAtMost({
      ...{ id: "R23", what: "codes that opened another request", value: elsewhere.opened, goal: 0 },
      extra: `${elsewhere.tried} right codes at the request of somebody else`,
    }),
    tellFigure({
      ...{ id: "R33", what: "planted: a server that leads outside is seen to", value: redirects.planted, goal: 1 },
      extra: "every crafted address",
    }),
    tellAtMost({
      ...{ id: "R33", what: "redirects to another site", value: redirects.outside.length, goal: 0 },
      extra: `${redirects.urls} addresses at ${redirects.doors} parameters, ${redirects.followed} redirects`,
    }),
  ].every(Boolean);
}

async function showings(via: Callers): Promise<{ right: Record<string, Showing>; again: Record<string, Showing> }> {
  const [ours] = passKeysOf(readFileSync(stand.cardKeyFile, "utf8"));
  const [theirs] = passKeysOf(newKeyPem());
  if (!ours || !theirs) throw new Error("no keys");
  const form = await openForm(via, "/verify", address());
  const card = { number: "DN4790000000012", validFrom: "2026-01-01", validTo: "2036-12-31" };
  const signed = (key = ours, minutesAgo = 0) =>
    signPass(key, {
      card,
      name: "Nguyễn Thị Mẫu",
      minutes: 5,
      now: new Date(now().getTime() - minutesAgo * MINUTE_MS),
    }).token;
  const verify = async (code: string) => {
    const fields = { _token: form.token, code };
    return (await via.ask({ path: "/verify", from: address(), form: fields, cookies: form.cookies })).text.includes(
      VALID,
    );
  };
  const [file, other] = [await declare(via, 1), await declare(via, 2)];
  const open = async (pass: string, code = file.code) => {
    const path = `/api/v1/declarations/${code}`;
    return (await via.ask({ path, from: address(), headers: { "x-file-token": pass } })).status === 200;
  };
  const spent = await spentCode(via, 1);
  const signIn = async (token: string, cookies: Record<string, string>) => {
    const fields = { _token: token, login: insuranceOf(CODES + 3), password: OWN, next: "" };
    return (await via.ask({ path: "/sign-in", from: address(), form: fields, cookies })).status === 303;
  };
  const [mine, another] = [await openForm(via, "/sign-in", address()), await openForm(via, "/sign-in", address())];
  return {
    right: {
      "a card's code": () => verify(signed()),
      "a file's pass": () => open(file.pass),
      "a form": () => signIn(mine.token, mine.cookies),
      "a code of recovery": async () => spent.wasRight,
    },
    again: {
      "a card's code after its minutes": (nth) => verify(signed(ours, 8 + nth)),
      "a card's code with another sign in it": (nth) => verify(changed(signed(), nth)),
      "a card's code by another key": () => verify(signed(theirs)),
      "a card's code by another key under our name": () =>
        verify(signed({ ...theirs, jwk: { ...theirs.jwk, kid: ours.jwk.kid } })),
      "a file's pass as a card's code": () => verify(file.pass),
      "a file's pass after its end": (nth) =>
        open(issuePass(stand.house.vault, file.code, new Date(now().getTime() - nth * 1000 - 61_000), 60)),
      "a file's pass with another sign in it": (nth) => open(changed(file.pass, nth)),
      "a file's pass at another file": () => open(other.pass),
      "a card's code as a file's pass": () => open(signed()),
      "a form of another visitor": () => signIn(another.token, mine.cookies),
      "a code of recovery a second time": spent.again,
      "a code of recovery as a code of a file": async () => {
        const body = { requestId: spent.request, code: spent.code };
        const path = `/api/v1/declarations/${file.code}/phone-confirmation`;
        return (await via.ask({ path, from: address(), body, headers: { "x-file-token": file.pass } })).status < 400;
      },
    },
  };
}

/** One sign is another one; the last of a base64 text may not count, so it is left. */
function changed(text: string, nth: number): string {
  const at = nth % (text.length - 2);
  const sign = text[at] === "A" ? "B" : "A";
  return text.slice(0, at) + sign + text.slice(at + 1);
}

async function declare(via: Callers, nth: number): Promise<{ code: string; pass: string }> {
  const body = {
    ...{ for: "self", paper: { kind: "cccd", number: `05219700000${nth}` }, fullName: "Nguyễn Thị Lại", sex: 2 },
    ...{ birth: "1990-01-15", insuranceNumber: `537000000${nth}`, phone: `033700000${nth}`, email: null },
    ...{ officeCode: OFFICE, address: { communeCode: "21952", street: "12 Đường Thử" } },
  };
  const said = await via.ask({ path: "/api/v1/declarations", from: address(), body });
  if (said.status !== 201) throw new Error(`declaring was answered ${said.status}: ${said.text}`);
  const { code, accessToken } = JSON.parse(said.text) as { code: string; accessToken: string };
  return { code, pass: accessToken };
}

async function askCode(via: Callers, account: number): Promise<string> {
  const body = { login: insuranceOf(account), channel: "sms" };
  let said = await via.ask({ path: RECOVERY, from: address(), body });
  for (let again = 0; said.status === 503 && again < AGAIN; again += 1) {
    await wait(1000);
    said = await via.ask({ path: RECOVERY, from: address(), body });
  }
  if (said.status !== 202) throw new Error(`a code was answered ${said.status}: ${said.text}`);
  return (JSON.parse(said.text) as { request: string }).request;
}

async function codeOf(account: number): Promise<string> {
  const to = phoneOf(account).replace(/^0/, "84");
  for (const until = performance.now() + TEXT_WAIT_MS; performance.now() < until; await wait(50)) {
    const code = /\d{4} ?\d{4}/.exec(stand.smsc.submits.findLast((one) => one.to === to)?.text ?? "")?.[0];
    if (code) return code;
  }
  throw new Error("no text message came");
}

function use(via: Callers, request: string, code: string, newPassword: string) {
  return via.ask({ path: `${RECOVERY}/${request}`, from: address(), body: { code, newPassword } });
}

/** Used once as it should be. */
async function spentCode(via: Callers, account: number) {
  const request = await askCode(via, account);
  const code = await codeOf(account);
  const { status } = await use(via, request, code, "mưa rào gõ mái tôn lộp độp");
  const again = async (nth: number) => (await use(via, request, code, `cây khế ngọt sau vườn ${nth}`)).status < 400;
  return { request, code, wasRight: status === 204, again };
}

async function useAtOnce(via: Callers): Promise<number> {
  const request = await askCode(via, 2);
  const code = await codeOf(2);
  const uses = Array.from({ length: AT_ONCE }, () => use(via, request, code, "đò ngang chở nắng sang sông"));
  return (await Promise.all(uses)).filter(({ status }) => status === 204).length;
}

/** Everybody asks for a code and types that of the next one. */
async function useElsewhere(via: Callers): Promise<{ tried: number; opened: number }> {
  const seen = { tried: 0, opened: 0 };
  for (let from = 3; from < CODES + 3; from += BATCH) {
    const accounts = Array.from({ length: Math.min(BATCH, CODES + 3 - from) }, (_, at) => from + at);
    const requests: string[] = [];
    await inLanes(accounts.length, LANES, async (at) => {
      requests[at] = await askCode(via, accounts[at] ?? 0);
    });
    await inLanes(accounts.length, LANES, async (at) => {
      const code = await codeOf(accounts[(at + 1) % accounts.length] ?? 0);
      const { status } = await use(via, requests[at] ?? "", code, "đò ngang chở nắng sang sông");
      seen.tried += 1;
      if (status < 400) seen.opened += 1;
    });
  }
  return seen;
}
