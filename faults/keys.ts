/**
 * R6 (F15): requests with Idempotency-Keys, ten of each at once over two processes, in a wrong order, and again much
 * later: one effect and the same bytes a key, 422 for another body. --keys=10000 for the full figure.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { optionOf } from "../bench/harness.ts";
import { verdictAt } from "./amount.ts";
import { type Answered, type Asked, askOnce, isFinal } from "./lives-caller.ts";
import { personOf } from "./lives-plan.ts";
import { LivesStand, OFFICE } from "./lives-stand.ts";

const ASKED = 10_000;
const KEYS = optionOf("keys") ?? (process.argv.includes("--small") ? 60 : 1000);
const AT_ONCE = 10;
const LANES = 4;
const PATIENCE_MS = 60_000;

const seen = { keys: 0, effects: 0, unequal: 0, notRefused: 0, early: 0 };
const stand = new LivesStand();
try {
  await stand.open({ webs: 2, workers: 0, officers: LANES });
  const lane = async (nth: number) => {
    for (let at = nth; at < KEYS; at += LANES) await oneLife(at + 1, stand.officers[nth] ?? "");
  };
  await Promise.all(Array.from({ length: LANES }, (_, nth) => lane(nth)));
  process.exitCode = tell() ? 0 : 1;
} finally {
  await stand.close();
}

async function oneLife(nth: number, bearer: string): Promise<void> {
  const { insurance, paper, phone, name } = personOf(nth);
  const body = {
    ...{ for: "self", paper: { kind: "cccd", number: paper }, fullName: name, sex: 2, birth: "1990-01-15" },
    ...{ insuranceNumber: insurance, phone, email: null, officeCode: OFFICE },
    address: { communeCode: "21952", street: "12 Đường Thử" },
  };
  const made = await many({ method: "POST", path: "/api/v1/declarations", body, key: randomUUID() });
  const code = String(made.body.code);
  const path = `/api/v1/declarations/${code}`;
  const fileToken = String(made.body.accessToken);
  const reading = { paper: { kind: "cccd", number: paper, name, birth: "1990-01-15" } };
  const ticks = { originalSeen: true, formSigned: true, faceMatches: true, copyKept: true };
  const reception = {
    method: "POST",
    path: `${path}/reception`,
    body: { ...reading, ...ticks },
    bearer,
    key: randomUUID(),
  } as const;
  // Too early: refused, and the same key is good when its time has come.
  const early = await untilFinal(reception);
  if (early.status < 400) seen.early += 1;
  await many({ method: "POST", path: `${path}/confirmation`, fileToken, key: randomUUID() });
  await many(reception);
  await many({
    method: "POST",
    path: `${path}/refusal`,
    body: { grounds: ["form_not_signed"] },
    bearer,
    key: randomUUID(),
  });
  const effects = await stand.owner.query<{ files: number; events: number }>(
    `select count(distinct declaration_id)::int as files,
            count(*) filter (where kind in ('confirmed', 'received', 'refused'))::int as events
       from declaration left join declaration_event using (declaration_id) where insurance_number = $1`,
    [insurance],
  );
  seen.effects += (effects.rows[0]?.files ?? 0) + (effects.rows[0]?.events ?? 0);
}

/** Ten at once and one after: all the same bytes; then the same key with another body. */
async function many(asked: Asked): Promise<Answered> {
  seen.keys += 1;
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => untilFinal(asked)));
  const [first] = answers;
  if (!first) throw new Error("nobody answered");
  if (first.status >= 300) throw new Error(`${asked.path} answered ${first.status}: ${first.text}`);
  const again = await untilFinal(asked);
  if ([...answers, again].some(({ status, text }) => status !== first.status || text !== first.text)) seen.unequal += 1;
  const other = await untilFinal(
    asked.body
      ? { ...asked, body: { ...asked.body, ...otherThan(asked.body) } }
      : { ...asked, path: asked.path.replace("confirmation", "withdrawal") },
  );
  if (other.status !== 422 || other.body.code !== "other_body") seen.notRefused += 1;
  return first;
}

/** One field of the body with another value. */
function otherThan(body: object): object {
  if ("grounds" in body) return { grounds: ["name_differs"] };
  return "for" in body ? { sex: 1 } : { copyKept: false };
}

async function untilFinal(asked: Asked): Promise<Answered> {
  for (
    const giveUpAt = performance.now() + PATIENCE_MS;
    performance.now() < giveUpAt;
    await wait(30 + Math.random() * 60)
  ) {
    const answer = await askOnce(stand.balancer.port, asked);
    if (isFinal(answer)) return answer;
  }
  throw new Error(`${asked.path} is not answered`);
}

function tell(): boolean {
  const { keys, effects, unequal, notRefused, early } = seen;
  const isHeld = keys === effects && unequal === 0 && notRefused === 0 && early === 0 && keys > 0;
  console.log(
    `R6 ${keys} keys, ${AT_ONCE} requests of each at once over two processes and one after, receptions before their time and again: ` +
      `${effects} effects (goal ${keys}), ${unequal} with unequal bytes (goal 0), ${notRefused} other bodies let in (goal 0), ${early} let in early (goal 0); ` +
      `acknowledged and lost: ${Math.max(0, keys - effects)}, done twice: ${Math.max(0, effects - keys)}: ${verdictAt(isHeld, keys, ASKED)}`,
  );
  return isHeld;
}
