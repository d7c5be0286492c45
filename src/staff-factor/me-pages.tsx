import { endStaffSessions } from "../account/end-staff-sessions.ts";
import { passwordDueOn } from "../account/rules.ts";
import { staffPasswordMonths } from "../account/rules-policies.ts";
import { hasSecondFactor, monthsOf } from "../account/rules-staff.ts";
import { openSessionsOf } from "../account/store-session.ts";
import { colleaguesAt, findStaffById } from "../account/store-staff.ts";
import { officesOf, type Staff } from "../kernel/actor.ts";
import { dayOf, plainDate } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotSignedIn } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import { type FieldFault, sentencesOf } from "../ui/index.ts";
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { MePage } from "./me-view.tsx";
import { removeStaffPasskey } from "./passkeys.ts";
import { resetStaffFactors } from "./reset.ts";
import { countStaffSpareCodes, findStaffAuthenticator, passkeysOfStaff } from "./store.ts";
import { words } from "./words.ts";

/** /console/me: a member's own second factor, password and sessions; for supervisors, a colleague's lost factor. */

const HOME = "/console/me";

function staffFrom({ actor }: Ask): Staff {
  if (actor.kind !== "staff") throw new NotSignedIn();
  return actor;
}

async function showMe(ask: Ask, faults: readonly FieldFault[] = [], status = 200): Promise<Reply> {
  const { house, now } = ask;
  const { db } = house;
  const staff = staffFrom(ask);
  const { staffId } = staff;
  const today = dayOf(now);
  const member = await findStaffById(db, staffId);
  if (!member) throw new NotSignedIn();
  const months = monthsOf(staff.roles, await policyOn(db, staffPasswordMonths, today));
  const sessions = await openSessionsOf(db, { staffId }, now);
  const colleagues = await colleaguesAt(db, officesOf(staff, "supervisor"), today.toString());
  return page(
    <MePage
      ask={ask}
      authenticator={await findStaffAuthenticator(db, staffId)}
      spareLeft={await countStaffSpareCodes(db, staffId)}
      passkeys={await passkeysOfStaff(db, staffId)}
      passwordDue={passwordDueOn(plainDate(member.password_set_on), months)}
      sessions={sessions.filter(({ proofs }) => hasSecondFactor(proofs)).map((one) => rowOf(one, staff))}
      colleagues={colleagues.filter((one) => one.staff_id !== staffId)}
      isSupervisor={officesOf(staff, "supervisor").length > 0}
      faults={faults}
    />,
    status,
  );
}

function rowOf(one: Awaited<ReturnType<typeof openSessionsOf>>[number], { sessionId }: Staff) {
  const id = one.token_sha256.toString("hex");
  const lasts = { idleUntil: one.idle_until, endsAt: one.ends_at };
  return { id, isHere: id === sessionId, device: one.device, since: one.created_at, seen: one.seen_at, ...lasts };
}

async function endSessions(ask: Ask): Promise<Reply> {
  const ended = await endStaffSessions(ask.house, staffFrom(ask), ask.form.session, ask.now);
  return redirect(HOME, words(ask.lang).me.ended(ended));
}

async function removePasskey(ask: Ask): Promise<Reply> {
  const said = words(ask.lang).me;
  try {
    await removeStaffPasskey(ask.house, staffFrom(ask), ask.form.passkey ?? "", ask.now);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return showMe(ask, [{ field: "passkey", text: said.last }], error.status);
  }
  return redirect(HOME, said.removed);
}

async function resetColleague(ask: Ask): Promise<Reply> {
  const said = words(ask.lang);
  const { colleague: staffId = "", reason = "" } = ask.form;
  if (!/^\d{1,18}$/.test(staffId)) {
    return showMe(ask, [{ field: "colleague", text: said.faults.colleague_missing }], 422);
  }
  try {
    const { name } = await resetStaffFactors(ask.house, staffFrom(ask), { staffId, reason, now: ask.now });
    return redirect(HOME, said.me.resetDone(name));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return showMe(ask, sentencesOf(error.faults, said.faults), error.status);
  }
}

const own = { who: ["any_staff"], purpose: "account" } as const;
const colleague = { who: ["supervisor"], purpose: "operation", isHeavy: true } as const;

export const routes: Route[] = [
  pageRoute({ ...own, method: "GET", path: HOME, handle: (ask) => showMe(ask) }),
  pageRoute({ ...own, method: "POST", path: `${HOME}/sessions`, isHeavy: true, handle: endSessions }),
  pageRoute({ ...own, method: "POST", path: `${HOME}/passkeys`, isHeavy: true, handle: removePasskey }),
  pageRoute({ ...colleague, method: "POST", path: `${HOME}/factor-reset`, handle: resetColleague }),
];
