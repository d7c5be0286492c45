import { namesOfStaff } from "../account/store-staff.ts";
import { record, recordAll } from "../audit/record.ts";
import { aboutPersons } from "../db/wall.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { Conflict, Failure, Invalid, NotAllowed, NotSignedIn } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import { personsOfFile } from "../review/persons-of-file.ts";
import type { FieldFault } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { confirmMerge, rejectMerge } from "./confirm-merge.ts";
import { alikeOf, FOUND_AT_MOST, loadRecord, searchPersons, survivorOf } from "./load-record.ts";
import { getMerge, getPersonAsked, isSupervisorAt, officeAtWork } from "./merge-desk.ts";
import { MergePage, MergesPage, PairPage } from "./merge-view.tsx";
import { closedRoutes, closing, orClosed } from "./officer-closed.tsx";
import { DuplicatesOfFilePage, PersonPage, PersonsPage } from "./person-view.tsx";
import { proposeMerge } from "./propose-merge.ts";
import { recordDeath } from "./record-death.ts";
import { mergeActs } from "./rules-merge.ts";
import { getPerson } from "./store.ts";
import { findDeath } from "./store-death.ts";
import { findStanding, mergesOf } from "./store-merge.ts";
import { mayUndo, undoDeath } from "./undo-death.ts";
import { undoMerge } from "./undo-merge.ts";
import { type Desk, mergeHref, personHref } from "./view-parts.tsx";
import { words } from "./words.ts";

/** Records of the register at the counter: search, comparison, merge and its way back, deaths. */
const desk = { who: ["officer", "supervisor"], purpose: "review" } as const;
const MERGES_AT_MOST = 50;

export const routes: Route[] = [
  ...closedRoutes,
  pageRoute({ ...desk, method: "GET", path: "/console/persons", handle: showFind }),
  pageRoute({ ...desk, method: "POST", path: "/console/persons", rate: "guess", handle: find }),
  pageRoute({
    ...desk,
    method: "GET",
    path: "/console/persons/:person",
    handle: (ask) => orClosed(ask, () => showPerson(ask, [], 200)),
  }),
  pageRoute({ ...desk, method: "POST", path: "/console/persons/:person/death", handle: closing(postDeath) }),
  pageRoute({
    ...desk,
    method: "POST",
    path: "/console/persons/:person/restoration",
    handle: closing(postRestoration),
  }),
  pageRoute({
    ...desk,
    method: "GET",
    path: "/console/persons/:person/with/:other",
    handle: (ask) => orClosed(ask, () => showPair(ask, [], 200)),
  }),
  pageRoute({
    ...desk,
    method: "POST",
    path: "/console/persons/:person/with/:other",
    isHeavy: true,
    handle: closing(postProposal),
  }),
  pageRoute({ ...desk, method: "GET", path: "/console/files/:code/duplicates", handle: showOfFile }),
  pageRoute({ ...desk, method: "GET", path: "/console/merges", handle: showMerges }),
  pageRoute({ ...desk, method: "GET", path: "/console/merges/:id", handle: (ask) => showMerge(ask, [], 200) }),
  pageRoute({
    ...desk,
    method: "POST",
    path: "/console/merges/:id/confirmation",
    isHeavy: true,
    handle: (ask) => decide(ask, "confirm"),
  }),
  pageRoute({ ...desk, method: "POST", path: "/console/merges/:id/rejection", handle: (ask) => decide(ask, "reject") }),
  pageRoute({
    ...desk,
    method: "POST",
    path: "/console/merges/:id/undoing",
    isHeavy: true,
    handle: (ask) => decide(ask, "undo"),
  }),
  ...["death", "restoration"].map((act) =>
    pageRoute({
      ...desk,
      method: "GET",
      path: `/console/persons/:person/${act}`,
      handle: (ask) => redirect(personHref(ask.params.person ?? "")),
    }),
  ),
  ...["confirmation", "rejection", "undoing"].map((act) =>
    pageRoute({
      ...desk,
      method: "GET",
      path: `/console/merges/:id/${act}`,
      handle: (ask) => redirect(mergeHref(ask.params.id ?? "")),
    }),
  ),
];

async function deskOf(ask: Ask): Promise<Desk> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const code = officeAtWork(ask.actor);
  const officeName = code ? (await getOffice(ask.house.db, code))?.name : undefined;
  return { ask, staff: ask.actor, officeName };
}

const namesOf = (ask: Ask): Promise<Map<string, string>> => namesOfStaff(ask.house.db);

async function showFind(ask: Ask): Promise<Reply> {
  return page(<PersonsPage at={await deskOf(ask)} typed="" found={undefined} isCut={false} faults={[]} />);
}

async function find(ask: Ask): Promise<Reply> {
  const at = await deskOf(ask);
  const typed = ask.form.q ?? "";
  const found = await searchPersons(ask.house, at.staff, typed);
  if (!found) {
    const faults = [{ field: "q", text: words(ask.lang).find.nothing }];
    return page(<PersonsPage at={at} typed={typed} found={undefined} isCut={false} faults={faults} />, 422);
  }
  const isCut = found.length >= FOUND_AT_MOST;
  return page(<PersonsPage at={at} typed={typed} found={found} isCut={isCut} faults={[]} />);
}

async function showPerson(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const at = await deskOf(ask);
  const person = await getPersonAsked(ask.house.db, ask.params.person ?? "");
  const shown = await loadRecord(ask.house, at.staff, person, "person.look", { asks: "must" });
  const survivor = person.mergedInto ? await survivorOf(ask.house, person) : undefined;
  const alike = survivor ? [] : await alikeOf(ask.house, person);
  const death = await aboutPersons([person.personId], () => findDeath(ask.house.db, person.personId));
  const isSupervisor = mayUndo(at.staff, death);
  const names = await namesOf(ask);
  return page(
    <PersonPage {...{ at, shown, alike, survivor, death, isSupervisor, names, faults }} typed={ask.form} />,
    status,
  );
}

async function postDeath(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const person = ask.params.person ?? "";
  await needCase(ask, staff, person);
  return told(ask, "died", showPerson, async () => {
    const { hadAccount } = await recordDeath(ask.house, staff, { person, form: ask.form });
    const said = words(ask.lang).death;
    return redirect(personHref(person), hadAccount ? said.flash : said.flashNoAccount);
  });
}

async function postRestoration(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const person = ask.params.person ?? "";
  await needCase(ask, staff, person);
  return told(ask, "reason", showPerson, async () => {
    await undoDeath(ask.house, staff, { person, reason: ask.form.reason ?? "" });
    return redirect(personHref(person), words(ask.lang).death.undoFlash);
  });
}

/** A change asks for the same open case as a look: a death or a merge is itself a case afterwards. */
async function needCase({ house }: Ask, staff: Staff, publicId: string): Promise<void> {
  await loadRecord(house, staff, await getPersonAsked(house.db, publicId), "person.look", { asks: "must" });
}

/** Both records, for an office with a case of one of two that are alike, or of each. */
async function loadPair({ house, params }: Ask, staff: Staff) {
  const one = await getPersonAsked(house.db, params.person ?? "");
  const other = await getPersonAsked(house.db, params.other ?? "");
  const isAlike = (await alikeOf(house, one)).some(({ personId }) => personId === other.personId);
  const grounds = { asks: "must" as const, ...(isAlike ? { caseOf: [one.personId, other.personId] } : {}) };
  const left = await loadRecord(house, staff, one, "person.compare", grounds);
  const right = await loadRecord(house, staff, other, "person.compare", grounds);
  return { one, other, left, right };
}

async function showPair(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const at = await deskOf(ask);
  const { house, params } = ask;
  if (params.person === params.other) return redirect(personHref(params.person ?? ""));
  const { one, other, left, right } = await loadPair(ask, at.staff);
  const standing = await findStanding(house.db, one.personId, other.personId);
  return page(<PairPage {...{ at, left, right, standing, faults }} typed={ask.form} />, status);
}

async function postProposal(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const { person = "", other = "" } = ask.params;
  const { keep, reason = "" } = ask.form;
  await loadPair(ask, staff);
  return told(ask, "keep", showPair, async () => {
    if (keep !== "left" && keep !== "right") throw new Invalid([{ field: "keep", key: "keep_missing" }]);
    const [survivor, merged] = keep === "left" ? [person, other] : [other, person];
    const merge = await proposeMerge(ask.house, staff, { survivor, merged, reason });
    return redirect(mergeHref(merge.id), words(ask.lang).pair.proposedFlash);
  });
}

async function showOfFile(ask: Ask): Promise<Reply> {
  const at = await deskOf(ask);
  const code = parseFileCode(ask.params.code ?? "") ?? "";
  const people = await personsOfFile(ask.house, at.staff, code);
  const groups = [];
  for (const person of people) {
    const others = people.filter(({ personId }) => personId !== person.personId);
    const alike = await alikeOf(ask.house, person);
    const known = new Set(alike.map(({ personId }) => personId));
    const led = others.filter(({ personId }) => !known.has(personId)).map((each) => ({ ...each, sharesNumber: true }));
    groups.push({ person, alike: [...led, ...alike] });
    await record(ask.house.db, {
      at: ask.now,
      actor: at.staff,
      action: "person.look",
      purpose: "review",
      personId: person.personId,
      object: { kind: "declaration", id: code },
      officeCode: officeAtWork(at.staff),
    });
  }
  return page(<DuplicatesOfFilePage at={at} code={code} groups={groups} />);
}

async function showMerges(ask: Ask): Promise<Reply> {
  const at = await deskOf(ask);
  const merges = await mergesOf(ask.house.db, officesAtWork(at.staff), MERGES_AT_MOST);
  const look = { at: ask.now, actor: at.staff, action: "person.merges", purpose: "review" };
  await recordAll(
    ask.house.db,
    merges.map(({ id, survivorId: personId, officeCode }) => ({
      ...look,
      personId,
      officeCode,
      object: { kind: "merge", id },
    })),
  );
  return page(<MergesPage at={at} merges={merges} names={await namesOf(ask)} />);
}

async function showMerge(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const at = await deskOf(ask);
  const { house } = ask;
  const merge = await getMerge(house.db, at.staff, ask.params.id ?? "");
  const [survivor, merged] = [await getPerson(house.db, merge.survivorId), await getPerson(house.db, merge.mergedId)];
  const kept = await loadRecord(house, at.staff, survivor, "person.compare", { asks: "nothing" });
  const gone = await loadRecord(house, at.staff, merged, "person.compare", { asks: "nothing" });
  const isSupervisor = isSupervisorAt(at.staff, merge.officeCode);
  const acts = mergeActs(merge, { staffId: at.staff.staffId, isSupervisor });
  return page(<MergePage {...{ at, merge, kept, gone, acts, faults }} names={await namesOf(ask)} />, status);
}

async function decide(ask: Ask, act: "confirm" | "reject" | "undo"): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const id = ask.params.id ?? "";
  const said = words(ask.lang).merge.flashes;
  return told(ask, "reason", showMerge, async () => {
    await acts[act](ask, staff, id);
    return redirect(mergeHref(id), said[act]);
  });
}

const acts = {
  confirm: (ask: Ask, staff: Staff, id: string) => confirmMerge(ask.house, staff, id),
  reject: (ask: Ask, staff: Staff, id: string) => rejectMerge(ask.house, staff, id),
  undo: (ask: Ask, staff: Staff, id: string) => undoMerge(ask.house, staff, id, ask.form.reason ?? ""),
};

type Shows = (ask: Ask, faults: readonly FieldFault[], status: number) => Promise<Reply>;

/** What is refused stands on the same page, with what was typed and what can be done. */
async function told(ask: Ask, field: string, show: Shows, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    const said: Record<string, string> = words(ask.lang).faults;
    if (failure instanceof Invalid) {
      const faults = failure.faults.map((one) => ({ field: one.field, text: said[one.key] ?? one.key }));
      return show(ask, faults, failure.status);
    }
    const key = failure instanceof NotAllowed ? "not_allowed" : failure instanceof Conflict ? failure.code : undefined;
    const text = key ? said[key] : undefined;
    if (!text) throw failure;
    return show(ask, [{ field, text }], failure.status);
  }
}
