/**
 * R34, T9: somebody makes the system send text messages to numbers of their choice, at every address that sends one to
 * a number which a stranger may give, from 10,000 addresses over fifty blocks of numbers. Few go out; people who need a
 * code get it, and results do not wait. First the budgets are switched off: the trial must see the flood.
 * `bin/faults pumping --calls=100000`, `--small`.
 */
import { setTimeout as wait } from "node:timers/promises";
import { tellAtMost, tellFigure } from "../bench/harness.ts";
import { hashSecret } from "../src/account/hash-lane.ts";
import { blockRest, unprovedInBlock, unreadInBlock } from "../src/codes/rules.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { enqueue } from "../src/notices/enqueue.ts";
import { setPolicy } from "../src/policy/set.ts";
import { dice } from "../test/dice.ts";
import { Answers, Callers, harmAddress, honestAddress, inLanes, sizeOf } from "./abuse-callers.ts";
import { fillAccounts, insuranceOf } from "./abuse-store.ts";
import { LivesStand, OFFICE } from "./lives-stand.ts";

const CALLS = sizeOf("calls", 600, 100_000);
const PLANTED_CALLS = 150;
const HONEST = Math.max(20, Math.round(CALLS / 100));
/** Accounts whose telephones lie in the fifty blocks: the way back is asked for them. */
const ATTACKED = Math.max(100, Math.round(CALLS / 20));
const FILES = Math.max(150, Math.round(CALLS / 5));
const ADDRESSES = 10_000;
const LANES = 24;
const HONEST_LANES = 4;
/** Of one prefix, as somebody rents them. */
const BLOCKS = 50;
const ATTACKED_PREFIX = "0987";
const PLANTED_PREFIX = "0977";
const MOST_TEXTS = 50;
const SERVED_WITHIN_MS = 60_000;
const OUTCOME_EACH_MS = 2000;
const OUTCOME_WITHIN_S = 900;
const RECOVERY = "/api/v1/account/recovery";
const PLANTER = "trial of pumping";

const DOORS = ["phone-code", "phone-code", "consent-code", "confirmation", "confirmation", "withdrawal", "recovery"];
const isFault = (status: number) => status === 0 || status >= 500;

const stand = new LivesStand();
const answers = new Answers();
let callers: Callers | undefined;
try {
  await stand.open({ webs: 1, workers: 1, officers: 0 });
  callers = new Callers(stand.webs[0]?.port ?? 0, LANES + HONEST_LANES);
  process.exitCode = (await run(callers)) ? 0 : 1;
} finally {
  callers?.close();
  await stand.close();
}

async function run(via: Callers): Promise<boolean> {
  const now = stand.house.clock.now();
  const passwordHash = await hashSecret("mật khẩu không ai biết ở đây");
  const phones = Array.from({ length: ATTACKED + HONEST }, (_, at) =>
    at < ATTACKED ? attackedPhone(ATTACKED_PREFIX, at) : honestPhone(at - ATTACKED),
  );
  await fillAccounts(stand.owner, { phones, passwordHash, now });
  const planted = await plant(via);
  const startedAt = performance.now();
  const state = { isOver: false };
  const outcomes = sendOutcomes(state);
  const served = helpHonest(via);
  await pump(via, { calls: CALLS, files: FILES, prefix: ATTACKED_PREFIX, seed: 1, accounts: ATTACKED });
  const seconds = (performance.now() - startedAt) / 1000;
  const honest = await served;
  state.isOver = true;
  const results = await judgeOutcomes(await outcomes);
  const texts = await textsTo(ATTACKED_PREFIX);
  const extra = `${CALLS} calls from ${ADDRESSES} addresses over ${BLOCKS} blocks in ${seconds.toFixed(0)} s; answers ${answers}`;
  return [
    tellFigure({
      ...{ id: "R34", what: "planted: messages with the budgets switched off", value: planted, goal: MOST_TEXTS + 1 },
      extra: `${PLANTED_CALLS} calls`,
    }),
    tellAtMost({ id: "R34", what: "messages to numbers given by strangers", value: texts, goal: MOST_TEXTS, extra }),
    tellFigure({
      ...{ id: "R34", what: "share of honest people served within 60 s", value: honest.served / HONEST, goal: 0.99 },
      extra: `${honest.served} of ${HONEST} read their code and set a password, slowest ${(honest.slowestMs / 1000).toFixed(1)} s`,
    }),
    tellAtMost({
      ...{ id: "R34", what: "results not sent within 15 minutes", value: results.missed, goal: 0 },
      extra: `${results.all} results beside the flood, slowest ${results.slowestSeconds.toFixed(1)} s`,
    }),
    tellAtMost({ id: "R34", what: "answers that are faults of ours", value: answers.of(isFault), goal: 0, extra }),
  ].every(Boolean);
}

/** The same calls at other blocks, with the budgets out of reach. */
async function plant(via: Callers): Promise<number> {
  const since = { from: "2021-01-01", by: PLANTER };
  await setPolicy(stand.house, blockRest, { value: 0, ...since });
  for (const policy of [unreadInBlock, unprovedInBlock]) {
    await setPolicy(stand.house, policy, { value: 1_000_000, ...since });
  }
  await pump(via, { calls: PLANTED_CALLS, files: PLANTED_CALLS, prefix: PLANTED_PREFIX, seed: 2, accounts: 0 });
  await stand.owner.query("delete from setting where changed_by = $1", [PLANTER]);
  return textsTo(PLANTED_PREFIX);
}

interface Pumping {
  calls: number;
  files: number;
  prefix: string;
  seed: number;
  /** Of the first so many accounts the way back is asked for. */
  accounts: number;
}

/** Files are declared first; then any of them, or of the accounts, is made to send a text, from anywhere. */
async function pump(via: Callers, { calls, files: count, prefix, seed, accounts }: Pumping): Promise<void> {
  const drawn = dice(seed);
  const files: { code: string; headers: Record<string, string> }[] = [];
  await inLanes(count, LANES, async (nth) => {
    const phone = attackedPhone(prefix, drawn.below(BLOCKS * 1000));
    const from = harmAddress(nth % ADDRESSES);
    const file = await declare(via, { nth: seed * 1_000_000 + nth, from, phone, isHelped: nth % 3 === 0 });
    if (file) files.push(file);
  });
  await inLanes(calls, LANES, async (nth) => {
    const from = harmAddress(drawn.below(ADDRESSES));
    const [door, file] = [drawn.pick(accounts > 0 ? DOORS : DOORS.slice(0, -1)), drawn.pick(files)];
    const said = await via.ask(
      door === "recovery"
        ? { path: RECOVERY, from, body: { login: insuranceOf(1 + drawn.below(accounts)), channel: "sms" } }
        : { method: "POST", path: `/api/v1/declarations/${file.code}/${door}`, from, headers: file.headers },
    );
    answers.note(said.status);
    if (nth % 10_000 === 9999) console.log(`${nth + 1} calls`);
  });
}

async function declare(via: Callers, asked: { nth: number; from: string; phone: string; isHelped: boolean }) {
  const { nth, from, phone, isHelped } = asked;
  const tail = String(nth).padStart(7, "0");
  const body = {
    ...(isHelped ? { for: "helped", declarer: "Trần Thị Giúp", declarerAs: "Hàng xóm" } : { for: "self" }),
    ...{ paper: { kind: "cccd", number: `05219${tail}` }, fullName: "Nguyễn Thị Bơm", sex: 2, birth: "1990-01-15" },
    ...{ insuranceNumber: `539${tail}`, phone, email: null, officeCode: OFFICE },
    address: { communeCode: "21952", street: "12 Đường Thử" },
  };
  const said = await via.ask({ path: "/api/v1/declarations", from, body });
  if (said.status !== 201) {
    answers.note(said.status);
    return undefined;
  }
  const { code, accessToken } = JSON.parse(said.text) as { code: string; accessToken: string };
  return { code, headers: { "x-file-token": accessToken } };
}

/** They forgot their password: a code comes to the telephone on file, and a new password is set with it. */
async function helpHonest(via: Callers): Promise<{ served: number; slowestMs: number }> {
  const seen = { served: 0, slowestMs: 0 };
  await inLanes(HONEST, HONEST_LANES, async (nth) => {
    const [from, startedAt] = [honestAddress(nth), performance.now()];
    const login = insuranceOf(ATTACKED + nth + 1);
    const asked = await via.ask({ path: RECOVERY, from, body: { login, channel: "sms" } });
    if (asked.status !== 202) return;
    const code = await codeAt(honestPhone(nth));
    if (!code) return;
    const { request } = JSON.parse(asked.text) as { request: string };
    const body = { code, newPassword: "mưa rào gõ mái tôn lộp độp" };
    const { status } = await via.ask({ path: `${RECOVERY}/${request}`, from, body });
    const tookMs = performance.now() - startedAt;
    seen.slowestMs = Math.max(seen.slowestMs, tookMs);
    if (status === 204 && tookMs <= SERVED_WITHIN_MS) seen.served += 1;
  });
  return seen;
}

async function codeAt(phone: string): Promise<string | undefined> {
  const to = phone.replace(/^0/, "84");
  for (const until = performance.now() + SERVED_WITHIN_MS; performance.now() < until; await wait(100)) {
    const text = stand.smsc.submits.findLast((one) => one.to === to)?.text;
    const code = /\d{4} ?\d{4}/.exec(text ?? "")?.[0];
    if (code) return code;
  }
  return undefined;
}

/** Results of files, one each two seconds: they are promised within fifteen minutes and no flood may hold them up. */
async function sendOutcomes(state: { isOver: boolean }): Promise<number> {
  let sent = 0;
  while (!state.isOver) {
    const now = stand.house.clock.now();
    sent += 1;
    await inTransaction(stand.house.db, (tx) =>
      enqueue(tx, stand.house.vault, {
        dedupeKey: `pumping:${sent}:outcome`,
        class: "outcome",
        template: "declaration_refused",
        lang: "vi",
        phone: `0339${String(sent).padStart(6, "0")}`,
        fields: { code: "BD-2222-2222", reason: "Chữ ký chưa có" },
        now,
        dueAt: new Date(now.getTime() + OUTCOME_WITHIN_S * 1000),
      }),
    );
    await wait(OUTCOME_EACH_MS);
  }
  return sent;
}

async function judgeOutcomes(all: number): Promise<{ all: number; missed: number; slowestSeconds: number }> {
  const read = async () => {
    const { rows } = await stand.owner.query<{ sent: number; slowest: number }>(
      `select count(sent_at)::int as sent, coalesce(max(extract(epoch from sent_at - created_at)), 0)::float8 as slowest
         from notice where dedupe_key like 'pumping:%'`,
    );
    return rows[0] ?? { sent: 0, slowest: 0 };
  };
  let seen = await read();
  for (const until = performance.now() + 30_000; seen.sent < all && performance.now() < until; seen = await read()) {
    await wait(200);
  }
  const isLate = seen.slowest > OUTCOME_WITHIN_S;
  return { all, missed: all - seen.sent + Number(isLate), slowestSeconds: seen.slowest };
}

/** Promised ones count: each of them costs money as soon as a sender takes it. */
async function textsTo(prefix: string): Promise<number> {
  const { rows } = await stand.owner.query<{ count: number }>(
    "select count(*)::int as count from notice where channel = 'sms' and recipient ~ $1",
    [`^${prefix}1`],
  );
  return rows[0]?.count ?? 0;
}

function attackedPhone(prefix: string, nth: number): string {
  const block = nth % BLOCKS;
  const tail = String(Math.floor(nth / BLOCKS) % 1000).padStart(3, "0");
  return `${prefix}${100 + block}${tail}`;
}

/** Half of them in the very prefix that is attacked, none in the blocks. */
function honestPhone(nth: number): string {
  const tail = String(nth % 1000).padStart(3, "0");
  const prefix = nth % 2 === 0 ? ATTACKED_PREFIX : `035${nth % 10}`;
  return `${prefix}${200 + (Math.floor(nth / 2) % 700)}${tail}`;
}
