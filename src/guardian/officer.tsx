import { record } from "../audit/record.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Invalid, NotSignedIn } from "../kernel/failures.ts";
import type { Fault } from "../kernel/outcome.ts";
import { IMAGE_LIMITS } from "../pictures/rules-image.ts";
import { policyOn } from "../policy/store.ts";
import { staffNames } from "../review/staff-names.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { askUnblock, blockLink, endLink } from "./block-link.ts";
import { decideAsked } from "./confirm-link.ts";
import { isSupervisor, officeOf } from "./desk.ts";
import { textsOf } from "./link-form.tsx";
import { LinkPage } from "./link-view.tsx";
import { findByNumber, linksOf, lookAtLink, lookAtPerson } from "./look-up.ts";
import { AddPage, FindPage, PersonPage } from "./person-view.tsx";
import { proposeLink } from "./propose-link.ts";
import { endsAtAge } from "./rules-policies.ts";
import { showCopy } from "./show-copy.ts";
import { askedLinks, eventsOf } from "./store.ts";
import { findCopy, getPaper } from "./store-paper.ts";
import { counterWords } from "./words-counter.ts";

/** /console/guardians: links of a person, proposed by one officer and confirmed by another. */
const ASKED_AT_MOST = 50;
const at = (path = "") =>
  ({ path: `/console/guardians${path}`, who: ["officer", "supervisor"], purpose: "account" }) as const;

export const routes: Route[] = [
  pageRoute({ method: "GET", ...at(), handle: (ask) => showFind(ask, [], 200) }),
  pageRoute({ method: "POST", ...at(), rate: "guess", handle: find }),
  pageRoute({ method: "GET", ...at("/:person"), handle: showPerson }),
  pageRoute({ method: "GET", ...at("/:person/links"), handle: (ask) => showAdd(ask, [], 200) }),
  pageRoute({
    method: "POST",
    ...at("/:person/links"),
    rate: "upload",
    sensitive: true,
    filesUpTo: IMAGE_LIMITS.bytes,
    handle: add,
  }),
  pageRoute({ method: "GET", ...at("/links/:link"), handle: (ask) => showLink(ask, [], 200) }),
  pageRoute({ method: "GET", ...at("/links/:link/paper"), sensitive: true, handle: copyOf }),
  pageRoute({ method: "POST", ...at("/links/:link/decision"), isHeavy: true, handle: decide }),
  pageRoute({ method: "POST", ...at("/links/:link/block"), handle: (ask) => act(ask, "block") }),
  pageRoute({ method: "POST", ...at("/links/:link/unblock"), handle: (ask) => act(ask, "unblock") }),
  pageRoute({ method: "POST", ...at("/links/:link/end"), handle: (ask) => act(ask, "end") }),
];

export interface GuardianDesk {
  ask: Ask;
  staff: Staff;
  officeName: string | undefined;
  /** Years at which a child's link ends today. */
  years: number;
}

async function deskOf(ask: Ask): Promise<GuardianDesk> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const officeName = (await getOffice(ask.house.db, officeOf(ask.actor)))?.name;
  return { ask, staff: ask.actor, officeName, years: await policyOn(ask.house.db, endsAtAge, dayOf(ask.now)) };
}

async function showFind(ask: Ask, faults: readonly Fault[], status: number): Promise<Reply> {
  const desk = await deskOf(ask);
  const asked = await askedLinks(ask.house.db, ASKED_AT_MOST);
  for (const { ward, linkId } of asked) {
    const object = { kind: "guardianship", id: linkId };
    const look = { action: "guardian.look", purpose: "account", personId: ward.personId, object } as const;
    await record(ask.house.db, { at: ask.now, actor: desk.staff, ...look, officeCode: officeOf(desk.staff) });
  }
  const names = await staffNames(ask.house.db);
  return page(<FindPage {...desk} {...{ asked, names }} faults={textsOf(faults, ask.lang)} />, status);
}

async function find(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const publicId = await findByNumber(ask.house, staff, ask.form.number ?? "");
  if (publicId) return redirect(`/console/guardians/${publicId}`);
  return showFind(ask, [{ field: "number", key: "number_unknown" }], 422);
}

async function showPerson(ask: Ask): Promise<Reply> {
  const desk = await deskOf(ask);
  return page(<PersonPage {...desk} of={await linksOf(ask.house, desk.staff, ask.params.person ?? "")} />);
}

async function showAdd(ask: Ask, faults: readonly Fault[], status: number): Promise<Reply> {
  const desk = await deskOf(ask);
  const person = await lookAtPerson(ask.house, desk.staff, ask.params.person ?? "");
  return page(<AddPage {...desk} ward={person} faults={faults} />, status);
}

async function add(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const person = await lookAtPerson(ask.house, staff, ask.params.person ?? "");
  try {
    const given = { form: ask.form, copy: ask.files.copy?.bytes };
    const linkId = await proposeLink(ask.house, staff, person.personId, given);
    return redirect(`/console/guardians/links/${linkId}`, counterWords(ask.lang).form.proposed);
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    return showAdd(ask, failure.faults, 422);
  }
}

async function showLink(ask: Ask, faults: readonly Fault[], status: number): Promise<Reply> {
  const desk = await deskOf(ask);
  const { db } = ask.house;
  const { link, guardian } = await lookAtLink(ask.house, desk.staff, ask.params.link ?? "");
  const shown = {
    link,
    guardian,
    paper: await getPaper(db, link.paperId),
    hasCopy: (await findCopy(db, link.paperId)) !== undefined,
    events: await eventsOf(db, link),
    names: await staffNames(db),
    mayDecide: isSupervisor(desk.staff) && link.askedBy !== desk.staff.staffId,
  };
  return page(<LinkPage {...desk} {...shown} faults={faults} />, status);
}

async function copyOf(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const bytes = await showCopy(ask.house, staff, ask.params.link ?? "");
  return { kind: "bytes", type: "image/jpeg", bytes, cache: "private, no-store" };
}

async function decide(ask: Ask): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const isYes = ask.form.decision === "yes";
  const link = await decideAsked(ask.house, staff, ask.params.link ?? "", isYes);
  const said = counterWords(ask.lang).link;
  return redirect(`/console/guardians/links/${link.linkId}`, isYes ? said.confirmed : said.rejected);
}

const acts = {
  block: { verb: blockLink, done: "blocked" },
  unblock: { verb: askUnblock, done: "unblockAsked" },
  end: { verb: endLink, done: "ended" },
} as const;

/** Each form of the page has a box of its own for the reason. */
async function act(ask: Ask, name: keyof typeof acts): Promise<Reply> {
  const { staff } = await deskOf(ask);
  const { verb, done } = acts[name];
  const box = `reason_${name}`;
  try {
    const link = await verb(ask.house, staff, ask.params.link ?? "", { ...ask.form, reason: ask.form[box] });
    return redirect(`/console/guardians/links/${link.linkId}`, counterWords(ask.lang).link[done]);
  } catch (failure) {
    if (!(failure instanceof Invalid)) throw failure;
    const faults = failure.faults.map((fault) => (fault.field === "reason" ? { ...fault, field: box } : fault));
    return showLink(ask, faults, 422);
  }
}
