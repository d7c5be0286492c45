/**
 * R28: people read their own record and officers read people's, while web, database and connections are killed. Every
 * read that was answered has its row in the audit, and the person sees an officer's look within seconds.
 * --reads=100000, --small 500. At the end one row is taken away behind the product's back: the judge must miss it.
 */
import { setTimeout as wait } from "node:timers/promises";
import { optionOf, tellAtMost } from "../bench/harness.ts";
import { fillShort, type SignedIn, signIn } from "../bench/reads-store.ts";
import { dice } from "../test/dice.ts";
import { askOnce } from "./lives-caller.ts";
import { injections } from "./lives-faults.ts";
import { LivesStand, OFFICE } from "./lives-stand.ts";

const isSmall = process.argv.includes("--small");
const READS = optionOf("reads") ?? (isSmall ? 500 : 100_000);
const CLIENTS = optionOf("clients") ?? 8;
const SEED = optionOf("seed") ?? 330;
/** After so many answers, or after one that did not come, somebody else is read: what is unknown hides little. */
const READS_EACH = 20;
const SAMPLE_EVERY = 5;
const SEEN_MS = 5000;
const OFFICE_NAME = "Bảo hiểm xã hội Mẫu";

interface Person extends SignedIn {
  publicId: string;
  /** Answered reads: by the person, by an officer. */
  own: number;
  staff: number;
}

const stand = new LivesStand();
try {
  await stand.open({ webs: 2, workers: 1, officers: 2 });
  process.exitCode = (await play()) ? 0 : 1;
} finally {
  await stand.close();
}

async function play(): Promise<boolean> {
  const people = await peopleToRead(Math.ceil(READS / READS_EACH) * 2 + 20 * CLIENTS);
  const read: Person[] = [];
  const seenMs: number[] = [];
  let answered = 0;
  let unanswered = 0;
  const troubles = new Map<string, number>();
  const client = async (nth: number) => {
    const officer = stand.officers[nth % stand.officers.length] ?? "";
    while (answered < READS) {
      const person = people.pop();
      if (!person) throw new Error(`too many reads failed: ${JSON.stringify([...troubles])}`);
      read.push(person);
      for (let times = 0; times < READS_EACH && answered < READS; times += 1) {
        const isStaff = times % 4 === 0;
        const reply = await askOnce(
          stand.balancer.port,
          isStaff ? byOfficer(person, officer) : byPerson(person, times),
        );
        if (reply?.status !== 200) {
          unanswered += 1;
          const what = `${isStaff ? "officer" : "person"}: ${reply?.status ?? "no answer"}`;
          troubles.set(what, (troubles.get(what) ?? 0) + 1);
          await untilReady();
          break;
        }
        answered += 1;
        person[isStaff ? "staff" : "own"] += 1;
        if (isStaff && times === 0 && read.length % SAMPLE_EVERY === 0) seenMs.push(await untilSeen(person));
      }
    }
  };
  const reading = Promise.all(Array.from({ length: CLIENTS }, (_, nth) => client(nth)));
  const injected = await injure(reading);
  await reading;
  const missing = await unlogged(read);
  const planted = await missesOne(read);
  const extra = `${READS} answered reads of ${read.length} people by ${CLIENTS} at a time, ${injected} kills, ${unanswered} reads cut or refused (${[...troubles].map(([what, count]) => `${count} × ${what}`).join(", ")}); a row taken away was ${planted ? "missed" : "NOT MISSED"} by the judge`;
  const id = "R28";
  return [
    tellAtMost({ id, what: "answered reads without a row in the audit", value: missing, goal: 0, extra }),
    tellAtMost({
      ...{ id, what: "milliseconds until the person sees an officer's look", goal: SEEN_MS },
      ...{ value: Math.round(Math.max(0, ...seenMs)), extra: `${seenMs.length} looks asked for under the same kills` },
    }),
    planted && seenMs.length > 0,
  ].every(Boolean);
}

/** A person is spent on each read that is cut: nobody is, while all of it is away. */
async function untilReady(): Promise<void> {
  for (;;) {
    const ready = await askOnce(stand.balancer.port, { method: "GET", path: "/readyz?brief" });
    if (ready?.status === 200) return;
    await wait(100);
  }
}

function byPerson({ token }: Person, times: number) {
  return { method: "GET", path: times % 2 ? "/api/v1/me/visits?limit=2" : "/api/v1/me", bearer: token } as const;
}

function byOfficer({ publicId }: Person, officer: string) {
  return { method: "GET", path: `/console/persons/${publicId}`, bearer: officer } as const;
}

/** Everybody is signed in, and is at the officers' counter for some matter; nobody's ceiling is near. */
async function peopleToRead(count: number): Promise<Person[]> {
  await fillShort(stand.owner, count, 2);
  const signedIn = await signIn(stand.owner, count, new Date());
  await stand.owner.query(
    `insert into counter_matter (matter_id, person_id, office_code, staff_id, reason, opened_at, until_at)
     select gen_random_uuid(), person_id, $1, (select min(staff_id) from staff), 'present', now(), now() + interval '12 hours' from person`,
    [OFFICE],
  );
  const most = { soft: 10_000_000, hard: 10_000_000 };
  await stand.owner.query(
    "insert into setting (name, valid_from, value, changed_by) values ('looks.ceilings', '2021-02-01', $1, 'trial')",
    [JSON.stringify({ officer: { hour: most, day: most } })],
  );
  const { rows } = await stand.owner.query<{ person_id: string; public_id: string }>(
    "select person_id::text, public_id::text from person",
  );
  const publicIds = new Map(rows.map((row) => [row.person_id, row.public_id]));
  return signedIn.map((one) => ({ ...one, publicId: publicIds.get(one.personId) ?? "", own: 0, staff: 0 }));
}

/** At random moments, until there is nobody left who reads. */
async function injure(reading: Promise<unknown>): Promise<number> {
  const random = dice(SEED);
  const faults = injections(stand).filter(({ name }) => name.startsWith("SIGKILL") && !name.includes("worker"));
  let isOn = true;
  const ended = reading.finally(() => {
    isOn = false;
  });
  ended.catch(() => undefined);
  let count = 0;
  while (isOn) {
    await Promise.race([ended.catch(() => undefined), wait(500 + random.below(2000))]);
    if (!isOn) break;
    await faults[count % faults.length]?.inject(random);
    count += 1;
  }
  return count;
}

/** Milliseconds from the officer's answer until the person's own page shows which office looked. */
async function untilSeen(person: Person): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const page = await askOnce(stand.balancer.port, { method: "GET", path: "/app/looks", bearer: person.token });
    if (page?.text.includes(OFFICE_NAME)) return performance.now() - startedAt;
    if (performance.now() > startedAt + 10 * SEEN_MS) return performance.now() - startedAt;
    await wait(50);
  }
}

/** How many answers have no row of theirs: counted by person and kind of reader, from outside of the product. */
async function unlogged(read: readonly Person[]): Promise<number> {
  const { rows } = await stand.owner.query<{ person_id: string; own: number; staff: number }>(
    `select person_id::text, count(*) filter (where actor_kind = 'citizen' and action in ('read_person', 'read_visits'))::int as own,
            count(*) filter (where actor_kind = 'staff' and action = 'person.look')::int as staff
       from audit_event where person_id = any($1::bigint[]) group by 1`,
    [read.map(({ personId }) => personId)],
  );
  const written = new Map(rows.map((row) => [row.person_id, row]));
  return read.reduce((sum, { personId, own, staff }) => {
    const there = written.get(personId);
    return sum + Math.max(0, own - (there?.own ?? 0)) + Math.max(0, staff - (there?.staff ?? 0));
  }, 0);
}

/** Takes one row away and looks again; of somebody whose every read was answered. */
async function missesOne(read: readonly Person[]): Promise<boolean> {
  const before = await unlogged(read);
  const client = await stand.owner.connect();
  try {
    await client.query("set session_replication_role = replica");
    for (const { personId } of read) {
      const { rowCount } = await client.query(
        `delete from audit_event where event_id = (select max(event_id) from audit_event
          where person_id = $1 and actor_kind = 'citizen' and action in ('read_person', 'read_visits'))`,
        [personId],
      );
      if (rowCount && (await unlogged(read)) > before) return true;
    }
    return false;
  } finally {
    client.release(true);
  }
}
