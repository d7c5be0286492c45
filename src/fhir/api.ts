/** FHIR R4 for the signed-in citizen: own Patient, Coverage and ExplanationOfBenefit; anybody else's is not found. */
import { z } from "zod";
import { noteLook } from "../audit/record.ts";
import { readCards, type ShownCard } from "../card/store.ts";
import { readerOf } from "../me/reader.ts";
import { getPerson, numbersOf, type Person } from "../register/store.ts";
import { readCursor, writeCursor } from "../visits/cursor.ts";
import { countVisits, findVisit, wholeVisits } from "../visits/store.ts";
import { type ApiAsk, type ApiReply, apiRoute, type Route } from "../web/route.ts";
import {
  type Coverage,
  coverageOf,
  coveragesOf,
  explanationOf,
  type Names,
  namesAt,
  patientOf,
  type Resource,
  withoutEmpty,
} from "./resources.ts";
import { parseSearch, type Unread } from "./rules-search.ts";

const resource = {
  type: "application/fhir+json; charset=utf-8",
  holds: z.object({ resourceType: z.string() }).loose(),
};
const own = { method: "GET", who: ["citizen"], purpose: "own_record", sensitive: true } as const;
const replies = { 200: resource, 404: resource };
const search = z.object({ patient: z.string().max(100).optional() });

export const routes: Route[] = [
  apiRoute({
    ...own,
    path: "/fhir/Patient/{id}",
    summary: "Myself as a FHIR Patient",
    params: z.object({ id: z.string().max(64) }),
    replies,
    async handle(ask) {
      const person = await ownPerson(ask, ask.params.id);
      if (!person) return notFound();
      const numbers = await numbersOf(ask.house.db, person.personId);
      return reply(patientOf(namesOf(ask), person, numbers));
    },
  }),
  apiRoute({
    ...own,
    path: "/fhir/Coverage",
    summary: "My health cards as FHIR Coverage",
    queryOf: search,
    replies,
    async handle(ask) {
      const person = await ownPerson(ask, patientParameter(ask.query.patient));
      if (!person) return notFound();
      const coverages = await readCoverages(ask, person);
      const names = namesOf(ask);
      return reply(
        bundle(
          names,
          `Coverage?patient=${person.publicId}`,
          coverages.map((coverage) => coverageOf(names, person.publicId, coverage)),
        ),
      );
    },
  }),
  apiRoute({
    ...own,
    path: "/fhir/Coverage/{id}",
    summary: "One of my health cards as a FHIR Coverage",
    params: z.object({ id: z.string().max(64) }),
    replies,
    async handle(ask) {
      const person = await getPerson(ask.house.db, readerOf(ask.actor).personId);
      note(ask);
      const coverage = (await readCoverages(ask, person)).find(({ id }) => id === ask.params.id);
      return coverage ? reply(coverageOf(namesOf(ask), person.publicId, coverage)) : notFound();
    },
  }),
  apiRoute({
    ...own,
    path: "/fhir/ExplanationOfBenefit",
    summary: "My visits as FHIR ExplanationOfBenefit, newest first; follow `next` for more",
    queryOf: search.extend({
      _count: z.string().max(20).optional().describe("Visits a page: 20 unless asked, at most 50; 0 counts them only"),
      _lastUpdated: z
        .union([z.string().max(40), z.array(z.string().max(40)).max(4)])
        .optional()
        .describe("When the newest version arrived, as in ge2026-11-01; days are those of Viet Nam"),
      _cursor: z.string().max(200).optional().describe("Part of the link `next`"),
    }),
    replies: { ...replies, 400: resource },
    handle: explanations,
  }),
  apiRoute({
    ...own,
    path: "/fhir/ExplanationOfBenefit/{id}",
    summary: "One of my visits as a FHIR ExplanationOfBenefit",
    params: z.object({ id: z.guid() }),
    replies,
    async handle(ask) {
      const reader = readerOf(ask.actor);
      const person = await getPerson(ask.house.db, reader.personId);
      note(ask);
      const visit = await findVisit(ask.house.db, reader, ask.params.id);
      if (!visit) return notFound();
      return reply(explanationOf(namesOf(ask), person.publicId, visit, await readCoverages(ask, person)));
    },
  }),
];

interface ExplanationQuery {
  patient?: string | undefined;
  _count?: string | undefined;
  _lastUpdated?: string | string[] | undefined;
  _cursor?: string | undefined;
}

async function explanations(ask: ApiAsk<unknown, ExplanationQuery, unknown>): Promise<ApiReply> {
  const { patient, _count, _lastUpdated = [], _cursor: cursor } = ask.query;
  const person = await ownPerson(ask, patientParameter(patient));
  const since = [_lastUpdated].flat();
  const asked = parseSearch(_count, since);
  if (!asked.ok) return unread(asked.faults);
  const after = cursor === undefined ? undefined : readCursor(cursor);
  if (!person || (cursor !== undefined && !after)) return notFound();
  const { count, updated } = asked.value;
  const reader = readerOf(ask.actor);
  const names = namesOf(ask);
  const address = (at: string | undefined) => {
    const parts = new URLSearchParams({ patient: person.publicId, _count: String(count) });
    for (const one of since) parts.append("_lastUpdated", one);
    if (at) parts.append("_cursor", at);
    return `ExplanationOfBenefit?${parts}`;
  };
  if (count === 0) {
    const total = await countVisits(ask.house.db, reader, updated);
    return reply({ ...bundle(names, address(undefined), []), total });
  }
  const [visits, coverages] = await Promise.all([
    wholeVisits(ask.house.db, reader, { after, arrived: updated, limit: count + 1 }),
    readCoverages(ask, person),
  ]);
  const shown = visits.slice(0, count);
  const last = visits.length > count ? shown.at(-1) : undefined;
  const entries = shown.map((visit) => explanationOf(names, person.publicId, visit, coverages));
  return reply(bundle(names, address(cursor), entries, last && address(writeCursor(last))));
}

type AnyAsk = Pick<ApiAsk<unknown, unknown, unknown>, "house" | "actor" | "now">;

const namesOf = (ask: AnyAsk) => namesAt(ask.house.settings.baseUrl);

async function readCoverages({ house }: AnyAsk, { personId, publicId }: Person): Promise<Coverage<ShownCard>[]> {
  const { cards } = await readCards(house.pool, personId);
  return coveragesOf(publicId, cards);
}

/** The asker, when the id is their own. Each look is noted, found or not. */
async function ownPerson(ask: AnyAsk, publicId: string | undefined): Promise<Person | undefined> {
  const person = await getPerson(ask.house.db, readerOf(ask.actor).personId);
  note(ask);
  return person.publicId === publicId ? person : undefined;
}

function note(ask: AnyAsk): void {
  const actor = readerOf(ask.actor);
  const look = { at: ask.now, actor, action: "read_fhir", purpose: "own_record", personId: actor.personId } as const;
  noteLook(ask.house, look);
}

/** `Patient/<id>`, `<id>`, or an absolute reference. */
function patientParameter(text: string | undefined): string | undefined {
  return text?.replace(/^.*Patient\//, "");
}

function bundle(names: Names, self: string, resources: readonly Resource[], next?: string): Resource {
  const address = (path: string) => `${names.base}/fhir/${path}`;
  return {
    resourceType: "Bundle",
    type: "searchset",
    link: [{ relation: "self", url: address(self) }, ...(next ? [{ relation: "next", url: address(next) }] : [])],
    entry: resources.map((one) => ({
      fullUrl: address(`${one.resourceType}/${one.id}`),
      resource: one,
      search: { mode: "match" },
    })),
  };
}

function reply(body: Resource): ApiReply {
  return { status: 200, body: JSON.stringify(withoutEmpty(body)) };
}

const notFound = () => outcome(404, "not-found", "No such resource for this sign-in");

function unread(parameter: Unread): ApiReply {
  const howTo = { _count: "a whole number from 0", _lastUpdated: "a date as in ge2026-11-01" }[parameter];
  return outcome(400, "value", `${parameter} must be ${howTo}`);
}

function outcome(status: number, code: string, diagnostics: string): ApiReply {
  const body = { resourceType: "OperationOutcome", issue: [{ severity: "error", code, diagnostics }] };
  return { status, body: JSON.stringify(body) };
}
