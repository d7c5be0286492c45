/**
 * R27, T3: officers ask for people and files of whom their office has no case, at twelve addresses each: all are denied,
 * and the looks are on record. A snoop who declares cases of their own making to get in is stopped, and told of. First
 * the ceilings are lifted: the trial must see the snoop go on. `bin/faults insider --persons=200`, `--small`.
 */
import { setTimeout as wait } from "node:timers/promises";
import { tellAtMost, tellFigure } from "../bench/harness.ts";
import { openSession } from "../src/account/open-session.ts";
import { registry } from "../src/app.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { ceilings } from "../src/looks/rules-policies.ts";
import { setPolicy } from "../src/policy/set.ts";
import { formTokenFor } from "../src/web/form-token.ts";
import { Answers, type Call, Callers, harmAddress, inLanes, sizeOf } from "./abuse-callers.ts";
import { CANARY, fillAccounts, insuranceOf, personalIdOf } from "./abuse-store.ts";
import { routeFinder } from "./hostile-address.ts";
import { LivesStand, OFFICE } from "./lives-stand.ts";

const PERSONS = sizeOf("persons", 20, 200);
const SNOOPED = 230;
const MOST_PERSONS = 200;
const MOST_SECONDS = 300;
const FLAG_WITHIN_S = 60;
const LANES = 4;
const ELSEWHERE = "52T02";
const PLANTER = "trial of insiders";

interface Person {
  nth: number;
  publicId: string;
  code: string;
}
interface Member {
  staffId: string;
  cookie: string;
  formToken: string;
}
type Asked = Omit<Call, "from">;

const routeOf = routeFinder(registry.map(({ method, path }) => `${method} ${path}`));
const DENIED = [401, 403, 404];

const stand = new LivesStand();
let callers: Callers | undefined;
try {
  await stand.open({ webs: 1, workers: 1, officers: 3 });
  callers = new Callers(stand.webs[0]?.port ?? 0, LANES);
  process.exitCode = (await run(callers)) ? 0 : 1;
} finally {
  callers?.close();
  await stand.close();
}

async function run(via: Callers): Promise<boolean> {
  await stand.owner.query(
    `insert into bhxh_office (office_code, kind, name, folded_name, province_code, commune_code, address, phone, opening_hours, valid_from)
     select $1, kind, name || ' 2', folded_name, province_code, commune_code, address, phone, opening_hours, valid_from
       from bhxh_office where office_code = $2 on conflict do nothing`,
    [ELSEWHERE, OFFICE],
  );
  const phones = Array.from({ length: PERSONS + SNOOPED }, (_, at) => `09${String(at).padStart(5, "0")}000`);
  await fillAccounts(stand.owner, { phones, passwordHash: "x", now: stand.house.clock.now() });
  const people = await register();
  await inLanes(people.length, LANES, async (at) => {
    const person = people[at];
    if (person) person.code = await declare(via, person.nth, at < PERSONS ? ELSEWHERE : OFFICE);
  });
  const [honest, planter, snoop] = await members();
  if (!honest || !planter || !snoop) throw new Error("three officers were hired");
  const denied = await askAll(via, honest, people.slice(0, PERSONS));
  const planted = await plant(via, planter, people.slice(PERSONS));
  const seen = await leaf(via, snoop, people.slice(PERSONS));
  const flag = await flaggedAfter(snoop);
  const extra = `${denied.asked} asked by an officer of another office; answers ${denied.answers}`;
  for (const one of denied.holes.slice(0, 20)) console.log(one);
  return [
    tellAtMost({ id: "R27", what: "not denied", value: denied.holes.length, goal: 0, extra }),
    tellAtMost({
      ...{ id: "R27", what: "persons whose refused look is on no record", value: PERSONS - denied.logged, goal: 0 },
      extra: `${denied.logged} persons`,
    }),
    tellFigure({
      ...{ id: "R27", what: "planted: persons seen without ceilings", value: planted.persons, goal: MOST_PERSONS + 1 },
      extra: `${planted.seconds.toFixed(1)} s`,
    }),
    tellAtMost({
      ...{ id: "R27", what: "persons a snoop has seen", value: seen.persons, goal: MOST_PERSONS },
      extra: `cases of their own making, three doors, of ${SNOOPED}; answers ${seen.answers}`,
    }),
    tellAtMost({
      id: "R27",
      what: "seconds until the snoop was stopped",
      value: seen.seconds,
      goal: MOST_SECONDS,
      extra: "as fast as a program asks",
    }),
    tellAtMost({
      id: "R27",
      what: "seconds until the snoop was told of",
      value: flag,
      goal: FLAG_WITHIN_S,
      extra: "a flag of too many persons",
    }),
  ].every(Boolean);
}

async function register(): Promise<Person[]> {
  const { rows } = await stand.owner.query<{ public_id: string }>(
    "select p.public_id from person_key k join person p using (person_id) where k.kind = 'bhxh' and k.key like '71%' order by k.key",
  );
  return rows.map(({ public_id: publicId }, at) => ({ nth: at + 1, publicId, code: "" }));
}

/** Anybody may declare in anybody's numbers: for a snoop that is a case. */
async function declare(via: Callers, nth: number, officeCode: string): Promise<string> {
  const from = harmAddress(nth);
  const body = {
    ...{ for: "self", paper: { kind: "cccd", number: personalIdOf(nth) }, fullName: `Nguyễn Thị ${CANARY}`, sex: 2 },
    ...{ birth: "1990-01-15", insuranceNumber: insuranceOf(nth), email: null, officeCode },
    phone: `0338${String(nth).padStart(6, "0")}`,
    address: { communeCode: "21952", street: "12 Đường Thử" },
  };
  const made = await via.ask({ path: "/api/v1/declarations", from, body });
  if (made.status !== 201) throw new Error(`declaring was answered ${made.status}: ${made.text}`);
  const { code, accessToken } = JSON.parse(made.text) as { code: string; accessToken: string };
  // Whoever has an account cannot confirm: the file stands as one from before it.
  await stand.owner.query(
    `update declaration set status = 'confirmed', confirmed_at = $2, lapses_at = $2::timestamptz + interval '10 days'
      where code = $1`,
    [code, stand.house.clock.now()],
  );
  return accessToken ? code : "";
}

async function members(): Promise<Member[]> {
  const { rows } = await stand.owner.query<{ staff_id: string }>(
    "select staff_id from staff where username like 'thu.%' order by staff_id",
  );
  return Promise.all(
    rows.map(async ({ staff_id: staffId }) => {
      const now = stand.house.clock.now();
      const proofs = ["password", "authenticator"] as const;
      const asked = { scope: "full", kind: "cookie", device: "", now, proofs } as const;
      const { token } = await inTransaction(stand.house.db, (tx) => openSession(tx, { staffId }, asked));
      return { staffId, cookie: token, formToken: formTokenFor(stand.house.vault, token) };
    }),
  );
}

/** Twelve addresses, each of which shows or changes something of a person or of a file of another office. */
function attempts({ nth, publicId, code }: Person, other: string, formToken: string): (Asked & { isApi?: true })[] {
  const form = { _token: formToken };
  const body = { paper: { kind: "cccd", number: personalIdOf(nth), name: CANARY, birth: "1990-01-15" } };
  const died = { died_day: "1", died_month: "10", died_year: "2026", death_paper: "extract", death_number: "12/2026" };
  const ticks = { originalSeen: true, formSigned: true, faceMatches: true, copyKept: true };
  const api = `/api/v1/declarations/${code}`;
  return [
    { path: `/console/persons/${publicId}` },
    { path: `/console/persons/${publicId}/with/${other}` },
    { path: `/console/persons/${publicId}/death`, form: { ...form, ...died } },
    { path: `/console/files/${code}` },
    { path: `/console/files/${code}/form.pdf` },
    { path: `/console/files/${code}/duplicates` },
    { path: `/console/files/${code}/acceptance`, form },
    { path: api, isApi: true },
    { path: `${api}/form.pdf`, isApi: true },
    { path: `${api}/reception`, body: { ...body, ...ticks }, isApi: true },
    { path: `${api}/acceptance`, body: {}, isApi: true },
    { path: `${api}/refusal`, body: { grounds: ["form_not_signed"] }, isApi: true },
  ];
}

async function askAll(via: Callers, { staffId, cookie, formToken }: Member, people: readonly Person[]) {
  const answers = new Answers();
  const holes: string[] = [];
  let asked = 0;
  await inLanes(people.length, LANES, async (at) => {
    const person = people[at];
    if (!person) return;
    const other = people[(at + 1) % people.length]?.publicId ?? "";
    for (const { isApi, ...call } of attempts(person, other, formToken)) {
      if (!routeOf(call.form || call.body ? "POST" : "GET", call.path)) throw new Error(`${call.path} is no address`);
      const who = isApi ? { bearer: cookie } : { cookies: { vssid_session: cookie } };
      const said = await via.ask({ ...call, ...who, from: harmAddress(5000 + at) });
      asked += 1;
      answers.note(said.status);
      if (DENIED.includes(said.status) && !said.text.includes(CANARY)) continue;
      holes.push(`${call.path} answered ${said.status}${said.text.includes(CANARY) ? " with a name" : ""}`);
    }
  });
  const { rows } = await stand.owner.query<{ logged: number }>(
    `select count(distinct person_id)::int as logged from audit_event
      where actor_kind = 'staff' and actor_id = $1 and action = 'look.refused'`,
    [staffId],
  );
  return { asked, answers, holes, logged: rows[0]?.logged ?? 0 };
}

async function plant(via: Callers, member: Member, people: readonly Person[]) {
  const endless = { hour: { soft: 100_000, hard: 100_000 }, day: { soft: 100_000, hard: 100_000 } };
  await setPolicy(stand.house, ceilings, {
    value: { ...ceilings.values[0]?.value, officer: endless },
    from: "2021-01-01",
    by: PLANTER,
  });
  const seen = await leaf(via, member, people);
  await stand.owner.query("delete from setting where changed_by = $1", [PLANTER]);
  return seen;
}

/** One person after the other, by three doors in turn; whoever's name comes back has been seen. */
async function leaf(via: Callers, { cookie, formToken }: Member, people: readonly Person[]) {
  const answers = new Answers();
  const startedAt = performance.now();
  const state = { persons: 0, stoppedAt: 0 };
  for (const [at, { nth, publicId }] of people.entries()) {
    const paper = { login: insuranceOf(nth), reason: "access", paper: "cccd", checks: ["seen", "face"] };
    const doors: Asked[] = [
      { path: `/console/persons/${publicId}` },
      { path: `/console/guardians/${publicId}` },
      { path: "/console/account", form: { _token: formToken, ...paper } },
    ];
    const door = doors[at % doors.length];
    if (!door) continue;
    const said = await via.ask({ ...door, cookies: { vssid_session: cookie }, from: harmAddress(9000 + at) });
    answers.note(said.status);
    if (said.text.includes(CANARY)) {
      state.persons += 1;
      state.stoppedAt = performance.now();
    }
  }
  return { persons: state.persons, seconds: Math.ceil((state.stoppedAt - startedAt) / 1000), answers };
}

async function flaggedAfter({ staffId }: Member): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const seconds = Math.ceil((performance.now() - startedAt) / 1000);
    const { rowCount } = await stand.owner.query(
      "select from look_flag where staff_id = $1 and kind in ('ceiling', 'many_persons')",
      [staffId],
    );
    if (rowCount) return seconds;
    if (seconds > FLAG_WITHIN_S) return Number.POSITIVE_INFINITY;
    await wait(500);
  }
}
