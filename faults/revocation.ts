/**
 * R31: whatever ends a right to enter ends it within five seconds at every process: two web processes that both know
 * the session, the act done at one of them or by a command. First a session that nobody ends: it must be seen to live on.
 * `bin/faults revocation --sessions=50`, `--small`.
 */
import { setTimeout as wait } from "node:timers/promises";
import { tellAtMost, tellFigure } from "../bench/harness.ts";
import { endOneSession, endOtherSessions } from "../src/account/end-sessions.ts";
import { endStaffSessions } from "../src/account/end-staff-sessions.ts";
import { hashSecret } from "../src/account/hash-lane.ts";
import { identify } from "../src/account/identify.ts";
import { openSession } from "../src/account/open-session.ts";
import { addStaff, removeStaff, renewStaffPassword } from "../src/account/staff.ts";
import { findStaffByUsername } from "../src/account/store-staff.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { issueToken, stopToken } from "../src/facility/token.ts";
import { closeAccount } from "../src/holder/end-account.ts";
import type { Citizen, Staff } from "../src/kernel/actor.ts";
import { Callers, honestAddress, sizeOf } from "./abuse-callers.ts";
import { fillAccounts, insuranceOf } from "./abuse-store.ts";
import { LivesStand, OFFICE } from "./lives-stand.ts";

const SESSIONS = sizeOf("sessions", 2, 50);
const MOST_SECONDS = 5;
const AT_ONCE = 10;
const LOOK_EACH_MS = 50;
const GIVE_UP_S = 10;
const OWN = "thuyền nan lướt qua bốn bến";
const DESK = "quầy gỗ mưa rào đèn lồng";
const ME = "/api/v1/me";
const UPLOAD = "/api/v1/facility/uploads/00000000-0000-4000-8000-000000000000";

interface Right {
  bearer: string;
  /** Where it is asked whether it still opens anything. */
  path: string;
  revoke(): Promise<unknown>;
}

const stand = new LivesStand();
const webs: Callers[] = [];
let nextAccount = 0;
let nextMember = 0;
const now = () => stand.house.clock.now();
/** A file that is not there: who is let in learns that, who is not learns nothing. */
const queue = "/api/v1/declarations/BD-2222-2222/acceptance";
const officer = () => staffOf(stand.officers[0] ?? "");

const ofCitizens: Record<string, () => Promise<Right>> = {
  "signing out": async () => {
    const { bearer } = await citizen();
    return { bearer, path: ME, revoke: () => mustDo(0, { method: "DELETE", path: "/api/v1/session", bearer }) };
  },
  "one session, from another: a lost telephone": async () => {
    const [lost, here] = await two();
    return {
      ...{ bearer: lost.bearer, path: ME },
      revoke: async () => endOneSession(stand.house, await actorOf(here), await sessionOf(lost), now()),
    };
  },
  "all other sessions": async () => {
    const [lost, here] = await two();
    return {
      ...{ bearer: lost.bearer, path: ME },
      revoke: async () => endOtherSessions(stand.house, await actorOf(here), now()),
    };
  },
  "another password": async () => {
    const [lost, here] = await two();
    const body = { currentPassword: OWN, newPassword: `${OWN} rồi về số ${nextAccount}` };
    return {
      ...{ bearer: lost.bearer, path: ME },
      revoke: () => mustDo(1, { method: "PUT", path: "/api/v1/account/password", bearer: here.bearer, body }),
    };
  },
  "an account closed at the counter": async () => {
    const lost = await citizen();
    const { personId } = await actorOf(lost);
    const asked = { personId, officeCode: OFFICE, grounds: "asked" as const, paper: "cccd" as const, now: now() };
    return { bearer: lost.bearer, path: ME, revoke: async () => closeAccount(stand.house, await officer(), asked) };
  },
};

const ofOthers: Record<string, () => Promise<Right>> = {
  "a member of staff stopped": async () => {
    const { username, bearer } = await member();
    return { bearer, path: queue, revoke: () => removeStaff(stand.house, username) };
  },
  "a member's password renewed": async () => {
    const { username, bearer } = await member();
    return { bearer, path: queue, revoke: () => renewStaffPassword(stand.house, username) };
  },
  "a member's other sessions": async () => {
    const { username, bearer } = await member();
    const here = await desk(username);
    return {
      ...{ bearer, path: queue },
      revoke: async () => endStaffSessions(stand.house, await staffOf(here), undefined, now()),
    };
  },
  "a facility's token": async () => {
    const { token, tokenId } = await issueToken(stand.house, { facility: "79991", days: 30, label: "Phần mềm thử" });
    return { bearer: token, path: UPLOAD, revoke: () => stopToken(stand.house, tokenId) };
  },
};

try {
  await stand.open({ webs: 2, workers: 0, officers: 1 });
  webs.push(...stand.webs.map(({ port }) => new Callers(port, 8)));
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  for (const web of webs) web.close();
  await stand.close();
}

async function run(): Promise<boolean> {
  const phones = Array.from({ length: 6 * SESSIONS + 1 }, (_, at) => `09${String(at).padStart(5, "0")}000`);
  await fillAccounts(stand.owner, { phones, passwordHash: await hashSecret(OWN), now: now() });
  const planted = await secondsUntilShut({ ...(await citizen()), path: ME, revoke: async () => undefined });
  const held = [
    tellFigure({
      ...{
        id: "R31",
        what: "planted: a session that nobody ends still opens, seconds",
        value: planted,
        goal: GIVE_UP_S,
      },
      extra: "asked at both processes",
    }),
  ];
  for (const [what, make] of Object.entries({ ...ofCitizens, ...ofOthers })) {
    const rights = await Promise.all(Array.from({ length: SESSIONS }, make));
    const seconds: number[] = [];
    for (let at = 0; at < rights.length; at += AT_ONCE) {
      seconds.push(...(await Promise.all(rights.slice(at, at + AT_ONCE).map(secondsUntilShut))));
    }
    const extra = `${SESSIONS} sessions, each known to both processes, mean ${(seconds.reduce((a, b) => a + b, 0) / SESSIONS).toFixed(1)} s`;
    held.push(
      tellAtMost({ id: "R31", what: `${what}, seconds`, value: Math.max(...seconds), goal: MOST_SECONDS, extra }),
    );
  }
  return held.every(Boolean);
}

/** Both processes have just seen it; then it ends, and they are asked until both refuse it. */
async function secondsUntilShut({ bearer, path, revoke }: Right): Promise<number> {
  if (await isShut(bearer, path)) throw new Error(`${path} was shut before anything ended`);
  const endedAt = performance.now();
  await revoke();
  for (;;) {
    if (await isShut(bearer, path)) return (performance.now() - endedAt) / 1000;
    if (performance.now() - endedAt > GIVE_UP_S * 1000) return GIVE_UP_S;
    await wait(LOOK_EACH_MS);
  }
}

async function isShut(bearer: string, path: string): Promise<boolean> {
  const said = await Promise.all(webs.map((web) => web.ask(lookAt(path, bearer))));
  return said.every(({ status }) => status === 401);
}

function lookAt(path: string, bearer: string) {
  const body = path === queue ? { body: {} } : {};
  return { path, bearer, from: honestAddress(Math.floor(Math.random() * 60_000)), ...body };
}

async function mustDo(web: number, call: Omit<Parameters<Callers["ask"]>[0], "from">): Promise<void> {
  const said = await webs[web]?.ask({ ...call, from: honestAddress(nextAccount) });
  if (!said || said.status >= 300) throw new Error(`${call.path} answered ${said?.status}: ${said?.text}`);
}

interface Signed {
  bearer: string;
}

async function citizen(): Promise<Signed> {
  nextAccount += 1;
  return signIn(nextAccount, 0);
}

/** The same person at two processes. */
async function two(): Promise<[lost: Signed, here: Signed]> {
  nextAccount += 1;
  const account = nextAccount;
  return [await signIn(account, 0), await signIn(account, 1)];
}

async function signIn(account: number, web: number): Promise<Signed> {
  const body = { login: insuranceOf(account), password: OWN };
  const said = await webs[web]?.ask({ path: "/api/v1/session", from: honestAddress(account), body });
  if (said?.status !== 201) throw new Error(`signing in was answered ${said?.status}: ${said?.text}`);
  return { bearer: (JSON.parse(said.text) as { token: string }).token };
}

async function actorOf({ bearer }: Signed): Promise<Citizen> {
  const actor = await identify(stand.house, { bearer });
  if (actor.kind !== "citizen") throw new Error("a signed-in person is a citizen");
  return actor;
}

async function sessionOf(signed: Signed): Promise<string> {
  return (await actorOf(signed)).sessionId;
}

async function member(): Promise<{ username: string; bearer: string }> {
  nextMember += 1;
  const username = `tam.${String(nextMember).padStart(4, "0")}`;
  const hired = { username, name: `Cán Bộ Tạm ${nextMember}`, role: "officer", office: OFFICE } as const;
  await addStaff(stand.house, { ...hired, password: DESK });
  return { username, bearer: await desk(username) };
}

async function desk(username: string): Promise<string> {
  const staffId = (await findStaffByUsername(stand.house.db, username))?.staff_id ?? "";
  const asked = {
    scope: "full",
    kind: "bearer",
    device: "",
    now: now(),
    proofs: ["password", "authenticator"],
  } as const;
  return (await inTransaction(stand.house.db, (tx) => openSession(tx, { staffId }, asked))).token;
}

async function staffOf(bearer: string): Promise<Staff> {
  const actor = await identify(stand.house, { bearer });
  if (actor.kind !== "staff") throw new Error("a member of staff is signed in");
  return actor;
}
