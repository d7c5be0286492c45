/** Everything that the account holds of a person, part by part: the same for the file and for the page. Secrets are left out. */

import { findAccount } from "../account/store.ts";
import { openSessionsOf } from "../account/store-session.ts";
import { everyLook } from "../audit/store.ts";
import { consentsOf, seenOf } from "../consent/store.ts";
import type { House } from "../db/house.ts";
import { disputesOf } from "../dispute/store.ts";
import { eventsOf } from "../holder/store.ts";
import { householdOf } from "../household/store.ts";
import { readInbox } from "../inbox/read.ts";
import type { Citizen } from "../kernel/actor.ts";
import { contactsThroughTime, ethnicCodeOf, getPerson, numbersOf, recordsOf } from "../register/store.ts";
import { filesOfPersons } from "../registration/store-many.ts";
import { statementsOf } from "../statement/store.ts";
import { requestsOf } from "./store.ts";

export type Cell = string | number | boolean | null;
export type Row = Record<string, Cell>;
export const SECTIONS = [
  "person",
  "numbers",
  "household",
  "account",
  "account_events",
  "contacts",
  "sessions",
  "notices_shown",
  "consents",
  "declarations",
  "messages",
  "disputes",
  "papers",
  "requests",
  "looks",
] as const;
export type SectionName = (typeof SECTIONS)[number];

const BATCH = 200;
/** Of what a page shows the newest of: more than anybody has. */
const EVERY = 1_000_000;
const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;

/** Rows of one part after the other, a batch at a time; a part may come in several batches. */
export async function* sectionsOf(
  house: House,
  citizen: Citizen,
  now: Date,
): AsyncGenerator<{ name: SectionName; rows: Row[] }> {
  const { personId } = citizen;
  const { db } = house;
  const records = await recordsOf(db, personId);
  const { fullName, birthOn, birthPrecision, sex, nationality, managedBy } = await getPerson(db, personId);
  const ethnicCode = await ethnicCodeOf(db, personId);
  yield { name: "person", rows: [{ fullName, birthOn, birthPrecision, sex, nationality, ethnicCode, managedBy }] };
  yield { name: "numbers", rows: (await numbersOf(db, personId)).map((one) => ({ ...one })) };
  const household = await householdOf(db, personId);
  yield {
    name: "household",
    rows: household.map(({ fullName, relation, isSelf, sourceFileId }) => ({
      fullName,
      relation: relation ?? null,
      isSelf,
      sourceFile: sourceFileId,
    })),
  };
  yield { name: "account", rows: await accountRows(house, personId) };
  const events = await eventsOf(db, personId, EVERY);
  yield {
    name: "account_events",
    rows: events.map(({ at, kind, reference, source, grounds }) => ({ at: iso(at), kind, reference, source, grounds })),
  };
  const contacts = await contactsThroughTime(db, personId);
  yield {
    name: "contacts",
    rows: contacts.map(({ kind, value, validFrom, validTo, verifiedAt }) => ({
      kind,
      value,
      from: iso(validFrom),
      to: iso(validTo),
      verifiedAt: iso(verifiedAt),
    })),
  };
  const sessions = await openSessionsOf(db, { personId }, now);
  yield {
    name: "sessions",
    rows: sessions.map(({ device, kind, created_at, seen_at, ends_at }) => ({
      device,
      kind,
      since: iso(created_at),
      lastSeen: iso(seen_at),
      endsAt: iso(ends_at),
    })),
  };
  const shown = await seenOf(db, personId);
  yield { name: "notices_shown", rows: shown.map(({ version, seenAt }) => ({ version, at: iso(seenAt) })) };
  const consents = await consentsOf(db, personId, EVERY);
  yield { name: "consents", rows: consents.map(({ at, ...event }) => ({ at: iso(at), ...event })) };
  yield { name: "declarations", rows: await filesOfPersons(db, records) };
  yield* messagesOf(house, personId);
  yield* restOf(house, personId);
  yield* looksOf(house, records);
}

async function accountRows(house: House, personId: string): Promise<Row[]> {
  const account = await findAccount(house.db, personId);
  if (!account) return [];
  const { status, password_set_on, activated_at, first_signed_in_at, last_signed_in_at, lang } = account;
  return [
    {
      status,
      activatedAt: iso(activated_at),
      firstSignInAt: iso(first_signed_in_at),
      lastSignInAt: iso(last_signed_in_at),
      passwordSetOn: password_set_on,
      lang,
    },
  ];
}

async function* messagesOf(house: House, personId: string) {
  let before: string | undefined;
  do {
    const { messages, next } = await readInbox(house, { personId, readBy: personId }, { before, limit: 50 });
    const rows = messages.map(({ createdAt, title, paragraphs, ways }) => ({
      at: iso(createdAt),
      title,
      text: paragraphs.join("\n"),
      sentTo: ways.map(({ channel, to, state }) => `${channel} ${to} ${state}`).join("; "),
    }));
    yield { name: "messages" as const, rows };
    before = next;
  } while (before);
}

async function* restOf(house: House, personId: string) {
  yield* disputesIn(house, personId);
  yield* papersIn(house, personId);
  const requests = await requestsOf(house.db, personId, EVERY);
  yield {
    name: "requests" as const,
    rows: requests.map(({ kind, openedAt, says, answerBy, dueOn, decidedAt, outcome, answer }) => ({
      kind,
      at: iso(openedAt),
      says,
      answerBy,
      dueOn,
      decidedAt: iso(decidedAt),
      outcome,
      answer,
    })),
  };
}

async function* disputesIn({ db }: House, personId: string) {
  let after: string | undefined;
  do {
    const { disputes, next } = await disputesOf(db, { personId, hidesSensitive: false }, { after, limit: BATCH });
    const rows = disputes.map(({ createdAt, kind, fact, says, status, answer, outcome }) => ({
      at: iso(createdAt),
      kind,
      about: `${fact.kind} ${fact.id}`.trim(),
      says,
      status,
      answer: answer ?? null,
      outcome: outcome ?? null,
    }));
    yield { name: "disputes" as const, rows };
    after = next;
  } while (after);
}

async function* papersIn({ db }: House, personId: string) {
  let after: string | undefined;
  do {
    const { papers, next } = await statementsOf(db, personId, after);
    const rows = papers.map(({ madeAt, kind, year, expiresOn, withdrawnAt, checks }) => ({
      at: iso(madeAt),
      kind,
      year,
      expiresOn,
      withdrawnAt: iso(withdrawnAt),
      checks,
    }));
    yield { name: "papers" as const, rows };
    after = next;
  } while (after);
}

async function* looksOf(house: House, records: readonly string[]) {
  let before: string | undefined;
  do {
    const looks = await everyLook(house.db, records, before, BATCH);
    yield {
      name: "looks" as const,
      rows: looks.map(({ at, actor_kind, office_name, action, purpose }) => ({
        at: iso(at),
        who: actor_kind,
        office: office_name,
        action,
        purpose,
      })),
    };
    before = looks.length === BATCH ? looks.at(-1)?.event_id : undefined;
  } while (before);
}
