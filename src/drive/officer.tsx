import { record } from "../audit/record.ts";
import { homeOfStaff, officesAtWork, officesOf, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotAllowed, NotFound, NotSignedIn } from "../kernel/failures.ts";
import { foldName } from "../kernel/names.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { getOffice } from "../units/store.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { unitHref } from "./frame.tsx";
import { endCoordinator, invite, resendInvitation, withdrawInvitation } from "./invite.ts";
import { UnitsPage } from "./list-view.tsx";
import { lookAtUnit, unitsOn } from "./look.ts";
import { countCoordinators, readUnitPage } from "./read-unit.ts";
import { isoDay, treeOf } from "./rules.ts";
import { addUnit, changeUnit, endUnit } from "./save-unit.ts";
import { UnitPage } from "./unit-view.tsx";
import { words } from "./words.ts";
import { faultWords } from "./words-faults.ts";

/** The desk's pages of units: seen by office, coordinator and leader; changed by the office's supervisor. */
const desk = { who: ["officer", "supervisor", "coordinator", "leader"], purpose: "rollout" } as const;
const LISTED = 300;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: "/console/units", handle: (ask) => showUnits(ask, [], 200) }),
  pageRoute({ ...desk, who: ["supervisor"], method: "POST", path: "/console/units", handle: postUnit }),
  pageRoute({ ...desk, method: "GET", path: "/console/units/:unit", handle: (ask) => showUnit(ask, "", [], 200) }),
  pageRoute({
    ...desk,
    method: "GET",
    path: "/console/units/:unit/:act",
    handle: (ask) => redirect(unitHref(ask.params.unit ?? "")),
  }),
  pageRoute({
    ...desk,
    who: ["officer", "supervisor", "coordinator"],
    method: "POST",
    path: "/console/units/:unit/:act",
    handle: postAct,
  }),
];

async function staffOf(ask: Ask): Promise<{ staff: Staff; officeName: string | undefined }> {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  const office = officesAtWork(ask.actor)[0];
  return { staff: ask.actor, officeName: office ? (await getOffice(ask.house.db, office))?.name : undefined };
}

async function showUnits(ask: Ask, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const { staff, officeName } = await staffOf(ask);
  const typedDay = ask.query.on?.trim();
  const day = typedDay ? isoDay(typedDay) : dayOf(ask.now).toString();
  const ofDay = day ? [] : [{ field: "on", text: faultWords(ask.lang).day_shape }];
  const shownDay = day ?? dayOf(ask.now).toString();
  const named = ask.query.q ?? "";
  const all = await unitsOn(ask.house.db, staff, shownDay);
  const wanted = foldName(named);
  const found = wanted ? all.filter(({ code, name }) => foldName(`${code} ${name}`).includes(wanted)) : all;
  const lines = treeOf(found);
  const coordinators = await countCoordinators(ask.house.db, found, dayOf(ask.now).toString());
  const view = (
    <UnitsPage
      {...{ ask, officeName, day: shownDay, named, total: lines.length, coordinators }}
      lines={lines.slice(0, LISTED)}
      mayAdd={officesOf(staff, "supervisor").length > 0}
      typed={ask.form}
      faults={[...faults, ...ofDay]}
    />
  );
  return page(view, ofDay.length > 0 ? 422 : status);
}

async function postUnit(ask: Ask): Promise<Reply> {
  const { staff } = await staffOf(ask);
  try {
    const unit = await addUnit(ask.house, staff, ask.form);
    return redirect(unitHref(unit.code), words(ask.lang).list.added(unit.name));
  } catch (failure) {
    return showUnits(ask, faultsOf(ask, failure, "unit_code"), 422);
  }
}

async function showUnit(ask: Ask, act: string, faults: readonly FieldFault[], status: number): Promise<Reply> {
  const { staff, officeName } = await staffOf(ask);
  const seen = await lookAtUnit(ask.house.db, staff, ask.params.unit ?? "", ask.now);
  const read = await readUnitPage(ask.house, staff, seen);
  await record(ask.house.db, {
    ...{ at: ask.now, actor: staff, action: "drive.unit_seen", purpose: "rollout", officeCode: seen.unit.officeCode },
    object: { kind: "drive_unit", id: seen.unit.code },
  });
  return page(<UnitPage {...{ ask, officeName, act, faults, typed: ask.form }} {...seen} {...read} />, status);
}

/** What is done with a unit, each by its address; the answer leads back to the unit. */
const acts: Record<string, (ask: Ask, staff: Staff, code: string) => Promise<string>> = {
  async change(ask, staff, code) {
    await changeUnit(ask.house, staff, code, ask.form);
    return words(ask.lang).unit.changed;
  },
  async ending(ask, staff, code) {
    await endUnit(ask.house, staff, code, ask.form);
    return words(ask.lang).unit.endFlash;
  },
  async invitation(ask, staff, code) {
    const { name } = await invite(ask.house, staff, code, { ...ask.form, name: ask.form.person ?? "" });
    return words(ask.lang).invitations.sent(name);
  },
  async "invitation-again"(ask, staff, code) {
    await resendInvitation(ask.house, staff, code, ask.form.invitation ?? "");
    return words(ask.lang).invitations.againFlash;
  },
  async "invitation-withdrawal"(ask, staff, code) {
    await withdrawInvitation(ask.house, staff, code, ask.form.invitation ?? "");
    return words(ask.lang).invitations.withdrawn;
  },
  async "coordinator-end"(ask, staff, code) {
    const name = await endCoordinator(ask.house, staff, code, ask.form.staff ?? "");
    return words(ask.lang).people.ended(name);
  },
};

async function postAct(ask: Ask): Promise<Reply> {
  const { staff } = await staffOf(ask);
  const { unit = "", act = "" } = ask.params;
  const work = Object.hasOwn(acts, act) ? acts[act] : undefined;
  if (!work) throw new NotFound("page");
  try {
    const told = await work(ask, staff, unit);
    // Whoever ends the unit, or their own part in it, may not see it any more.
    const isSeen = await lookAtUnit(ask.house.db, staff, unit, ask.now).then(
      () => true,
      () => false,
    );
    return redirect(isSeen ? unitHref(unit) : homeOfStaff(staff.roles), told);
  } catch (failure) {
    const faults = faultsOf(ask, failure, act === "invitation" ? "phone" : "name");
    return showUnit(ask, act, act === "invitation" ? faults.map(atPerson) : faults, 422);
  }
}

/** On the page of a unit the box "name" is the unit's own. */
const atPerson = (fault: FieldFault): FieldFault => (fault.field === "name" ? { ...fault, field: "person" } : fault);

/** The sentences of a refusal; anything else goes on as it is. */
function faultsOf(ask: Ask, failure: unknown, field: string): FieldFault[] {
  if (failure instanceof Invalid) return sentencesOf(failure.faults, faultWords(ask.lang));
  if (!(failure instanceof Conflict) && !(failure instanceof NotAllowed)) throw failure;
  const said: Record<string, string> = { ...faultWords(ask.lang), ...words(ask.lang).invitations.refused };
  const text = said[failure.code];
  if (!text) throw failure;
  return [{ field, text }];
}
