/** FHIR R4 for the signed-in citizen: own Patient, Coverage and ExplanationOfBenefit; anybody else's is not found. */
import { z } from "zod";
import { noteLook } from "../audit/record.ts";
import { readCards } from "../card/store.ts";
import { readerOf } from "../me/reader.ts";
import { getPerson, numbersOf, type Person } from "../register/store.ts";
import { readCursor, writeCursor } from "../visits/cursor.ts";
import { wholeVisits } from "../visits/store.ts";
import { type ApiAsk, type ApiReply, apiRoute, type Route } from "../web/route.ts";
import { coverageOf, explanationOf, type Names, namesAt, patientOf, type Resource } from "./resources.ts";

const TYPE = "application/fhir+json; charset=utf-8";
const COUNT_DEFAULT = 20;
const COUNT_MAX = 50;

const resource = z.object({ resourceType: z.string() }).loose();
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
      const { cards = [] } = await readCards(ask.house.pool, person.personId);
      const names = namesOf(ask);
      return reply(
        bundle(
          names,
          `Coverage?patient=${person.publicId}`,
          cards.map((card) => coverageOf(names, person.publicId, card)),
        ),
      );
    },
  }),
  apiRoute({
    ...own,
    path: "/fhir/ExplanationOfBenefit",
    summary: "My visits as FHIR ExplanationOfBenefit, newest first; follow `next` for more",
    queryOf: search.extend({
      _count: z.coerce.number().int().min(1).max(COUNT_MAX).default(COUNT_DEFAULT),
      _cursor: z.string().max(200).optional(),
    }),
    replies,
    async handle(ask) {
      const { patient, _count: count, _cursor: cursor } = ask.query;
      const person = await ownPerson(ask, patientParameter(patient));
      const after = cursor === undefined ? undefined : readCursor(cursor);
      if (!person || (cursor !== undefined && !after)) return notFound();
      const [visits, { cards = [] }] = await Promise.all([
        wholeVisits(ask.house.db, readerOf(ask.actor), after, count + 1),
        readCards(ask.house.pool, person.personId),
      ]);
      const names = namesOf(ask);
      const shown = visits.slice(0, count);
      const last = visits.length > count ? shown.at(-1) : undefined;
      const address = `ExplanationOfBenefit?patient=${person.publicId}&_count=${count}`;
      const next = last && `${address}&_cursor=${writeCursor(last)}`;
      const entries = shown.map((visit) => explanationOf(names, person.publicId, visit, cards));
      return reply(bundle(names, address, entries, next));
    },
  }),
];

type AnyAsk = Pick<ApiAsk<unknown, unknown, unknown>, "house" | "actor" | "now">;

const namesOf = (ask: AnyAsk) => namesAt(ask.house.settings.baseUrl);

/** The asker, when the id is their own. Each look is noted, found or not. */
async function ownPerson(ask: AnyAsk, publicId: string | undefined): Promise<Person | undefined> {
  const actor = readerOf(ask.actor);
  const person = await getPerson(ask.house.db, actor.personId);
  noteLook(ask.house, {
    at: ask.now,
    actor,
    action: "read_fhir",
    purpose: "own_record",
    personId: actor.personId,
  });
  return person.publicId === publicId ? person : undefined;
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
  return { status: 200, type: TYPE, body: JSON.stringify(body) };
}

function notFound(): ApiReply {
  const outcome = {
    resourceType: "OperationOutcome",
    issue: [{ severity: "error", code: "not-found", diagnostics: "No such resource for this sign-in" }],
  };
  return { status: 404, type: TYPE, body: JSON.stringify(outcome) };
}
